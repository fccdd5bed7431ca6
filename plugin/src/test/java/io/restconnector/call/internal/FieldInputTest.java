package io.restconnector.call.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.flowable.bpmn.model.FieldExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldInputTest {

  @SuppressWarnings("NullAway") // what the model does not have
  private static FieldExtension field(@Nullable String literal, @Nullable String expression) {
    FieldExtension field = new FieldExtension();
    field.setFieldName("restUrl");
    field.setStringValue(literal);
    field.setExpression(expression);
    return field;
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"-, -, false", "'', '', false", "'', -, false", "a, -, true", "-, ${a}, true"})
  void whenAFieldHasNoTextThenItIsNotFilled(
      @Nullable String literal, @Nullable String expression, boolean isFilled) {
    assertThat(FieldInput.isFilled(field(literal, expression))).isEqualTo(isFilled);
  }

  @Test
  void whenAFieldIsALiteralThenNothingOfItIsEvaluated() {
    Inputs.Input input = FieldInput.of(field("x${a}", ""), text -> "evaluated");

    assertThat(input.isLiteral()).isTrue();
    assertThat(input.value()).isEqualTo("x${a}");
    assertThat(input.origin()).isEqualTo(Inputs.Origin.FIELD);
  }

  @Test
  void whenAFieldIsAnExpressionThenItsValueKeepsItsType() {
    Inputs.Input input = FieldInput.of(field("literal", " ${a} "), text -> 5);

    assertThat(input.value()).isEqualTo(5);
    assertThat(input.isLiteral()).isFalse();
  }

  @Test
  void whenAFieldMixesTextAndExpressionsThenItsReaderPutsThemTogether() throws Exception {
    Inputs.Input input = FieldInput.of(field(null, "x${a}"), text -> 5);

    assertThat(input.value()).isNull();
    assertThat(input.isAbsent()).isFalse();
    assertThat(new Inputs(name -> input).raw("restUrl")).isEqualTo("x5");
  }
}
