package io.restconnector.webhook.internal.trigger;

import java.util.Set;

/**
 * A value of {@code action.type}, and the properties that it has.
 *
 * @param required must have a value in each request
 */
public record ActionKind(String type, Set<String> required, Set<String> optional) {

  boolean has(String property) {
    return required.contains(property) || optional.contains(property);
  }
}
