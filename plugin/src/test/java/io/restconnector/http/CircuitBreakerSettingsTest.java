package io.restconnector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.restconnector.spi.CallOutcome;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Defaults, and what resilience4j is given. */
class CircuitBreakerSettingsTest {

  private static CircuitBreakerSettings settings(Duration waitInOpen, Duration maxHalfOpen) {
    return new CircuitBreakerSettings(20f, 3, 7, waitInOpen, 2, null, null, maxHalfOpen);
  }

  @Test
  void whenNothingIsGivenThenTheDefaultsAreThoseOfTheDocumentation() {
    assertThat(CircuitBreakerSettings.defaults())
        .isEqualTo(
            new CircuitBreakerSettings(
                50f, 10, 100, Duration.ofSeconds(30), 5, null, null, Duration.ofSeconds(30)));
  }

  @Test
  @SuppressWarnings("NullAway") // null stands for the default
  void whenTheHalfOpenStateHasNoBoundThenItIsThatOfTheOpenState() {
    Duration wait = Duration.ofSeconds(3);
    assertThat(settings(wait, null).maxWaitDurationInHalfOpenState()).isEqualTo(wait);
    assertThat(settings(wait, Duration.ofMillis(1)).maxWaitDurationInHalfOpenState())
        .isEqualTo(Duration.ofMillis(1));
    assertThat(new CircuitBreakerSettings(null, null, null, wait, null, null, null))
        .extracting(CircuitBreakerSettings::maxWaitDurationInHalfOpenState)
        .isEqualTo(wait);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT0.0009S"})
  void whenTheBoundOfTheHalfOpenStateIsOutOfRangeThenItIsNamed(Duration bound) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(Duration.ofSeconds(1), bound))
        .withMessageContaining("max-wait-duration-in-half-open-state is out of range");
  }

  @Test
  void whenSettingsAreGivenThenABreakerHasThem() {
    CircuitBreakerConfig config =
        new CircuitBreakerSettings(20f, 3, 7, Duration.ofSeconds(9), 2, Duration.ofSeconds(4), 60f)
            .toConfig();

    assertThat(config.getFailureRateThreshold()).isEqualTo(20f);
    assertThat(config.getMinimumNumberOfCalls()).isEqualTo(3);
    assertThat(config.getSlidingWindowSize()).isEqualTo(7);
    assertThat(config.getWaitIntervalFunctionInOpenState().apply(1)).isEqualTo(9_000);
    assertThat(config.getPermittedNumberOfCallsInHalfOpenState()).isEqualTo(2);
    assertThat(config.getSlowCallDurationThreshold()).isEqualTo(Duration.ofSeconds(4));
    assertThat(config.getSlowCallRateThreshold()).isEqualTo(60f);
  }

  @Test
  void whenNothingIsSaidOfSlowCallsThenNoneOpensTheCircuit() {
    CircuitBreakerConfig config = CircuitBreakerSettings.defaults().toConfig();

    assertThat(config.getSlowCallRateThreshold()).isEqualTo(100f);
    assertThat(config.getSlowCallDurationThreshold()).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void whenAnOutcomeIsAFailureOfTheOriginThenABreakerCountsIt() {
    Predicate<Object> counts =
        CircuitBreakerSettings.defaults().toConfig().getRecordResultPredicate();

    assertThat(counts.test(new CallOutcome.Response(500, List.of(), new byte[0], 0))).isTrue();
    assertThat(counts.test(new CallOutcome.Response(499, List.of(), new byte[0], 0))).isFalse();
    assertThat(counts.test(new CallOutcome.TooLarge(1))).isFalse();
    assertThat(counts.test("no outcome")).isFalse();
  }

  @Test
  void whenAValueIsOutOfTheRangesOfResilience4jThenItsMessageTells() {
    CircuitBreakerSettings none =
        new CircuitBreakerSettings(0f, 3, 7, Duration.ofSeconds(9), 2, null, null);

    assertThatIllegalArgumentException().isThrownBy(none::toConfig);
  }
}
