package io.restconnector.spi;

import java.time.Duration;

/**
 * The moment at which a call ends, whatever it is doing. It is set once, when the call starts, and
 * is the same for every attempt, redirect and token request of that call.
 *
 * @param nanoTime as of {@link System#nanoTime()}
 * @since 0.1
 */
public record Deadline(long nanoTime) {

  /** The deadline of a call that starts now. */
  public static Deadline after(Duration timeout) {
    return new Deadline(System.nanoTime() + timeout.toNanos());
  }

  /** The time that is left; at least one nanosecond, since clients read zero as no limit. */
  public Duration remaining() {
    return Duration.ofNanos(Math.max(1, nanoTime - System.nanoTime()));
  }
}
