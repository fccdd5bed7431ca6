package io.restconnector.call.internal;

import static io.restconnector.call.internal.Probe.with;

import io.restconnector.call.internal.Inputs.Input;
import io.restconnector.content.internal.JsonTemplate;
import io.restconnector.content.internal.MediaType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Whether a payload fits its Content-Type, or, where nobody knows that, any. */
final class PayloadCheck {

  private static final String NAME = "requestPayload";
  private static final String HEADERS = "requestHeaders";

  /** It suits a member, a media type and base64. */
  private static final String GUESS = "data/aaa";

  /** One for each way to write a body; null stands for no Content-Type. */
  private static final List<@Nullable String> TYPES =
      Arrays.asList(
          null,
          "text/plain",
          "application/x-www-form-urlencoded",
          "multipart/form-data",
          "application/octet-stream");

  private final Probe probe;

  PayloadCheck(Probe probe) {
    this.probe = probe;
  }

  /** The payload where the model has it. */
  @Nullable Input likely() {
    return probe.inputs().isKnown(NAME) ? probe.inputs().find(NAME, expression -> GUESS) : null;
  }

  /** Whether it is a template that is sent as JSON, which needs no writing to be known as right. */
  boolean isJson() {
    ModelInput payload = probe.inputs().get(NAME);
    if (payload == null || !payload.isTemplate() || payload.tree() == null) {
      return false;
    }
    for (String type : types(payload.text())) {
      if (type != null && !MediaType.parse(type).isJson()) {
        return false;
      }
    }
    return probe.inputs().parse(NAME, payload.tree());
  }

  /** Why the runtime would refuse it, null where it would not. */
  @Nullable String refusal() {
    String text = probe.inputs().isKnown(NAME) ? probe.inputs().text(NAME) : null;
    if (text == null) {
      return null;
    }
    String message = null;
    for (String type : types(text)) {
      Input payload = Objects.requireNonNull(probe.inputs().find(NAME, expression -> GUESS));
      Inputs.Source source = with(probe.only(), NAME, payload);
      ObjectNode headers = JsonNodeFactory.instance.objectNode();
      if (type != null) {
        headers.put("Content-Type", type);
      }
      String refusal = probe.refusal(with(source, HEADERS, new Input(headers, null)));
      if (refusal == null) {
        return null;
      }
      message = message == null ? refusal : message;
    }
    return message;
  }

  private List<@Nullable String> types(String text) {
    if (probe.inputs().isGiven(HEADERS)) {
      JsonNode headers = probe.inputs().tree(HEADERS);
      return headers == null ? TYPES : types(headers);
    }
    // A variable may name another type, but nobody writes a text that begins as JSON does for it.
    boolean isJson = !text.isBlank() && "{[\"".indexOf(text.strip().charAt(0)) >= 0;
    boolean isOther = text.startsWith("<") || text.indexOf('=') > 0;
    if (isJson || !isOther || !probe.inputs().isOfVariable(HEADERS)) {
      return Arrays.asList((String) null);
    }
    List<@Nullable String> types = new ArrayList<>(TYPES);
    Collections.reverse(types); // what is said of it is not that it is no JSON
    return types;
  }

  private static List<@Nullable String> types(JsonNode headers) {
    List<@Nullable String> types = new ArrayList<>();
    for (Map.Entry<String, JsonNode> header : headers.properties()) {
      if (header.getKey().equalsIgnoreCase("Content-Type")) {
        for (JsonNode value : RequestReader.values(header.getValue())) {
          if (!value.isString() || JsonTemplate.isExpression(value)) {
            return TYPES;
          }
          types.add(value.stringValue());
        }
      }
    }
    return types.isEmpty() ? Arrays.asList((String) null) : types;
  }
}
