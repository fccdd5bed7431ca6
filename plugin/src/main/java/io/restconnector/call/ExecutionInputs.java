package io.restconnector.call;

import java.util.List;
import org.flowable.bpmn.model.FieldExtension;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.delegate.DelegateHelper;
import org.jspecify.annotations.Nullable;

/** Inputs of a service task: its fields first, then the variables that its execution sees. */
final class ExecutionInputs implements Inputs.Source {

  private final DelegateExecution execution;
  private final List<FieldExtension> fields;

  ExecutionInputs(DelegateExecution execution) {
    this.execution = execution;
    fields = DelegateHelper.getFields(execution);
  }

  @Override
  public Inputs.@Nullable Input find(String name) throws InvalidInputException {
    Inputs.Input field = findField(name);
    return field != null ? field : new Inputs.Input(execution.getVariable(name), null);
  }

  /** Whether the field outputScope asks for local variables. */
  boolean isLocal() throws InvalidInputException {
    Inputs.Input scope = findField("outputScope");
    Object value = scope == null ? null : scope.value();
    if (value != null && !"local".equals(value)) {
      throw Inputs.wrong("outputScope", value, "the String 'local'");
    }
    return value != null;
  }

  /** For what only the model may say. */
  Inputs.@Nullable Input findField(String name) throws InvalidInputException {
    for (FieldExtension field : fields) {
      if (name.equals(field.getFieldName())) {
        return read(field);
      }
    }
    return null;
  }

  private Inputs.Input read(FieldExtension field) throws InvalidInputException {
    String expression = field.getExpression();
    if (expression == null || expression.isEmpty()) {
      return new Inputs.Input(
          field.getStringValue(), text -> ExecutingEngine.evaluate(text, execution));
    }
    try {
      return new Inputs.Input(ExecutingEngine.evaluate(expression, execution), null);
    } catch (UnusableExpressionException unusable) {
      throw new InvalidInputException(field.getFieldName() + " is " + unusable.getMessage());
    }
  }
}
