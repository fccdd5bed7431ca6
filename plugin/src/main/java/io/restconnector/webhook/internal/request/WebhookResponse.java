package io.restconnector.webhook.internal.request;

import io.restconnector.content.internal.JsonText;
import io.restconnector.spi.WebhookOutcome.Kind;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An answer; a null content type stands for an empty body. */
public record WebhookResponse(
    Kind kind, int status, Map<String, String> headers, @Nullable String contentType, byte[] body) {

  private static final Map<Integer, String> TITLES =
      Map.of(
          400, "Bad Request",
          401, "Unauthorized",
          404, "Not Found",
          408, "Request Timeout",
          413, "Content Too Large",
          415, "Unsupported Media Type",
          429, "Too Many Requests",
          500, "Internal Server Error",
          503, "Service Unavailable");

  /**
   * The answer of a trigger.
   *
   * @param headers of which one may be the Content-Type; JSON without it
   */
  public static WebhookResponse fired(
      int status, Map<String, String> headers, @Nullable String body) {
    Map<String, String> others = new LinkedHashMap<>(headers);
    others.keySet().removeIf(AnswerHeaders::isContentType);
    String type =
        headers.entrySet().stream()
            .filter(header -> AnswerHeaders.isContentType(header.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse("application/json");
    return of(Kind.FIRED, status, others, type, body);
  }

  /** RFC 9457. The detail is of this package, never of an exception. */
  public static WebhookResponse problem(Kind kind, int status, String detail) {
    return problem(kind, status, detail, Map.of());
  }

  public static WebhookResponse problem(
      Kind kind, int status, String detail, Map<String, String> headers) {
    ObjectNode problem = JsonNodeFactory.instance.objectNode();
    String title = TITLES.get(status);
    if (title != null) {
      problem.put("title", title);
    }
    problem.put("status", status).put("detail", detail);
    return of(kind, status, headers, "application/problem+json", problem.toString());
  }

  /** What the sender is told is wrong, null where a trigger answers. */
  public @Nullable String problem() {
    return "application/problem+json".equals(contentType) && kind != Kind.FIRED
        ? JsonText.parse(new String(body, StandardCharsets.UTF_8)).path("detail").asString("")
        : null;
  }

  private static WebhookResponse of(
      Kind kind,
      int status,
      Map<String, String> headers,
      String contentType,
      @Nullable String body) {
    if (body == null || status == 204 || status == 205 || status == 304) {
      return new WebhookResponse(kind, status, headers, null, new byte[0]);
    }
    return new WebhookResponse(
        kind, status, headers, contentType, body.getBytes(StandardCharsets.UTF_8));
  }
}
