package io.restconnector.internal.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.restconnector.content.internal.JsonValues;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.MissingNode;

/**
 * JSON between the connector and the engine: each value that becomes a variable, an event payload
 * or the value of an expression goes through here. The engine has Jackson 2, and would serialise a
 * node of Jackson 3 as a Java object.
 */
public final class EngineJson {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private EngineJson() {}

  /** The form in which the engine keeps a value and in which expressions read it. */
  public static @Nullable Object toEngine(@Nullable Object value) {
    return value instanceof tools.jackson.databind.JsonNode node ? node(node) : value;
  }

  /** As {@link #toEngine}, but with trees that belong to the engine alone. */
  public static @Nullable Object copyToEngine(@Nullable Object value) {
    return value instanceof JsonNode node ? node.deepCopy() : toEngine(value);
  }

  /** The connector's form of what the engine or an expression gives. */
  public static @Nullable Object fromEngine(@Nullable Object value) {
    if (value instanceof JsonNode node) {
      return node.isMissingNode() ? MissingNode.getInstance() : JsonValues.of(node);
    }
    return value;
  }

  static JsonNode node(tools.jackson.databind.JsonNode node) {
    if (node.isObject()) {
      ObjectNode object = NODES.objectNode();
      node.properties().forEach(each -> object.set(each.getKey(), node(each.getValue())));
      return object;
    }
    if (node.isArray()) {
      ArrayNode array = NODES.arrayNode(node.size());
      node.values().forEach(each -> array.add(node(each)));
      return array;
    }
    return switch (node.getNodeType()) {
      case STRING -> NODES.textNode(node.stringValue());
      case BOOLEAN -> NODES.booleanNode(node.booleanValue());
      case NUMBER -> number(node);
      case BINARY -> NODES.binaryNode(node.binaryValue());
      case POJO -> NODES.pojoNode(((tools.jackson.databind.node.POJONode) node).getPojo());
      case MISSING -> NODES.missingNode();
      default -> NODES.nullNode();
    };
  }

  private static JsonNode number(tools.jackson.databind.JsonNode node) {
    return switch (node.numberType()) {
      case INT -> NODES.numberNode(node.intValue());
      case LONG -> NODES.numberNode(node.longValue());
      case BIG_INTEGER -> NODES.numberNode(node.bigIntegerValue());
      case FLOAT -> NODES.numberNode(node.floatValue());
      case DOUBLE -> NODES.numberNode(node.doubleValue());
      case BIG_DECIMAL -> DecimalNode.valueOf(node.decimalValue());
    };
  }
}
