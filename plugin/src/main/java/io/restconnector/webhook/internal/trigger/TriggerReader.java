package io.restconnector.webhook.internal.trigger;

import io.restconnector.content.JsonTemplate;
import io.restconnector.webhook.WebhookSettings;
import io.restconnector.webhook.internal.trust.ChannelProperties;
import io.restconnector.webhook.internal.trust.SenderChecks;
import io.restconnector.webhook.internal.trust.SenderChecksReader;
import io.restconnector.webhook.internal.trust.SignatureSchemes;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.flowable.common.engine.api.delegate.Expression;
import org.flowable.common.engine.impl.el.ExpressionManager;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads one channel file. Works on its tree, since a bound object shows no wrong property. */
final class TriggerReader {

  static final Set<String> PROPERTIES =
      Set.of(
          "key",
          "category",
          "name",
          "description",
          "channelType",
          "type",
          "extension",
          "path",
          "method",
          "headers",
          "params",
          "condition",
          "status",
          "body",
          "payload",
          "action",
          "acceptWithoutConsumer",
          "channelEventKeyDetection");
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");

  private final ObjectNode tree;
  private final SignatureSchemes schemes;
  private final TriggerExpressions expressions;

  TriggerReader(ExpressionManager expressionManager, SignatureSchemes schemes, ObjectNode tree) {
    this.tree = tree;
    this.schemes = schemes;
    expressions = new TriggerExpressions(expressionManager);
  }

  Trigger read(String tenantId) throws InvalidTriggerException {
    for (Map.Entry<String, JsonNode> property : tree.properties()) {
      if (!PROPERTIES.contains(property.getKey())
          && !SenderChecksReader.PROPERTIES.contains(property.getKey())) {
        throw new InvalidTriggerException(
            property.getKey(), property.getValue(), "no such property");
      }
    }
    JsonNode body = tree.get("body");
    if (body != null) {
      expressions.parseAll("body", body);
    }
    SenderChecks checks = new SenderChecksReader(schemes).read(tree);
    Deduplication deduplication = checks.deduplication();
    if (deduplication != null && deduplication.key() != null) {
      expressions.parseAll("deduplication.key", deduplication.key());
    }
    return new Trigger(
        text(tree, "", "key"),
        tenantId,
        path(),
        methods(),
        headers(),
        texts("params"),
        condition(),
        status(),
        body,
        template("payload"),
        action(),
        checks,
        acceptWithoutConsumer(),
        expressions.byText());
  }

  private PathTemplate path() throws InvalidTriggerException {
    String path = text(tree, "", "path");
    try {
      return PathTemplate.parse(path);
    } catch (IllegalArgumentException unusable) {
      throw new InvalidTriggerException(
          "path",
          tree.path("path"),
          "segments below the endpoint such as orders/{id}, each variable once");
    }
  }

  private Set<String> methods() throws InvalidTriggerException {
    JsonNode value = tree.path("method");
    Set<String> methods = new LinkedHashSet<>();
    for (JsonNode method : value.isArray() ? value.values() : Set.of(value)) {
      if (method.isString() && METHODS.contains(method.stringValue())) {
        methods.add(method.stringValue());
      } else if (!method.isMissingNode()) {
        throw new InvalidTriggerException("method", value, "one or a list of " + METHODS);
      }
    }
    if (value.isArray() && value.isEmpty()) {
      throw new InvalidTriggerException("method", value, "one or a list of " + METHODS);
    }
    return methods;
  }

