package io.restconnector.worker.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.call.internal.RestAction;
import io.restconnector.internal.Tracing;
import io.restconnector.spi.CallOutcome;
import io.restconnector.worker.internal.InFlightJob.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The steps of a job on its node, and what it knows of its lock. */
class InFlightJobTest {

  static Job job(String id, String instance, boolean exclusive, String tenant) {
    return new Job(
        id,
        RestAction.GET,
        "definition",
        instance,
        "execution",
        "call",
        exclusive,
        "correlation",
        Instant.EPOCH,
        tenant);
  }

  private final InFlightJob call = new InFlightJob(job("1", "i", false, ""), System.nanoTime());

  @Test
  void whenTwoMakeOneStepThenOnlyTheFirstDoes() {
    assertThat(call.is(Phase.TAKEN)).isTrue();
    assertThat(call.step(Phase.SENT, Phase.ANSWERED)).isFalse();
    assertThat(call.step(Phase.TAKEN, Phase.SENT)).isTrue();
    assertThat(call.step(Phase.TAKEN, Phase.ANSWERED)).isFalse();
    assertThat(call.is(Phase.SENT)).isTrue();
  }

  @Test
  void whenALockIsOldThenItIsKnownToLiveOnlyOnceItIsExtended() {
    long hour = Duration.ofHours(1).toNanos();
    InFlightJob old = new InFlightJob(call.job, System.nanoTime() - hour);

    assertThat(old.isLockedWithin(hour - 1)).isFalse();
    assertThat(old.isLockedWithin(2 * hour)).isTrue();
    old.lockedSince(System.nanoTime());
    assertThat(old.isLockedWithin(hour)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"false, false, false", "true, false, true", "false, true, true"})
  @SuppressWarnings("NullAway") // the outputs are not looked at
  void whenAJobIsExclusiveOrPartOfAParallelOneThenItLocksItsInstance(
      boolean exclusive, boolean parallel, boolean locks) {
    InFlightJob other = new InFlightJob(job("1", "i", exclusive, ""), 0);
    other.read(null, parallel);

    assertThat(other.locksInstance()).isEqualTo(locks);
  }

  @Test
  void whenItIsTracedTwiceThenItHasOneSpan() {
    AtomicInteger started = new AtomicInteger();
    assertThat(call.span()).isSameAs(Tracing.OFF_SPAN);
    for (int i = 0; i < 2; i++) {
      call.trace(
          () -> {
            started.incrementAndGet();
            return Tracing.OFF_SPAN;
          });
    }
    assertThat(started).hasValue(1);
  }

  @Test
  void whenItIsAbandonedThenItsExchangeIsCancelled() {
    call.abandon(); // nothing is sent yet
    CompletableFuture<CallOutcome> exchange = new CompletableFuture<>();
    call.sent(exchange);
    call.release(); // of what has not come nothing can be freed

    call.abandon();

    assertThat(exchange).isCancelled();
  }

  @Test
  void whenItWarnsThenItDoesSoOnceAndWhatWasSentOnceMayNotBeSentAgain() {
    assertThat(call.isFirstWarning()).isTrue();
    assertThat(call.isFirstWarning()).isFalse();
    assertThat(call.mayBeSentAgain()).isTrue();
    call.mustNotBeSentAgain();
    assertThat(call.mayBeSentAgain()).isFalse();
  }
}
