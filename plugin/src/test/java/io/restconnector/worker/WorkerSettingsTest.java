package io.restconnector.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings of the worker: defaults and limits. */
class WorkerSettingsTest {

  private static final WorkerSettings DEFAULTS = WorkerSettings.defaults();

  @Test
  void whenNothingIsConfiguredThenTheDefaultsAreThoseOfTheDocumentation() {
    assertThat(DEFAULTS.enabled()).isNull();
    assertThat(DEFAULTS)
        .isEqualTo(
            new WorkerSettings(
                null, 1000, Duration.ofSeconds(60), Duration.ofSeconds(1), Duration.ofSeconds(10)));
  }

  @Test
  void whenOneIsChangedThenTheOthersStay() {
    assertThat(
            DEFAULTS
                .withEnabled(false)
                .withMaxInFlight(1)
                .withLockDuration(Duration.ofMillis(100))
                .withPollInterval(Duration.ofMillis(1))
                .withDrainTimeout(Duration.ZERO))
        .isEqualTo(
            new WorkerSettings(
                false, 1, Duration.ofMillis(100), Duration.ofMillis(1), Duration.ZERO));
    assertThat(DEFAULTS.withDrainTimeout(Duration.ofHours(24)).drainTimeout())
        .isEqualTo(Duration.ofHours(24));
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        wrong(s -> s.withMaxInFlight(0), "worker.max-in-flight is out of range, wanted 1 or more"),
        wrong(
            s -> s.withLockDuration(Duration.ofMillis(99)),
            "worker.lock-duration is out of range, wanted 100 ms or more"),
        wrong(
            s -> s.withPollInterval(Duration.ofNanos(999_999)),
            "worker.poll-interval is out of range, wanted 1 ms or more"),
        wrong(
            s -> s.withDrainTimeout(Duration.ofNanos(-1)),
            "worker.drain-timeout is PT-0.000000001S, wanted 0 to 24 h"),
        wrong(
            s -> s.withDrainTimeout(Duration.ofHours(24).plusNanos(1)),
            "worker.drain-timeout is PT24H0.000000001S, wanted 0 to 24 h"));
  }

  private static Arguments wrong(Function<WorkerSettings, WorkerSettings> change, String message) {
    return Arguments.of(change, message);
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void whenASettingIsOutOfRangeThenTheMessageNamesIt(
      Function<WorkerSettings, WorkerSettings> change, String message) {
    assertThatThrownBy(() -> change.apply(DEFAULTS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
