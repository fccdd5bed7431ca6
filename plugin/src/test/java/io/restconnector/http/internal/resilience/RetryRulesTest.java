package io.restconnector.http.internal.resilience;

import static io.restconnector.fixtures.TestRequests.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.restconnector.fixtures.TestRequests;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import io.restconnector.spi.RetrySettings;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryRulesTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final CallOutcome REFUSED =
      new CallOutcome.ConnectionFailed("got no connection", new ConnectException("refused"));
  private static final RetrySettings SETTINGS =
      RetrySettings.defaults()
          .withMaxAttempts(10)
          .withBackoff(Duration.ofMillis(100))
          .withMaxBackoff(Duration.ofSeconds(60));

  private static @Nullable Duration wait(
      double random, CallOutcome outcome, int attempt, RestRequest of) {
    RetryRules rules = new RetryRules(Clock.fixed(NOW, ZoneOffset.UTC), () -> random);
    return rules.waitAfter(outcome, attempt, of);
  }

  private static RestRequest retried(String method, Header... headers) {
    return TestRequests.retried(
        SETTINGS, request(method, "http://a.test/", List.of(headers), null));
  }

  private static CallOutcome answered(int status, Header... headers) {
    return new CallOutcome.Response(status, List.of(headers), new byte[0], 0);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, true, true",
    "HEAD, true, true",
    "OPTIONS, true, true",
    "TRACE, true, true",
    "PUT, true, true",
    "DELETE, true, true",
    "POST, false, true",
    "PATCH, false, true"
  })
  void whenAnAttemptFailedThenTheMethodOrTheKeyDecides(
      String method, boolean alone, boolean withKey) {
    Header key = new BasicHeader("idempotency-key", "k");
    Header blank = new BasicHeader("Idempotency-Key", " ");

    for (CallOutcome outcome : List.of(REFUSED, answered(429), answered(503))) {
      assertThat(wait(0, outcome, 1, retried(method)) != null).isEqualTo(alone);
      assertThat(wait(0, outcome, 1, retried(method, key)) != null).isEqualTo(withKey);
      assertThat(wait(0, outcome, 1, retried(method, blank)) != null).isEqualTo(alone);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 502, 503, 504})
  void whenTheStatusMayPassThenThereIsANextAttempt(int status) {
    assertThat(wait(0, answered(status), 1, retried("GET"))).isZero();
  }

  static List<CallOutcome> finalOutcomes() {
    IOException cause = new IOException();
    return List.of(
        answered(200),
        answered(304),
        answered(400),
        answered(404),
        answered(408),
        answered(409),
        answered(425),
        answered(500),
        answered(501),
        answered(505),
        new CallOutcome.TimedOut(Duration.ofSeconds(1)),
        new CallOutcome.CircuitOpen("http://a.test:80"),
        new CallOutcome.BadResponse("got no valid HTTP response", cause),
        new CallOutcome.TooLarge(1),
        new CallOutcome.EgressDenied("a.test"),
        new CallOutcome.Failed(cause));
  }

  @ParameterizedTest
  @MethodSource("finalOutcomes")
  void whenTheOutcomeWillBeTheSameThenThereIsNoNextAttempt(CallOutcome outcome) {
    assertThat(wait(0, outcome, 1, retried("GET"))).isNull();
  }

  @Test
  void whenAttemptsAreUsedUpThenThereIsNoNextAttempt() {
    assertThat(wait(0, REFUSED, 9, retried("GET"))).isNotNull();
    assertThat(wait(0, REFUSED, 10, retried("GET"))).isNull();
    assertThat(wait(0, REFUSED, 1, request("GET", "http://a.test/", List.of(), null))).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 0",
    "0.5, 1, 50",
    "1, 1, 100",
    "1, 2, 200",
    "1, 3, 400",
    "0.25, 3, 100",
    "1, 9, 25600"
  })
  void whenAttemptsFailThenTheLimitOfTheRandomWaitDoubles(double random, int attempt, long millis) {
    assertThat(wait(random, REFUSED, attempt, retried("GET"))).isEqualTo(Duration.ofMillis(millis));
  }

  @Test
  void whenTheBackoffHasGrownThenItIsNeverLongerThanTheLongest() {
    RetrySettings many = SETTINGS.withMaxAttempts(100).withMaxBackoff(Duration.ofMillis(300));
    RestRequest request = TestRequests.retried(many, retried("GET"));

    assertThat(wait(1, REFUSED, 3, request)).isEqualTo(Duration.ofMillis(300));
    assertThat(wait(1, REFUSED, 99, request)).isEqualTo(Duration.ofMillis(300));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "7; 7000",
        "0; 100",
        "60; 60000",
        "61; ",
        "999999999999999999999999; ",
        "Sun, 01 Mar 2026 12:00:07 GMT; 7000",
        "Sunday, 01-Mar-26 12:00:07 GMT; 7000",
        "Sun Mar  1 12:00:07 2026; 7000",
        "Sun, 01 Mar 2026 12:01:01 GMT; ",
        "Sun, 01 Mar 2026 11:00:00 GMT; 100",
        "-7; 100",
        "1.5; 100",
        "soon; 100"
      })
  void whenTheServerNamesATimeThenTheWaitIsNotShorter(String retryAfter, Long millis) {
    CallOutcome outcome = answered(503, new BasicHeader("retry-after", retryAfter));

    assertThat(wait(1, outcome, 1, retried("GET")))
        .isEqualTo(millis == null ? null : Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 101})
  void whenMaxAttemptsIsOutOfRangeThenTheSettingsAreRefused(int attempts) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RetrySettings.defaults().withMaxAttempts(attempts))
        .withMessageContaining("retry.max-attempts");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-1S", "PT24H1S"})
  void whenABackoffIsOutOfRangeThenTheSettingsAreRefused(Duration backoff) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RetrySettings.defaults().withBackoff(backoff))
        .withMessageContaining("retry.backoff");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RetrySettings.defaults().withMaxBackoff(backoff))
        .withMessageContaining("retry.max-backoff");
  }
}
