package io.restconnector.webhook.internal.trigger;

import io.restconnector.webhook.internal.channel.ChannelProperties;
import io.restconnector.webhook.internal.channel.ChannelTree;
import io.restconnector.webhook.internal.channel.InvalidTriggerException;
import io.restconnector.webhook.internal.request.PathSegments;
import io.restconnector.webhook.internal.trust.Deduplication;
import io.restconnector.webhook.internal.trust.SenderChecks;
import io.restconnector.webhook.internal.trust.SenderChecksReader;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flowable.common.engine.api.delegate.Expression;
import org.flowable.common.engine.impl.el.ExpressionManager;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
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
          "each",
          "status",
          "body",
          "answerHeaders",
          "respond",
          "maxBodySize",
          "payload",
          "action",
          "acceptWithoutConsumer",
          "eventNotMatchStatus",
          EarlyReader.PROPERTY,
          "channelEventKeyDetection");
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");

  private static final Pattern SIZE = Pattern.compile("([0-9]{1,10})(B|KB|MB|GB)?");
  private static final List<String> UNITS = List.of("B", "KB", "MB", "GB");

  private final ObjectNode tree;
  private final ChannelTree channel;
  private final TriggerHost host;
  private final TriggerExpressions expressions;

  TriggerReader(ExpressionManager expressionManager, TriggerHost host, ObjectNode tree) {
    this.tree = tree;
    this.host = host;
    channel = new ChannelTree(tree);
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
    SenderChecks checks = new SenderChecksReader(host.schemes()).read(tree);
    Deduplication deduplication = checks.deduplication();
    boolean tellsElementsApart = false;
    if (deduplication != null && deduplication.key() != null) {
      expressions.parseAll("deduplication.key", deduplication.key());
      tellsElementsApart = FunctionCalls.sees(deduplication.key().stringValue(), "item");
    }
    return new Trigger(
        channel.text("key"),
        tenantId,
        path(),
        methods(),
        headers(),
        channel.texts("params"),
        expression("condition"),
        expression("each"),
        AnswerTemplate.read(channel, expressions),
        Respond.read(channel, expressions),
        template("payload"),
        new ActionReader(channel, expressions, host.actions()).read(),
        checks,
        acceptWithoutConsumer(),
        new EarlyReader(channel, host.actions()).read(),
        maxBodySize(),
        eventNotMatchStatus(),
        expressions.byText(),
        expressions.secretNames(),
        tellsElementsApart);
  }

  private PathTemplate path() throws InvalidTriggerException {
    String path = channel.text("path");
    if (path.equals(PathSegments.ANSWERS) || path.startsWith(PathSegments.ANSWERS + "/")) {
      throw new InvalidTriggerException(
          "path",
          tree.path("path"),
          "another first segment than .answers, where the answers of processes are");
    }
    try {
      return PathTemplate.parse(path);
    } catch (IllegalArgumentException unusable) {
      throw new InvalidTriggerException(
          "path",
          tree.path("path"),
          "segments below the endpoint such as orders/{id}, each variable once, and no other pattern");
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

  private WantedHeaders headers() throws InvalidTriggerException {
    Map<String, String> headers = channel.texts("headers");
    for (String name : headers.keySet()) {
      if (!ChannelProperties.HEADER_NAME.matcher(name).matches()) {
        throw new InvalidTriggerException("headers", tree.path("headers"), "names of HTTP headers");
      }
    }
    WantedHeaders wanted = WantedHeaders.of(headers);
    if (wanted.byName().size() < headers.size()) {
      throw new InvalidTriggerException("headers", tree.path("headers"), "each header once");
    }
    return wanted;
  }

  private @Nullable Expression expression(String property) throws InvalidTriggerException {
    JsonNode value = tree.path(property);
    return value.isMissingNode() ? null : expressions.parse(property, value);
  }

  private @Nullable Long maxBodySize() throws InvalidTriggerException {
    JsonNode value = tree.path("maxBodySize");
    if (value.isMissingNode()) {
      return null;
    }
    Matcher size = SIZE.matcher(value.isValueNode() ? value.asString("") : "");
    if (!size.matches()) {
      throw new InvalidTriggerException("maxBodySize", value, "a size such as 256KB or 2MB");
    }
    int shift = size.group(2) == null ? 0 : 10 * UNITS.indexOf(size.group(2));
    long number = Long.parseLong(size.group(1));
    return number > Long.MAX_VALUE >> shift ? Long.MAX_VALUE : number << shift;
  }

  private @Nullable Integer eventNotMatchStatus() throws InvalidTriggerException {
    JsonNode value = tree.path("eventNotMatchStatus");
    if (value.isMissingNode()) {
      return null;
    }
    if (!value.isInt() || value.intValue() < 200 || value.intValue() > 599) {
      throw new InvalidTriggerException("eventNotMatchStatus", value, "a status from 200 to 599");
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
    ObjectNode template = channel.object(property);
    expressions.parseAll(property, template);
    return template;
  }
}
