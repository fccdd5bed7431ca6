package io.restconnector.http.internal.resilience;

import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import io.restconnector.spi.RetrySettings;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Which call is tried again, and after what wait.
 *
 * @param random uniform in [0, 1)
 */
public record RetryRules(Clock clock, DoubleSupplier random) {

  private static final Set<Integer> TRANSIENT_STATUSES = Set.of(429, 502, 503, 504);

  /** With the system's clock and jitter. */
  public static RetryRules ofThisMachine() {
    return new RetryRules(Clock.systemUTC(), () -> ThreadLocalRandom.current().nextDouble());
  }

  /** The wait before the next attempt, null for no further attempt. */
  @Nullable Duration waitAfter(CallOutcome outcome, int attempt, RestRequest request) {
    RetrySettings settings = request.retry();
    // Without an access token the request itself was not sent, or it was refused.
    boolean isOfToken = outcome instanceof CallOutcome.TokenUnavailable;
    CallOutcome decisive =
        outcome instanceof CallOutcome.TokenUnavailable none ? none.outcome() : outcome;
    if (attempt >= settings.maxAttempts()
        || !(isOfToken || isIdempotent(request))
        || !isTransient(decisive)) {
      return null;
    }
    Duration wait = jittered(settings, attempt);
    Duration wanted =
        decisive instanceof CallOutcome.Response response ? RetryAfter.of(response, clock) : null;
    if (wanted == null) {
      return wait;
    }
    if (wanted.compareTo(settings.maxBackoff()) > 0) {
      return null;
    }
    return wanted.compareTo(wait) > 0 ? wanted : wait;
  }

  private static boolean isIdempotent(RestRequest request) {
    return request.hasIdempotentMethod()
        || request.headers().stream()
            .anyMatch(
                header ->
                    header.getName().equalsIgnoreCase("Idempotency-Key")
                        && !header.getValue().isBlank());
  }

  private static boolean isTransient(CallOutcome outcome) {
    return outcome instanceof CallOutcome.ConnectionFailed
        || (outcome instanceof CallOutcome.Response response
            && TRANSIENT_STATUSES.contains(response.status()));
  }

  /** Exponential with full jitter: callers that failed together do not come back together. */
  private Duration jittered(RetrySettings settings, int attempt) {
    double limit =
        Math.min(
            (double) settings.maxBackoff().toNanos(),
            (double) settings.backoff().toNanos() * Math.pow(2, attempt - 1));
    return Duration.ofNanos((long) (limit * random.getAsDouble()));
  }
}
