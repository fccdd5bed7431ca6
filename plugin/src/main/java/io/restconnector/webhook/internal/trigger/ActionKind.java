package io.restconnector.webhook.internal.trigger;

import java.util.Set;

/**
 * A value of {@code action.type}, and the properties that it has.
 *
 * @param required must have a value in each request
 * @param isAwaited whether something may wait for it, so that it may come too early
 */
public record ActionKind(
    String type, Set<String> required, Set<String> optional, boolean isAwaited) {

  public ActionKind(String type, Set<String> required, Set<String> optional) {
    this(type, required, optional, false);
  }

  boolean has(String property) {
    return required.contains(property) || optional.contains(property);
  }
}
