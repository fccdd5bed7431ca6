package io.restconnector.http.internal.resilience;

import io.restconnector.spi.CallOutcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.apache.hc.client5.http.utils.DateUtils;
import org.jspecify.annotations.Nullable;

/** The time for which a server wants no more requests (RFC 9110 §10.2.3). */
public final class RetryAfter {

  /** HttpClient's own ASCTIME formatter parses no date. */
  private static final DateTimeFormatter ASCTIME =
      DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

  private RetryAfter() {}

  /** Seconds or a date, which may have passed; null where the response has neither. */
  public static @Nullable Duration of(CallOutcome.Response response, Clock clock) {
    String value = response.header("Retry-After");
    if (value == null) {
      return null;
    }
    if (value.matches("\\d+")) {
      return value.matches("0*\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(value)) : FOREVER;
    }
    Instant date =
        DateUtils.parseDate(
            value, DateUtils.FORMATTER_RFC1123, DateUtils.FORMATTER_RFC1036, ASCTIME);
    return date == null ? null : Duration.between(clock.instant(), date);
  }
}
