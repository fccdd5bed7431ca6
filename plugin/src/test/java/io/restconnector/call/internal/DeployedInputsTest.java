package io.restconnector.call.internal;

import static io.restconnector.call.internal.TestTasks.delegate;
import static io.restconnector.call.internal.TestTasks.inputs;
import static io.restconnector.call.internal.TestTasks.worker;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.flowable.bpmn.model.ExternalWorkerServiceTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeployedInputsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // task                 | given | known | literal | of a variable
        "timeout=10              | true  | true  | true    | false",
        "timeout=${a}            | true  | true  | true    | false",
        "timeout:=1${a}          | true  | true  | false   | false",
        "timeout:=${a}           | true  | false | false   | false",
        "timeout=                | false | false | false   | true",
        "restUrl=x               | false | false | false   | true",
        "timeout<-10             | true  | true  | true    | false",
        "timeout<-${a}           | true  | false | false   | false",
        "timeout<=a              | true  | false | false   | false",
        "restUrl<=a              | false | false | false   | false",
        "timeout=1 ; timeout<=a  | true  | true  | true    | false",
      })
  void whenATaskIsReadThenItSaysHowMuchOfAnInputTheModelHas(
      String task, boolean isGiven, boolean isKnown, boolean isLiteral, boolean isOfVariable) {
    DeployedInputs inputs = inputs(TestTasks.ofText(task));

    assertThat(inputs.isGiven("timeout")).isEqualTo(isGiven);
    assertThat(inputs.isKnown("timeout")).isEqualTo(isKnown);
    assertThat(inputs.isLiteral("timeout")).isEqualTo(isLiteral);
    assertThat(inputs.isOfVariable("timeout")).isEqualTo(isOfVariable);
  }

  @Test
  void whenAWorkerGetsNoVariablesThenNoneIsAnInput() {
    ExternalWorkerServiceTask worker = worker("restUrl=x");
    assertThat(inputs(worker).isOfVariable("timeout")).isTrue();

    worker.setDoNotIncludeVariables(true);
    assertThat(inputs(worker).isOfVariable("timeout")).isFalse();
  }

  @Test
  void whenAnInputIsThereTwiceThenTheFirstCounts() {
    DeployedInputs inputs =
        inputs(worker("timeout=1", "timeout=2", "restUrl<-a", "restUrl<-b", "authentication<=c"));

    assertThat(inputs.fields()).containsExactly("timeout");
    assertThat(inputs.text("timeout")).isEqualTo("1");
    assertThat(inputs.text("restUrl")).isEqualTo("a");
    assertThat(inputs.text("authentication")).isNull();
    assertThat(inputs.tree("authentication")).isNull();
    assertThat(inputs.get("timeout")).isNotNull();
  }

  @Test
  void whenAnInputIsFoundThenItsExpressionsAreParsedAndGuessed() throws Exception {
    DeployedInputs inputs = inputs(delegate("restUrl:=https://${a}/${b!}", "timeout:=${c}"));

    assertThat(inputs.find("poll", text -> "1")).isNull();
    Inputs.Input url = Objects.requireNonNull(inputs.find("restUrl", text -> "g" + text.length()));
    assertThat(inputs.hasMalformed()).isFalse();
    assertThat(new Inputs(name -> url).raw("restUrl")).isEqualTo("https://g4/g5");
    assertThat(Objects.requireNonNull(inputs.find("timeout", text -> 7)).value()).isEqualTo(7);

    assertThat(inputs.hasMalformed()).isTrue();
    assertThat(inputs.malformed("restUrl")).containsExactly("${b!}");
    assertThat(inputs.malformed("timeout")).isEmpty();
  }

  @Test
  void whenAnInputIsJsonThenItsTreeIsFound() {
    DeployedInputs inputs =
        inputs(delegate("requestHeaders={\"a\":1}", "requestPayload={\"a\":1}"));

    assertThat(Objects.requireNonNull(inputs.find("requestHeaders", text -> "1")).value())
        .isSameAs(inputs.tree("requestHeaders"));
    assertThat(Objects.requireNonNull(inputs.find("requestPayload", text -> "1")).value())
        .isEqualTo("{\"a\":1}");
  }

  @Test
  void whenATemplateIsParsedThenEachLeafIsAndTheMixedAreTold() {
    DeployedInputs inputs =
        inputs(
            delegate(
                "requestHeaders={\"a\":\"${b!}\",\"c\":[\"${d} #{e}\",\"${f!}\"]}",
                "restUrlParams={\"a\":\"${b} ${c}\",\"d\":\"e\"}"));

    assertThat(
            inputs.parse("requestHeaders", Objects.requireNonNull(inputs.tree("requestHeaders"))))
        .isFalse();
    assertThat(inputs.malformed("requestHeaders"))
        .containsExactlyElementsOf(List.of("${b!}", "${f!}"));
    assertThat(inputs.parse("restUrlParams", Objects.requireNonNull(inputs.tree("restUrlParams"))))
        .isTrue();
  }
}
