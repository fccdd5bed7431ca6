package io.restconnector.webhook.internal.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.spi.SignatureScheme;
import io.restconnector.spi.TriggerOutcome.Check;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How far a request has come with a trigger. */
@SuppressWarnings("NullAway") // the trigger is not looked at
class CandidateTest {

  private final Candidate candidate = new Candidate(null);

  @Test
  void whenChecksLetItGoOnThenTheyAreCountedAndTheDeliveryIdStays() {
    candidate.take(Check.METHOD, CheckResult.GOES_ON);
    candidate.take(Check.SIGNATURE, CheckResult.of(new SignatureScheme.Valid("d-1")));
    candidate.take(Check.HEADERS, CheckResult.GOES_ON);

    assertThat(candidate.passed()).isEqualTo(3);
    assertThat(candidate.deliveryId()).isEqualTo("d-1");
    assertThat(candidate.isOpen()).isTrue();
    assertThat(candidate.retryAfter()).isZero();
  }

  @Test
  void whenACheckRefusesItThenItIsClosedAndTheWaitIsKept() {
    candidate.take(Check.RATE_LIMIT, new CheckResult.Refused("full", Duration.ofSeconds(3)));

    assertThat(candidate.isOpen()).isFalse();
    assertThat(candidate.isRefusedBy(Check.RATE_LIMIT)).isTrue();
    assertThat(candidate.isRefusedBy(Check.METHOD)).isFalse();
    assertThat(candidate.retryAfter()).isEqualTo(Duration.ofSeconds(3));
    assertThat(candidate.passed()).isZero();
  }

  @Test
  void whenASignatureIsInvalidThenItsReasonIsThatOfTheRefusal() {
    assertThat(CheckResult.of(new SignatureScheme.Invalid("stale")))
        .isEqualTo(new CheckResult.Refused("stale"));
  }
}
