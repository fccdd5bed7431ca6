package io.restconnector.project.internal;

import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A value of a trigger: as it is, or with the type of its mapping. */
final class MappedValue {

  private MappedValue() {}

  /** As a template of our channels. */
  static JsonNode template(JsonNode value) {
    Mapping.Kind kind =
        value.isObject() && Set.copyOf(value.propertyNames()).equals(Set.of("type", "value"))
            ? Mapping.Kind.of(value.path("type").asString(""))
            : null;
    if (kind == Mapping.Kind.VARIABLE) {
      return JsonNodeFactory.instance.stringNode("${" + value.path("value").asString("") + "}");
    }
    return kind == Mapping.Kind.STATIC_VALUE
        ? literal(value.path("value"))
        : kind == Mapping.Kind.VALUE ? value.path("value") : value;
  }

  /** A template of which nothing is evaluated. */
  private static JsonNode literal(JsonNode value) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    if (value.isString()) {
      return nodes.stringNode(value.stringValue().replace("${", "\\${").replace("#{", "\\#{"));
    }
    if (value.isArray()) {
      ArrayNode array = nodes.arrayNode();
      value.values().forEach(each -> array.add(literal(each)));
      return array;
    }
    if (value.isObject()) {
      ObjectNode object = nodes.objectNode();
      for (Map.Entry<String, JsonNode> each : value.properties()) {
        object.set(each.getKey(), literal(each.getValue()));
      }
      return object;
    }
    return value;
  }
}
