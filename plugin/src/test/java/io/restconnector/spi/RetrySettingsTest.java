package io.restconnector.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Defaults and ranges. */
class RetrySettingsTest {

  @Test
  void whenNothingIsGivenThenNothingIsRetried() {
    assertThat(RetrySettings.defaults())
        .isEqualTo(new RetrySettings(1, Duration.ofMillis(500), Duration.ofSeconds(30)));
  }

  @ParameterizedTest
  @CsvSource({
    "0, PT1S, PT1S, max-attempts",
    "101, PT1S, PT1S, max-attempts",
    "2, PT-1S, PT1S, .backoff",
    "2, PT24H0.001S, PT1S, .backoff",
    "2, PT1S, PT-1S, max-backoff",
    "2, PT1S, PT25H, max-backoff"
  })
  void whenASettingIsOutOfRangeThenItIsNamed(
      int attempts, Duration backoff, Duration maxBackoff, String setting) {
    assertThatThrownBy(() -> new RetrySettings(attempts, backoff, maxBackoff))
        .hasMessageContaining(setting + " is out of range");
  }

  @Test
  void whenASettingIsAtItsLimitThenItIsTaken() {
    RetrySettings widest = new RetrySettings(100, Duration.ZERO, Duration.ofDays(1));
    assertThat(RetrySettings.defaults().withMaxAttempts(100).withBackoff(Duration.ZERO))
        .isEqualTo(widest.withMaxBackoff(Duration.ofSeconds(30)));
  }
}
