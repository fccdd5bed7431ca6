package io.restconnector.webhook.internal.channel;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A property of a channel that has properties itself. Its errors show no values but those of a
 * fixed choice: somebody may have written a secret where the name of one belongs.
 */
public record ChannelProperties(String name, ObjectNode node) {

  public static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  /** Null where the channel does not have the property. */
  public static @Nullable ChannelProperties of(ObjectNode channel, String name)
      throws InvalidTriggerException {
    JsonNode value = channel.path(name);
    if (value.isMissingNode()) {
      return null;
    }
    if (!(value instanceof ObjectNode object)) {
      throw new InvalidTriggerException(name, value, "an object");
    }
    return new ChannelProperties(name, object);
  }

  public void allowOnly(String owner, Set<String> properties) throws InvalidTriggerException {
    for (String property : node.propertyNames()) {
      if (!properties.contains(property)) {
        throw new InvalidTriggerException(
            "%s.%s is no property of %s".formatted(name, property, owner));
      }
    }
  }

  public boolean has(String property) {
    return node.has(property);
  }

  public JsonNode value(String property) {
    return node.path(property);
  }

  public String text(String property, String wanted) throws InvalidTriggerException {
    JsonNode value = node.path(property);
    if (!value.isString() || value.stringValue().isBlank()) {
      throw unfit(property, wanted);
    }
    return value.stringValue();
  }

  public String string(String property) throws InvalidTriggerException {
    JsonNode value = node.path(property);
    if (!value.isString()) {
      throw unfit(property, "a string");
    }
    return value.stringValue();
  }

  public String choice(String property, String preset, Set<String> choices)
      throws InvalidTriggerException {
    JsonNode value = node.path(property);
    if (value.isMissingNode() && !preset.isEmpty()) {
      return preset;
    }
    if (!value.isString() || !choices.contains(value.stringValue())) {
      throw new InvalidTriggerException(
          name + "." + property,
          value,
          "one of " + String.join(", ", choices.stream().sorted().toList()));
    }
    return value.stringValue();
  }

  public String header(String property) throws InvalidTriggerException {
    String header = text(property, "the name of an HTTP header");
    if (!HEADER_NAME.matcher(header).matches()) {
      throw unfit(property, "the name of an HTTP header");
    }
    return header.toLowerCase(Locale.ROOT);
  }

  /** One or several names of secrets. */
  public List<String> secretNames() throws InvalidTriggerException {
    JsonNode value = node.path("secret");
    List<String> names = new ArrayList<>();
    for (JsonNode each : value.isArray() ? value.values() : Set.of(value)) {
      names.add(each.isString() ? each.stringValue() : "");
    }
    if (names.isEmpty() || names.stream().anyMatch(String::isBlank)) {
      throw unfit("secret", "the name of a secret, or a list of names");
    }
    return List.copyOf(names);
  }

  public Duration duration(String property) throws InvalidTriggerException {
    String wanted = "a time such as PT1M or P1D, from PT0.001S to P3650D";
    String text = text(property, wanted);
    try {
      Duration duration = Duration.parse(text);
      if (duration.compareTo(Duration.ofMillis(1)) >= 0
          && duration.compareTo(Duration.ofDays(3650)) <= 0) {
        return duration;
      }
    } catch (DateTimeParseException malformed) {
      // Reported below.
    }
    throw unfit(property, wanted);
  }

  public InvalidTriggerException unfit(String property, String wanted) {
    String type = node.path(property).getNodeType().name().toLowerCase(Locale.ROOT);
    String found = node.has(property) ? "of type " + type + " and does not fit" : "missing";
    return new InvalidTriggerException(
        "%s.%s is %s, wanted %s".formatted(name, property, found, wanted));
  }
}
