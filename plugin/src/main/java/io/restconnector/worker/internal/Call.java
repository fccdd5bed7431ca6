package io.restconnector.worker.internal;

import io.restconnector.call.internal.OutputWriter;
import io.restconnector.spi.CallOutcome;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
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
  private final AtomicBoolean warned = new AtomicBoolean();
  private volatile @Nullable OutputWriter outputs;
  private volatile long lockedSince;

  /**
   * @param lockedSince when the statement began that set the lock, as of {@link System#nanoTime()}
   */
  Call(Job job, long lockedSince) {
    this.job = job;
    this.lockedSince = lockedSince;
  }

  boolean is(Phase wanted) {
    return phase.get() == wanted;
  }

  /** Whether the caller may make this step; only one may. */
  boolean step(Phase from, Phase to) {
    return phase.compareAndSet(from, to);
  }

  /** Its lock was extended by a statement that began then. */
  void lockedSince(long start) {
    lockedSince = start;
  }

  /**
   * Whether its lock was set or extended within these nanoseconds. The clock is one that goes on
   * while the process stands still, and that nobody sets.
   */
  boolean isLockedWithin(long nanos) {
    return System.nanoTime() - lockedSince < nanos;
  }

  /** Its inputs have been read, and what is to become of its outputs. */
  void read(OutputWriter writer) {
    outputs = writer;
  }

  /** What is to become of its outputs, once its inputs have been read. */
  OutputWriter outputs() {
    return Objects.requireNonNull(outputs);
  }

  /** Whether nobody has warned yet that its outputs do not suit the answer. */
  boolean isFirstWarning() {
    return warned.compareAndSet(false, true);
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
