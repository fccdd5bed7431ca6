package io.restconnector.worker.internal;

import io.restconnector.call.internal.RestAction;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The topics of external-worker tasks that the connector works on: the names of its actions. */
final class Topics {

  private static final Map<String, RestAction> ACTIONS =
      Stream.of(RestAction.values())
          .collect(Collectors.toUnmodifiableMap(RestAction::beanName, action -> action));

  private static final Map<String, RestAction> MEANT =
      ACTIONS.entrySet().stream()
          .collect(
              Collectors.toUnmodifiableMap(
                  action -> letters(action.getKey()), Map.Entry::getValue));

  private Topics() {}

  static Set<String> names() {
    return ACTIONS.keySet();
  }

  static @Nullable RestAction action(@Nullable String topic) {
    return topic == null ? null : ACTIONS.get(topic);
  }

  /** The action whose name this is, maybe in other letters. */
  static @Nullable RestAction meant(@Nullable String topic) {
    return topic == null ? null : MEANT.get(letters(topic));
  }

  private static String letters(String topic) {
    return topic.replaceAll("[\\s_-]", "").toLowerCase(Locale.ROOT);
  }
}
