package io.restconnector.spring;

import io.restconnector.http.CircuitBreakerSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Circuit breakers of the REST connector, one per origin.
 *
 * @param failureRateThreshold Percentage of failures that opens the circuit.
 * @param minimumNumberOfCalls Calls before a rate is computed.
 * @param slidingWindowSize Calls that a rate is computed over.
 * @param waitDurationInOpenState Time before calls are tried again.
 * @param permittedNumberOfCallsInHalfOpenState Calls that decide whether the circuit closes.
 * @param slowCallDurationThreshold Duration from which on a call is slow. Off by default.
 * @param slowCallRateThreshold Percentage of slow calls that opens the circuit. Off by default.
 * @param maxWaitDurationInHalfOpenState Time for the calls that decide, after which the circuit
 *     opens again. By default the wait-duration-in-open-state.
 */
record CircuitBreakerProperties(
    @DefaultValue("50") float failureRateThreshold,
    @DefaultValue("10") int minimumNumberOfCalls,
    @DefaultValue("100") int slidingWindowSize,
    @DefaultValue("30s") Duration waitDurationInOpenState,
    @DefaultValue("5") int permittedNumberOfCallsInHalfOpenState,
    @Nullable Duration slowCallDurationThreshold,
    @Nullable Float slowCallRateThreshold,
    @Nullable Duration maxWaitDurationInHalfOpenState) {

  @SuppressWarnings("NullAway") // null stands for the default
  CircuitBreakerSettings toSettings() {
    return new CircuitBreakerSettings(
        failureRateThreshold,
        minimumNumberOfCalls,
        slidingWindowSize,
        waitDurationInOpenState,
        permittedNumberOfCallsInHalfOpenState,
        slowCallDurationThreshold,
        slowCallRateThreshold,
        maxWaitDurationInHalfOpenState);
  }
}
