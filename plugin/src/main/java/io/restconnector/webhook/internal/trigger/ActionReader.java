package io.restconnector.webhook.internal.trigger;

import io.restconnector.webhook.internal.channel.ChannelTree;
import io.restconnector.webhook.internal.channel.InvalidTriggerException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads what a trigger does.
 *
 * @param kinds of actions that there are
 */
record ActionReader(ChannelTree channel, TriggerExpressions expressions, Set<ActionKind> kinds) {

  Trigger.Action read() throws InvalidTriggerException {
    if (channel.value("action").isMissingNode()) {
      return event();
    }
    ObjectNode arguments = channel.object("action").deepCopy();
    JsonNode type = arguments.path("type");
    ActionKind action = kind(type);
    arguments.remove("type");
    for (Map.Entry<String, JsonNode> argument : arguments.properties()) {
      check(action, argument.getKey(), argument.getValue());
    }
    for (String name : action.required()) {
      ChannelTree.text(arguments, "action.", name);
    }
    expressions.parseAll("action", arguments);
    return new Trigger.EngineCall(action, arguments);
  }

  private ActionKind kind(JsonNode type) throws InvalidTriggerException {
    for (ActionKind each : kinds) {
      if (each.type().equals(type.asString(""))) {
        return each;
      }
    }
    throw new InvalidTriggerException(
        "action.type",
        type,
        kinds.stream().map(ActionKind::type).collect(Collectors.joining(", ")));
  }

  private static void check(ActionKind action, String name, JsonNode value)
      throws InvalidTriggerException {
    if (!action.has(name)) {
      throw new InvalidTriggerException(
          "action." + name, value, "no such property of " + action.type());
    }
    boolean isMap = name.equals("variables");
    if (isMap ? !value.isObject() : !value.isString()) {
      throw new InvalidTriggerException("action." + name, value, isMap ? "an object" : "a string");
    }
  }

  private Trigger.Action event() throws InvalidTriggerException {
    ObjectNode detection = channel.object("channelEventKeyDetection");
    if (detection.size() != 1) {
      throw new InvalidTriggerException(
          "channelEventKeyDetection",
          channel.value("channelEventKeyDetection"),
          "one of fixedValue, jsonField and jsonPointerExpression, or an action");
    }
    String kind = detection.propertyNames().iterator().next();
    String value = ChannelTree.text(detection, "channelEventKeyDetection.", kind);
    try {
      return switch (kind) {
        case "fixedValue" -> new Trigger.FixedEvent(value);
        case "jsonField" -> new Trigger.DetectedEvent(JsonPointer.empty().appendProperty(value));
        case "jsonPointerExpression" -> new Trigger.DetectedEvent(JsonPointer.compile(value));
        default -> throw new IllegalArgumentException(kind);
      };
    } catch (IllegalArgumentException unusable) {
      throw new InvalidTriggerException(
          "channelEventKeyDetection",
          detection,
          "one of fixedValue, jsonField and jsonPointerExpression");
    }
  }
}
