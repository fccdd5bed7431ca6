package io.restconnector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Defaults and ranges. */
class HttpSettingsTest {

  private static final HttpSettings DEFAULTS = HttpSettings.defaults();

  @Test
  void whenNothingIsGivenThenTheDefaultsAreThoseOfTheDocumentation() {
    assertThat(DEFAULTS.defaultTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(DEFAULTS.maxResponseSize()).isEqualTo(10 * 1024 * 1024);
    assertThat(DEFAULTS.maxConnections()).isEqualTo(200);
    assertThat(DEFAULTS.maxConnectionsPerHost()).isEqualTo(50);
    assertThat(DEFAULTS.connectionTimeToLive()).isEqualTo(Duration.ofMinutes(5));
    assertThat(DEFAULTS.followRedirects()).isTrue();
    assertThat(DEFAULTS.redirectDropHeaders()).containsExactly("X-Api-Key", "X-Auth-Token");
  }

  static Stream<Arguments> outOfRange() {
    return Stream.of(
        wrong("default-timeout", () -> DEFAULTS.withDefaultTimeout(Duration.ofNanos(999_999))),
        wrong("default-timeout", () -> DEFAULTS.withDefaultTimeout(Duration.ofHours(25))),
        wrong("max-response-size", () -> DEFAULTS.withMaxResponseSize(0)),
        wrong("max-response-size", () -> DEFAULTS.withMaxResponseSize(Integer.MAX_VALUE)),
        wrong("max-connections", () -> DEFAULTS.withMaxConnections(0, 1)),
        wrong("max-connections-per-host", () -> DEFAULTS.withMaxConnections(1, 0)),
        wrong("connection-time-to-live", () -> DEFAULTS.withConnectionTimeToLive(Duration.ZERO)),
        wrong(
            "redirect-drop-headers[1]",
            () -> DEFAULTS.withRedirectDropHeaders(List.of("X-A", "X A"))));
  }

  private static Arguments wrong(String setting, Runnable change) {
    return arguments(setting, change);
  }

  @ParameterizedTest
  @MethodSource("outOfRange")
  void whenASettingIsOutOfRangeThenItIsNamed(String setting, Runnable change) {
    assertThatThrownBy(change::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(setting);
  }

  @Test
  void whenASettingIsAtItsLimitThenItIsTakenAndTheOthersStay() {
    HttpSettings widest =
        DEFAULTS
            .withDefaultTimeout(HttpSettings.MAX_TIMEOUT)
            .withMaxResponseSize(Integer.MAX_VALUE - 16)
            .withMaxConnections(1, 1)
            .withConnectionTimeToLive(Duration.ofMillis(1))
            .withRedirectDropHeaders(List.of());

    assertThat(widest)
        .isEqualTo(
            new HttpSettings(
                Duration.ofDays(1),
                Integer.MAX_VALUE - 16L,
                1,
                1,
                Duration.ofMillis(1),
                true,
                List.of(),
                DEFAULTS.circuitBreaker(),
                DEFAULTS.access(),
                DEFAULTS.egress(),
                DEFAULTS.retry()));
  }
}
