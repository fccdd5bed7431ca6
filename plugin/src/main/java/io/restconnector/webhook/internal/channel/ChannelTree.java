package io.restconnector.webhook.internal.channel;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The properties of a channel file, or of an object in it.
 *
 * @param prefix of their names in messages
 */
public record ChannelTree(ObjectNode tree, String prefix) {

  public ChannelTree(ObjectNode tree) {
    this(tree, "");
  }

  public JsonNode value(String property) {
    return tree.path(property);
  }

  /** An empty one where there is none. */
  public ObjectNode object(String property) throws InvalidTriggerException {
    JsonNode value = tree.path(property);
    if (value.isMissingNode()) {
      return JsonNodeFactory.instance.objectNode();
    }
    if (!(value instanceof ObjectNode object)) {
      throw wrong(property, value, "an object");
    }
    return object;
  }

  public Map<String, String> texts(String property) throws InvalidTriggerException {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : object(property).properties()) {
      if (!entry.getValue().isString()) {
        throw wrong(property + "." + entry.getKey(), entry.getValue(), "a string");
      }
      texts.put(entry.getKey(), entry.getValue().stringValue());
    }
    return texts;
  }

  /** What is wrong with one of these properties. */
  public InvalidTriggerException wrong(String property, JsonNode value, String wanted) {
    return new InvalidTriggerException(prefix + property, value, wanted);
  }

  public String text(String property) throws InvalidTriggerException {
    return text(tree, prefix, property);
  }

  public static String text(ObjectNode parent, String prefix, String property)
      throws InvalidTriggerException {
    JsonNode value = parent.path(property);
    if (!value.isString() || value.stringValue().isBlank()) {
      throw new InvalidTriggerException(
          prefix + property, value.isNull() ? MissingNode.getInstance() : value, "a string");
    }
    return value.stringValue();
  }
}
