package io.restconnector.call.internal;

import java.util.regex.Pattern;

/** What is wrong with an input that is of another type or form than wanted. */
final class InputFault {

  /** An expression where JSON has a value. */
  private static final Pattern BARE = Pattern.compile("[:,\\[]\\s*\\$\\{");

  private InputFault() {}

  static InvalidInputException ofType(String name, Object value, String wanted) {
    return ofType(name, value, wanted, "");
  }

  /**
   * @param fault of a String
   */
  static InvalidInputException ofType(String name, Object value, String wanted, String fault) {
    String found =
        value instanceof String && !fault.isEmpty()
            ? "String that " + fault
            : value.getClass().getTypeName();
    return new InvalidInputException(
        "%s is a %s, wanted %s%s".formatted(name, found, wanted, expressionHint(value)));
  }

  /** For an expression that is written as a literal. */
  static String expressionHint(Object value) {
    return value instanceof String text && text.contains("${")
        ? "; it holds ${, which only flowable:expression evaluates here"
        : "";
  }

  /** For an expression of a JSON template without quotes. */
  static String quotesHint(Inputs.Input input) {
    return input.isLiteral() && input.value() instanceof String text && BARE.matcher(text).find()
        ? "; in a JSON template an expression stands in double quotes"
        : "";
  }
}
