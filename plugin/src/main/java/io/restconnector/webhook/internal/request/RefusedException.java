package io.restconnector.webhook.internal.request;

import io.restconnector.spi.WebhookOutcome.Kind;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The request is not what it must be; the message is for the sender. */
public final class RefusedException extends Exception {

  private final transient WebhookResponse response;

  private RefusedException(Kind kind, int status, String detail, Map<String, String> headers) {
    super(detail, null, false, false);
    response = WebhookResponse.problem(kind, status, detail, headers);
  }

  public static RefusedException badRequest(String detail) {
    return new RefusedException(Kind.BAD_REQUEST, 400, detail, Map.of());
  }

  /**
   * The same for all reasons: which it is helps those alone who try to get in.
   *
   * @param isBasic whether a trigger of the path takes basic credentials
   */
  public static RefusedException unauthorized(boolean isBasic) {
    // RFC 9110 §15.5.2 demands a challenge, and no registered scheme stands for signatures.
    String challenge = isBasic ? "Basic realm=\"webhooks\"" : "Webhook";
    return new RefusedException(
        Kind.UNAUTHORIZED,
        401,
        "The sender of this request is not known.",
        Map.of("WWW-Authenticate", challenge));
  }

  public static RefusedException tooLarge(long limit) {
    return new RefusedException(
        Kind.TOO_LARGE, 413, "The body is larger than " + limit + " bytes.", Map.of());
  }

  static RefusedException unsupportedCoding() {
    return new RefusedException(
        Kind.BAD_REQUEST,
        415,
        "The body has a Content-Encoding that is not supported; gzip and deflate are.",
        Map.of("Accept-Encoding", "gzip, deflate"));
  }

  /** The one by which a function refused the request while an expression was evaluated. */
  public static @Nullable RefusedException causeOf(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RefusedException refused) {
        return refused;
      }
    }
    return null;
  }

  /** For a body that the container could not read. */
  public static RefusedException unread(Throwable failure) {
    return failure instanceof SocketTimeoutException || failure instanceof TimeoutException
        ? timedOut()
        : badRequest("The body is cut short or badly framed.");
  }

  public static RefusedException timedOut() {
    return new RefusedException(Kind.TIMED_OUT, 408, "The body did not arrive in time.", Map.of());
  }

  /** For want of something that may be there when the sender tries again. */
  public static RefusedException unavailable(String detail) {
    return new RefusedException(Kind.UNAVAILABLE, 503, detail, Map.of("Retry-After", "1"));
  }

  public static RefusedException lostRace() {
    return new RefusedException(
        Kind.LOST_RACE,
        503,
        "Other requests changed the same data; try again.",
        Map.of("Retry-After", "1"));
  }

  public static RefusedException busy() {
    return unavailable("Too many large requests at the same time; try again.");
  }

  public static RefusedException tooManyRequests(Duration retryAfter) {
    long seconds = Math.max(1, retryAfter.plusMillis(999).toSeconds());
    return new RefusedException(
        Kind.TOO_MANY_REQUESTS,
        429,
        "More requests than this trigger takes in a time.",
        Map.of("Retry-After", Long.toString(seconds)));
  }

  public WebhookResponse response() {
    return response;
  }
}
