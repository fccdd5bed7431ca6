package io.restconnector.call.internal;

import static io.restconnector.fixtures.Bpmn.expression;
import static io.restconnector.fixtures.Bpmn.string;
import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.http.HttpSettings;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TaskCallTest {

  private static final RequestReader READER = new RequestReader(HttpSettings.defaults());
  private static final String URL = string("restUrl", "https://h/x");
  private static final String OUT = "<flowable:out source=\"restStatus\" target=\"a\"/>";

  private TaskEngine engine;

  @BeforeAll
  void start() {
    engine = new TaskEngine();
  }

  @AfterAll
  void stop() {
    engine.close();
  }

  private void read(String elements, Consumer<TaskCall> looks) {
    engine.in(
        elements,
        Map.of(),
        execution ->
            looks.accept(
                TaskCall.read(
                    RestAction.POST, ExecutionInputs.ofExternalWorker(execution), READER)));
  }

  @Test
  void whenATaskIsRightThenItsRequestIsReady() {
    read(
        URL + string("outputScope", "local") + string("poll", "{\"max\":3}"),
        call -> {
          assertThat(call.ready().method()).isEqualTo("POST");
          assertThat(call.ready().uri()).hasToString("https://h/x");
          assertThat(call.notSent()).isNull();
          assertThat(call.outputs().isLocal()).isTrue();
          assertThat(Objects.requireNonNull(call.poll()).max()).isEqualTo(3);
        });
    read(URL, call -> assertThat(call.poll()).isNull());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "timeout     | x      | timeout is a String that holds no integer",
        "timout      | 1      | timout is a field that POST does not read",
        "outputScope | x      | outputScope is another String",
        "poll        | {'max':0} | poll.max is an Integer out of range",
      })
  void whenAnInputCannotBeUsedThenNothingIsSent(String field, String value, String said) {
    read(
        URL + string(field, value.replace('\'', '"')),
        call -> {
          assertThat(call.request()).isNull();
          assertThat(call.poll()).isNull();
          assertThat(Objects.requireNonNull(call.notSent()).message())
              .startsWith("POST of activity 'call' was not sent: " + said);
        });
  }

  @Test
  void whenOnlyTheMappingIsWrongThenTheErrorIsWrittenWhereTheTaskSays() {
    read(
        string("outputScope", "local") + string("outputMapping", "[]"),
        call -> {
          assertThat(call.outputs().isLocal()).isTrue();
          assertThat(Objects.requireNonNull(call.notSent()).error())
              .isEqualTo(ErrorCode.INVALID_INPUT);
        });
  }

  @Test
  void whenAnOutputFieldStandsBesideOutParametersThenNothingIsSent() {
    read(
        URL + OUT + string("outputScope", "local"),
        call ->
            assertThat(Objects.requireNonNull(call.notSent()).message())
                .contains("outputScope is a field beside flowable:out"));
    read(URL + OUT, call -> assertThat(call.notSent()).isNull());
  }

  @Test
  void whenTheApplicationRaisesAnErrorThenItIsPassedOnInPlaceOfACall() {
    engine.in(
        expression("restUrl", "${bean.raise('MINE')}"),
        Map.of("bean", new ExecutingEngineTest.Bean()),
        execution -> {
          TaskCall call =
              TaskCall.read(RestAction.GET, ExecutionInputs.ofDelegate(execution), READER);
          assertThat(Objects.requireNonNull(call.notSent()).code()).isEqualTo("MINE");
          assertThat(call.request()).isNull();
        });
  }

  @Test
  void whenAStatusIsAskedThenTheFirstRequestIsNotReadAgain() {
    engine.in(
        expression("restUrl", "${none.a}") + string("requestPayload", "no JSON"),
        Map.of(),
        execution -> {
          TaskCall call =
              TaskCall.readQuestion(
                  RestAction.POST,
                  ExecutionInputs.ofExternalWorker(execution),
                  READER,
                  URI.create("https://h/status"));
          assertThat(call.ready().method()).isEqualTo("GET");
          assertThat(call.ready().uri()).hasToString("https://h/status");
          assertThat(call.poll()).isSameAs(Poll.DEFAULT);
        });
  }
}
