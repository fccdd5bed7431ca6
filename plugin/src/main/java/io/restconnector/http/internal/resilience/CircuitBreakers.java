package io.restconnector.http.internal.resilience;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.restconnector.http.CircuitBreakerSettings;
import io.restconnector.spi.CallInterceptor;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The breakers by origin. The least recently used ones go first where there are too many. */
public final class CircuitBreakers implements CallInterceptor {

  static final int MAX_BREAKERS = 1000;

  private final CircuitBreakerConfig config;
  private final Map<String, CircuitBreaker> byOrigin =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, CircuitBreaker> eldest) {
          return size() > MAX_BREAKERS;
        }
      };

  public CircuitBreakers(CircuitBreakerSettings settings) {
    config = settings.toConfig();
  }

  /** Makes an attempt where the circuit of the origin is not open, and records how it ended. */
  @Override
  public CompletableFuture<CallOutcome> intercept(Chain chain) {
    RestRequest request = chain.request();
    if (!request.circuitBreaker()) {
      return chain.proceed(request);
    }
    CircuitBreaker breaker = of(request.origin());
    if (!breaker.tryAcquirePermission()) {
      return CompletableFuture.completedFuture(new CallOutcome.CircuitOpen(breaker.getName()));
    }
    long start = breaker.getCurrentTimestamp();
    CompletableFuture<CallOutcome> result;
    try {
      result = chain.proceed(request);
    } catch (RuntimeException | Error unusable) {
      breaker.releasePermission();
      throw unusable;
    }
    // The breaker knows of the outcome before the caller does.
    CompletableFuture<CallOutcome> recorded = new CompletableFuture<>();
    result.whenComplete(
        (outcome, cancelled) -> {
          try {
            record(breaker, start, outcome);
          } finally {
            if (outcome != null) {
              recorded.complete(outcome);
            }
          }
        });
    recorded.whenComplete((outcome, cancelled) -> result.cancel(false));
    return recorded;
  }

  private static void record(CircuitBreaker breaker, long start, @Nullable CallOutcome outcome) {
    if (outcome == null || outcome.isOfThisNode()) {
      breaker.releasePermission();
    } else {
      long duration = breaker.getCurrentTimestamp() - start;
      breaker.onResult(duration, breaker.getTimestampUnit(), outcome);
    }
  }

  public synchronized CircuitBreaker of(String origin) {
    return byOrigin.computeIfAbsent(origin, name -> CircuitBreaker.of(name, config));
  }

  /** State by origin. */
  public synchronized Map<String, String> states() {
    Map<String, String> states = new LinkedHashMap<>();
    byOrigin.forEach((origin, breaker) -> states.put(origin, breaker.getState().name()));
    return states;
  }

  synchronized int size() {
    return byOrigin.size();
  }
}
