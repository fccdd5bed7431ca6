package io.restconnector.http;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.util.LinkedHashMap;
import java.util.Map;

/** The breakers by origin. The least recently used ones go first where there are too many. */
final class CircuitBreakers {

  static final int MAX_BREAKERS = 1000;

  private final CircuitBreakerConfig config;
  private final Map<String, CircuitBreaker> byOrigin =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, CircuitBreaker> eldest) {
          return size() > MAX_BREAKERS;
        }
      };

  CircuitBreakers(CircuitBreakerSettings settings) {
    config = settings.toConfig();
  }

  synchronized CircuitBreaker of(String origin) {
    return byOrigin.computeIfAbsent(origin, name -> CircuitBreaker.of(name, config));
  }

  /** State by origin. */
  synchronized Map<String, String> states() {
    Map<String, String> states = new LinkedHashMap<>();
    byOrigin.forEach((origin, breaker) -> states.put(origin, breaker.getState().name()));
    return states;
  }

  synchronized int size() {
    return byOrigin.size();
  }
}
