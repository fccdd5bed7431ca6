package io.restconnector.call.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.restconnector.fixtures.TestRequests;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.hc.core5.http.message.BasicHeader;
import org.flowable.engine.impl.persistence.entity.ExecutionEntityImpl;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PollTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final RestRequest REQUEST = TestRequests.get("https://h/a/b");
  private static final ExecutionEntityImpl EXECUTION =
      ExecutionEntityImpl.createWithEmptyRelationshipCollections();

  private TaskEngine engine;

  @BeforeAll
  void start() {
    engine = new TaskEngine();
  }

  @AfterAll
  void stop() {
    engine.close();
  }

  private static CallOutcome.Response response(int status, String name, @Nullable String value) {
    return new CallOutcome.Response(
        status, value == null ? List.of() : List.of(new BasicHeader(name, value)), new byte[0], 0);
  }

  @ParameterizedTest
  @CsvSource({"200, true", "201, true", "202, false", "204, true", "302, true"})
  void whenNothingTellsTheLastAnswerThenItIsAnyButAccepted(int status, boolean isLast) {
    CallResult answer = CallResult.of(RestAction.GET, REQUEST, response(status, "A", null));

    assertThat(Poll.DEFAULT.isLast(answer, EXECUTION)).isEqualTo(isLast);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "5000, -, 5000",
        "5000, 7, 7000",
        "5000, 0, 1000",
        "5000, 1, 1000",
        "300, 0, 300",
        "300, 2, 2000",
        "5000, 'Thu, 01 Jan 2026 00:00:09 GMT', 9000",
        "5000, nonsense, 5000"
      })
  void whenTheServiceSaysWhenThenItIsAskedThenButNotAtOnce(
      long every, @Nullable String retryAfter, long wait) {
    Poll poll = new Poll(null, Duration.ofMillis(every), "location", 1);

    assertThat(poll.waitAfter(response(202, "Retry-After", retryAfter), NOW)).hasMillis(wait);
  }

  private static String statusUrl(String from, String name, @Nullable String value)
      throws Poll.NoStatusUrlException {
    CallOutcome.Response response = response(202, name, value);
    return new Poll(null, Duration.ofSeconds(1), from, 1)
        .statusUrl(REQUEST, response, CallResult.of(RestAction.GET, REQUEST, response), EXECUTION)
        .toString();
  }

  @ParameterizedTest
  @CsvSource({
    "location, Location, https://h/s, https://h/s",
    "location, Location, s, https://h/a/s",
    "operation-location, Operation-Location, //h:443/s, https://h:443/s"
  })
  void whenAHeaderHasTheStatusUrlThenItIsResolved(
      String from, String name, String value, String url) throws Exception {
    assertThat(statusUrl(from, name, value)).isEqualTo(url);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "Location | -            | without a status URL, which poll.from wants from the header location",
        "Location | ' '          | without a status URL, which poll.from wants from the header location",
        "Other    | https://h/s  | without a status URL, which poll.from wants from the header location",
        "Location | ftp://h/s    | with a status URL that is no http or https URL",
        "Location | http://h/s   | with a status URL of another origin, which is not asked",
        "Location | https://i/s  | with a status URL of another origin, which is not asked",
        "Location | https://h:1/ | with a status URL of another origin, which is not asked",
      })
  void whenThereIsNoUsableStatusUrlThenThatIsSaidWithoutIt(
      String name, @Nullable String value, String said) {
    assertThatExceptionOfType(Poll.NoStatusUrlException.class)
        .isThrownBy(() -> statusUrl("location", name, value))
        .withMessage(said);
  }

  @Test
  void whenAnAnswerIsAnErrorOfThisNodeThenItIsNotAccepted() {
    CallResult none =
        CallResult.of(RestAction.GET, REQUEST, new CallOutcome.TimedOut(Duration.ofMillis(1)));

    assertThat(Poll.DEFAULT.isLast(none, EXECUTION)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "${restStatus == 200} | 200 | true",
        "${restStatus == 200} | 202 | false",
        "${restStatus == 202} | 202 | true",
        "${'true'}            | 200 | true",
        "${'false'}           | 200 | false",
        "${null}              | 200 | false",
        "${restStatus}        | 202 | false",
        "${none.a}            | 202 | false",
      })
  void whenAnExpressionTellsTheLastAnswerThenItCountsAndNoOtherStatus(
      String until, int status, boolean isLast) {
    CallResult answer = CallResult.of(RestAction.GET, REQUEST, response(status, "A", null));
    Poll poll = new Poll(until, Duration.ofSeconds(1), "location", 1);

    engine.in(
        "", Map.of(), execution -> assertThat(poll.isLast(answer, execution)).isEqualTo(isLast));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "${restStatus} | the expression ${restStatus}, which gives a java.lang.Integer, wanted a Boolean",
        "${none.a}     | the expression ${none.a}, which cannot be evaluated",
      })
  void whenAnExpressionDoesNotSuitAnAnswerThatIsDoneThenThatIsSaid(String until, String said) {
    CallResult answer = CallResult.of(RestAction.GET, REQUEST, response(200, "A", null));
    Poll poll = new Poll(until, Duration.ofSeconds(1), "location", 1);

    engine.in(
        "",
        Map.of(),
        execution ->
            assertThatIllegalArgumentException()
                .isThrownBy(() -> poll.isLast(answer, execution))
                .withMessageStartingWith(said));
  }

  @Test
  void whenAnExpressionGivesTheStatusUrlThenItIsThatOne() {
    CallOutcome.Response response = response(202, "Location", "https://h/unused");
    CallResult answer = CallResult.of(RestAction.GET, REQUEST, response);
    engine.in(
        "",
        Map.of(),
        execution -> {
          assertThatCode(
                  () ->
                      assertThat(
                              new Poll(
                                      null, Duration.ofSeconds(1), "${'/s/'.concat(restStatus)}", 1)
                                  .statusUrl(REQUEST, response, answer, execution))
                          .hasToString("https://h/s/202"))
              .doesNotThrowAnyException();
          assertThatExceptionOfType(Poll.NoStatusUrlException.class)
              .isThrownBy(
                  () ->
                      new Poll(null, Duration.ofSeconds(1), "${restStatus}", 1)
                          .statusUrl(REQUEST, response, answer, execution))
              .withMessage(
                  "with a status URL that is no String, which poll.from wants from ${restStatus}");
        });
  }
}
