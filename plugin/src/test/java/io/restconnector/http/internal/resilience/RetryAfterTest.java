package io.restconnector.http.internal.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.spi.CallOutcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.hc.core5.http.message.BasicHeader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Seconds, the three forms of a date (RFC 9110 §5.6.7), and neither. */
class RetryAfterTest {

  private static final Clock NOW =
      Clock.fixed(Instant.parse("2026-11-06T08:49:07Z"), ZoneOffset.UTC);

  @ParameterizedTest
  @CsvSource({
    "0, PT0S",
    "7, PT7S",
    "007, PT7S",
    "00000000000000000000007, PT7S",
    "999999999, PT999999999S",
    "1000000000, PT9223372036854775807S",
    "99999999999999999999, PT9223372036854775807S",
    "'Fri, 06 Nov 2026 08:49:37 GMT', PT30S",
    "'Friday, 06-Nov-26 08:49:37 GMT', PT30S",
    "Fri Nov  6 08:49:37 2026, PT30S",
    "Mon Nov 16 08:49:07 2026, PT240H",
    "'Fri, 06 Nov 2026 08:49:00 GMT', PT-7S",
    "-1, ",
    "+1, ",
    "1.5, ",
    "'1, 2', ",
    "soon, ",
    "'', ",
  })
  void whenAServerNamesATimeThenThatIsTheWait(String value, @Nullable Duration wait) {
    assertThat(RetryAfter.of(response("retry-after", value), NOW)).isEqualTo(wait);
  }

  @Test
  void whenAServerNamesNoneThenThereIsNone() {
    assertThat(RetryAfter.of(response("Age", "7"), NOW)).isNull();
  }

  private static CallOutcome.Response response(String name, String value) {
    return new CallOutcome.Response(503, List.of(new BasicHeader(name, value)), new byte[0], 0);
  }
}
