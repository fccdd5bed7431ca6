package io.restconnector.worker.internal;

import io.restconnector.call.internal.OutputWriter;
import io.restconnector.call.internal.Polling;
import io.restconnector.http.internal.share.Place;
import io.restconnector.internal.Tracing;
import io.restconnector.spi.CallOutcome;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A job on this node, from its lock to its completion. */
final class InFlightJob {

  enum Phase {
    TAKEN,
    /** Not taken after all: its lock is being released. */
    LEFT,
    SENT,
    ANSWERED
  }

  final Job job;
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.TAKEN);
  private volatile @Nullable CompletableFuture<CallOutcome> exchange;
  private final AtomicBoolean warned = new AtomicBoolean();
  private volatile @Nullable OutputWriter outputs;
  private volatile boolean isParallel;
  private volatile @Nullable Polling polling;
  private volatile boolean sentOnce;
  private volatile long lockedSince;
  private volatile Tracing.@Nullable Span span;
  private volatile @Nullable String error;
  private volatile @Nullable Place place;

  /**
   * @param lockedSince when the statement began that set the lock, as of {@link System#nanoTime()}
   */
  InFlightJob(Job job, long lockedSince) {
    this.job = job;
    this.lockedSince = lockedSince;
  }

  boolean is(Phase wanted) {
    return phase.get() == wanted;
  }

  /** Makes this step and returns true; false where another caller made it. */
  boolean step(Phase from, Phase to) {
    return phase.compareAndSet(from, to);
  }

  /** A statement that began then has extended its lock. */
  void lockedSince(long start) {
    lockedSince = start;
  }

  /**
   * Whether its lock was set or extended within these nanoseconds. The clock is monotonic: nobody
   * sets it, and it runs while the process is suspended.
   */
  boolean isLockedWithin(long nanos) {
    return System.nanoTime() - lockedSince < nanos;
  }

  /** Starts its span where it has none. */
  void trace(Supplier<Tracing.Span> started) {
    if (span == null) {
      span = started.get();
    }
  }

  /** One that does nothing until {@link #trace}. */
  Tracing.Span span() {
    Tracing.Span started = span;
    return started == null ? Tracing.OFF_SPAN : started;
  }

  void failed(@Nullable String code) {
    error = code;
  }

  /** The code of its error, null for none. */
  @Nullable String error() {
    return error;
  }

  /** Its place in the share of its host, null for none. */
  @Nullable Place place() {
    return place;
  }

  void place(Place held) {
    place = held;
  }

  void releasePlace() {
    Place held = place;
    if (held != null) {
      place = null;
      held.release();
    }
  }

  /**
   * Its inputs have been read.
   *
   * @param writer writes its outputs
   * @param parallel whether it is part of a parallel multi-instance
   */
  void read(OutputWriter writer, boolean parallel) {
    outputs = writer;
    isParallel = parallel;
  }

  /** Whether nothing else may be done in the instance while its answer is written. */
  boolean locksInstance() {
    return job.exclusive() || isParallel;
  }

  /** Its answer may come later. */
  void polls(Polling state) {
    polling = state;
  }

  /** How far it has come where its answer may come later, else null. */
  @Nullable Polling polling() {
    return polling;
  }

  /** The service has taken its request: another try of the job would send that again. */
  void mustNotBeSentAgain() {
    sentOnce = true;
  }

  boolean mayBeSentAgain() {
    return !sentOnce;
  }

  /** Writes its outputs. For use once its inputs have been read. */
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

  /** Frees what was parsed: the answer is written, or was dropped. */
  void release() {
    CompletableFuture<CallOutcome> started = exchange;
    if (started != null) {
      started.thenAccept(CallOutcome::release);
    }
  }

  /** Cancels the exchange. */
  void abandon() {
    CompletableFuture<CallOutcome> started = exchange;
    if (started != null) {
      started.cancel(true);
    }
  }
}
