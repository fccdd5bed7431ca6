package io.restconnector.testing;

import io.restconnector.webhook.Webhooks;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.flowable.engine.ProcessEngine;
import org.jspecify.annotations.Nullable;

/**
 * A webhook request before it is sent. It is a POST, unless {@link #method} sets another method.
 *
 * @since 0.1
 */
public final class WebhookCall {

  private final ProcessEngine engine;
  private final String target;
  private final Map<String, List<String>> headers = new LinkedHashMap<>();
  private String method = "POST";
  private byte[] body = new byte[0];
  private @Nullable Signature signature;
  private String secret = "";

  WebhookCall(ProcessEngine engine, String target) {
    this.engine = engine;
    this.target = target.startsWith("/") ? target.substring(1) : target;
  }

  public WebhookCall method(String value) {
    method = value;
    return this;
  }

  /** Adds a header, or another value of one. */
  public WebhookCall header(String name, String value) {
    headers.computeIfAbsent(name, first -> new ArrayList<>()).add(value);
    return this;
  }

  /** A body of JSON. */
  public WebhookCall json(String json) {
    return body("application/json", json);
  }

  /** A body in UTF-8. */
  public WebhookCall body(String contentType, String text) {
    headers.put("Content-Type", List.of(contentType));
    body = text.getBytes(StandardCharsets.UTF_8);
    return this;
  }

  /**
   * Signs the request as its sender does, with the current time.
   *
   * @param scheme {@code github}, {@code slack}, {@code standard-webhooks} or {@code stripe}; for
   *     others, add their {@link #header}
   * @param key the secret itself
   * @throws IllegalArgumentException when the scheme is unknown
   */
  public WebhookCall signedBy(String scheme, String key) {
    signature = Signature.of(scheme);
    secret = key;
    return this;
  }

  /** Sends the request; what it does is committed when this returns. */
  public Webhooks.Answer send() {
    Map<String, List<String>> all = new LinkedHashMap<>(headers);
    if (signature != null) {
      signature
          .headers(secret, body, Instant.now())
          .forEach((name, value) -> all.put(name, List.of(value)));
    }
    return Webhooks.of(engine).answer(method, target, all, body);
  }
}
