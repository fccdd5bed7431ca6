package io.restconnector.call.internal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the literals of deployed models say: each is parsed once, and not once for each call. What
 * is kept is shared by all calls and never changed.
 */
final class ParsedOnce<T> {

  /** More than the models of an engine have; what models said that are gone is forgotten. */
  private static final int MAX_LITERALS = 1_000;

  private static final int MAX_LENGTH = 4_000;

  private final Map<String, T> parsed = new ConcurrentHashMap<>();

  /** Reads a literal; what it refuses is asked again. */
  interface Parser<T> {
    T parse(String literal) throws InvalidInputException;
  }

  T get(String literal, Parser<T> parser) throws InvalidInputException {
    T known = parsed.get(literal);
    if (known != null) {
      return known;
    }
    T value = parser.parse(literal);
    if (literal.length() <= MAX_LENGTH) {
      if (parsed.size() >= MAX_LITERALS) {
        parsed.clear();
      }
      parsed.put(literal, value);
    }
    return value;
  }
}
