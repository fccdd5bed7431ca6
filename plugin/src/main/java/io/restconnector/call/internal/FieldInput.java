package io.restconnector.call.internal;

import java.util.function.Function;
import org.flowable.bpmn.model.FieldExtension;
import org.jspecify.annotations.Nullable;

/** A field of a task as an input. */
final class FieldInput {

  private FieldInput() {}

  /** Whether the field has a value: modelers save empty fields too. */
  static boolean isFilled(FieldExtension field) {
    return isText(field.getExpression()) || isText(field.getStringValue());
  }

  /**
   * @param evaluator evaluates one expression of the deployed model
   */
  static Inputs.Input of(FieldExtension field, Function<String, @Nullable Object> evaluator) {
    String expression = field.getExpression();
    return isText(expression)
        ? Inputs.Input.ofExpression(Inputs.Origin.FIELD, expression, evaluator)
        : new Inputs.Input(Inputs.Origin.FIELD, field.getStringValue(), evaluator, null);
  }

  private static boolean isText(@Nullable String text) {
    return text != null && !text.isEmpty();
  }
}
