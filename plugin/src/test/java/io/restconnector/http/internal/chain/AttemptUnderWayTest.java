package io.restconnector.http.internal.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.spi.CallOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The attempt that is under way is given up with its call. */
class AttemptUnderWayTest {

  private static final CallOutcome ANSWER = new CallOutcome.TooLarge(1);

  private final CompletableFuture<CallOutcome> call = new CompletableFuture<>();
  private final AttemptUnderWay underWay = new AttemptUnderWay(call);
  private final List<CallOutcome> ended = new ArrayList<>();

  private CompletableFuture<CallOutcome> begin() {
    CompletableFuture<CallOutcome> attempt = new CompletableFuture<>();
    underWay.begin(attempt, ended::add);
    return attempt;
  }

  @Test
  void whenTheCallEndsThenTheAttemptIsCancelledAndNotReported() {
    CompletableFuture<CallOutcome> attempt = begin();
    call.complete(ANSWER);

    assertThat(attempt).isCancelled();
    assertThat(ended).isEmpty();
  }

  @Test
  void whenTheCallHasEndedBeforeThenTheAttemptIsCancelledAtOnce() {
    call.complete(ANSWER);
    assertThat(begin()).isCancelled();
  }

  @Test
  void whenAnAttemptEndsThenItIsReportedAndTheNextOneIsThatUnderWay() {
    begin().complete(ANSWER);
    CompletableFuture<CallOutcome> second = begin();
    assertThat(ended).containsExactly(ANSWER);
    call.cancel(false);

    assertThat(second).isCancelled();
  }
}
