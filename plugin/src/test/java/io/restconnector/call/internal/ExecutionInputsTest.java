package io.restconnector.call.internal;

import static io.restconnector.fixtures.Bpmn.expression;
import static io.restconnector.fixtures.Bpmn.string;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.restconnector.call.internal.Inputs.Input;
import io.restconnector.call.internal.Inputs.Origin;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.flowable.engine.delegate.DelegateExecution;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExecutionInputsTest {

  private static final String IN = "<flowable:in source=\"mine\" target=\"restUrl\"/>";
  private static final String OUT = "<flowable:out source=\"restStatus\" target=\"status\"/>";

  private TaskEngine engine;

  @BeforeAll
  void start() {
    engine = new TaskEngine();
  }

  @AfterAll
  void stop() {
    engine.close();
  }

  private void of(
      Function<DelegateExecution, ExecutionInputs> kind,
      String elements,
      Consumer<ExecutionInputs> looks) {
    engine.in(
        elements,
        Map.of("timeout", 5, "mine", "https://h", "restUrl", "of the process"),
        execution -> looks.accept(kind.apply(execution)));
  }

  private void ofDelegate(String elements, Consumer<ExecutionInputs> looks) {
    of(ExecutionInputs::ofDelegate, elements, looks);
  }

  private void ofWorker(String elements, Consumer<ExecutionInputs> looks) {
    of(ExecutionInputs::ofExternalWorker, elements, looks);
  }

  private static Input found(ExecutionInputs inputs, String name) {
    return Objects.requireNonNull(inputs.find(name));
  }

  @Test
  void whenAFieldIsFilledThenItComesBeforeEverythingElse() {
    String fields = string("restUrl", "a") + string("timeout", "") + expression("poll", "${mine}");
    ofDelegate(
        fields + IN,
        inputs -> {
          assertThat(found(inputs, "restUrl").value()).isEqualTo("a");
          assertThat(found(inputs, "restUrl").origin()).isEqualTo(Origin.FIELD);
          assertThat(found(inputs, "timeout")).isEqualTo(new Input(5, null));
          assertThat(found(inputs, "poll").value()).isEqualTo("https://h");
          assertThat(found(inputs, "requestHeaders").isAbsent()).isTrue();
          assertThat(inputs.findField("timeout")).isNull();
          assertThat(inputs.activity()).isEqualTo("call");
          assertThat(inputs.mapping()).isNull();
        });
    ofWorker(fields + IN, inputs -> assertThat(found(inputs, "restUrl").value()).isEqualTo("a"));
  }

  @Test
  void whenAWorkerHasInParametersThenNoVariableIsAnInput() {
    ofWorker(
        IN + "<flowable:in sourceExpression=\"${timeout + 1}\" target=\"maxAttempts\"/>",
        inputs -> {
          assertThat(found(inputs, "restUrl"))
              .isEqualTo(new Input(Origin.IN, "https://h", null, null));
          assertThat(found(inputs, "maxAttempts").value()).isEqualTo(6L);
          assertThat(found(inputs, "maxAttempts").origin()).isEqualTo(Origin.IN);
          assertThat(inputs.find("timeout")).isNull();
        });
    ofDelegate(IN, inputs -> assertThat(found(inputs, "timeout").value()).isEqualTo(5));
    ofWorker("", inputs -> assertThat(found(inputs, "timeout").value()).isEqualTo(5));
  }

  @Test
  void whenAWorkerHasOutParametersThenFieldsForTheOutputsAreRefused() {
    ofWorker(
        OUT,
        inputs -> {
          assertThat(inputs.hasOutParameters()).isTrue();
          assertThat(inputs.outParameters()).hasSize(1);
          assertThatCode(inputs::checkOutputFields).doesNotThrowAnyException();
        });
    ofWorker(
        OUT + string("outputScope", "local"),
        inputs ->
            assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(inputs::checkOutputFields)
                .withMessage("outputScope is a field beside flowable:out, wanted one of the two"));
    ofWorker(
        OUT + string("outputScope", "") + string("timeout", "1"),
        inputs -> assertThatCode(inputs::checkOutputFields).doesNotThrowAnyException());
    ofDelegate(OUT, inputs -> assertThat(inputs.hasOutParameters()).isFalse());
  }

  @Test
  void whenAFieldOrParameterIsNotReadThenItIsRefused() {
    ofDelegate(
        string("timout", "1"),
        inputs ->
            assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> inputs.check(RestAction.GET))
                .withMessageStartingWith("timout is a field that GET does not read"));
    ofDelegate(
        string("timout", "") + IN,
        inputs -> assertThatCode(() -> inputs.check(RestAction.GET)).doesNotThrowAnyException());
    ofDelegate(
        string("poll", "{}"),
        inputs ->
            assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> inputs.check(RestAction.GET))
                .withMessageContaining("a field of a delegate"));
    ofWorker(
        string("poll", "{}"),
        inputs -> assertThatCode(() -> inputs.check(RestAction.GET)).doesNotThrowAnyException());
    ofWorker(
        IN.replace("restUrl", "restUrI"),
        inputs ->
            assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> inputs.check(RestAction.GET))
                .withMessageStartingWith("restUrI is a target of flowable:in"));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "local     | false | true  | -",
        "``        | false | false | -",
        "${null}   | true  | false | -",
        "${'local'}| true  | true  | -",
        "global    | false | false | outputScope is another String, wanted 'local'; it came from the field outputScope",
        "${5}      | true  | false | outputScope is a java.lang.Long, wanted the String 'local'; it came from the field outputScope",
        "${a.b}    | true  | false | outputScope is the expression ${a.b}, which cannot be evaluated: there is no such variable, bean or property",
      })
  void whenTheScopeIsAskedThenItIsLocalOrThatOfTheProcess(
      String scope, boolean isExpression, boolean isLocal, @Nullable String refused) {
    ofDelegate(
        isExpression ? expression("outputScope", scope) : string("outputScope", scope),
        inputs -> {
          if (refused == null) {
            assertThatCode(() -> assertThat(inputs.isLocal()).isEqualTo(isLocal))
                .doesNotThrowAnyException();
          } else {
            assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(inputs::isLocal)
                .withMessage(refused);
          }
        });
  }

  @Test
  void whenATaskPollsThenItsFieldSaysHowAndNoVariableDoes() {
    ofWorker(
        string("poll", "{\"max\":3}"),
        inputs ->
            assertThatCode(() -> assertThat(inputs.poll()).isNotNull()).doesNotThrowAnyException());
    engine.in(
        "",
        Map.of("poll", "{\"max\":3}"),
        execution ->
            assertThatCode(
                    () -> assertThat(ExecutionInputs.ofExternalWorker(execution).poll()).isNull())
                .doesNotThrowAnyException());
    ofWorker(
        expression("poll", "${a.b}"),
        inputs ->
            assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(inputs::poll)
                .withMessageStartingWith("poll is the expression ${a.b}, which cannot"));
  }
}
