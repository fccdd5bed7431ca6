package io.restconnector.call.internal;

import io.restconnector.content.internal.NameDistance;
import java.util.Collection;
import java.util.Comparator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names of inputs, and the nearest one to an unknown name. */
final class InputNames {

  /** Authentication is not for TRACE, which says so itself where it is given. */
  static final Set<String> COMMON =
      Set.of(
          "restUrl",
          "restUrlParams",
          "requestHeaders",
          "circuitBreaker",
          "authentication",
          "timeout",
          "maxAttempts",
          "retryBackoff");

  /** What stands in the way of {@code flowable:out}. */
  static final Set<String> OUTPUT_FIELDS = Set.of("outputMapping", "outputScope");

  static final Set<String> FIELDS_ONLY = Set.of("outputMapping", "outputScope", PollInput.NAME);

  private InputNames() {}

  /**
   * Refuses a name that an action does not read.
   *
   * @param kind of element that has the name
   * @param names that are read
   */
  static void check(RestAction action, String kind, @Nullable String name, Collection<String> names)
      throws InvalidInputException {
    if (name == null) {
      throw new InvalidInputException(
          "a %s has no name, wanted one of %s".formatted(kind, String.join(", ", names)));
    }
    if (!names.contains(name)) {
      throw new InvalidInputException(
          "%s is a %s that %s does not read, wanted %s"
              .formatted(name, kind, action, wanted(name, names)));
    }
  }

  /** As {@link #check}; a delegate has no job that could do what some fields say. */
  static void checkField(
      RestAction action, @Nullable String name, Collection<String> names, boolean isWorker)
      throws InvalidInputException {
    check(action, "field", name, names);
    if (!isWorker && PollInput.NAME.equals(name)) {
      throw new InvalidInputException(
          "poll is a field of a delegate, which holds its transaction and cannot wait, wanted an"
              + " external-worker task");
    }
  }

  /** The nearest name, or all where none is near. */
  static String wanted(String name, Collection<String> names) {
    String nearest =
        names.stream()
            .min(Comparator.comparingInt(each -> NameDistance.between(name, each)))
            .orElseThrow();
    return NameDistance.between(name, nearest) <= nearest.length() / 3
        ? nearest
        : "one of " + String.join(", ", names);
  }
}
