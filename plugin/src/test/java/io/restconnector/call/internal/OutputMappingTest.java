package io.restconnector.call.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.restconnector.call.internal.Inputs.Input;
import java.util.LinkedHashMap;
import java.util.Map;
import org.flowable.engine.delegate.DelegateExecution;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutputMappingTest {

  private TaskEngine engine;

  @BeforeAll
  void start() {
    engine = new TaskEngine();
  }

  @AfterAll
  void stop() {
    engine.close();
  }

  private static OutputVariables variables(DelegateExecution execution) {
    Map<String, @Nullable Object> outputs = new LinkedHashMap<>();
    outputs.put("restStatus", 200);
    outputs.put("restResult", JsonMapper.shared().readTree("{\"a\":[1,\"x\"],\"n\":null}"));
    outputs.put("restError", null);
    return new OutputVariables(outputs, execution);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`{'':1}`             | (it is empty)",
        "`{' ':1}`            | (it is empty)",
        "`{'${a}':1}`         | (it is an expression)",
        "`{'#{a}':1}`         | (it is an expression)",
        "`[]`                 | is a JSON ARRAY, wanted a JSON map",
        "`no JSON`            | is a String that holds no JSON",
      })
  void whenNoVariableCanHaveANameThenItIsRefusedBeforeTheCall(String mapping, String said) {
    Input field = new Input(mapping.replace('\'', '"'), text -> "unused");

    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> OutputMapping.outputs(field))
        .withMessageStartingWith("outputMapping is ")
        .withMessageContaining(said)
        .withMessageEndingWith("; it came from the field outputMapping");
  }

  @Test
  void whenANameIsTooLongForTheDatabaseThenItIsRefused() throws Exception {
    String longest = "a".repeat(255);

    assertThat(OutputMapping.outputs(Input.ofTask(Map.of(longest, 1))).orElseThrow())
        .extracting(OutputWriter.Output::name)
        .containsExactly(longest);
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> OutputMapping.outputs(Input.ofTask(Map.of(longest + "a", 1))))
        .withMessageContaining("(it is longer than 255 characters)")
        .withMessageNotContaining(longest);
  }

  @Test
  void whenTheFieldIsJsonNullThenThereIsNoMapping() throws Exception {
    assertThat(OutputMapping.outputs(new Input("null", text -> "unused"))).isEmpty();
    assertThat(OutputMapping.outputs(new Input("{}", text -> "unused")))
        .hasValueSatisfying(outputs -> assertThat(outputs).isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "poll={}                                 | -",
        "outputMapping:=${a}                     | -",
        "outputMapping={\"a\":\"${b}\"}              | -",
        "outputMapping={\"${a}\":1}                | (it is an expression)",
        "outputMapping=[]                        | outputMapping is a JSON ARRAY",
      })
  void whenATaskIsDeployedThenWhatIsKnownIsChecked(String task, @Nullable String said) {
    String refusal = OutputMapping.refusal(TestTasks.inputs(TestTasks.ofText(task)));

    if (said == null) {
      assertThat(refusal).isNull();
    } else {
      assertThat(refusal).contains(said);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "`'${restStatus}'`           | true  | 200      | java.lang.Integer",
        "`'${restResult.a[1]}'`      | true  | x        | java.lang.String",
        "`'${restResult.a[0]}'`      | true  | 1        | java.lang.Integer",
        "`'${restError}'`            | true  | -        | -",
        "`'a${restStatus}'`          | true  | a200     | java.lang.String",
        "`'a'`                       | true  | a        | java.lang.String",
        "`5`                         | true  | 5        | java.lang.Long",
        "`'${restStatus}'`           | false | ${restStatus} | java.lang.String",
      })
  void whenATemplateIsEvaluatedThenTheVariableKeepsItsType(
      String template, boolean templated, @Nullable String value, @Nullable String type) {
    engine.in(
        "",
        Map.of(),
        execution -> {
          Object variable = OutputMapping.variable(json(template), templated, variables(execution));
          assertThat(variable == null ? null : variable.toString()).isEqualTo(value);
          assertThat(variable == null ? null : variable.getClass().getName()).isEqualTo(type);
        });
  }

  private static JsonNode json(String template) {
    return JsonMapper.shared().readTree(template.replace('\'', '"'));
  }

  @Test
  void whenAValueIsNoJsonThenAVariableMayHoldItAsItIs() {
    byte[] bytes = {1};
    engine.in(
        "",
        Map.of("file", bytes),
        execution -> {
          assertThat(OutputMapping.variable(json("'${file}'"), true, variables(execution)))
              .isEqualTo(bytes);
          assertThat(OutputMapping.variable(json("['${file}']"), true, variables(execution)))
              .hasToString("[\"AQ==\"]");
        });
  }

  @Test
  void whenTheResponseLacksSomethingThenItIsNullAndTold() {
    engine.in(
        "",
        Map.of(),
        execution -> {
          OutputVariables variables = variables(execution);
          assertThat(OutputMapping.evaluate("${restResult.b.c}", variables)).isNull();
          assertThat(OutputMapping.evaluate("${restResult.d}", variables)).isNull();
          assertThat(OutputMapping.evaluate("${restResult.n}", variables)).isNull();
          assertThat(variables.takeLacking()).contains("${restResult.b.c}", "${restResult.d}");
          assertThat(OutputMapping.evaluate("${restStatus}", variables)).isEqualTo(200);
          assertThat(variables.takeLacking()).isEmpty();
          assertThatExceptionOfType(UnusableExpressionException.class)
              .isThrownBy(() -> OutputMapping.evaluate("${none.a}", variables));
        });
  }
}
