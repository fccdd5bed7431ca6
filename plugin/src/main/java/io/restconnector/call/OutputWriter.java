package io.restconnector.call;

import io.restconnector.content.JsonTemplate;
import io.restconnector.content.JsonValues;
import java.util.LinkedHashMap;
import java.util.Map;
import org.flowable.engine.delegate.DelegateExecution;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Writes the outputs of a service task, as they are or as its outputMapping says. */
final class OutputWriter {

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

  /** Reads the fields outputMapping and outputScope. */
  static OutputWriter of(DelegateExecution execution, ExecutionInputs inputs)
      throws InvalidInputException {
    Inputs.Input scope = inputs.findField("outputScope");
    if (scope != null && !"local".equals(scope.value())) {
      throw new InvalidInputException("outputScope has an unknown value, wanted 'local'");
    }
    Inputs.Input field = inputs.findField("outputMapping");
    // Only the shape is checked here: the expressions of the template are for the outputs.
    JsonNode mapping =
        new Inputs(name -> field == null ? null : new Inputs.Input(field.value(), null))
            .map("outputMapping");
    return new OutputWriter(
        execution, mapping, field != null && field.evaluator() != null, scope != null);
  }

  /**
   * Writes all that can be written.
   *
   * @return the result itself, or an UNKNOWN_ERROR where a mapping met a response that it does not
   *     suit
   */
  CallResult write(CallResult result) {
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
          String message = "outputMapping '" + entry.getKey() + "' is " + unusable.getMessage();
          outcome =
              new CallResult(
                  new LinkedHashMap<>(), ErrorCode.UNKNOWN_ERROR, message, unusable.getCause());
        }
      }
    }
    return outcome;
  }

  private @Nullable Object variable(JsonNode template, OutputVariables variables) {
    if (templated && JsonTemplate.isExpression(template)) {
      return JsonTemplate.evaluateLeaf(
          template.stringValue(), text -> ExecutingEngine.evaluate(text, variables));
    }
    JsonNode value =
        templated
            ? JsonTemplate.evaluate(template, text -> ExecutingEngine.evaluate(text, variables))
            : template;
    return JsonValues.toVariable(value);
  }

  private void set(String name, @Nullable Object value) {
    if (local) {
      execution.setVariableLocal(name, value);
    } else {
      execution.setVariable(name, value);
    }
  }
}
