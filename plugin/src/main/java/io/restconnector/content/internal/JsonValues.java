package io.restconnector.content.internal;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.NumericNode;
import tools.jackson.databind.node.ObjectNode;

/** Java values as JSON, and only those whose JSON form is beyond doubt: no beans. */
public final class JsonValues {

  /** Deepest nesting that Jackson, and so the engine, reads back and writes by default. */
  static final int MAX_DEPTH = 500;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private JsonValues() {}

  /**
   * The JSON form of null, a Jackson 3 or Jackson 2 node, a Map, Collection, array or scalar.
   *
   * @throws IllegalArgumentException for anything else; the message names the type and the place
   *     only
   */
  public static JsonNode of(@Nullable Object value) {
    return of(value, 0);
  }

  /**
   * As {@link #of(Object)}, for a value that will stand in JSON.
   *
   * @param depth number of objects and arrays around it
   */
  static JsonNode of(@Nullable Object value, int depth) {
    if (value == null) {
      return NODES.nullNode();
    }
    if (value instanceof JsonNode node) {
      check(node, depth);
      return node;
    }
    if (value instanceof Map<?, ?> map) {
      return object(map, enter(depth));
    }
    if (value instanceof Collection<?> collection) {
      return array(collection, enter(depth));
    }
    if (value instanceof byte[] bytes && depth > 0) {
      return NODES.stringNode(ModelText.base64(bytes));
    }
    if (value.getClass().isArray() && !(value instanceof byte[])) {
      List<@Nullable Object> elements = new ArrayList<>();
      for (int i = 0; i < Array.getLength(value); i++) {
        elements.add(Array.get(value, i));
      }
      return array(elements, enter(depth));
    }
    JsonNode scalar = scalar(value);
    if (scalar != null) {
      return scalar;
    }
    if (isJackson2Node(value)) {
      return ofJackson2(value, depth);
    }
    throw notJson(value);
  }

  /** A member that is null as one that is missing: Jackson 3.0 gives a default for that only. */
  public static JsonNode orMissing(JsonNode node) {
    return node.isNull() ? MissingNode.getInstance() : node;
  }

  private static int enter(int depth) {
    if (depth >= MAX_DEPTH) {
      throw new IllegalArgumentException("a value nested deeper than " + MAX_DEPTH + " levels");
    }
    return depth + 1;
  }

  /** A tree that was built by hand may hold what has no JSON form. */
  private static void check(JsonNode node, int depth) {
    if (node.isContainer()) {
      int inside = enter(depth);
      if (node.isObject()) {
        node.properties()
            .forEach(
                member ->
                    LeafException.locating(
                        member.getKey(), () -> check(member.getValue(), inside)));
      } else {
        for (int i = 0; i < node.size(); i++) {
          JsonNode element = node.get(i);
          LeafException.locating(i, () -> check(element, inside));
        }
      }
    } else if (node.isPojo() || node.isMissingNode()) {
      throw notJson(node);
    } else if (node instanceof NumericNode number && number.isNaN()) {
      throw notFinite();
    }
  }

  private static ArrayNode array(Collection<?> elements, int inside) {
    ArrayNode array = NODES.arrayNode(elements.size());
    for (Object element : elements) {
      LeafException.locating(array.size(), () -> array.add(of(element, inside)));
    }
    return array;
  }

  private static ObjectNode object(Map<?, ?> map, int inside) {
    ObjectNode object = NODES.objectNode();
    map.forEach(
        (key, element) -> {
          JsonNode scalar = key == null ? null : scalar(key);
          if (scalar == null) {
            String type = key == null ? "null" : key.getClass().getTypeName();
            throw new NoJsonFormException("Map with a key of type " + type);
          }
          String name = Numbers.text(scalar);
          LeafException.locating(name, () -> object.set(name, of(element, inside)));
        });
    return object;
  }

  /** Null for what is no scalar. */
  @SuppressWarnings("JavaUtilDate") // Flowable's date variables are; SQL's have no toInstant()
  private static @Nullable JsonNode scalar(Object value) {
    if (value instanceof Boolean bool) {
      return NODES.booleanNode(bool);
    }
    if (value instanceof Number number) {
      return number(number);
    }
    if (value instanceof Date date) {
      return NODES.stringNode(Instant.ofEpochMilli(date.getTime()).toString());
    }
    if (value instanceof CharSequence
        || value instanceof Character
        || value instanceof Enum<?>
        || value instanceof UUID
        || value instanceof TemporalAccessor) {
      return NODES.stringNode(value.toString());
    }
    return null;
  }

  private static @Nullable JsonNode number(Number number) {
    if (number instanceof BigDecimal decimal) {
      return NODES.numberNode(decimal);
    }
    if (number instanceof BigInteger integer) {
      return NODES.numberNode(integer);
    }
    if (number instanceof Double || number instanceof Float) {
      if (!Double.isFinite(number.doubleValue())) {
        throw notFinite();
      }
      return NODES.numberNode(
          Double.parseDouble(number.toString())); // of a float, as Java prints it
    }
    boolean integral =
        number instanceof Integer
            || number instanceof Long
            || number instanceof Short
            || number instanceof Byte
            || number instanceof AtomicInteger
            || number instanceof AtomicLong;
    return integral ? NODES.numberNode(number.longValue()) : null;
  }

  private static JsonNode ofJackson2(Object node, int depth) {
    JsonNode parsed;
    try {
      parsed = JsonText.parse(node.toString());
    } catch (RuntimeException unwritable) {
      throw new IllegalArgumentException(notJson(node).getMessage(), unwritable);
    }
    check(parsed, depth);
    return parsed;
  }

  private static IllegalArgumentException notJson(Object value) {
    return new NoJsonFormException(value.getClass().getTypeName());
  }

  private static IllegalArgumentException notFinite() {
    return new IllegalArgumentException("a number that is not finite");
  }

  /**
   * The value as a process variable: objects and arrays stay JSON, a scalar becomes a String, Long,
   * Double or Boolean, JSON null becomes null. A number that is none of these in value becomes a
   * BigDecimal or BigInteger, or its text where the engine's column for them is too short.
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
    if (node.isNumber()) {
      Number number = Numbers.toVariable(node);
      return Numbers.isStorable(number) ? number : node.asString("");
    }
    return OutsideText.storable(node.asString(""));
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
