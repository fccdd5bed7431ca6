package io.restconnector.spring;

import io.restconnector.spi.RetrySettings;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Retries of REST calls.
 *
 * @param maxAttempts Attempts of a call that names no maxAttempts, the first included, 1 to 100.
 * @param backoff Upper limit of the random wait before the second attempt; it doubles for each
 *     further one.
 * @param maxBackoff Longest wait between two attempts, Retry-After included.
 */
record RetryProperties(
    @DefaultValue("1") int maxAttempts,
    @DefaultValue("500ms") Duration backoff,
    @DefaultValue("30s") Duration maxBackoff) {

  RetrySettings toSettings() {
    return new RetrySettings(maxAttempts, backoff, maxBackoff);
  }
}
