package io.restconnector.call.internal;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Set;

/** The names of inputs, and which one was meant by a name that is none of them. */
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

  static final Set<String> FIELDS_ONLY = Set.of("outputMapping", "outputScope");

  private InputNames() {}

  /**
   * Refuses a name that an action does not read.
   *
   * @param kind of what bears the name
   * @param names that are read
   */
  static void check(RestAction action, String kind, String name, Collection<String> names)
      throws InvalidInputException {
    if (!names.contains(name)) {
      throw new InvalidInputException(
          "%s is a %s that %s does not read, wanted %s"
              .formatted(name, kind, action, wanted(name, names)));
    }
  }

  /** The nearest name, or all where none is near. */
  private static String wanted(String name, Collection<String> names) {
    String nearest =
        names.stream().min(Comparator.comparingInt(each -> distance(name, each))).orElseThrow();
    return distance(name, nearest) <= nearest.length() / 3
        ? nearest
        : "one of " + String.join(", ", names);
  }

  /** How many letters must be inserted, deleted or replaced (Levenshtein). */
  private static int distance(String left, String right) {
    String from = left.toLowerCase(Locale.ROOT);
    String to = right.toLowerCase(Locale.ROOT);
    int[] row = new int[to.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
