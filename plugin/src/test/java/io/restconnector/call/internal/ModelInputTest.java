package io.restconnector.call.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.flowable.bpmn.model.FieldExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ModelInputTest {

  @SuppressWarnings("NullAway") // what the model does not have
  private static ModelInput of(@Nullable String literal, @Nullable String expression) {
    FieldExtension field = new FieldExtension();
    field.setFieldName("requestHeaders");
    field.setStringValue(literal);
    field.setExpression(expression);
    return ModelInput.of(field);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        // literal     | expression     | text          | literal | template | JSON
        "{'a':'${b}'}  | -              | {'a':'${b}'}  | true    | true     | {'a':'${b}'}",
        "no JSON       | ``             | no JSON       | true    | true     | -",
        "-             | ` {'a':1} `    | {'a':1}       | true    | false    | {'a':1}",
        "unused        | ${b}           | ${b}          | false   | false    | -",
        "-             | {'a':'${b}'}   | {'a':'${b}'}  | false   | false    | -",
      })
  void whenAFieldIsReadThenItSaysHowMuchTheModelHas(
      @Nullable String literal,
      @Nullable String expression,
      String text,
      boolean isLiteral,
      boolean isTemplate,
      @Nullable String json) {
    ModelInput input = of(quoted(literal), quoted(expression));

    assertThat(input.text()).isEqualTo(quoted(text));
    assertThat(input.isLiteral()).isEqualTo(isLiteral);
    assertThat(input.isTemplate()).isEqualTo(isTemplate);
    assertThat(input.tree() == null ? null : input.tree().toString()).isEqualTo(quoted(json));
    assertThat(input.parts().hasExpressions()).isNotEqualTo(isLiteral);
    assertThat(input.tree()).isSameAs(input.tree());
  }

  private static @Nullable String quoted(@Nullable String text) {
    return text == null ? null : text.replace('\'', '"');
  }

  @Test
  void whenALiteralIsAnInputThenItIsATemplateAndParsedOnce() {
    ModelInput template = of("{\"a\":\"${b}\"}", null);

    assertThat(template.input(text -> 1).isLiteral()).isTrue();
    assertThat(template.input(text -> 1).value()).isEqualTo(template.text());
    assertThat(template.jsonInput(text -> 1).value()).isSameAs(template.tree());
    assertThat(of("no JSON", null).jsonInput(text -> 1).value()).isEqualTo("no JSON");
  }

  @Test
  void whenAnExpressionIsAnInputThenItIsEvaluated() {
    assertThat(of(null, "${b}").input(text -> 7).value()).isEqualTo(7);
    assertThat(of(null, "{\"a\":1}").jsonInput(text -> 7).value()).isEqualTo("{\"a\":1}");
    assertThat(of(null, "x${b}").input(text -> 7).mixed()).isNotNull();
  }

  @Test
  void whenAnInputIsOfAParameterThenItsOriginIsThat() {
    JsonNode tree = ModelInput.ofExpression(Inputs.Origin.IN, " [1] ").tree();

    assertThat(tree).hasToString("[1]");
    assertThat(ModelInput.ofExpression(Inputs.Origin.IN, "${a}").input(text -> 1).origin())
        .isEqualTo(Inputs.Origin.IN);
    assertThat(of("a", null).input(text -> 1).origin()).isEqualTo(Inputs.Origin.FIELD);
  }
}
