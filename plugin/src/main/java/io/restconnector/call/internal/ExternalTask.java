package io.restconnector.call.internal;

import io.restconnector.content.ModelText;
import io.restconnector.content.OutsideText;
import io.restconnector.spi.RestRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.flowable.bpmn.model.ExtensionElement;
import org.flowable.bpmn.model.ExternalWorkerServiceTask;
import org.flowable.bpmn.model.IOParameter;
import org.flowable.engine.delegate.BpmnError;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;
import org.jspecify.annotations.Nullable;

/**
 * The ends of a call that is an external-worker task: {@code flowable:in} targets are names of
 * inputs and {@code flowable:out} sources names of outputs; without them inputs are variables and
 * outputs are written as they are.
 *
 * <p>For one execution, within one command of its engine.
 */
public final class ExternalTask implements Inputs.Source {

  private final ExecutionEntity execution;
  private final ExternalWorkerServiceTask task;

  /**
   * The task in which an execution waits.
   *
   * @param execution that waits in an external-worker task
   */
  public ExternalTask(ExecutionEntity execution) {
    this.execution = execution;
    task = (ExternalWorkerServiceTask) execution.getCurrentFlowElement();
  }

  /**
   * Reads and checks every input.
   *
   * @param entry the correlation id of the job
   * @throws InvalidInputException naming the first input that cannot be used
   */
  public RestRequest request(RestCalls calls, RestAction action, String entry)
      throws InvalidInputException {
    List<IOParameter> in = parameters(task.getInParameters(), "in");
    check("in", in);
    for (IOParameter parameter : in) {
      InputNames.check(action, "target of flowable:in", parameter.getTarget(), action.inputs());
    }
    List<IOParameter> out = parameters(task.getOutParameters(), "out");
    check("out", out);
    for (IOParameter parameter : out) {
      if (parameter.getSource() != null && !CallResult.OUTPUTS.contains(parameter.getSource())) {
        throw new InvalidInputException(
            "flowable:out has source '%s', wanted one of %s"
                .formatted(parameter.getSource(), new TreeSet<>(CallResult.OUTPUTS)));
      }
    }
    RestRequest request = calls.reader().read(action, new Inputs(this));
    return calls.idempotencyKeys() ? IdempotencyKey.addTo(request, execution, entry) : request;
  }

  /** What would fail only when the answer is written, after the call, and with an SQL error. */
  private static void check(String element, List<IOParameter> parameters)
      throws InvalidInputException {
    for (IOParameter parameter : parameters) {
      if (isAbsent(parameter.getTarget())) {
        throw new InvalidInputException(
            "flowable:%s has no target, wanted a name".formatted(element));
      }
      if (!hasSource(parameter)) {
        throw new InvalidInputException(
            "flowable:%s with target '%s' has neither source nor sourceExpression"
                .formatted(element, parameter.getTarget()));
      }
    }
  }

  private static boolean hasSource(IOParameter parameter) {
    return parameter.getSource() != null || !isAbsent(parameter.getSourceExpression());
  }

  private static boolean isAbsent(@Nullable String attribute) {
    return attribute == null || attribute.isBlank();
  }

  /**
   * The engine parses {@code flowable:externalWorkerInParameter}; {@code flowable:in}, as call
   * activities have it, it only keeps as an extension element.
   */
  private List<IOParameter> parameters(List<IOParameter> parsed, String elementName) {
    List<ExtensionElement> elements = task.getExtensionElements().get(elementName);
    if (elements == null) {
      return parsed;
    }
    List<IOParameter> parameters = new ArrayList<>(parsed);
    for (ExtensionElement element : elements) {
      IOParameter parameter = new IOParameter();
      parameter.setSource(element.getAttributeValue(null, "source"));
      parameter.setSourceExpression(element.getAttributeValue(null, "sourceExpression"));
      parameter.setTarget(element.getAttributeValue(null, "target"));
      parameters.add(parameter);
    }
    return parameters;
  }

  @Override
  public Inputs.@Nullable Input find(String name) {
    List<IOParameter> parameters = parameters(task.getInParameters(), "in");
    if (parameters.isEmpty()) {
      return task.isDoNotIncludeVariables()
          ? null
          : new Inputs.Input(execution.getVariable(name), null);
    }
    for (IOParameter parameter : parameters) {
      if (name.equals(parameter.getTarget())) {
        return read(parameter);
      }
    }
    return null;
  }

  private Inputs.Input read(IOParameter parameter) {
    return parameter.getSource() != null
        ? new Inputs.Input(
            Inputs.Origin.IN, execution.getVariable(parameter.getSource()), null, null)
        : Inputs.Input.ofExpression(
            Inputs.Origin.IN,
            parameter.getSourceExpression(),
            text -> ExecutingEngine.evaluate(text, execution));
  }

  /**
   * The variables that the result gives the process.
   *
   * @return the result itself with the outputs that {@code flowable:out} names, or an UNKNOWN_ERROR
   *     where one met a response that it does not suit
   */
  public CallResult map(CallResult result) {
    List<IOParameter> parameters = parameters(task.getOutParameters(), "out");
    if (parameters.isEmpty()) {
      return result;
    }
    Map<String, @Nullable Object> mapped = new LinkedHashMap<>();
    OutputVariables outputs = new OutputVariables(result.outputs(), execution);
    String unusable = null;
    BpmnError raised = null;
    for (IOParameter parameter : parameters) {
      if (isAbsent(parameter.getTarget()) || !hasSource(parameter)) {
        continue; // why the call was not sent
      }
      try {
        mapped.put(
            parameter.getTarget(),
            parameter.getSource() != null
                ? result.outputs().get(parameter.getSource())
                : OutsideText.storable(
                    ModelText.parse(parameter.getSourceExpression().strip())
                        .evaluate(text -> ExecutingEngine.evaluate(text, outputs))));
      } catch (BpmnError error) {
        raised = error;
      } catch (IllegalArgumentException failed) {
        if (unusable == null) {
          unusable =
              "flowable:out of activity '%s' has '%s', which is %s"
                  .formatted(task.getId(), parameter.getTarget(), failed.getMessage());
        }
      }
    }
    if (raised != null) {
      return CallResult.of(mapped, raised);
    }
    CallResult outcome = new CallResult(mapped, result.error(), result.message(), result.cause());
    return unusable == null || result.error() != null ? outcome : outcome.unwritable(unusable);
  }
}
