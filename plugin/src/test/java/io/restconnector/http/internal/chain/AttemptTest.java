package io.restconnector.http.internal.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.fixtures.TestRequests;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The steps of an attempt, each as it comes first. */
class AttemptTest {

  private static final RestRequest REQUEST = TestRequests.get("http://a.test/");

  private final Attempt attempt = new Attempt(REQUEST, null);

  @Test
  void whenNothingHasHappenedThenNoStepHasATime() {
    assertThat(attempt.request()).isSameAs(REQUEST);
    assertThat(attempt.previous()).isNull();
    assertThat(attempt.connectedAt()).isZero();
    assertThat(attempt.answeredAt()).isZero();
    assertThat(attempt.endedAt()).isZero();
    assertThat(attempt.outcome()).isNull();
    assertThat(attempt.status()).isNull();
  }

  @Test
  void whenAnAttemptIsRedirectedThenItsFirstConnectionAndItsLastAnswerCount() {
    attempt.connected();
    long connected = attempt.connectedAt();
    attempt.answered();
    long answered = attempt.answeredAt();
    while (System.nanoTime() == answered) {
      Thread.onSpinWait();
    }
    attempt.connected();
    attempt.answered();

    assertThat(attempt.connectedAt()).isEqualTo(connected).isNotZero();
    assertThat(attempt.answeredAt() - answered).isPositive();
    assertThat(attempt.connectedAt() - attempt.begunAt()).isNotNegative();
  }

  @Test
  void whenAnAttemptHasEndedThenWhatComesLaterDoesNotCount() {
    attempt.ended(new CallOutcome.Response(404, List.of(), new byte[0], 0));
    long ended = attempt.endedAt();
    attempt.ended(new CallOutcome.TimedOut(Duration.ofSeconds(1)));

    assertThat(attempt.outcome()).isEqualTo("4xx");
    assertThat(attempt.status()).isEqualTo(404);
    assertThat(attempt.endedAt()).isEqualTo(ended).isNotZero();
  }

  @Test
  void whenThereIsNoResponseThenThereIsNoStatus() {
    Attempt second = new Attempt(REQUEST, attempt);
    second.ended(new CallOutcome.TimedOut(Duration.ofSeconds(1)));

    assertThat(second.previous()).isSameAs(attempt);
    assertThat(second.outcome()).isEqualTo("TimedOut");
    assertThat(second.status()).isNull();
  }
}
