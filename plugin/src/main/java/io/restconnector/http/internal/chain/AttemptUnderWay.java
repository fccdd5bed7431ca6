package io.restconnector.http.internal.chain;

import io.restconnector.spi.CallOutcome;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The attempt of a call that is under way. It is given up when the call is over. Once it has ended
 * it is forgotten: its body would be held for as long as the call takes, and nobody counts that
 * memory.
 */
public final class AttemptUnderWay {

  private final CompletableFuture<CallOutcome> call;
  private volatile @Nullable CompletableFuture<CallOutcome> attempt;

  public AttemptUnderWay(CompletableFuture<CallOutcome> call) {
    this.call = call;
    call.whenComplete((outcome, cancelled) -> giveUp());
  }

  /** Reports how the attempt ended, unless it was given up. */
  public void begin(CompletableFuture<CallOutcome> next, Consumer<CallOutcome> ended) {
    attempt = next;
    if (call.isDone()) {
      giveUp();
    }
    next.thenAccept(
        outcome -> {
          attempt = null;
          ended.accept(outcome);
        });
  }

  private void giveUp() {
    CompletableFuture<CallOutcome> last = attempt;
    if (last != null) {
      last.cancel(false);
    }
  }
}
