package io.restconnector.call.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.fixtures.TestRequests;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.hc.core5.http.message.BasicHeader;
import org.flowable.engine.impl.persistence.entity.ExecutionEntityImpl;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PollingTest {

  private static final Instant BEGUN = Instant.parse("2026-01-01T00:00:00Z");
  private static final RestRequest FIRST =
      TestRequests.request("POST", "https://h/a", List.of(), null);
  private static final RestRequest QUESTION = TestRequests.get("https://h/status/secret");
  private static final URI STATUS = QUESTION.uri();
  private static final Poll TWICE = new Poll(null, Duration.ofSeconds(4), "location", 2);
  private static final Polling FIRST_STEP = Polling.first(TWICE, FIRST, "POST https://h/a", BEGUN);

  private static Polling question(int asked) {
    return Polling.question(TWICE, QUESTION, BEGUN, STATUS, "POST https://h/a", asked);
  }

  private static CallOutcome.Response response(int status, String... header) {
    return new CallOutcome.Response(
        status,
        header.length == 0 ? List.of() : List.of(new BasicHeader(header[0], header[1])),
        new byte[0],
        0);
  }

  private static Polling.Step after(Polling polling, CallOutcome.Response response, int seconds) {
    ExecutionEntityImpl execution = ExecutionEntityImpl.createWithEmptyRelationshipCollections();
    execution.setActivityId("call");
    RestRequest request = polling.isQuestion() ? QUESTION : FIRST;
    return polling.after(
        request,
        response,
        CallResult.of(RestAction.POST, request, response),
        execution,
        BEGUN.plusSeconds(seconds));
  }

  private static CallResult complete(Polling.Step step) {
    assertThat(step).isInstanceOf(Polling.Complete.class);
    return ((Polling.Complete) step).result();
  }

  @Test
  void whenTheFirstRequestIsSentThenNothingWasAsked() {
    assertThat(FIRST_STEP)
        .isEqualTo(new Polling(TWICE, Duration.ofSeconds(10), BEGUN, null, "POST https://h/a", 0));
    assertThat(FIRST_STEP.isQuestion()).isFalse();
    assertThat(question(1).isQuestion()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"0, 10", "9, 1", "10, 0", "11, -1"})
  void whenTimePassesThenTheTimeoutIsOfAllOfIt(int passed, int left) {
    assertThat(question(1).remaining(BEGUN.plusSeconds(passed)))
        .isEqualTo(Duration.ofSeconds(left));
  }

  @Test
  void whenAnAnswerIsTheLastOneThenItIsTheResult() {
    CallResult result = complete(after(FIRST_STEP, response(200), 1));

    assertThat(result.error()).isNull();
    assertThat(result.outputs()).containsEntry("restStatus", 200);
  }

  @Test
  void whenTheFirstAnswerIsAcceptedThenTheStatusIsAskedWhereItSays() {
    assertThat(after(FIRST_STEP, response(202, "Location", "status/1"), 1))
        .isEqualTo(new Polling.Ask(URI.create("https://h/status/1"), Duration.ofSeconds(4)));
  }

  @Test
  void whenAQuestionIsNotTheLastThenTheSameStatusIsAskedAfterTheWaitOfTheService() {
    assertThat(after(question(1), response(202, "Retry-After", "7"), 1))
        .isEqualTo(new Polling.Ask(STATUS, Duration.ofSeconds(7)));
    assertThat(after(question(1), response(202, "Location", "https://h/other"), 1))
        .isEqualTo(new Polling.Ask(STATUS, Duration.ofSeconds(4)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "-                 | without a status URL, which poll.from wants from the header location",
        "https://other/x   | with a status URL of another origin, which is not asked",
        "ftp://h/x         | with a status URL that is no http or https URL",
      })
  void whenTheFirstAnswerHasNoStatusUrlThenItIsABadGateway(@Nullable String location, String said) {
    CallOutcome.Response response =
        location == null ? response(202) : response(202, "Location", location);
    CallResult result = complete(after(FIRST_STEP, response, 1));

    assertThat(result.error()).isEqualTo(ErrorCode.BAD_GATEWAY);
    assertThat(result.message()).isEqualTo("POST https://h/a answered 202 " + said);
    assertThat(result.outputs())
        .containsEntry("restError", result.message())
        .containsEntry("restStatus", 202);
  }

  @Test
  void whenItWasAskedOftenEnoughThenItIsATimeout() {
    CallResult result = complete(after(question(2), response(202), 1));

    assertThat(result.error()).isEqualTo(ErrorCode.REQUEST_TIMEOUT);
    assertThat(result.message())
        .isEqualTo("POST https://h/a was not done when its status had been asked 2 times");
  }

  @ParameterizedTest
  @CsvSource({"5, true", "6, false", "7, false"})
  void whenTheTimeoutPassesBeforeTheNextQuestionThenItIsNotWaitedFor(int passed, boolean isAsked) {
    Polling.Step step = after(question(1), response(202), passed);

    if (isAsked) {
      assertThat(step).isEqualTo(new Polling.Ask(STATUS, Duration.ofSeconds(4)));
    } else {
      assertThat(complete(step).error()).isEqualTo(ErrorCode.REQUEST_TIMEOUT);
      assertThat(complete(step).message())
          .isEqualTo(
              "POST https://h/a was not done, and its timeout of 10000 ms passes before its status"
                  + " may be asked again");
    }
  }

  @Test
  void whenAQuestionIsTooLateThenItsMessageHasTheOriginAndNoStatusUrl() {
    try (RestCalls calls = TestTasks.calls()) {
      CallResult result = question(1).tooLate(calls, RestAction.POST, QUESTION, null);

      assertThat(result.error()).isEqualTo(ErrorCode.REQUEST_TIMEOUT);
      assertThat(result.message())
          .isEqualTo(
              "GET https://h:443 did not end within 10000 ms (asked for the status of POST https://h/a)");
    }
  }

  @Test
  void whenAQuestionFailsThenItsMessageHasTheWholeTimeoutAndNoStatusUrl() {
    try (RestCalls calls = TestTasks.calls()) {
      CallOutcome late = new CallOutcome.TimedOut(Duration.ofMillis(3), "a connection");

      assertThat(question(1).result(calls, RestAction.POST, QUESTION, late).message())
          .isEqualTo(
              "GET https://h:443 did not end within 10000 ms, it waited for a connection"
                  + " (asked for the status of POST https://h/a)");
      assertThat(question(1).result(calls, RestAction.POST, QUESTION, response(503)).message())
          .isEqualTo("GET https://h:443 answered 503 (asked for the status of POST https://h/a)");
      assertThat(question(1).result(calls, RestAction.POST, QUESTION, response(200)).message())
          .isNull();
      assertThat(FIRST_STEP.result(calls, RestAction.POST, FIRST, late).message())
          .isEqualTo("POST https://h/a did not end within 3 ms, it waited for a connection");
    }
  }
}
