package io.restconnector.call.internal;

import io.restconnector.content.JsonTemplate;
import io.restconnector.content.JsonValues;
import io.restconnector.content.OutsideText;
import java.util.Map;
import java.util.function.Function;
import org.flowable.engine.delegate.DelegateExecution;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Writes the outputs of a service task, as they are or as its outputMapping says. */
public final class OutputWriter {

  private final DelegateExecution execution;
  private final @Nullable JsonNode mapping;
  private final boolean templated;
  private final boolean local;

  private OutputWriter(
      DelegateExecution execution, @Nullable JsonNode mapping, boolean templated, boolean local) {
    this.execution = execution;
    this.mapping = mapping;
    this.templated = templated;
    this.local = local;
  }

  /** Writes every output under its own name. */
  public static OutputWriter defaults(DelegateExecution execution, boolean local) {
    return new OutputWriter(execution, null, false, local);
  }

  /** Writes what the field outputMapping names, every output where there is no such field. */
  public static OutputWriter of(DelegateExecution execution, ExecutionInputs inputs, boolean local)
      throws InvalidInputException {
    Inputs.Input field;
    try {
      field = inputs.findField("outputMapping");
    } catch (UnusableExpressionException unusable) {
      throw new InvalidInputException("outputMapping is " + unusable.getMessage());
    }
    if (field == null) {
      return defaults(execution, local);
    }
    // Only the shape is checked here: the expressions of the template are for the outputs.
    JsonNode mapping = new Inputs(name -> field.unevaluated()).map("outputMapping");
    return new OutputWriter(execution, mapping, field.evaluator() != null, local);
  }

  /**
   * Writes all that can be written.
   *
   * @return the result itself, or an UNKNOWN_ERROR where a mapping met a response that it does not
   *     suit
   */
  public CallResult write(CallResult result) {
    if (mapping == null) {
      result.outputs().forEach(this::set);
      return result;
    }
    OutputVariables variables = new OutputVariables(result.outputs(), execution);
    CallResult outcome = result;
    for (Map.Entry<String, JsonNode> entry : mapping.properties()) {
      try {
        set(entry.getKey(), variable(entry.getValue(), variables));
      } catch (IllegalArgumentException unusable) {
        if (outcome.error() == null) {
          outcome =
              result.unwritable(
                  "outputMapping of activity '%s' has '%s', which is %s"
                      .formatted(
                          execution.getCurrentActivityId(), entry.getKey(), unusable.getMessage()));
        }
      }
    }
    return outcome;
  }

  private @Nullable Object variable(JsonNode template, OutputVariables variables) {
    if (!templated) {
      return JsonValues.toVariable(template);
    }
    Function<String, @Nullable Object> evaluator =
        text -> ExecutingEngine.evaluate(text, variables);
    if (!JsonTemplate.isExpression(template)) {
      return JsonValues.toVariable(JsonTemplate.evaluate(template, evaluator));
    }
    // As it is: a variable may hold what JSON cannot, such as bytes.
    Object value = JsonTemplate.evaluateLeaf(template.stringValue(), evaluator);
    return value instanceof JsonNode node
        ? JsonValues.toVariable(node)
        : OutsideText.storable(value);
  }

  private void set(String name, @Nullable Object value) {
    if (local) {
      execution.setVariableLocal(name, value);
    } else {
      execution.setVariable(name, value);
    }
  }
}
