package io.restconnector.http;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.restconnector.spi.CallOutcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the circuit breakers, one per origin, with resilience4j's names and meanings. A null
 * component stands for its default.
 *
 * @param failureRateThreshold percentage of failures that opens the circuit; default 50
 * @param minimumNumberOfCalls before a rate is computed; default 10
 * @param slidingWindowSize number of calls that a rate is computed over; default 100
 * @param waitDurationInOpenState before calls are tried again; default 30 s
 * @param permittedNumberOfCallsInHalfOpenState that decide whether the circuit closes; default 5
 * @param slowCallDurationThreshold from which on a call is slow; off by default
 * @param slowCallRateThreshold percentage of slow calls that opens the circuit; off by default
 * @param maxWaitDurationInHalfOpenState for the calls that decide, after which the circuit opens
 *     again; default the {@code waitDurationInOpenState}
 */
public record CircuitBreakerSettings(
    Float failureRateThreshold,
    Integer minimumNumberOfCalls,
    Integer slidingWindowSize,
    Duration waitDurationInOpenState,
    Integer permittedNumberOfCallsInHalfOpenState,
    @Nullable Duration slowCallDurationThreshold,
    @Nullable Float slowCallRateThreshold,
    Duration maxWaitDurationInHalfOpenState) {

  public CircuitBreakerSettings {
    failureRateThreshold = failureRateThreshold == null ? Float.valueOf(50) : failureRateThreshold;
    minimumNumberOfCalls =
        minimumNumberOfCalls == null ? Integer.valueOf(10) : minimumNumberOfCalls;
    slidingWindowSize = slidingWindowSize == null ? Integer.valueOf(100) : slidingWindowSize;
    waitDurationInOpenState =
        waitDurationInOpenState == null ? Duration.ofSeconds(30) : waitDurationInOpenState;
    permittedNumberOfCallsInHalfOpenState =
        permittedNumberOfCallsInHalfOpenState == null
            ? Integer.valueOf(5)
            : permittedNumberOfCallsInHalfOpenState;
    if (maxWaitDurationInHalfOpenState != null && maxWaitDurationInHalfOpenState.toMillis() < 1) {
      throw new IllegalArgumentException(
          "circuit-breaker.max-wait-duration-in-half-open-state is out of range, wanted 1 ms or more");
    }
    maxWaitDurationInHalfOpenState =
        maxWaitDurationInHalfOpenState == null
            ? waitDurationInOpenState
            : maxWaitDurationInHalfOpenState;
  }

  /** With the default bound of the half-open state. */
  @SuppressWarnings("NullAway") // null stands for the default
  public CircuitBreakerSettings(
      Float failureRateThreshold,
      Integer minimumNumberOfCalls,
      Integer slidingWindowSize,
      Duration waitDurationInOpenState,
      Integer permittedNumberOfCallsInHalfOpenState,
      @Nullable Duration slowCallDurationThreshold,
      @Nullable Float slowCallRateThreshold) {
    this(
        failureRateThreshold,
        minimumNumberOfCalls,
        slidingWindowSize,
        waitDurationInOpenState,
        permittedNumberOfCallsInHalfOpenState,
        slowCallDurationThreshold,
        slowCallRateThreshold,
        null);
  }

  /** Every setting at its default. */
  @SuppressWarnings("NullAway") // null stands for the default
  public static CircuitBreakerSettings defaults() {
    return new CircuitBreakerSettings(null, null, null, null, null, null, null, null);
  }

  /** As resilience4j takes them. Values out of its ranges raise its IllegalArgumentException. */
  public CircuitBreakerConfig toConfig() {
    CircuitBreakerConfig.Builder config =
        CircuitBreakerConfig.custom()
            .failureRateThreshold(failureRateThreshold)
            .slidingWindowSize(slidingWindowSize)
            .minimumNumberOfCalls(minimumNumberOfCalls)
            .waitDurationInOpenState(waitDurationInOpenState)
            .permittedNumberOfCallsInHalfOpenState(permittedNumberOfCallsInHalfOpenState)
            .recordResult(
                result -> result instanceof CallOutcome outcome && outcome.isOriginFailure());
    if (slowCallDurationThreshold != null) {
      config.slowCallDurationThreshold(slowCallDurationThreshold);
    }
    if (slowCallRateThreshold != null) {
      config.slowCallRateThreshold(slowCallRateThreshold);
    }
    return config.build();
  }
}
