package io.restconnector.webhook.internal.trust;

import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.internal.AtomicRateLimiter;
import java.time.Duration;
import java.util.function.LongSupplier;

/** How many requests a trigger takes in a period, on this node. */
public final class RateLimit {

  // The only limiter that tells how long to wait, and so not behind its interface.
  private final AtomicRateLimiter limiter;

  RateLimit(int limit, Duration period) {
    this(limit, period, System::nanoTime);
  }

  RateLimit(int limit, Duration period, LongSupplier nanoTime) {
    RateLimiterConfig config =
        RateLimiterConfig.custom()
            .limitForPeriod(limit)
            .limitRefreshPeriod(period)
            .timeoutDuration(Duration.ZERO)
            .build();
    limiter = new AtomicRateLimiter("webhook", config, nanoTime::getAsLong);
  }

  /** Zero when the request is within the limit, else how long to wait for the next one. */
  public Duration acquire() {
    return limiter.acquirePermission()
        ? Duration.ZERO
        : Duration.ofNanos(Math.max(1, limiter.getDetailedMetrics().getNanosToWait()));
  }

  /** As {@link #acquire}, for a request that does not count. */
  public Duration look() {
    return limiter.getMetrics().getAvailablePermissions() > 0
        ? Duration.ZERO
        : Duration.ofNanos(Math.max(1, limiter.getDetailedMetrics().getNanosToWait()));
  }
}
