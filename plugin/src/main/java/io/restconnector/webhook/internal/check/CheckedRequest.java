package io.restconnector.webhook.internal.check;

import io.restconnector.spi.SecretSource;
import io.restconnector.spi.SignedRequest;
import io.restconnector.webhook.internal.request.WebhookRequest;
import io.restconnector.webhook.internal.trigger.Conditions;
import io.restconnector.webhook.internal.trigger.RequestScope;
import io.restconnector.webhook.internal.trigger.Trigger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request as the checks see it, as far as it has come. */
public final class CheckedRequest {

  /** What checks look at besides the request, the same for all requests of an engine. */
  public record Context(SecretSource secrets, Conditions conditions, @Nullable String publicUrl) {}

  private final WebhookRequest head;
  private final List<String> segments;
  private final Context context;
  private final Instant receivedAt;
  private final Occasion occasion;
  private final Map<String, Object> headers;
  private byte[] bytes = new byte[0];
  private long longest;
  private Map<String, Object> params = Map.of();
  private @Nullable Object body;

  /**
   * For a request whose head has come.
   *
   * @param segments of its path, decoded
   * @param occasion why it is looked at
   */
  public CheckedRequest(
      WebhookRequest head,
      List<String> segments,
      Context context,
      Instant receivedAt,
      Occasion occasion) {
    this.head = head;
    this.segments = segments;
    this.context = context;
    this.receivedAt = receivedAt;
    this.occasion = occasion;
    headers = head.headerValues();
  }

  void bytes(byte[] value) {
    bytes = value;
  }

  void body(Map<String, Object> allParams, @Nullable Object value, int length) {
    longest = Math.max(bytes.length, length);
    params = allParams;
    body = value;
  }

  String method() {
    return head.method();
  }

  Context context() {
    return context;
  }

  Occasion occasion() {
    return occasion;
  }

  Map<String, Object> headers() {
    return headers;
  }

  Map<String, Object> params() {
    return params;
  }

  /** The length of the body in bytes, as it came or decoded, whichever is larger. */
  long longest() {
    return longest;
  }

  SignedRequest signed() {
    return new SignedRequest(
        head.method(), head.url(context.publicUrl()), head.headers(), bytes, receivedAt);
  }

  /** What the expressions of a trigger see. */
  RequestScope scope(Trigger trigger) {
    return new RequestScope(
        trigger.tenantId(),
        head.method(),
        String.join("/", segments),
        trigger.path().values(segments),
        params,
        headers,
        body);
  }
}
