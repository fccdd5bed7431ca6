package io.restconnector.webhook.internal.trust;

import io.restconnector.webhook.internal.request.Params;
import io.restconnector.webhook.internal.request.RefusedException;
import io.restconnector.webhook.internal.request.WebhookRequest;
import io.restconnector.webhook.internal.trigger.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets one request through to the triggers that trust its sender. One that does not is no longer
 * there for this request, whatever the others on its path do.
 */
public final class Gate {

  private final WebhookRequest request;
  private final Map<String, Object> headers;
  private final Secrets secrets;
  private final Instant now;
  private Duration retryAfter = Duration.ZERO;

  public Gate(WebhookRequest request, Map<String, Object> headers, Secrets secrets, Instant now) {
    this.request = request;
    this.headers = headers;
    this.secrets = secrets;
    this.now = now;
  }

  /**
   * Credentials and rates, which take no body.
   *
   * @param triggers at least one
   * @return at least one
   */
  public List<Trigger> beforeBody(List<Trigger> triggers) throws RefusedException {
    return orRefused(
        triggers.stream()
            .filter(trigger -> isAuthenticated(trigger.trust().authentication()))
            .filter(this::isWithinRate)
            .toList());
  }

  /**
   * Signatures, over the body as it came.
   *
   * @param triggers at least one
   * @return at least one
   */
  public List<Trigger> afterBody(List<Trigger> triggers, byte[] body) throws RefusedException {
    return orRefused(
        triggers.stream().filter(trigger -> isSigned(trigger.trust().signature(), body)).toList());
  }

  /** What a limited trigger might have taken must not look as if nobody wanted it. */
  public void refuseIfLimited() throws RefusedException {
    if (!retryAfter.isZero()) {
      throw RefusedException.tooManyRequests(retryAfter);
    }
  }

  public boolean isForHeaders(Trigger trigger) {
    return Params.containAll(headers, trigger.headers());
  }

  private boolean isAuthenticated(@Nullable Authentication authentication) {
    return authentication == null || authentication.isValid(request, secrets);
  }

  /** A request that the trigger does not want by its headers does not count. */
  private boolean isWithinRate(Trigger trigger) {
    RateLimit limit = trigger.trust().rateLimit();
    if (limit == null || !isForHeaders(trigger)) {
      return true;
    }
    Duration wait = limit.acquire();
    if (!wait.isZero() && (retryAfter.isZero() || wait.compareTo(retryAfter) > 0)) {
      retryAfter = wait;
    }
    return wait.isZero();
  }

  private boolean isSigned(@Nullable Signature signature, byte[] body) {
    return signature == null || signature.isValid(request, body, secrets, now);
  }

  private List<Trigger> orRefused(List<Trigger> triggers) throws RefusedException {
    if (triggers.isEmpty()) {
      refuseIfLimited();
      throw RefusedException.unauthorized();
    }
    return triggers;
  }
}
