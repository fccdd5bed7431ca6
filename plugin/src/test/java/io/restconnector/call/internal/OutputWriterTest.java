package io.restconnector.call.internal;

import static io.restconnector.fixtures.Bpmn.expression;
import static io.restconnector.fixtures.Bpmn.string;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import io.restconnector.fixtures.LoggedEvents;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.flowable.engine.delegate.BpmnError;
import org.flowable.engine.delegate.DelegateExecution;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.json.JsonMapper;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutputWriterTest {

  private TaskEngine engine;

  @BeforeAll
  void start() {
    engine = new TaskEngine();
  }

  @AfterAll
  void stop() {
    engine.close();
  }

  private static CallResult result(@Nullable ErrorCode error) {
    Map<String, @Nullable Object> outputs = new LinkedHashMap<>();
    outputs.put("restResult", JsonMapper.shared().readTree("{\"a\":\"x\"}"));
    outputs.put("restStatus", error == null ? 200 : 404);
    outputs.put("restError", error == null ? null : "failed");
    return new CallResult(outputs, error, error == null ? null : "failed", null);
  }

  private static OutputWriter of(DelegateExecution execution, boolean local)
      throws InvalidInputException {
    return OutputWriter.of(ExecutionInputs.ofDelegate(execution), local, new ParsedOnce<>());
  }

  /** What a result is made into by a task of these fields. */
  private CallResult mapped(String elements, CallResult result) {
    AtomicReference<CallResult> mapped = new AtomicReference<>();
    engine.in(
        elements,
        Map.of("mine", 7, "other", "o"),
        execution -> {
          try {
            OutputWriter writer =
                elements.contains("<flowable:out")
                    ? OutputWriter.ofParameters(ExecutionInputs.ofExternalWorker(execution))
                    : of(execution, false);
            mapped.set(writer.map(result, execution));
          } catch (InvalidInputException invalid) {
            throw new IllegalStateException(invalid);
          }
        });
    return mapped.get();
  }

  @Test
  void whenATaskSaysNothingThenEveryOutputIsWrittenUnderItsName() {
    CallResult result = result(null);

    assertThat(mapped("", result)).isSameAs(result);
    assertThat(mapped(string("outputMapping", "null"), result)).isSameAs(result);
  }

  @Test
  void whenATaskMapsThenItsVariablesAreWrittenAndSeeThoseBeforeThem() {
    CallResult mapped =
        mapped(
            string("outputMapping", "{\"a\":\"${restResult.a}\",\"b\":\"${a}${mine}\",\"c\":5}"),
            result(null));

    assertThat(mapped.outputs()).containsExactly(entry("a", "x"), entry("b", "x7"), entry("c", 5L));
    assertThat(mapped.error()).isNull();
  }

  @Test
  void whenAMappingIsDataThenNothingInItIsEvaluated() {
    assertThat(mapped(expression("outputMapping", "${'{\"a\":\"$\"}'}"), result(null)).outputs())
        .containsExactly(entry("a", "$"));
  }

  @Test
  void whenThereAreOutParametersThenTheyAreWritten() {
    CallResult mapped =
        mapped(
            "<flowable:out source=\"restStatus\" target=\"a\"/>"
                + "<flowable:out sourceExpression=\" ${restResult.a}${a}${mine} \" target=\"b\"/>"
                + "<flowable:out source=\"restStatus\" target=\"\"/>"
                + "<flowable:out target=\"c\"/>",
            result(null));

    // A parameter does not see what those before it wrote.
    assertThat(mapped.error()).isEqualTo(ErrorCode.UNKNOWN_ERROR);
    assertThat(mapped.message())
        .startsWith("flowable:out of activity 'call' has 'b', which is the expression ${a}");
    assertThat(mapped.outputs()).containsExactly(entry("a", 200));
  }

  @Test
  void whenAValueDoesNotSuitTheResponseThenTheOthersAreWrittenAndTheFirstIsTold() {
    String field =
        string("outputMapping", "{\"a\":\"${none.x}\",\"b\":\"${restStatus}\",\"c\":\"${no.y}\"}");

    CallResult mapped = mapped(field, result(null));
    assertThat(mapped.outputs()).containsExactly(entry("b", 200));
    assertThat(mapped.error()).isEqualTo(ErrorCode.UNKNOWN_ERROR);
    assertThat(mapped.message())
        .startsWith("outputMapping of activity 'call' has 'a', which is the expression ${none.x}");

    CallResult failed = mapped(field, result(ErrorCode.NOT_FOUND));
    assertThat(failed.error()).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(failed.message()).isEqualTo("failed");
    assertThat(failed.outputs()).containsExactly(entry("b", 404));
  }

  @Test
  void whenTheApplicationRaisesAnErrorThenItIsTheResultAndTheOthersAreWritten() {
    BpmnError first = new BpmnError("MINE");
    TaskMapping mapping =
        new TaskMapping() {
          @Override
          public Inputs.@Nullable Input find(String name, DelegateExecution execution) {
            return null;
          }

          @Override
          public List<OutputWriter.Output> outputs() {
            return List.of(
                new OutputWriter.Output(
                    "a",
                    variables -> {
                      throw first;
                    }),
                new OutputWriter.Output(
                    "b",
                    variables -> {
                      throw new BpmnError("LATER");
                    }),
                new OutputWriter.Output("c", variables -> variables.output("restStatus")));
          }
        };
    engine.in(
        "",
        Map.of(),
        execution -> {
          CallResult mapped = OutputWriter.ofMapping(mapping).map(result(null), execution);
          assertThat(mapped.asError()).isSameAs(first);
          assertThat(mapped.outputs()).containsExactly(entry("c", 200));
        });
  }

  @Test
  void whenTheResponseLacksSomethingThenItIsLogged() {
    try (LoggedEvents log = LoggedEvents.of(OutputWriter.class)) {
      assertThat(
              mapped(
                      string("outputMapping", "{\"a\":\"${restResult.b}\",\"c\":\"${other}\"}"),
                      result(null))
                  .outputs())
          .containsExactly(entry("a", null), entry("c", "o"));
      assertThat(log.messages())
          .containsExactly(
              "Activity 'call': variable 'a' of outputMapping is null, as the response has nothing"
                  + " for ${restResult.b}");
    }
  }

  @Test
  void whenNothingCameThenNothingIsMapped() {
    CallResult none = CallResult.of(Map.of(), new BpmnError("MINE"));

    assertThat(mapped(string("outputMapping", "{\"a\":1}"), none)).isSameAs(none);
  }

  @Test
  void whenTheMappingCannotBeEvaluatedThenTheInputIsInvalid() {
    engine.in(
        expression("outputMapping", "${a.b}"),
        Map.of(),
        execution ->
            assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> of(execution, false))
                .withMessageStartingWith("outputMapping is the expression ${a.b}, which cannot"));
  }

  @Test
  void whenOutputsAreLocalThenTheProcessDoesNotSeeThem() {
    for (boolean local : List.of(true, false)) {
      engine.in(
          string("outputMapping", "{\"a\":\"${restStatus}\"}"),
          Map.of(),
          execution -> {
            try {
              OutputWriter writer = of(execution, local);
              assertThat(writer.isLocal()).isEqualTo(local);
              assertThat(writer.write(result(null), execution).outputs())
                  .containsExactly(entry("a", 200));
            } catch (InvalidInputException invalid) {
              throw new IllegalStateException(invalid);
            }
            assertThat(execution.getVariable("a")).isEqualTo(200);
            assertThat(execution.getParent().hasVariable("a")).isEqualTo(!local);
          });
    }
  }
}
