package io.restconnector.webhook.internal.delivery;

import io.restconnector.content.internal.JsonValues;
import io.restconnector.content.internal.Numbers;
import io.restconnector.content.internal.OutsideText;
import io.restconnector.webhook.internal.request.RefusedException;
import io.restconnector.webhook.internal.trigger.RequestScope;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.flowable.eventregistry.api.model.EventPayloadTypes;
import org.flowable.eventregistry.api.runtime.EventPayloadInstance;
import org.flowable.eventregistry.impl.runtime.EventPayloadInstanceImpl;
import org.flowable.eventregistry.model.EventModel;
import org.flowable.eventregistry.model.EventPayload;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Payload of an event from a request. The event registry's own extractor would turn what does not
 * fit its type into 0 or false.
 */
final class PayloadReader {

  private static final List<String> REQUEST_NAMES =
      List.of("method", "path", "pathVariables", "params", "headers", "body");

  private static final int MAX_DIGITS = 400;

  private PayloadReader() {}

  /** What the request does not have is left out, as by every other channel. */
  static List<EventPayloadInstance> read(
      EventModel event, JsonNode templateValues, RequestScope request) throws RefusedException {
    Object parsed = request.part("body");
    JsonNode body = parsed instanceof JsonNode node ? node : JsonValues.of(parsed);
    List<EventPayloadInstance> payload = new ArrayList<>();
    for (EventPayload definition : event.getPayload()) {
      JsonNode value = value(definition, templateValues, request, body);
      if (!value.isMissingNode()) {
        payload.add(new EventPayloadInstanceImpl(definition, typed(definition, value)));
      }
    }
    return payload;
  }

  private static JsonNode value(
      EventPayload definition, JsonNode templateValues, RequestScope request, JsonNode body) {
    String name = definition.getName();
    if (templateValues.has(name)) {
      return templateValues.path(name);
    }
    if (definition.isHeader()) {
      return request.part("headers") instanceof Map<?, ?> headers
              && headers.containsKey(name.toLowerCase(Locale.ROOT))
          ? JsonValues.of(headers.get(name.toLowerCase(Locale.ROOT)))
          : MissingNode.getInstance();
    }
    if (definition.isFullPayload()) {
      return body;
    }
    if (REQUEST_NAMES.contains(name)) {
      return JsonValues.of(request.part(name));
    }
    return body.path(name);
  }

  static @Nullable Object typed(EventPayload definition, JsonNode value) throws RefusedException {
    if (value.isNull()) {
      return null;
    }
    String type = definition.isFullPayload() ? EventPayloadTypes.JSON : definition.getType();
    try {
      return switch (type == null ? "" : type) {
        case EventPayloadTypes.JSON -> JsonValues.toVariable(value);
        case EventPayloadTypes.INTEGER -> number(value).intValueExact();
        case EventPayloadTypes.LONG -> number(value).longValueExact();
        case EventPayloadTypes.DOUBLE -> exact(number(value));
        case EventPayloadTypes.BOOLEAN -> bool(value);
        default -> text(definition, value);
      };
    } catch (ArithmeticException | IllegalArgumentException unfit) {
      throw RefusedException.badRequest(
          "The event payload %s is no %s: it is a %s, wanted %s."
              .formatted(
                  definition.getName(),
                  kind(type),
                  value.getNodeType().name().toLowerCase(Locale.ROOT),
                  type == null ? EventPayloadTypes.STRING : type));
    }
  }

  private static String kind(@Nullable String type) {
    return switch (type == null ? "" : type) {
      case EventPayloadTypes.INTEGER, EventPayloadTypes.LONG -> "number of that type";
      case EventPayloadTypes.DOUBLE -> "number";
      case EventPayloadTypes.BOOLEAN -> "boolean";
      default -> "single value";
    };
  }

  /** A double where it has the same value, else all digits. */
  private static Number exact(BigDecimal value) {
    double nearest = value.doubleValue();
    if (!Double.isFinite(nearest)) {
      throw new IllegalArgumentException();
    }
    boolean isDouble = BigDecimal.valueOf(nearest).compareTo(value) == 0;
    // The engine writes the zeros of a decimal out: those of 1e-99999 are more than it can store.
    if (!isDouble && !Numbers.isStorable(value)) {
      throw new IllegalArgumentException();
    }
    return isDouble ? (Number) nearest : value;
  }

  /** Forms, headers and paths have numbers as text only. */
  private static BigDecimal number(JsonNode value) {
    String digits = value.isNumber() || value.isString() ? value.asString("").strip() : "";
    if (digits.length() > MAX_DIGITS) {
      throw new IllegalArgumentException(); // parsing takes the square of the length
    }
    return new BigDecimal(digits);
  }

  private static boolean bool(JsonNode value) {
    String text = value.isContainer() ? "" : value.asString("");
    if (text.equals("true") || text.equals("false")) {
      return text.equals("true");
    }
    throw new IllegalArgumentException();
  }

  private static String text(EventPayload definition, JsonNode value) throws RefusedException {
    if (value.isContainer()) {
      throw new IllegalArgumentException();
    }
    String text = Numbers.text(value);
    if (definition.isCorrelationParameter() && !OutsideText.isStorable(text)) {
      // What is found by it must not become another text in the database.
      throw RefusedException.badRequest(
          "The event payload %s has characters that no database keeps."
              .formatted(definition.getName()));
    }
    return OutsideText.storable(text);
  }
}
