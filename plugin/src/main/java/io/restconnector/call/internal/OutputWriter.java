package io.restconnector.call.internal;

import io.restconnector.content.internal.ModelText;
import io.restconnector.internal.platform.EngineJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.flowable.bpmn.model.IOParameter;
import org.flowable.engine.delegate.BpmnError;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.variable.api.delegate.VariableScope;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the outputs of a task: as they are, as its outputMapping says, or as its {@code
 * flowable:out} parameters say.
 */
public final class OutputWriter {

  /** One variable of the process, and what it becomes. */
  public record Output(String name, Function<OutputVariables, @Nullable Object> value) {}

  private static final Logger LOG = LoggerFactory.getLogger(OutputWriter.class);
  private static final String OUT = "flowable:out";
  private static final String MAPPING = "the mapping";

  private final String source;
  private final @Nullable List<Output> wanted;
  private final boolean local;

  /**
   * @param source for messages
   * @param wanted null where every output is written under its own name
   */
  private OutputWriter(String source, @Nullable List<Output> wanted, boolean local) {
    this.source = source;
    this.wanted = wanted;
    this.local = local;
  }

  /** Writes every output under its own name. */
  static OutputWriter defaults(boolean local) {
    return new OutputWriter("", null, local);
  }

  /** Writes what flowable:out names, every output where there is none. */
  static OutputWriter ofParameters(ExecutionInputs inputs) {
    List<Output> wanted = new ArrayList<>();
    for (IOParameter parameter : inputs.outParameters()) {
      if (TaskParameters.isComplete(parameter)) { // else the call is not sent
        wanted.add(new Output(parameter.getTarget(), variables -> variable(parameter, variables)));
      }
    }
    return inputs.hasOutParameters() ? new OutputWriter(OUT, wanted, false) : defaults(false);
  }

  /** Writes what files beside the model name. */
  static OutputWriter ofMapping(TaskMapping mapping) {
    return new OutputWriter(MAPPING, mapping.outputs(), false);
  }

  /** Writes what the field outputMapping names, every output where there is no such field. */
  static OutputWriter of(
      ExecutionInputs inputs, boolean local, ParsedOnce<Optional<List<Output>>> parsed)
      throws InvalidInputException {
    Inputs.Input field;
    try {
      field = inputs.findField("outputMapping");
    } catch (UnusableExpressionException unusable) {
      throw new InvalidInputException("outputMapping is " + unusable.getMessage());
    }
    if (field == null) {
      return defaults(local);
    }
    Optional<List<Output>> wanted =
        field.isLiteral() && field.value() instanceof String literal
            ? parsed.get(literal, text -> OutputMapping.outputs(field))
            : OutputMapping.outputs(field);
    return wanted
        .map(outputs -> new OutputWriter("outputMapping", outputs, local))
        .orElseGet(() -> defaults(local));
  }

  /** Whether the outputs are variables of the activity's own execution. */
  public boolean isLocal() {
    return local;
  }

  /**
   * Writes all that can be written.
   *
   * @return as {@link #map}
   */
  public CallResult write(CallResult result, DelegateExecution execution) {
    CallResult mapped = map(result, execution);
    set(mapped.outputs(), execution, local);
    return mapped;
  }

  public static void set(
      Map<String, @Nullable Object> outputs, VariableScope execution, boolean local) {
    outputs.forEach(
        (name, output) -> {
          Object value = EngineJson.toEngine(output);
          if (local) {
            execution.setVariableLocal(name, value);
          } else {
            execution.setVariable(name, value);
          }
        });
  }

  /**
   * The variables that the result gives the process.
   *
   * @return the result itself with the outputs that are wanted, or an UNKNOWN_ERROR where one met a
   *     response that it does not suit, or what the application raised meanwhile
   */
  public CallResult map(CallResult result, DelegateExecution execution) {
    if (wanted == null || result.outputs().isEmpty()) {
      return result;
    }
    Map<String, @Nullable Object> mapped = new LinkedHashMap<>();
    OutputVariables variables =
        new OutputVariables(
            result.outputs(),
            source.equals(OUT) ? execution : new OutputVariables(mapped, execution));
    String unusable = null;
    BpmnError raised = null;
    for (Output output : wanted) {
      try {
        mapped.put(output.name(), output.value().apply(variables));
        for (String expression : variables.takeLacking()) {
          LOG.warn(
              "Activity '{}': variable '{}' of {} is null, as the response has nothing for {}",
              execution.getCurrentActivityId(),
              output.name(),
              source,
              expression);
        }
      } catch (BpmnError error) {
        raised = raised == null ? error : raised;
      } catch (IllegalArgumentException failed) {
        if (unusable == null) {
          unusable =
              "%s of activity '%s' has '%s', which is %s"
                  .formatted(
                      source, execution.getCurrentActivityId(), output.name(), failed.getMessage());
        }
      }
    }
    if (raised != null) {
      return CallResult.of(mapped, raised);
    }
    CallResult outcome = result.withOutputs(mapped);
    return unusable == null || result.error() != null ? outcome : outcome.unwritable(unusable);
  }

  private static @Nullable Object variable(IOParameter parameter, OutputVariables variables) {
    return parameter.getSource() != null
        ? variables.output(parameter.getSource())
        : ExecutingEngine.storable(
            ModelText.parse(parameter.getSourceExpression().strip())
                .evaluate(text -> ExecutingEngine.evaluate(text, variables)));
  }
}
