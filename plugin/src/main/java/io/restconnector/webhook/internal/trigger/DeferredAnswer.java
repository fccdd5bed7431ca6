package io.restconnector.webhook.internal.trigger;

import io.restconnector.content.internal.JsonTemplate;
import io.restconnector.content.internal.JsonText;
import io.restconnector.content.internal.JsonValues;
import io.restconnector.content.internal.ModelText;
import io.restconnector.spi.SecretSource;
import io.restconnector.webhook.internal.request.RefusedException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.flowable.common.engine.impl.el.ExpressionManager;
import org.flowable.common.engine.impl.el.FixedValue;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An answer that is made later, and maybe on another node: its template, and what it takes from the
 * request. Expressions that do not look at the result have their values already. It depends on
 * nothing that is deployed, and what the request holds is never evaluated.
 *
 * @param values of expressions, by their text
 * @param scope what the other expressions see of the request
 */
public record DeferredAnswer(
    String triggerKey,
    String tenantId,
    AnswerTemplate template,
    Map<String, JsonNode> values,
    Map<String, @Nullable Object> scope) {

  /** What the names of the properties of a {@code respond} begin with. */
  public static final String PREFIX = "respond.";

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Of a trigger that lets its process answer. */
  public static DeferredAnswer of(Trigger trigger, AnswerTemplate template, Evaluator evaluator)
      throws RefusedException {
    DeferredAnswer answer =
        new DeferredAnswer(
            trigger.key(),
            trigger.tenantId(),
            template,
            new LinkedHashMap<>(),
            new LinkedHashMap<>());
    if (template.body() != null) {
      answer.take("body", template.body(), evaluator);
    }
    for (Map.Entry<String, JsonNode> header : template.headers().entrySet()) {
      answer.take("answerHeaders." + header.getKey(), header.getValue(), evaluator);
    }
    return answer;
  }

  private void take(String property, JsonNode part, Evaluator evaluator) throws RefusedException {
    for (JsonNode each : part.values()) {
      take(property, each, evaluator);
    }
    if (!JsonTemplate.isExpression(part)) {
      return;
    }
    for (ModelText.Part each : ModelText.parse(part.stringValue()).parts()) {
      if (!each.isExpression()) {
        continue;
      }
      if (FunctionCalls.sees(each.text(), RequestScope.RESULT)) {
        for (String name : FunctionCalls.names(each.text())) {
          if (evaluator.request().hasVariable(name)) {
            scope.put(name, evaluator.request().part(name));
          }
        }
      } else {
        values.put(each.text(), evaluator.signed(PREFIX + property, NODES.stringNode(each.text())));
      }
    }
  }

  /** In a form that a table keeps. Each value is a text of its own, as it may be nested deep. */
  public String text() {
    ObjectNode tree = NODES.objectNode();
    tree.put("trigger", triggerKey).put("tenant", tenantId).put("status", template.status());
    if (template.body() != null) {
      tree.set("body", template.body());
    }
    template.headers().forEach(tree.putObject("headers")::set);
    ObjectNode known = tree.putObject("values");
    values.forEach((text, value) -> known.put(text, JsonText.ascii(value)));
    ObjectNode seen = tree.putObject("scope");
    scope.forEach(
        (name, value) ->
            seen.putArray(name)
                .add(value instanceof Map)
                .add(JsonText.ascii(JsonValues.of(value))));
    return JsonText.ascii(tree);
  }

  /** What {@link #text} was made of. */
  public static DeferredAnswer parse(String text) {
    JsonNode tree = JsonText.parse(text);
    Map<String, JsonNode> headers = new LinkedHashMap<>();
    tree.path("headers").properties().forEach(each -> headers.put(each.getKey(), each.getValue()));
    Map<String, JsonNode> values = new HashMap<>();
    tree.path("values")
        .properties()
        .forEach(each -> values.put(each.getKey(), JsonText.parse(each.getValue().stringValue())));
    Map<String, @Nullable Object> scope = new LinkedHashMap<>();
    tree.path("scope")
        .properties()
        .forEach(
            each ->
                scope.put(
                    each.getKey(),
                    value(
                        JsonText.parse(each.getValue().get(1).stringValue()),
                        each.getValue().get(0).booleanValue())));
    return new DeferredAnswer(
        tree.path("trigger").stringValue(),
        tree.path("tenant").stringValue(),
        new AnswerTemplate(tree.path("status").intValue(), tree.get("body"), headers, true),
        values,
        scope);
  }

  /** As expressions saw it in the request: parameters, headers and forms are maps. */
  private static @Nullable Object value(JsonNode node, boolean isMap) {
    if (isMap && node.isObject()) {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      node.properties().forEach(each -> map.put(each.getKey(), value(each.getValue(), true)));
      return map;
    }
    if (isMap && node.isArray()) {
      return node.valueStream().map(each -> value(each, true)).toList();
    }
    return node.isString() ? node.stringValue() : JsonValues.toVariable(node);
  }

  /** Evaluates what is left. */
  public Evaluator evaluator(ExpressionManager expressions, SecretSource secrets, JsonNode result) {
    RequestScope request = new RequestScope(tenantId, scope).withResult(result);
    return new Evaluator(
        triggerKey,
        text -> {
          JsonNode value = values.get(text);
          return value == null
              ? expressions.createExpression(text)
              : new FixedValue(value(value, false));
        },
        request,
        request.signing(secrets));
  }
}
