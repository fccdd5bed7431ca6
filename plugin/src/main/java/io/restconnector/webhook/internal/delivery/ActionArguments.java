package io.restconnector.webhook.internal.delivery;

import io.restconnector.content.JsonValues;
import io.restconnector.content.Numbers;
import io.restconnector.content.OutsideText;
import io.restconnector.webhook.internal.request.RefusedException;
import io.restconnector.webhook.internal.trigger.EngineAction;
import io.restconnector.webhook.internal.trigger.Trigger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Evaluated arguments of an action, null where there is none. */
record ActionArguments(
    @Nullable String processDefinitionKey,
    @Nullable String name,
    @Nullable String businessKey,
    @Nullable String correlationKey,
    Map<String, Object> variables) {

  private static final List<String> TEXTS =
      List.of("processDefinitionKey", "name", "businessKey", "correlationKey");

  /** Of the engine's columns: a longer one would fail at every delivery. */
  private static final int MAX_LENGTH = 255;

  static ActionArguments of(Trigger trigger, EngineAction action, JsonNode evaluated)
      throws RefusedException {
    for (String required : action.required()) {
      if (text(evaluated, required) == null) {
        throw RefusedException.badRequest(
            "action.%s of trigger %s has no value in this request."
                .formatted(required, trigger.key()));
      }
    }
    for (String property : TEXTS) {
      check(trigger, property, evaluated.path(property));
    }
    Map<String, Object> variables = new LinkedHashMap<>();
    evaluated
        .path("variables")
        .properties()
        .forEach(entry -> variables.put(entry.getKey(), JsonValues.toVariable(entry.getValue())));
    return new ActionArguments(
        text(evaluated, "processDefinitionKey"),
        text(evaluated, "name"),
        text(evaluated, "businessKey"),
        text(evaluated, "correlationKey"),
        variables);
  }

  /** What the engine finds things by must not become another text in the database. */
  private static void check(Trigger trigger, String property, JsonNode value)
      throws RefusedException {
    String text = value.isContainer() || value.isNull() ? "" : Numbers.text(value);
    String problem =
        value.isContainer()
            ? "is no single value"
            : text.length() > MAX_LENGTH
                ? "is longer than " + MAX_LENGTH + " characters"
                : OutsideText.isStorable(text) ? null : "has characters that no database keeps";
    if (problem != null) {
      throw RefusedException.badRequest(
          "action.%s of trigger %s %s in this request."
              .formatted(property, trigger.key(), problem));
    }
  }

  /** A copy each time: what a process does to its JSON must reach no other, and no retry. */
  @Override
  public Map<String, Object> variables() {
    Map<String, Object> copies = new LinkedHashMap<>(variables);
    copies.replaceAll((name, value) -> value instanceof JsonNode json ? json.deepCopy() : value);
    return copies;
  }

  private static @Nullable String text(JsonNode evaluated, String name) {
    JsonNode value = evaluated.path(name);
    String text = value.isValueNode() && !value.isNull() ? Numbers.text(value) : "";
    return text.isEmpty() ? null : text;
  }
}
