package io.restconnector.webhook.internal.trigger;

import io.restconnector.webhook.internal.channel.ChannelTree;
import io.restconnector.webhook.internal.channel.InvalidTriggerException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads how long a trigger keeps what comes early.
 *
 * @param kinds of actions that there are
 */
record EarlyReader(ChannelTree channel, Set<ActionKind> kinds) {

  static final String PROPERTY = "early";

  private static final Duration LONGEST = Duration.ofDays(7);

  /** Null where it keeps nothing. */
  @Nullable Duration read() throws InvalidTriggerException {
    JsonNode value = channel.value(PROPERTY);
    if (value.isMissingNode()) {
      return null;
    }
    ObjectNode early = channel.object(PROPERTY);
    for (String name : early.propertyNames()) {
      if (!name.equals("keep")) {
        throw new InvalidTriggerException(
            "early." + name, early.path(name), "no such property of early");
      }
    }
    Duration keep = keep(ChannelTree.text(early, "early.", "keep"), early);
    String action = channel.value("action").path("type").asString("");
    if (kinds.stream().anyMatch(kind -> kind.type().equals(action) && !kind.isAwaited())) {
      throw new InvalidTriggerException(
          PROPERTY, value, "an event, a message or a signal, and no action " + action);
    }
    if (channel.value("acceptWithoutConsumer").asBoolean(false)) {
      throw new InvalidTriggerException(PROPERTY, value, "no acceptWithoutConsumer beside it");
    }
    return keep;
  }

  private static Duration keep(String text, ObjectNode early) throws InvalidTriggerException {
    try {
      Duration keep = Duration.parse(text);
      if (keep.compareTo(Duration.ZERO) > 0 && keep.compareTo(LONGEST) <= 0) {
        return keep;
      }
    } catch (DateTimeParseException malformed) {
      // Reported below.
    }
    throw new InvalidTriggerException(
        "early.keep", early.path("keep"), "a time such as PT10M, more than zero and at most P7D");
  }
}
