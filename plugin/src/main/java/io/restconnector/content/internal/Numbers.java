package io.restconnector.content.internal;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.util.JsonParserDelegate;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ValueNode;

/** Numbers that come out as they went in: read from JSON, kept as variables, written as text. */
public final class Numbers {

  /** Of a number in plain notation; a longer one stays in scientific notation. */
  private static final int MAX_LENGTH = 40;

  private static final int MAX_STORED = 3_900;

  private static final ObjectMapper JSON = exact(JsonMapper.shared());

  private Numbers() {}

  /** Makes of a number a double where it keeps the value, else a decimal with all digits. */
  private static final class ExactNodes extends CompactNodes {
    @Override
    public ValueNode numberNode(@Nullable BigDecimal value) {
      return value != null && isDouble(value)
          ? super.numberNode(value.doubleValue())
          : super.numberNode(value);
    }
  }

  /** Turns a number into a string whose exponent no arithmetic could stand. */
  private static final class BoundedExponents extends JsonParserDelegate {

    private static final int MAX_DIGITS = 4;

    private boolean isText;

    BoundedExponents(JsonParser parser) {
      super(parser);
    }

    @Override
    public @Nullable JsonToken nextToken() {
      JsonToken token = super.nextToken();
      isText = token == JsonToken.VALUE_NUMBER_FLOAT && isBeyond(getString());
      return isText ? JsonToken.VALUE_STRING : token;
    }

    private static boolean isBeyond(String number) {
      int digit = Math.max(number.indexOf('e'), number.indexOf('E')) + 1;
      if (digit == 0) {
        return false;
      }
      while (digit < number.length() && "+-0".indexOf(number.charAt(digit)) >= 0) {
        digit++;
      }
      return number.length() - digit > MAX_DIGITS;
    }

    @Override
    public @Nullable JsonToken currentToken() {
      return isText ? JsonToken.VALUE_STRING : super.currentToken();
    }

    @Override
    public int currentTokenId() {
      return isText ? JsonToken.VALUE_STRING.id() : super.currentTokenId();
    }

    @Override
    public boolean hasTokenId(int id) {
      return currentTokenId() == id;
    }

    @Override
    public boolean hasToken(JsonToken token) {
      return currentToken() == token;
    }
  }

  /** The same mapper, but what it reads as a tree keeps every digit. */
  public static ObjectMapper exact(ObjectMapper mapper) {
    return mapper
        .rebuild()
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .nodeFactory(new ExactNodes())
        .build();
  }

  /**
   * Reads JSON; a number with an exponent beyond ±9,999 becomes a String of its characters.
   *
   * @throws tools.jackson.core.JacksonException when it is none
   */
  public static JsonNode read(byte[] json, int offset, int length) {
    return read(JSON, JSON.createParser(json, offset, length));
  }

  /** As {@link #read(byte[], int, int)}. */
  public static JsonNode read(String json) {
    return read(JSON, JSON.createParser(json));
  }

  /**
   * As {@link #read(String)}, in the way of a mapper.
   *
   * @param mapper one of {@link #exact}, or another that makes decimals of numbers
   */
  public static JsonNode read(ObjectMapper mapper, String json) {
    return read(mapper, mapper.createParser(json));
  }

  private static JsonNode read(ObjectMapper mapper, JsonParser json) {
    try (JsonParser parser = new BoundedExponents(json)) {
      JsonNode node = mapper.readTree(parser);
      if (parser.nextToken() != null) {
        throw new StreamReadException(parser, "more than one value");
      }
      return node == null ? MissingNode.getInstance() : node;
    }
  }

  private static boolean isDouble(BigDecimal value) {
    double nearest = value.doubleValue();
    return Double.isFinite(nearest) && BigDecimal.valueOf(nearest).compareTo(value) == 0;
  }

  /** A node that is a number as a process variable: a Long, a Double, or what has its digits. */
  public static Number toVariable(JsonNode number) {
    if (number.isIntegralNumber()) {
      BigInteger integer = number.bigIntegerValue();
      return integer.bitLength() < Long.SIZE ? (Number) integer.longValue() : integer;
    }
    if (!number.isBigDecimal()) {
      return number.doubleValue();
    }
    BigDecimal decimal = number.decimalValue();
    return isDouble(decimal) ? (Number) decimal.doubleValue() : decimal;
  }

  /** The engine stores a decimal in plain notation, in a column of 4,000 characters. */
  public static boolean isStorable(Number number) {
    return !(number instanceof BigDecimal decimal)
        || Math.abs((long) decimal.scale()) + decimal.precision() < MAX_STORED;
  }

  /** A scalar as text, a number in plain notation. */
  public static String text(JsonNode scalar) {
    return scalar.isNumber() ? text(scalar.numberValue()) : scalar.asString("");
  }

  /** A number in plain notation, unless that is too long. */
  static String text(Number number) {
    boolean isDouble = number instanceof Double || number instanceof Float;
    if (isDouble ? !Double.isFinite(number.doubleValue()) : !(number instanceof BigDecimal)) {
      return number.toString();
    }
    // Java writes 1.0E-7, whose zero says nothing, and 19.0.
    String written = number.toString();
    BigDecimal decimal = new BigDecimal(written);
    if (isDouble && written.indexOf('E') >= 0) {
      decimal = decimal.stripTrailingZeros();
    }
    // Asked first: plain notation of 1E+999999999 has a gigabyte.
    if (Math.abs((long) decimal.scale()) + decimal.precision() > 2 * MAX_LENGTH) {
      return written;
    }
    String plain = decimal.toPlainString();
    return plain.length() > MAX_LENGTH ? written : plain;
  }
}
