package io.restconnector.http.internal.resilience;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.restconnector.http.CircuitBreakerSettings;
import io.restconnector.spi.CallInterceptor;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The breakers by origin. The least recently used ones go first where there are too many. */
public final class CircuitBreakers implements CallInterceptor {

  static final int MAX_BREAKERS = 1000;

  private final CircuitBreakerConfig config;
  private final Duration maxHalfOpen;
  private final ScheduledExecutorService scheduler;
  private final Map<String, CircuitBreaker> byOrigin =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, CircuitBreaker> eldest) {
          return size() > MAX_BREAKERS;
        }
      };

  /**
   * Has no breaker yet.
   *
   * @param scheduler ends the half-open state of those whose trial calls hang; that of resilience4j
   *     would outlive the engine
   */
  public CircuitBreakers(CircuitBreakerSettings settings, ScheduledExecutorService scheduler) {
    config = settings.toConfig();
    maxHalfOpen = settings.maxWaitDurationInHalfOpenState();
    this.scheduler = scheduler;
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

  /**
   * How a call ends whose origin has an open circuit, null for any other. Takes no permission: the
   * call may have to wait before it is made.
   */
  @Nullable CallOutcome refusal(RestRequest request) {
    if (!request.circuitBreaker()) {
      return null;
    }
    CircuitBreaker breaker = of(request.origin());
    if (breaker.getState() != CircuitBreaker.State.OPEN) {
      return null;
    }
    if (!breaker.tryAcquirePermission()) {
      return new CallOutcome.CircuitOpen(breaker.getName());
    }
    breaker.releasePermission(); // it has been open for long enough
    return null;
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
    return byOrigin.computeIfAbsent(origin, this::create);
  }

  private CircuitBreaker create(String origin) {
    CircuitBreaker breaker = CircuitBreaker.of(origin, config);
    AtomicReference<@Nullable Future<?>> end = new AtomicReference<>();
    breaker
        .getEventPublisher()
        .onStateTransition(
            event -> {
              boolean halfOpen =
                  event.getStateTransition().getToState() == CircuitBreaker.State.HALF_OPEN;
              Future<?> before = end.getAndSet(halfOpen ? endOfHalfOpen(breaker) : null);
              if (before != null) {
                before.cancel(false);
              }
            });
    return breaker;
  }

  /** Trial calls that hang must not keep a healthy origin shut. */
  private @Nullable Future<?> endOfHalfOpen(CircuitBreaker breaker) {
    try {
      return scheduler.schedule(
          () -> {
            if (breaker.getState() == CircuitBreaker.State.HALF_OPEN) {
              breaker.transitionToOpenState();
            }
          },
          maxHalfOpen.toNanos(),
          TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closed) {
      return null;
    }
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
