package io.restconnector.call.internal;

import java.util.List;
import org.flowable.bpmn.model.ExternalWorkerServiceTask;
import org.flowable.bpmn.model.FieldExtension;
import org.flowable.bpmn.model.IOParameter;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.delegate.DelegateHelper;
import org.jspecify.annotations.Nullable;

/**
 * What a task says of its call: its fields first, then {@code flowable:in}, and where there is no
 * {@code flowable:in} the variables that its execution sees.
 *
 * <p>For one execution, within one command of its engine.
 */
public final class ExecutionInputs implements Inputs.Source {

  private final DelegateExecution execution;
  private final List<FieldExtension> fields;
  private final TaskParameters parameters;
  private final boolean readsVariables;
  private final @Nullable TaskMapping mapping;
  private final boolean isWorker;

  private ExecutionInputs(
      DelegateExecution execution,
      List<FieldExtension> fields,
      TaskParameters parameters,
      boolean readsVariables,
      boolean isWorker) {
    this.execution = execution;
    this.fields = fields;
    this.parameters = parameters;
    this.readsVariables = readsVariables && parameters.in().isEmpty();
    mapping = TaskMapping.of(execution.getCurrentFlowElement());
    this.isWorker = isWorker;
  }

  public static ExecutionInputs ofDelegate(DelegateExecution execution) {
    return new ExecutionInputs(
        execution, DelegateHelper.getFields(execution), TaskParameters.NONE, true, false);
  }

  /**
   * Those of an external-worker task.
   *
   * @param execution that waits in an external-worker task
   */
  public static ExecutionInputs ofExternalWorker(DelegateExecution execution) {
    ExternalWorkerServiceTask task = (ExternalWorkerServiceTask) execution.getCurrentFlowElement();
    return new ExecutionInputs(
        execution,
        task.getFieldExtensions(),
        TaskParameters.of(task),
        !task.isDoNotIncludeVariables(),
        true);
  }

  String activity() {
    return execution.getCurrentActivityId();
  }

  /** What files beside the model say in place of the task; null where there are none. */
  @Nullable TaskMapping mapping() {
    return mapping;
  }

  boolean hasOutParameters() {
    return !parameters.out().isEmpty();
  }

  List<IOParameter> outParameters() {
    return parameters.out();
  }

  /** Refuses fields that would write the outputs in another way than {@code flowable:out}. */
  void checkOutputFields() throws InvalidInputException {
    for (FieldExtension field : fields) {
      if (InputNames.OUTPUT_FIELDS.contains(field.getFieldName()) && FieldInput.isFilled(field)) {
        throw new InvalidInputException(
            "%s is a field beside flowable:out, wanted one of the two"
                .formatted(field.getFieldName()));
      }
    }
  }

  /**
   * Refuses a field or a parameter that the action does not read. A field without a value, as
   * modelers save those that nobody filled in, says nothing.
   *
   * @throws InvalidInputException naming the field and the nearest name
   */
  public void check(RestAction action) throws InvalidInputException {
    for (FieldExtension field : fields) {
      if (FieldInput.isFilled(field)) {
        InputNames.checkField(action, field.getFieldName(), action.fields(), isWorker);
      }
    }
    parameters.check(action);
  }

  @Override
  public Inputs.@Nullable Input find(String name) {
    if (mapping != null) {
      return mapping.find(name, execution);
    }
    Inputs.Input field = findField(name);
    if (field != null) {
      return field;
    }
    for (IOParameter parameter : parameters.in()) {
      if (name.equals(parameter.getTarget())) {
        return read(parameter);
      }
    }
    return readsVariables ? new Inputs.Input(execution.getVariable(name), null) : null;
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

  /** Whether the field outputScope asks for local variables. */
  public boolean isLocal() throws InvalidInputException {
    Inputs inputs = new Inputs(this::findField);
    try {
      return isLocal(inputs);
    } catch (InvalidInputException wrong) {
      throw inputs.located(wrong);
    }
  }

  static boolean isLocal(Inputs fields) throws InvalidInputException {
    Object value = fields.raw("outputScope");
    if (value instanceof String && !value.equals("local")) {
      throw new InvalidInputException("outputScope is another String, wanted 'local'");
    }
    if (value != null && !(value instanceof String)) {
      throw InputFault.ofType("outputScope", value, "the String 'local'");
    }
    return value != null;
  }

  /** How the answer is asked for when it comes later, null where nothing is asked. */
  @Nullable Poll poll() throws InvalidInputException {
    if (mapping != null) {
      return null;
    }
    Inputs.Input field;
    try {
      field = findField(PollInput.NAME);
    } catch (UnusableExpressionException unusable) {
      throw new InvalidInputException("poll is " + unusable.getMessage());
    }
    return field == null ? null : PollInput.read(field);
  }

  /** For what only the model may say. */
  Inputs.@Nullable Input findField(String name) {
    for (FieldExtension field : fields) {
      if (name.equals(field.getFieldName()) && FieldInput.isFilled(field)) {
        return FieldInput.of(field, text -> ExecutingEngine.evaluate(text, execution));
      }
    }
    return null;
  }
}
