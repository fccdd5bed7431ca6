package io.restconnector.call;

import io.restconnector.content.JsonTemplate;
import io.restconnector.content.JsonValues;
import java.math.BigInteger;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The inputs of one call by name, each in the forms that the contract accepts. */
public final class Inputs {

  /** Where inputs come from. */
  public interface Source {
    /** The input of this name, null where there is none. */
    @Nullable Input find(String name) throws InvalidInputException;
  }

  /**
   * One input as it was found.
   *
   * @param evaluator evaluates the expressions of a JSON template; null for everything that did not
   *     come from the deployed model as a literal, which is data
   */
  public record Input(
      @Nullable Object value, @Nullable Function<String, @Nullable Object> evaluator) {}

  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,20}");

  private final Source source;

  public Inputs(Source source) {
    this.source = source;
  }

  @Nullable Object raw(String name) throws InvalidInputException {
    Input input = source.find(name);
    return input == null ? null : input.value();
  }

  @Nullable JsonNode json(String name) throws InvalidInputException {
    return json(name, "JSON");
  }

  @Nullable JsonNode map(String name) throws InvalidInputException {
    JsonNode node = json(name, "a JSON map");
    if (node != null && !node.isObject()) {
      throw new InvalidInputException(
          "%s is a JSON %s, wanted a JSON map".formatted(name, node.getNodeType()));
    }
    return node;
  }

  private @Nullable JsonNode json(String name, String wanted) throws InvalidInputException {
    Input input = source.find(name);
    if (input == null || input.value() == null) {
      return null;
    }
    try {
      JsonNode node =
          input.value() instanceof String text
              ? JsonValues.parse(text)
              : JsonValues.of(input.value());
      if (input.evaluator() != null) {
        node = JsonTemplate.evaluate(node, input.evaluator());
      }
      return node.isNull() ? null : node;
    } catch (IllegalArgumentException noJson) {
      throw new InvalidInputException(
          "%s is %s, wanted %s".formatted(name, noJson.getMessage(), wanted));
    }
  }

  boolean bool(String name, boolean other) throws InvalidInputException {
    Object value = raw(name);
    if (value == null) {
      return other;
    }
    if (value instanceof Boolean bool) {
      return bool;
    }
    if ("true".equals(value) || "false".equals(value)) {
      return "true".equals(value);
    }
    throw wrong(name, value, "a Boolean");
  }

  long integer(String name, long other, long min, long max) throws InvalidInputException {
    Object value = raw(name);
    if (value == null) {
      return other;
    }
    BigInteger integer;
    if (value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte) {
      integer = BigInteger.valueOf(((Number) value).longValue());
    } else if (value instanceof BigInteger big) {
      integer = big;
    } else if (value instanceof String text && INTEGER.matcher(text).matches()) {
      integer = new BigInteger(text);
    } else {
      throw wrong(name, value, "an Integer");
    }
    if (integer.compareTo(BigInteger.valueOf(min)) < 0
        || integer.compareTo(BigInteger.valueOf(max)) > 0) {
      throw new InvalidInputException(
          "%s is an Integer out of range, wanted %d to %d".formatted(name, min, max));
    }
    return integer.longValue();
  }

  static InvalidInputException wrong(String name, Object value, String wanted) {
    return new InvalidInputException(
        "%s is a %s, wanted %s%s"
            .formatted(name, value.getClass().getTypeName(), wanted, expressionHint(value)));
  }

  /** For whoever writes an expression as a literal. */
  static String expressionHint(Object value) {
    return value instanceof String text && text.contains("${")
        ? "; it holds ${, which only flowable:expression evaluates here"
        : "";
  }
}
