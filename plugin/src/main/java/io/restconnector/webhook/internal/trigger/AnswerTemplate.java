package io.restconnector.webhook.internal.trigger;

import io.restconnector.content.internal.JsonTemplate;
import io.restconnector.content.internal.MediaType;
import io.restconnector.webhook.WebhookSettings;
import io.restconnector.webhook.internal.channel.ChannelTree;
import io.restconnector.webhook.internal.channel.InvalidTriggerException;
import io.restconnector.webhook.internal.request.AnswerHeaders;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The answer when a trigger has fired.
 *
 * @param headers templates by the names of headers
 * @param seesResult whether it can be made only when it is known what the request started or woke
 */
public record AnswerTemplate(
    int status, @Nullable JsonNode body, Map<String, JsonNode> headers, boolean seesResult) {

  private static final Set<Integer> WITHOUT_BODY = Set.of(204, 205, 304);

  static AnswerTemplate read(ChannelTree channel, TriggerExpressions expressions)
      throws InvalidTriggerException {
    int status = status(channel);
    JsonNode body = channel.tree().get("body");
    if (body != null && !body.isNull() && WITHOUT_BODY.contains(status)) {
      throw channel.wrong(
          "status", channel.value("status"), "a status whose answer has a body, or no body");
    }
    if (body != null) {
      expressions.parseAnswer(channel.prefix() + "body", body);
    }
    Map<String, JsonNode> headers = headers(channel, expressions);
    boolean seesResult =
        (body != null && seesResult(body))
            || headers.values().stream().anyMatch(AnswerTemplate::seesResult);
    AnswerTemplate answer = new AnswerTemplate(status, body, headers, seesResult);
    String type = answer.literalType();
    if (body != null && body.isContainer() && type != null && !MediaType.parse(type).isJson()) {
      throw channel.wrong(
          "body", body, "a string, as the Content-Type in answerHeaders is no JSON type");
    }
    return answer;
  }

  /** Those headers whose values the request alone decides. */
  public Map<String, JsonNode> headersOfRequest() {
    Map<String, JsonNode> known = new LinkedHashMap<>(headers);
    known.values().removeIf(AnswerTemplate::seesResult);
    return known;
  }

  private static boolean seesResult(JsonNode template) {
    return template.isContainer()
        ? template.values().stream().anyMatch(AnswerTemplate::seesResult)
        : JsonTemplate.isExpression(template)
            && FunctionCalls.sees(template.stringValue(), RequestScope.RESULT);
  }

  private static int status(ChannelTree channel) throws InvalidTriggerException {
    JsonNode value = channel.value("status");
    if (value.isMissingNode()) {
      return 200;
    }
    if (!value.isInt() || !WebhookSettings.isFinalStatus(value.intValue())) {
      throw channel.wrong("status", value, "an integer from 200 to 599");
    }
    return value.intValue();
  }

  private static Map<String, JsonNode> headers(ChannelTree channel, TriggerExpressions expressions)
      throws InvalidTriggerException {
    Map<String, JsonNode> headers = new LinkedHashMap<>();
    AnswerHeaders literals = new AnswerHeaders();
    for (Map.Entry<String, JsonNode> header : channel.object("answerHeaders").properties()) {
      String property = "answerHeaders." + header.getKey();
      JsonNode value = header.getValue();
      if (value.isContainer() || value.isNull()) {
        throw channel.wrong(property, value, "a string");
      }
      expressions.parseAnswer(channel.prefix() + property, value);
      String problem =
          literals.problemOf(
              header.getKey(), JsonTemplate.isExpression(value) ? null : value.asString(""));
      if (problem != null) {
        throw channel.wrong(property, value, problem);
      }
      literals.put(header.getKey(), "");
      headers.put(header.getKey(), value);
    }
    return headers;
  }

  /** Null where the request decides. */
  private @Nullable String literalType() {
    for (Map.Entry<String, JsonNode> header : headers.entrySet()) {
      if (AnswerHeaders.isContentType(header.getKey())
          && !JsonTemplate.isExpression(header.getValue())) {
        return header.getValue().asString("");
      }
    }
    return null;
  }
}