  private Map<String, String> headers() throws InvalidTriggerException {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Map.Entry<String, String> header : texts("headers").entrySet()) {
      if (!ChannelProperties.HEADER_NAME.matcher(header.getKey()).matches()) {
        throw new InvalidTriggerException("headers", tree.path("headers"), "names of HTTP headers");
      }
      headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue());
    }
    return headers;
  }

  private Map<String, String> texts(String property) throws InvalidTriggerException {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : object(property).properties()) {
      if (!entry.getValue().isString()) {
        throw new InvalidTriggerException(
            property + "." + entry.getKey(), entry.getValue(), "a string");
      }
      texts.put(entry.getKey(), entry.getValue().stringValue());
    }
    return texts;
  }

  private @Nullable Expression condition() throws InvalidTriggerException {
    JsonNode value = tree.path("condition");
    if (value.isMissingNode()) {
      return null;
    }
    if (!value.isString() || !JsonTemplate.isExpression(value)) {
      throw new InvalidTriggerException("condition", value, "an expression ${…}");
    }
    return expressions.parse("condition", value);
  }

  private int status() throws InvalidTriggerException {
    JsonNode value = tree.path("status");
    if (value.isMissingNode()) {
      return 200;
    }
    if (!value.isInt() || !WebhookSettings.isFinalStatus(value.intValue())) {
      throw new InvalidTriggerException("status", value, "an integer from 200 to 599");
    }
    return value.intValue();
  }

  private boolean acceptWithoutConsumer() throws InvalidTriggerException {
    JsonNode value = tree.path("acceptWithoutConsumer");
    if (!value.isMissingNode() && !value.isBoolean()) {
      throw new InvalidTriggerException("acceptWithoutConsumer", value, "true or false");
    }
    return value.isBoolean() && value.booleanValue();
  }

  private ObjectNode template(String property) throws InvalidTriggerException {
    ObjectNode template = object(property);
    expressions.parseAll(property, template);
    return template;
  }

  private Trigger.Action action() throws InvalidTriggerException {
    JsonNode value = tree.path("action");
    if (value.isMissingNode()) {
      return event();
    }
    ObjectNode arguments = object("action").deepCopy();
    JsonNode type = arguments.path("type");
    EngineAction action = type.isString() ? EngineAction.of(type.stringValue()) : null;
    if (action == null) {
      throw new InvalidTriggerException(
          "action.type", type, "startProcess, signal, message, startMessage or none");
    }
    arguments.remove("type");
    for (Map.Entry<String, JsonNode> argument : arguments.properties()) {
      String name = argument.getKey();
      if (!action.has(name)) {
        throw new InvalidTriggerException(
            "action." + name, argument.getValue(), "no such property of " + action.type());
      }
      boolean isMap = name.equals("variables");
      if (isMap ? !argument.getValue().isObject() : !argument.getValue().isString()) {
        throw new InvalidTriggerException(
            "action." + name, argument.getValue(), isMap ? "an object" : "a string");
      }
    }
    for (String name : action.required()) {
      text(arguments, "action.", name);
    }
    expressions.parseAll("action", arguments);
    return new Trigger.EngineCall(action, arguments);
  }

  private Trigger.Action event() throws InvalidTriggerException {
    ObjectNode detection = object("channelEventKeyDetection");
    if (detection.size() != 1) {
      throw new InvalidTriggerException(
          "channelEventKeyDetection",
          tree.path("channelEventKeyDetection"),
          "one of fixedValue, jsonField and jsonPointerExpression, or an action");
    }
    String kind = detection.propertyNames().iterator().next();
    String value = text(detection, "channelEventKeyDetection.", kind);
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

  private ObjectNode object(String property) throws InvalidTriggerException {
    JsonNode value = tree.path(property);
    if (value.isMissingNode()) {
      return JsonNodeFactory.instance.objectNode();
    }
    if (!(value instanceof ObjectNode object)) {
      throw new InvalidTriggerException(property, value, "an object");
    }
    return object;
  }

  private static String text(ObjectNode parent, String prefix, String property)
      throws InvalidTriggerException {
    JsonNode value = parent.path(property);
    if (!value.isString() || value.stringValue().isBlank()) {
      throw new InvalidTriggerException(
          prefix + property, value.isNull() ? MissingNode.getInstance() : value, "a string");
    }
    return value.stringValue();
  }
}
