package io.restconnector.webhook.internal.trigger;

import io.restconnector.webhook.internal.channel.ChannelTree;
import io.restconnector.webhook.internal.channel.InvalidTriggerException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The answer that the process gives whose instance the request starts or wakes.
 *
 * @param activityId that the instance is to reach, null for its end
 * @param within how long the request waits for it
 */
public record Respond(@Nullable String activityId, Duration within, AnswerTemplate answer) {

  private static final String ENDED = "ended";
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Set<String> PROPERTIES =
      Set.of("when", "within", "status", "body", "answerHeaders");

  /** Null where the trigger answers itself. */
  static @Nullable Respond read(ChannelTree channel, TriggerExpressions expressions)
      throws InvalidTriggerException {
    if (channel.value("respond").isMissingNode()) {
      return null;
    }
    ChannelTree respond = new ChannelTree(channel.object("respond"), "respond.");
    for (Map.Entry<String, JsonNode> property : respond.tree().properties()) {
      if (!PROPERTIES.contains(property.getKey())) {
        throw new InvalidTriggerException(
            "respond." + property.getKey(), property.getValue(), "no such property");
      }
    }
    if (channel.value("action").path("type").asString("").equals("none")) {
      throw new InvalidTriggerException(
          "respond", respond.tree(), "an action that starts or wakes an instance, or no respond");
    }
    String when = respond.text("when");
    return new Respond(
        when.equals(ENDED) ? null : when,
        within(respond.value("within")),
        AnswerTemplate.read(respond, expressions));
  }

  private static Duration within(JsonNode value) throws InvalidTriggerException {
    try {
      Duration within = Duration.parse(value.asString(""));
      if (!within.isNegative() && !within.isZero() && within.compareTo(LONGEST) <= 0) {
        return within;
      }
    } catch (DateTimeParseException malformed) {
      // Refused below.
    }
    throw new InvalidTriggerException(
        "respond.within", value, "a duration of at most PT5M such as PT10S");
  }
}
