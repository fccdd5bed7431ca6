package io.restconnector.webhook.internal.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.webhook.internal.trust.HmacForm.UnfitClaimException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampTest {

  private static final Instant SIGNED = Instant.ofEpochSecond(1_700_000_000);

  @ParameterizedTest
  @CsvSource({
    "S, 1700000000, 2023-11-14T22:13:20Z",
    "MS, 1700000000123, 2023-11-14T22:13:20.123Z",
    "S, 0, 1970-01-01T00:00:00Z",
    "S, 999999999999, +33658-09-27T01:46:39Z",
  })
  void whenItIsANumberThenItCountsInItsUnit(Timestamp.Unit unit, String text, Instant expected)
      throws UnfitClaimException {
    assertThat(Timestamp.parse(text, unit).signedAt()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " 1", "-1", "+1", "1.5", "1e9", "٣", "1000000000000"})
  void whenItIsNoNumberOfSecondsThenItIsRefused(String text) {
    assertThatThrownBy(() -> Timestamp.parse(text, Timestamp.Unit.S))
        .isInstanceOf(UnfitClaimException.class)
        .hasMessage("the timestamp is no number of seconds");
  }

  @ParameterizedTest
  @ValueSource(longs = {-300_000, -1, 0, 300_000})
  void whenItIsWithinFiveMinutesThenItIsInTime(long millis) {
    assertThatCode(() -> new Timestamp(SIGNED).check(SIGNED.plusMillis(millis)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({"PT5M0.001S, 301 s old", "PT-5M-0.001S, 301 s ahead", "PT1H, 3600 s old"})
  void whenItIsFurtherAwayThenTheReasonTellsHowFar(Duration age, String said) {
    assertThatThrownBy(() -> new Timestamp(SIGNED).check(SIGNED.plus(age)))
        .hasMessage("the timestamp is " + said + ", and 300 s are tolerated");
  }
}
