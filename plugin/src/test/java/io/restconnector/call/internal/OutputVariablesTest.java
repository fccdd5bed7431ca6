package io.restconnector.call.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.HashMap;
import java.util.Map;
import org.flowable.common.engine.api.variable.VariableContainer;
import org.flowable.common.engine.impl.el.VariableContainerWrapper;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class OutputVariablesTest {

  private static final VariableContainer EXECUTION =
      new VariableContainerWrapper(Map.of("restStatus", "of the process", "a", 1));

  private final OutputVariables variables =
      new OutputVariables(new HashMap<>(Map.of("restStatus", 200, "restResult", "r")), EXECUTION);

  @Test
  void whenAnOutputBearsTheNameOfAVariableThenTheOutputIsSeen() {
    assertThat(variables.getVariable("restStatus")).isEqualTo(200);
    assertThat(variables.output("restStatus")).isEqualTo(200);
    assertThat(variables.variable("restStatus")).isEqualTo("of the process");
    assertThat(variables.getVariable("a")).isEqualTo(1);
    assertThat(variables.output("a")).isNull();
    assertThat(variables.hasVariable("restResult")).isTrue();
    assertThat(variables.hasVariable("a")).isTrue();
    assertThat(variables.hasVariable("b")).isFalse();
  }

  @Test
  void whenNamesAreAskedForThenThoseOfOutputsAndVariablesAreThereOnce() {
    assumeThat(VariableContainer.class.getMethods()) // not with Flowable 7.1
        .anyMatch(method -> method.getName().equals("getVariableNames"));

    assertThat(variables.getVariableNames())
        .containsExactlyInAnyOrder("restStatus", "restResult", "a");
  }

  @Test
  void whenAnOutputIsNullThenItHidesTheVariableToo() {
    Map<String, Object> outputs = new HashMap<>();
    outputs.put("a", null);
    OutputVariables none = new OutputVariables(outputs, EXECUTION);

    assertThat(none.getVariable("a")).isNull();
    assertThat(none.hasVariable("a")).isTrue();
  }

  @Test
  void whenATemplateIsEvaluatedThenItIsAVariable() {
    assertThat(variables.evaluate(JsonMapper.shared().readTree("5"))).isEqualTo(5L);
  }

  @Test
  void whenAnOutputHasASecondNameThenItIsSeenUnderBoth() {
    OutputVariables named = variables.withSecondName("restResult", "result");

    assertThat(named.getVariable("result")).isEqualTo("r");
    assertThat(named.getVariable("restResult")).isEqualTo("r");
    assertThat(variables.withSecondName("none", "result")).isSameAs(variables);
    named.addLacking("${a}");
    assertThat(variables.takeLacking()).containsExactly("${a}");
  }

  @Test
  void whenAResponseLacksSomethingThenItIsToldOnce() {
    variables.addLacking("${b}");
    variables.addLacking("${a}");
    variables.addLacking("${b}");

    assertThat(variables.takeLacking()).containsExactly("${b}", "${a}");
    assertThat(variables.takeLacking()).isEmpty();
  }

  @Test
  void whenThereIsNoResponseThenNothingIsMissingInIt() {
    OutputVariables none = new OutputVariables(Map.of("restError", "e"), EXECUTION);
    none.addLacking("${a}");

    assertThat(none.takeLacking()).isEmpty();
  }

  @Test
  void whenAnExpressionWritesThenItIsRefused() {
    assertThatThrownBy(() -> variables.setVariable("a", 2))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> variables.setTransientVariable("a", 2))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
