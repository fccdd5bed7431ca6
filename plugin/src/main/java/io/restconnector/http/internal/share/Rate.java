package io.restconnector.http.internal.share;

import java.util.concurrent.TimeUnit;

/**
 * Calls at even intervals: the generic cell rate algorithm (ITU-T I.371) without a burst. All times
 * are nanoseconds since the same start.
 */
final class Rate {

  /** Timers and nodes are late: what calls have lost by that, the next ones make up for. */
  private static final long CATCH_UP = TimeUnit.MILLISECONDS.toNanos(250);

  private final long interval;
  private long next;

  Rate(double perSecond) {
    interval = Math.max(1, Math.round(TimeUnit.SECONDS.toNanos(1) / perSecond));
  }

  /** When the next call may begin. */
  long next() {
    return next;
  }

  /** When the call after that many others may begin, as none has begun by now. */
  long after(int calls, long now) {
    return Math.max(next, now) + calls * interval;
  }

  /** How many calls may begin from now on until then. */
  int until(long time, long now) {
    long first = Math.max(next, now);
    return time < first ? 0 : (int) Math.min(Integer.MAX_VALUE, (time - first) / interval + 1);
  }

  /**
   * A call begins.
   *
   * @param since when its place was asked for: time lost after that is made up for
   */
  void take(long now, long since) {
    next = Math.max(next, Math.max(since, now - CATCH_UP)) + interval;
  }

  /** No call begins before. */
  void stop(long until) {
    next = Math.max(next, until);
  }
}
