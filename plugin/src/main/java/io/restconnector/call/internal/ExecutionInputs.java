package io.restconnector.call.internal;

import java.util.List;
import java.util.function.Function;
import org.flowable.bpmn.model.FieldExtension;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.delegate.DelegateHelper;
import org.jspecify.annotations.Nullable;

/** Inputs of a service task: its fields first, then the variables that its execution sees. */
public final class ExecutionInputs implements Inputs.Source {

  private final DelegateExecution execution;
  private final List<FieldExtension> fields;

  public ExecutionInputs(DelegateExecution execution) {
    this.execution = execution;
    fields = DelegateHelper.getFields(execution);
  }

  /**
   * Refuses a field that the action does not read. One without a value, as modelers save those that
   * nobody filled in, says nothing.
   *
   * @throws InvalidInputException naming the field and the nearest name
   */
  public void check(RestAction action) throws InvalidInputException {
    for (FieldExtension field : fields) {
      if (field.getExpression() == null && field.getStringValue() == null) {
        continue;
      }
      InputNames.check(action, "field", field.getFieldName(), action.fields());
    }
  }

  @Override
  public Inputs.@Nullable Input find(String name) {
    Inputs.Input field = findField(name);
    return field != null ? field : new Inputs.Input(execution.getVariable(name), null);
  }

  /** Whether the field outputScope asks for local variables. */
  public boolean isLocal() throws InvalidInputException {
    Object value = new Inputs(this::findField).raw("outputScope");
    if (value != null && !"local".equals(value)) {
      throw Inputs.wrong("outputScope", value, "the String 'local'");
    }
    return value != null;
  }

  /** For what only the model may say. */
  Inputs.@Nullable Input findField(String name) {
    for (FieldExtension field : fields) {
      if (name.equals(field.getFieldName())) {
        return read(field);
      }
    }
    return null;
  }

  private Inputs.Input read(FieldExtension field) {
    String expression = field.getExpression();
    Function<String, @Nullable Object> evaluator =
        text -> ExecutingEngine.evaluate(text, execution);
    return expression == null || expression.isEmpty()
        ? new Inputs.Input(Inputs.Origin.FIELD, field.getStringValue(), evaluator, null)
        : Inputs.Input.ofExpression(Inputs.Origin.FIELD, expression, evaluator);
  }
}
