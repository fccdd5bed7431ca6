package io.restconnector.webhook.internal.early;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.webhook.internal.delivery.KeptAction.Kind;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When an event is delivered again, and when it is dropped. */
class KeptEventTest {

  private static KeptEvent event(long due, int failures) {
    return new KeptEvent(
        7,
        Kind.MESSAGE,
        "m",
        "key",
        "t",
        "trigger",
        Instant.EPOCH,
        Instant.ofEpochSecond(100),
        Instant.ofEpochSecond(due),
        failures);
  }

  @ParameterizedTest
  @CsvSource({"99, false", "100, true", "101, true"})
  void whenItsTimeHasPassedThenItIsExpired(long now, boolean isExpired) {
    assertThat(event(100, 0).isExpired(Instant.ofEpochSecond(now))).isEqualTo(isExpired);
  }

  @ParameterizedTest
  @CsvSource({"50, 1, 49, true", "50, 1, 50, false", "50, 1, 51, false", "100, 0, 49, false"})
  void whenItHasFailedThenItIsPostponedUntilItIsDue(
      long due, int failures, long now, boolean isPostponed) {
    assertThat(event(due, failures).isPostponed(Instant.ofEpochSecond(now))).isEqualTo(isPostponed);
  }
}
