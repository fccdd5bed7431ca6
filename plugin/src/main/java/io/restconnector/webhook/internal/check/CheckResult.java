package io.restconnector.webhook.internal.check;

import io.restconnector.spi.SignatureScheme;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one check of a trigger makes of a request. */
sealed interface CheckResult {

  GoesOn GOES_ON = new GoesOn(null);

  /**
   * The request goes on to the next check.
   *
   * @param deliveryId what the sender calls this delivery, null where the check does not know
   */
  record GoesOn(@Nullable String deliveryId) implements CheckResult {}

  /**
   * The request is not for this trigger.
   *
   * @param reason for operators; neither a secret nor a value of the request
   * @param retryAfter when it may be, zero for never
   */
  record Refused(String reason, Duration retryAfter) implements CheckResult {
    Refused(String reason) {
      this(reason, Duration.ZERO);
    }
  }

  static CheckResult of(SignatureScheme.Verdict verdict) {
    if (verdict instanceof SignatureScheme.Invalid invalid) {
      return new Refused(invalid.reason());
    }
    return new GoesOn(((SignatureScheme.Valid) verdict).deliveryId());
  }
}
