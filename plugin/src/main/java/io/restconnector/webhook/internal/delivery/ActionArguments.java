package io.restconnector.webhook.internal.delivery;

import io.restconnector.content.internal.JsonValues;
import io.restconnector.content.internal.Numbers;
import io.restconnector.content.internal.OutsideText;
import io.restconnector.internal.platform.EngineJson;
import io.restconnector.webhook.internal.request.RefusedException;
import io.restconnector.webhook.internal.trigger.Trigger;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The evaluated properties of an action. */
record ActionArguments(Trigger trigger, JsonNode evaluated) {

  /** Of the engine's columns: a longer one would fail at every delivery. */
  private static final int MAX_LENGTH = 255;

  /** A property that must have a value in each request. */
  String required(String property) throws RefusedException {
    String text = text(property);
    if (text == null) {
      throw RefusedException.badRequest(
          "action.%s of trigger %s has no value in this request."
              .formatted(property, trigger.key()));
    }
    return text;
  }

  /**
   * A property that may be missing, null where it is. What the engine finds things by must not
   * become another text in the database.
   */
  @Nullable String text(String property) throws RefusedException {
    JsonNode value = evaluated.path(property);
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
    return text.isEmpty() ? null : text;
  }

  Variables variables() {
    Map<String, Object> variables = new LinkedHashMap<>();
    evaluated
        .path("variables")
        .properties()
        .forEach(entry -> variables.put(entry.getKey(), JsonValues.toVariable(entry.getValue())));
    return new Variables(variables);
  }

  /** Variables that an action sets. */
  record Variables(Map<String, Object> values) {

    /** New ones each time: what a process does to its JSON must reach no other, and no retry. */
    Map<String, Object> copies() {
      Map<String, Object> copies = new LinkedHashMap<>(values);
      copies.replaceAll((name, value) -> EngineJson.copyToEngine(value));
      return copies;
    }
  }
}
