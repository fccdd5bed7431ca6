package io.restconnector;

import io.restconnector.worker.internal.RestWorker;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The worker of an engine: starts when both the engine and the application are ready. */
final class EngineWorker {

  private @Nullable Supplier<RestWorker> next;
  private volatile @Nullable RestWorker current;
  private boolean waits;

  /** The worker does not start before {@link #start}. */
  synchronized void letWait() {
    waits = true;
  }

  synchronized void engineBuilt(Supplier<RestWorker> workers) {
    next = workers;
    if (!waits) {
      start();
    }
  }

  /** Starts one now, or as soon as the engine is built. One that was started before is closed. */
  synchronized void start() {
    waits = false;
    if (next != null) {
      closeCurrent();
      RestWorker started = next.get();
      current = started;
      started.start();
    }
  }

  /** For a log. */
  synchronized String state() {
    RestWorker started = current;
    return started == null
        ? waits ? "waits for the application" : "none"
        : started.status().takesJobs() ? "on" : "off";
  }

  /** Null as long as none was started. */
  @Nullable RestWorker current() {
    return current;
  }

  /** For good. */
  void close() {
    synchronized (this) {
      next = null;
    }
    closeCurrent();
  }

  private void closeCurrent() {
    RestWorker taking = current;
    if (taking != null) {
      taking.close();
    }
  }
}
