package io.restconnector.webhook.internal.delivery;

import io.restconnector.content.internal.JsonText;
import io.restconnector.content.internal.JsonValues;
import io.restconnector.webhook.internal.delivery.ActionArguments.Variables;
import io.restconnector.webhook.internal.request.RefusedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.flowable.eventregistry.api.runtime.EventPayloadInstance;
import org.flowable.eventregistry.impl.runtime.EventInstanceImpl;
import org.flowable.eventregistry.impl.runtime.EventPayloadInstanceImpl;
import org.flowable.eventregistry.model.EventPayload;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An action that may wait: for whom, and a form of its values that a table keeps. The form depends
 * on nothing that is deployed.
 *
 * @param name of the event, message or signal
 * @param keys by one of which it finds what waits; the first stands for all of its correlation;
 *     empty where it has none
 */
public record KeptAction(Kind kind, String name, List<String> keys, EngineAction action) {

  /** The actions that something may wait for. */
  public enum Kind {
    EVENT,
    MESSAGE,
    SIGNAL
  }

  /** Null where nothing can ever wait for it. */
  static @Nullable KeptAction of(EngineAction action, EngineAccess engine) {
    if (action instanceof PublishEvent event) {
      return new KeptAction(Kind.EVENT, event.target(), event.correlationKeys(engine), event);
    }
    if (action instanceof SendMessage message) {
      return new KeptAction(
          Kind.MESSAGE, message.name(), List.of(message.correlationKey()), message);
    }
    if (action instanceof SendSignal signal) {
      return new KeptAction(Kind.SIGNAL, signal.name(), List.of(), signal);
    }
    return null;
  }

  /** The key of all of its correlation, null where it has none. */
  public @Nullable String key() {
    return keys.isEmpty() ? null : keys.get(0);
  }

  /** Its values, in ASCII: not every database keeps every character. */
  public String data() {
    if (action instanceof PublishEvent event) {
      return payload(event);
    }
    return variables(
        action instanceof SendMessage message
            ? message.variables()
            : ((SendSignal) action).variables());
  }

  /**
   * The action that was kept.
   *
   * @param key of all of its correlation
   */
  public static EngineAction read(
      Kind kind, String name, @Nullable String key, String tenantId, String data) {
    JsonNode tree = JsonText.parse(data);
    return switch (kind) {
      case EVENT -> new PublishEvent(new EventInstanceImpl(name, payload(tree), tenantId));
      case MESSAGE -> new SendMessage(name, Objects.requireNonNull(key), variables(tree));
      case SIGNAL -> new SendSignal(name, variables(tree));
    };
  }

  private static String payload(PublishEvent event) {
    ArrayNode payload = JsonNodeFactory.instance.arrayNode();
    for (EventPayloadInstance each : event.instance().getPayloadInstances()) {
      EventPayload definition = each.getEventPayloadDefinition();
      payload
          .addObject()
          .put("name", definition.getName())
          .put("type", definition.getType())
          .put("correlation", definition.isCorrelationParameter())
          .put("header", definition.isHeader())
          .put("full", definition.isFullPayload())
          .put("value", text(each.getValue()));
    }
    return ascii(payload);
  }

  private static List<EventPayloadInstance> payload(JsonNode tree) {
    List<EventPayloadInstance> payload = new ArrayList<>();
    for (JsonNode each : tree.values()) {
      EventPayload definition =
          new EventPayload(each.path("name").stringValue(), each.path("type").stringValue(null));
      definition.setCorrelationParameter(each.path("correlation").booleanValue());
      definition.setHeader(each.path("header").booleanValue());
      definition.setFullPayload(each.path("full").booleanValue());
      try {
        Object value =
            PayloadReader.typed(definition, JsonText.parse(each.path("value").stringValue()));
        payload.add(new EventPayloadInstanceImpl(definition, value));
      } catch (RefusedException impossible) {
        throw new IllegalStateException("It had this type when it was kept", impossible);
      }
    }
    return payload;
  }

  private static String variables(Variables variables) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    variables.values().forEach((name, value) -> tree.put(name, text(value)));
    return ascii(tree);
  }

  private static Variables variables(JsonNode tree) {
    Map<String, Object> variables = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> each : tree.properties()) {
      JsonNode value = JsonText.parse(each.getValue().stringValue());
      variables.put(each.getKey(), JsonValues.toVariable(value));
    }
    return new Variables(variables);
  }

  /** A text of its own for each value: inside another tree it might be nested too deep. */
  private static String text(@Nullable Object value) {
    return ascii(JsonValues.of(value));
  }

  private static String ascii(JsonNode tree) {
    return JsonMapper.shared()
        .writer()
        .with(JsonWriteFeature.ESCAPE_NON_ASCII)
        .writeValueAsString(tree);
  }
}
