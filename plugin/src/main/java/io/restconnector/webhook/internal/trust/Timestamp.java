package io.restconnector.webhook.internal.trust;

import io.restconnector.webhook.internal.trust.HmacForm.UnfitClaimException;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/** When a request was signed, as its sender claims. */
record Timestamp(Instant signedAt) {

  private static final Duration TOLERANCE = Duration.ofMinutes(5);
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");
  private static final Pattern MILLISECONDS = Pattern.compile("[0-9]{1,15}");

  /** The units in which senders count since 1970. */
  enum Unit {
    S,
    MS
  }

  static Timestamp parse(String text, Unit unit) throws UnfitClaimException {
    boolean isSeconds = unit == Unit.S;
    if (!(isSeconds ? SECONDS : MILLISECONDS).matcher(text).matches()) {
      throw new UnfitClaimException(
          "the timestamp is no number of " + (isSeconds ? "seconds" : "milliseconds"));
    }
    long number = Long.parseLong(text);
    return new Timestamp(isSeconds ? Instant.ofEpochSecond(number) : Instant.ofEpochMilli(number));
  }

  /** Whether the request came in time, in either direction: clocks differ. */
  void check(Instant receivedAt) throws UnfitClaimException {
    Duration age = Duration.between(signedAt, receivedAt);
    if (age.abs().compareTo(TOLERANCE) > 0) {
      throw new UnfitClaimException(
          "the timestamp is %d s %s, and %d s are tolerated"
              .formatted(
                  Math.max(age.abs().toSeconds(), TOLERANCE.toSeconds() + 1),
                  age.isNegative() ? "ahead" : "old",
                  TOLERANCE.toSeconds()));
    }
  }
}
