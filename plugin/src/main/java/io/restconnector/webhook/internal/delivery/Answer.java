package io.restconnector.webhook.internal.delivery;

import io.restconnector.content.internal.MediaType;
import io.restconnector.content.internal.Numbers;
import io.restconnector.content.internal.OutsideText;
import io.restconnector.webhook.internal.request.AnswerHeaders;
import io.restconnector.webhook.internal.request.RefusedException;
import io.restconnector.webhook.internal.request.WebhookResponse;
import io.restconnector.webhook.internal.trigger.AnswerTemplate;
import io.restconnector.webhook.internal.trigger.DeferredAnswer;
import io.restconnector.webhook.internal.trigger.Evaluator;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The answer of a trigger that fired.
 *
 * @param headers with the Content-Type, where the trigger gives one
 * @param body null for an empty one
 * @param isText whether the body is a scalar that is sent as text, and not as JSON
 */
record Answer(int status, Map<String, String> headers, @Nullable JsonNode body, boolean isText)
    implements PlannedAnswer {

  static Answer empty(int status) {
    return new Answer(status, Map.of(), null, false);
  }

  /** The process gives it later. */
  static Answer accepted(String location) {
    return new Answer(202, Map.of("Location", location), null, false);
  }

  static Answer of(AnswerTemplate template, Evaluator evaluator) throws RefusedException {
    return of("", template, evaluator);
  }

  /** The one that a process gives. */
  static Answer of(DeferredAnswer deferred, Evaluator evaluator) throws RefusedException {
    return of(DeferredAnswer.PREFIX, deferred.template(), evaluator);
  }

  /** Refuses what the request brings into the headers that a process will give. */
  static void checkHeaders(AnswerTemplate template, Evaluator evaluator) throws RefusedException {
    headers(DeferredAnswer.PREFIX, template.headersOfRequest(), evaluator);
  }

  private static Answer of(String prefix, AnswerTemplate template, Evaluator evaluator)
      throws RefusedException {
    AnswerHeaders headers = headers(prefix, template.headers(), evaluator);
    String type = headers.contentType();
    boolean isText = type != null && !MediaType.parse(type).isJson();
    JsonNode body = template.body();
    if (body != null) {
      body = evaluator.signed(prefix + "body", body);
      if (isText && body.isContainer()) {
        throw evaluator.unfit(
            prefix + "body", "is no text, as the Content-Type of the answer wants it");
      }
    }
    return new Answer(template.status(), headers.asMap(), body, isText);
  }

  private static AnswerHeaders headers(
      String prefix, Map<String, JsonNode> templates, Evaluator evaluator) throws RefusedException {
    AnswerHeaders headers = new AnswerHeaders();
    for (Map.Entry<String, JsonNode> header : templates.entrySet()) {
      String property = prefix + "answerHeaders." + header.getKey();
      JsonNode value = evaluator.signed(property, header.getValue());
      if (value.isContainer()) {
        throw evaluator.unfit(property, "is no single value");
      }
      String text = Numbers.text(value).strip();
      if (headers.problemOf(header.getKey(), value.isNull() ? null : text) != null) {
        throw evaluator.unfit(property, "is no value that this header may have");
      }
      if (!value.isNull()) {
        headers.put(header.getKey(), text);
      }
    }
    return headers;
  }

  /**
   * The body as it is sent, null for an empty one. A delivery that comes again is given what the
   * database has kept of it, so that text has only what every database keeps.
   */
  @Nullable String text() {
    if (body == null || (isText && body.isNull())) {
      return null;
    }
    return isText ? OutsideText.storable(Numbers.text(body)) : body.toString();
  }

  WebhookResponse response() {
    return WebhookResponse.fired(status, headers, text());
  }
}
