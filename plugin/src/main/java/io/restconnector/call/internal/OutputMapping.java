package io.restconnector.call.internal;

import io.restconnector.call.internal.OutputWriter.Output;
import io.restconnector.content.internal.JsonTemplate;
import io.restconnector.content.internal.JsonValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The field outputMapping: a map from the names of variables to templates of their values. */
final class OutputMapping {

  private static final String NAME = "outputMapping";

  /** Of the engine's column. */
  private static final int MAX_NAME = 255;

  private OutputMapping() {}

  /** None where the field is JSON null. */
  static Optional<List<Output>> outputs(Inputs.Input field) throws InvalidInputException {
    Inputs shape = shape(field);
    JsonNode mapping;
    try {
      mapping = mapping(shape);
    } catch (InvalidInputException wrong) {
      throw shape.located(wrong);
    }
    if (mapping == null) {
      return Optional.empty();
    }
    boolean templated = field.evaluator() != null;
    List<Output> outputs = new ArrayList<>();
    mapping
        .properties()
        .forEach(
            entry ->
                outputs.add(
                    new Output(
                        entry.getKey(),
                        variables -> variable(entry.getValue(), templated, variables))));
    return Optional.of(outputs);
  }

  /** Of the field outputMapping, without its expressions, which are for the outputs. */
  static Inputs shape(Inputs.Input field) {
    return new Inputs(name -> field.unevaluated());
  }

  /**
   * The variables that the field outputMapping names, null where there is none. Refuses what would
   * fail only when the answer is written, after the call. The engine evaluates a name that begins
   * as an expression, and the names may be data.
   */
  static @Nullable JsonNode mapping(Inputs shape) throws InvalidInputException {
    JsonNode mapping = shape.map(NAME);
    for (String name : mapping == null ? Set.<String>of() : mapping.propertyNames()) {
      if (name.isBlank()
          || name.length() > MAX_NAME
          || name.startsWith("${")
          || name.startsWith("#{")) {
        throw new InvalidInputException(
            "outputMapping is a JSON map with a name that no variable can have (it is %s), wanted names of variables"
                .formatted(
                    name.isBlank()
                        ? "empty"
                        : name.length() > MAX_NAME
                            ? "longer than " + MAX_NAME + " characters"
                            : "an expression"));
      }
    }
    return mapping;
  }

  /** Why the runtime refuses the field of a deployed task, null where it does not. */
  static @Nullable String refusal(DeployedInputs inputs) {
    Inputs.Input field =
        inputs.isKnown(NAME) ? inputs.find(NAME, text -> DeployedInputs.GUESS) : null;
    return field == null ? null : Probe.refusal(() -> mapping(shape(field)));
  }

  static @Nullable Object variable(
      JsonNode template, boolean templated, OutputVariables variables) {
    if (!templated) {
      return JsonValues.toVariable(template);
    }
    Function<String, @Nullable Object> evaluator = text -> evaluate(text, variables);
    if (!JsonTemplate.isExpression(template)) {
      return JsonValues.toVariable(JsonTemplate.evaluate(template, evaluator));
    }
    // As it is: a variable may hold what JSON cannot, such as bytes.
    Object value = JsonTemplate.evaluateLeaf(template.stringValue(), evaluator);
    return value instanceof JsonNode node
        ? JsonValues.toVariable(node)
        : ExecutingEngine.storable(value);
  }

  /** What the response lacks is null, and told. */
  static @Nullable Object evaluate(String expression, OutputVariables variables) {
    Object value = null;
    try {
      value = ExecutingEngine.evaluate(expression, variables);
    } catch (UnusableExpressionException unusable) {
      if (!ResponsePath.isLacking(expression, variables)) {
        throw unusable;
      }
    }
    if (value == null && ResponsePath.isLacking(expression, variables)) {
      variables.addLacking(expression);
    }
    return value;
  }
}
