package io.restconnector.webhook;

import java.time.Duration;
import java.util.Map;

/** The request is not what it must be; the message is for the sender. */
final class RefusedException extends Exception {

  private final int status;
  private final long retryAfterSeconds;

  RefusedException(int status, String detail) {
    this(status, detail, 0);
  }

  private RefusedException(int status, String detail, long retryAfterSeconds) {
    super(detail, null, false, false);
    this.status = status;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  static RefusedException badRequest(String detail) {
    return new RefusedException(400, detail);
  }

  /** The same for all reasons: which it is helps those alone who try to get in. */
  static RefusedException unauthorized() {
    return new RefusedException(401, "The sender of this request is not known.");
  }

  static RefusedException tooManyRequests(Duration retryAfter) {
    long seconds = retryAfter.plusMillis(999).toSeconds();
    return new RefusedException(
        429, "More requests than this trigger takes in a time.", Math.max(1, seconds));
  }

  WebhookResponse response() {
    Map<String, String> headers =
        switch (status) {
          // RFC 9110 §15.5.2 demands one, and no registered scheme stands for signatures.
          case 401 -> Map.of("WWW-Authenticate", "Webhook");
          case 429 -> Map.of("Retry-After", Long.toString(retryAfterSeconds));
          default -> Map.of();
        };
    return WebhookResponse.problem(status, String.valueOf(getMessage()), headers);
  }
}
