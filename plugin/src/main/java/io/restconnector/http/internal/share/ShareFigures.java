package io.restconnector.http.internal.share;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** What has become of those that wanted a place in a share. Safe for use by many threads. */
public final class ShareFigures {

  /** What became of one of them. */
  public enum Kind {
    /** An attempt was given its place. */
    TAKEN,
    /** The timeout of a call passed while it waited for its place. */
    TIMED_OUT,
    /** A job was left untaken until there is a place for it. */
    LEFT
  }

  private final Map<Kind, LongAdder> counts = new ConcurrentHashMap<>();
  private volatile Supplier<Duration> queueAge = () -> Duration.ZERO;

  /** Counts one. */
  public void add(Kind kind) {
    counts.computeIfAbsent(kind, first -> new LongAdder()).increment();
  }

  /** How many there were since the start. */
  public long count(Kind kind) {
    LongAdder count = counts.get(kind);
    return count == null ? 0 : count.sum();
  }

  /** Whoever leaves jobs tells how old the oldest of them is. */
  public void queueAge(Supplier<Duration> age) {
    queueAge = age;
  }

  /** Age of the oldest job that was left untaken, zero where none waits. */
  public Duration queueAge() {
    return queueAge.get();
  }
}
