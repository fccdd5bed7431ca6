package io.restconnector.worker;

import io.restconnector.http.CallOutcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A job that this node has taken, from its lock to its end. */
final class Call {

  enum Phase {
    TAKEN,
    SENT,
    ANSWERED
  }

  final Job job;
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.TAKEN);
  private volatile @Nullable CompletableFuture<CallOutcome> exchange;

  Call(Job job) {
    this.job = job;
  }

  boolean is(Phase wanted) {
    return phase.get() == wanted;
  }

  /** Whether the caller may make this step; only one may. */
  boolean step(Phase from, Phase to) {
    return phase.compareAndSet(from, to);
  }

  void sent(CompletableFuture<CallOutcome> started) {
    exchange = started;
  }

  /** Its answer is written, or was dropped: what was parsed of it is held no more. */
  void release() {
    CompletableFuture<CallOutcome> started = exchange;
    if (started != null) {
      started.thenAccept(CallOutcome::release);
    }
  }

  /** Gives up the exchange; its answer would be of no use. */
  void abandon() {
    CompletableFuture<CallOutcome> started = exchange;
    if (started != null) {
      started.cancel(true);
    }
  }
}
