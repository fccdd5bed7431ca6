package io.restconnector.webhook;

import io.restconnector.webhook.internal.WebhookEndpoint;
import io.restconnector.webhook.internal.request.WebhookRequest;
import io.restconnector.webhook.internal.request.WebhookResponse;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.flowable.engine.ProcessEngine;

/**
 * The webhook triggers of one engine without a servlet container: for tests, and for servers
 * without servlets. A request passes the same checks as one through the {@link WebhookServlet}.
 *
 * @since 0.1
 */
public final class Webhooks {

  private final WebhookEndpoint endpoint;

  private Webhooks(WebhookEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  /**
   * The triggers of this engine.
   *
   * @throws IllegalArgumentException when the engine has no REST connector
   */
  public static Webhooks of(ProcessEngine engine) {
    return new Webhooks(WebhookEndpoint.of(engine));
  }

  /**
   * Answers a request on this thread. Its effects are committed when this returns.
   *
   * @param target path below the endpoint without a leading slash, and the query if there is one,
   *     encoded as on the wire: {@code payments/A-1?live=true}
   * @param headers with all values of each
   * @param body empty where there is none
   */
  public Answer answer(
      String method, String target, Map<String, List<String>> headers, byte[] body) {
    int query = target.indexOf('?');
    Map<String, List<String>> lowerCase = new HashMap<>();
    headers.forEach(
        (name, values) ->
            lowerCase
                .computeIfAbsent(name.toLowerCase(Locale.ROOT), first -> new ArrayList<>())
                .addAll(values));
    WebhookRequest request =
        new WebhookRequest(
            method,
            query < 0 ? target : target.substring(0, query),
            query < 0 ? null : target.substring(query + 1),
            lowerCase);
    return Answer.of(endpoint.answer(request, body.length, new ByteArrayInputStream(body)));
  }

  /**
   * The answer to the sender.
   *
   * @param headers with the content type, if there is a body
   * @param body empty where there is none
   */
  public record Answer(int status, Map<String, String> headers, String body) {

    public Answer {
      headers = Map.copyOf(headers);
    }

    private static Answer of(WebhookResponse response) {
      Map<String, String> headers = new HashMap<>(response.headers());
      if (response.contentType() != null) {
        headers.put("Content-Type", response.contentType());
      }
      return new Answer(
          response.status(), headers, new String(response.body(), StandardCharsets.UTF_8));
    }
  }
}
