package io.restconnector.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.call.internal.OutputVariables;
import io.restconnector.content.internal.ModelText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.flowable.common.engine.api.variable.VariableContainer;
import org.flowable.common.engine.impl.el.DefaultExpressionManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text of a model is split as the engine does it. */
class ModelTextOnEngineTest {

  private final DefaultExpressionManager engine = new DefaultExpressionManager(Map.of());

  private Object evaluate(String expression) {
    Map<String, Object> variables = new HashMap<>(Map.of("a", "A", "b", 2, "m", Map.of("}", "M")));
    variables.put("none", null);
    variables.put("e", Thread.State.NEW);
    return engine
        .createExpression(expression)
        .getValue(new OutputVariables(variables, VariableContainer.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text",
        "${a}",
        "#{b}",
        "${a}${b}",
        "x${a}y${b}z",
        "\\${a}",
        "\\#{a} ${a}",
        "\\\\${a}",
        "\\\\\\${a}${a}",
        "${a}\\${b}\\",
        "a\\b${a}\\\\",
        "$${a}$",
        "##{a}#",
        "{${a}}",
        "${a}}",
        "$x{y}${a}",
        "${m['}']}|${m[\"}\"]}",
        "${'}'}${\"}\"}",
        "${'\\'}'}x",
        "${\"\\\"}\"}x",
        "${'\\\\'}x",
        "${'${a}'} x",
        "[${none}]",
        "[${e}]",
        "${e}",
        "${b == 2 ? 'y}' : \"n\"}",
        "{\"k\": \"${a}\", \"l\": [\"${b}\"]}",
        "${a} \u00e4\ud83d\ude00 ${b}",
      })
  void whenTextIsSplitThenItsPartsMakeWhatTheEngineMakesOfTheWhole(String text) {
    assertThat(ModelText.parse(text).evaluate(this::evaluate)).isEqualTo(evaluate(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"${", "x ${a", "${'}", "${a} #{b}", "#{a}${a}", "${}", "${'\\x'}x"})
  void whenTheEngineRefusesATextThenSoDoItsParts(String text) {
    assertThatThrownBy(() -> evaluate(text)).isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> ModelText.parse(text).evaluate(this::evaluate))
        .isInstanceOf(RuntimeException.class);
  }

  @Test
  void whenTextIsSplitThenEachPartTellsWhereItCameFrom() {
    ModelText text = ModelText.parse("/o/{id}?f=${a}&\\${b}");

    assertThat(text.fill(this::evaluate))
        .isEqualTo(
            List.of(
                new ModelText.Part("/o/{id}?f=", false),
                new ModelText.Part("A", true),
                new ModelText.Part("&${b}", false)));
  }
}
