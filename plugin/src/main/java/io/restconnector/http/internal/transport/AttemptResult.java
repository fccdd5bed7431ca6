package io.restconnector.http.internal.transport;

import io.restconnector.http.internal.chain.Attempt;
import io.restconnector.spi.CallOutcome;
import java.util.concurrent.CompletableFuture;

/** The result of an attempt, which notes its end before anybody hears of it. */
final class AttemptResult extends CompletableFuture<CallOutcome> {

  private final Attempt attempt;

  AttemptResult(Attempt attempt) {
    this.attempt = attempt;
  }

  @Override
  public boolean complete(CallOutcome outcome) {
    attempt.ended(outcome);
    return super.complete(outcome);
  }
}
