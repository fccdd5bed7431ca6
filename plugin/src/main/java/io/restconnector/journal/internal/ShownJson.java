package io.restconnector.journal.internal;

import io.restconnector.content.internal.JsonValues;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Values as people may see them: JSON whose texts are masked, and whose hidden members are. */
final class ShownJson {

  /** Of all that is shown of one value, in nodes. */
  private static final int MAX_NODES = 10_000;

  private final ShownText text;
  private int left = MAX_NODES;

  private ShownJson(ShownText text) {
    this.text = text;
  }

  /** One value under its name. */
  static JsonNode of(ShownText text, String name, @Nullable Object value) {
    return text.isHidden(name)
        ? JsonNodeFactory.instance.stringNode(ShownText.MASK)
        : new ShownJson(text).shown(json(value));
  }

  /** The output with the headers of a response. */
  static JsonNode ofHeaders(ShownText text, @Nullable Object headers) {
    ObjectNode shown = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> each : json(headers).properties()) {
      ArrayNode values = shown.putArray(each.getKey());
      (each.getValue().isArray() ? each.getValue().values() : List.of(each.getValue()))
          .forEach(value -> values.add(text.header(each.getKey(), value.asString(""))));
      if (values.size() == 1) {
        shown.set(each.getKey(), values.get(0));
      }
    }
    return shown;
  }

  private static JsonNode json(@Nullable Object value) {
    if (value instanceof byte[] bytes) {
      return JsonNodeFactory.instance.stringNode(Base64.getEncoder().encodeToString(bytes));
    }
    try {
      return JsonValues.of(value);
    } catch (IllegalArgumentException noJson) {
      return JsonNodeFactory.instance.stringNode("(no JSON)");
    }
  }

  private JsonNode shown(JsonNode node) {
    if (left-- <= 0) {
      return JsonNodeFactory.instance.stringNode("(more)");
    }
    if (node.isObject()) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      node.properties()
          .forEach(
              member ->
                  object.set(
                      text.line(member.getKey()),
                      text.isAlwaysHidden(member.getKey())
                          ? JsonNodeFactory.instance.stringNode(ShownText.MASK)
                          : shown(member.getValue())));
      return object;
    }
    if (node.isArray()) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      node.values().forEach(element -> array.add(shown(element)));
      return array;
    }
    if (node.isString()) {
      return JsonNodeFactory.instance.stringNode(
          text.sameUnlessSecret(node.stringValue(), ShownBody.MAX_BODY));
    }
    String scalar = node.asString("");
    return text.sameUnlessSecret(scalar, scalar.length()).equals(scalar)
        ? node
        : JsonNodeFactory.instance.stringNode(ShownText.MASK);
  }
}
