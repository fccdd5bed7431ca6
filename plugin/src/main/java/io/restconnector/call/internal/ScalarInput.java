package io.restconnector.call.internal;

import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The forms of an input that is no JSON and no text. */
final class ScalarInput {

  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,20}");

  private ScalarInput() {}

  static boolean bool(String name, @Nullable Object value, boolean defaultValue)
      throws InvalidInputException {
    if (value == null) {
      return defaultValue;
    }
    if (value instanceof Boolean bool) {
      return bool;
    }
    if ("true".equals(value) || "false".equals(value)) {
      return "true".equals(value);
    }
    throw InputFault.ofType(name, value, "a Boolean", "is neither true nor false");
  }

  static long integer(String name, @Nullable Object value, long defaultValue, long min, long max)
      throws InvalidInputException {
    if (value == null) {
      return defaultValue;
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
      throw InputFault.ofType(name, value, "an Integer", "holds no integer");
    }
    if (integer.compareTo(BigInteger.valueOf(min)) < 0
        || integer.compareTo(BigInteger.valueOf(max)) > 0) {
      throw new InvalidInputException(
          "%s is an Integer out of range, wanted %d to %d".formatted(name, min, max));
    }
    return integer.longValue();
  }
}
