package io.restconnector.webhook.internal.trigger;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a trigger may do instead of publishing an event. */
@SuppressWarnings("ImmutableEnumChecker") // the sets are of Set.of
public enum EngineAction {
  START_PROCESS(
      "startProcess", Set.of("processDefinitionKey"), Set.of("name", "businessKey", "variables")),
  SIGNAL("signal", Set.of("name"), Set.of("variables")),
  MESSAGE("message", Set.of("name", "correlationKey"), Set.of("variables")),
  START_MESSAGE("startMessage", Set.of("name"), Set.of("businessKey", "variables")),
  NONE("none", Set.of(), Set.of());

  private final String type;
  private final Set<String> required;
  private final Set<String> optional;

  EngineAction(String type, Set<String> required, Set<String> optional) {
    this.type = type;
    this.required = required;
    this.optional = optional;
  }

  public String type() {
    return type;
  }

  public Set<String> required() {
    return required;
  }

  boolean has(String property) {
    return required.contains(property) || optional.contains(property);
  }

  static @Nullable EngineAction of(String type) {
    for (EngineAction action : values()) {
      if (action.type.equals(type)) {
        return action;
      }
    }
    return null;
  }
}
