package io.restconnector.spi;

import java.time.Duration;

/**
 * How often, and after what waits, a call is tried again. A null component stands for its default.
 *
 * @param maxAttempts of one call, the first included, 1 to 100; default 1, which is no retry
 * @param backoff upper limit of the random wait before the second attempt, doubled before each
 *     further one; 0 to 24 h, default 500 ms
 * @param maxBackoff longest wait between two attempts; a server that asks for a longer one with
 *     {@code Retry-After} is not called again; 0 to 24 h, default 30 s
 */
public record RetrySettings(Integer maxAttempts, Duration backoff, Duration maxBackoff) {

  /** Most attempts of one call. */
  public static final int MAX_ATTEMPTS = 100;

  private static final Duration MAX_WAIT = Duration.ofDays(1);

  public RetrySettings {
    maxAttempts = maxAttempts == null ? Integer.valueOf(1) : maxAttempts;
    backoff = backoff == null ? Duration.ofMillis(500) : backoff;
    maxBackoff = maxBackoff == null ? Duration.ofSeconds(30) : maxBackoff;
    if (maxAttempts < 1 || maxAttempts > MAX_ATTEMPTS) {
      throw new IllegalArgumentException(
          "retry.max-attempts is out of range, wanted 1 to " + MAX_ATTEMPTS);
    }
    requireWait("backoff", backoff);
    requireWait("max-backoff", maxBackoff);
  }

  private static void requireWait(String setting, Duration wait) {
    if (wait.isNegative() || wait.compareTo(MAX_WAIT) > 0) {
      throw new IllegalArgumentException(
          "retry.%s is out of range, wanted 0 to 24 h".formatted(setting));
    }
  }

  /** Every setting at its default: no retries. */
  @SuppressWarnings("NullAway") // null stands for the default
  public static RetrySettings defaults() {
    return new RetrySettings(null, null, null);
  }

  public RetrySettings withMaxAttempts(int value) {
    return new RetrySettings(value, backoff, maxBackoff);
  }

  public RetrySettings withBackoff(Duration value) {
    return new RetrySettings(maxAttempts, value, maxBackoff);
  }

  public RetrySettings withMaxBackoff(Duration value) {
    return new RetrySettings(maxAttempts, backoff, value);
  }
}
