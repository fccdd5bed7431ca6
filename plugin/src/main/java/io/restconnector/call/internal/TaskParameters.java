package io.restconnector.call.internal;

import java.util.ArrayList;
import java.util.List;
import org.flowable.bpmn.model.ExtensionElement;
import org.flowable.bpmn.model.ExternalWorkerServiceTask;
import org.flowable.bpmn.model.IOParameter;
import org.flowable.bpmn.model.ServiceTask;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of an external-worker task: {@code flowable:in} targets are names of inputs and
 * {@code flowable:out} sources names of outputs. A delegate's task has none.
 */
record TaskParameters(List<IOParameter> in, List<IOParameter> out) {

  static final TaskParameters NONE = new TaskParameters(List.of(), List.of());

  /** Those of a delegate's task too, which nothing reads. */
  static TaskParameters of(ServiceTask task) {
    boolean isWorker = task instanceof ExternalWorkerServiceTask;
    return new TaskParameters(
        parameters(
            task,
            isWorker ? ((ExternalWorkerServiceTask) task).getInParameters() : List.of(),
            "in"),
        parameters(
            task,
            isWorker ? ((ExternalWorkerServiceTask) task).getOutParameters() : List.of(),
            "out"));
  }

  /**
   * The engine parses {@code flowable:externalWorkerInParameter}; {@code flowable:in}, as call
   * activities have it, it only keeps as an extension element.
   */
  private static List<IOParameter> parameters(
      ServiceTask task, List<IOParameter> parsed, String elementName) {
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

  /** Refuses what would fail only when the answer is written, after the call. */
  void check(RestAction action) throws InvalidInputException {
    check("in", in);
    for (IOParameter parameter : in) {
      InputNames.check(action, "target of flowable:in", parameter.getTarget(), action.inputs());
    }
    check("out", out);
    for (IOParameter parameter : out) {
      if (parameter.getSource() != null) {
        InputNames.check(action, "source of flowable:out", parameter.getSource(), action.outputs());
      }
    }
  }

  private static void check(String element, List<IOParameter> parameters)
      throws InvalidInputException {
    for (IOParameter parameter : parameters) {
      if (isAbsent(parameter.getTarget())) {
        throw new InvalidInputException(
            "flowable:%s has no target, wanted a name".formatted(element));
      }
      if (!isComplete(parameter)) {
        throw new InvalidInputException(
            "flowable:%s with target '%s' has neither source nor sourceExpression"
                .formatted(element, parameter.getTarget()));
      }
    }
  }

  /** Whether it has both a source and a target. */
  static boolean isComplete(IOParameter parameter) {
    return !isAbsent(parameter.getTarget())
        && (parameter.getSource() != null || !isAbsent(parameter.getSourceExpression()));
  }

  private static boolean isAbsent(@Nullable String attribute) {
    return attribute == null || attribute.isBlank();
  }
}
