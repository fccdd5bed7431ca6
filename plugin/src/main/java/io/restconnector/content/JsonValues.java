package io.restconnector.content;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.temporal.TemporalAccessor;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Java values as JSON, and only those whose JSON form is beyond doubt: no beans. */
public final class JsonValues {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int MAX_DEPTH = 500;

  private JsonValues() {}

  /**
   * Parses JSON text.
   *
   * @throws IllegalArgumentException when it is none; the message does not repeat the text
   */
  public static JsonNode parse(String json) {
    try {
      JsonNode node = JsonMapper.shared().readTree(json);
      if (!node.isMissingNode()) {
        return node;
      }
    } catch (JacksonException malformed) {
      // Jackson's message quotes what it found, which may be a secret.
    }
    throw new IllegalArgumentException("a String that holds no JSON");
  }

  /**
   * The JSON form of null, a Jackson 3 or Jackson 2 node, a Map, Collection, array or scalar.
   *
   * @throws IllegalArgumentException for anything else; the message names the type only
   */
  public static JsonNode of(@Nullable Object value) {
    return of(value, 0);
  }

  private static JsonNode of(@Nullable Object value, int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("a value nested deeper than " + MAX_DEPTH + " levels");
    }
    if (value == null) {
      return NODES.nullNode();
    }
    if (value instanceof JsonNode node && !node.isPojo() && !node.isMissingNode()) {
      return node;
    }
    if (isJackson2Node(value)) {
      return parse(value.toString());
    }
    if (value instanceof Map<?, ?> map) {
      return object(map, depth);
    }
    if (value instanceof Collection<?> collection) {
      ArrayNode array = NODES.arrayNode(collection.size());
      collection.forEach(element -> array.add(of(element, depth + 1)));
      return array;
    }
    if (value.getClass().isArray() && !(value instanceof byte[])) {
      ArrayNode array = NODES.arrayNode();
      for (int i = 0; i < Array.getLength(value); i++) {
        array.add(of(Array.get(value, i), depth + 1));
      }
      return array;
    }
    return scalar(value);
  }

  private static ObjectNode object(Map<?, ?> map, int depth) {
    ObjectNode object = NODES.objectNode();
    map.forEach(
        (key, element) -> {
          if (key == null) {
            throw new IllegalArgumentException("a Map with a null key");
          }
          object.set(key.toString(), of(element, depth + 1));
        });
    return object;
  }

  private static JsonNode scalar(Object value) {
    if (value instanceof Boolean bool) {
      return NODES.booleanNode(bool);
    }
    if (value instanceof Number number) {
      return number(number);
    }
    if (value instanceof Date date) {
      return NODES.stringNode(date.toInstant().toString());
    }
    if (value instanceof CharSequence
        || value instanceof Character
        || value instanceof Enum<?>
        || value instanceof UUID
        || value instanceof TemporalAccessor) {
      return NODES.stringNode(value.toString());
    }
    throw new IllegalArgumentException("a " + value.getClass().getTypeName());
  }

  private static JsonNode number(Number number) {
    if (number instanceof BigDecimal decimal) {
      return NODES.numberNode(decimal);
    }
    if (number instanceof BigInteger integer) {
      return NODES.numberNode(integer);
    }
    if (number instanceof Double || number instanceof Float) {
      if (!Double.isFinite(number.doubleValue())) {
        throw new IllegalArgumentException("a number that is not finite");
      }
      return NODES.numberNode(new BigDecimal(number.toString()));
    }
    return NODES.numberNode(number.longValue());
  }

  /**
   * The value as a process variable: objects and arrays stay JSON, a scalar becomes a String, Long,
   * Double or Boolean, JSON null becomes null. A number out of range becomes a String with its
   * digits.
   */
  public static @Nullable Object toVariable(JsonNode node) {
    if (node.isContainer()) {
      return node;
    }
    if (node.isNull() || node.isMissingNode()) {
      return null;
    }
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      return node.longValue();
    }
    if (node.isFloatingPointNumber() && Double.isFinite(node.doubleValue())) {
      return node.doubleValue();
    }
    return node.asString();
  }

  /** By name, so that Jackson 2 need not be there. */
  private static boolean isJackson2Node(Object value) {
    for (Class<?> type = value.getClass(); type != null; type = type.getSuperclass()) {
      if (type.getName().equals("com.fasterxml.jackson.databind.JsonNode")) {
        return true;
      }
    }
    return false;
  }
}
