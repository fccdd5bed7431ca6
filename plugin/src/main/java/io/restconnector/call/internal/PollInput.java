package io.restconnector.call.internal;

import io.restconnector.content.internal.JsonTemplate;
import io.restconnector.content.internal.JsonValues;
import io.restconnector.content.internal.ModelText;
import io.restconnector.http.HttpSettings;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The field poll. Its expressions for answers are kept; the others are evaluated. */
final class PollInput {

  static final String NAME = "poll";

  private static final List<String> PROPERTIES = List.of("until", "every", "from", "max");
  private static final int MOST_QUESTIONS = 1_000_000;

  private final JsonNode poll;

  /** Null where the field is data, in which nothing is evaluated. */
  private final @Nullable Function<String, @Nullable Object> evaluator;

  private PollInput(JsonNode poll, @Nullable Function<String, @Nullable Object> evaluator) {
    this.poll = poll;
    this.evaluator = evaluator;
  }

  /** Null where the field is JSON null. */
  static @Nullable Poll read(Inputs.Input field) throws InvalidInputException {
    Inputs shape = OutputMapping.shape(field);
    try {
      JsonNode poll = shape.map(NAME);
      return poll == null ? null : new PollInput(poll, field.evaluator()).read();
    } catch (InvalidInputException wrong) {
      throw shape.located(wrong);
    }
  }

  /** Why the runtime refuses the field of a deployed task, null where it does not. */
  static @Nullable String refusal(DeployedInputs inputs) {
    Inputs.Input field =
        inputs.isKnown(NAME) ? inputs.find(NAME, text -> DeployedInputs.GUESS) : null;
    return field == null ? null : Probe.refusal(() -> read(field));
  }

  private Poll read() throws InvalidInputException {
    for (String name : poll.propertyNames()) {
      if (!PROPERTIES.contains(name)) {
        throw new InvalidInputException(
            evaluator == null
                ? "poll is a JSON map with an unknown property, wanted "
                    + String.join(", ", PROPERTIES)
                : "poll is a JSON map with the unknown property %s, wanted %s"
                    .formatted(name, InputNames.wanted(name, PROPERTIES)));
      }
    }
    long every =
        integer("every", Poll.DEFAULT.every().toMillis(), HttpSettings.MAX_TIMEOUT.toMillis());
    return new Poll(
        until(),
        Duration.ofMillis(every),
        from(),
        (int) integer("max", Poll.DEFAULT.max(), MOST_QUESTIONS));
  }

  private @Nullable String until() throws InvalidInputException {
    JsonNode until = poll.path("until");
    if (until.isMissingNode() || until.isNull()) {
      return null;
    }
    if (!isExpression(until)) {
      throw new InvalidInputException(
          "poll.until is no expression%s, wanted one that gives a Boolean"
              .formatted(evaluator == null ? " of the model" : ""));
    }
    return until.stringValue().strip();
  }

  private String from() throws InvalidInputException {
    JsonNode from = poll.path("from");
    if (from.isMissingNode() || from.isNull()) {
      return Poll.DEFAULT.from();
    }
    if (from.isString()
        && (List.of(Poll.LOCATION, Poll.OPERATION_LOCATION).contains(from.stringValue())
            || isExpression(from))) {
      return from.stringValue().strip();
    }
    throw new InvalidInputException(
        "poll.from is something else, wanted '%s', '%s' or one expression that gives a URL"
            .formatted(Poll.LOCATION, Poll.OPERATION_LOCATION));
  }

  private boolean isExpression(JsonNode leaf) {
    return evaluator != null
        && leaf.isString()
        && ModelText.parse(leaf.stringValue().strip()).isOneExpression();
  }

  private long integer(String name, long defaultValue, long max) throws InvalidInputException {
    String full = NAME + "." + name;
    Object value;
    try {
      value = value(poll.path(name));
    } catch (IllegalArgumentException unusable) {
      throw new InvalidInputException(full + " is " + unusable.getMessage());
    }
    return new Inputs(ignored -> new Inputs.Input(value, null)).integer(full, defaultValue, 1, max);
  }

  private @Nullable Object value(JsonNode leaf) {
    if (leaf.isMissingNode()) {
      return null;
    }
    Object value =
        evaluator != null && JsonTemplate.isExpression(leaf)
            ? JsonTemplate.evaluateLeaf(leaf.stringValue(), evaluator)
            : leaf;
    return value instanceof JsonNode node ? JsonValues.toVariable(node) : value;
  }
}
