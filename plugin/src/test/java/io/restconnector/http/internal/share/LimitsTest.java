package io.restconnector.http.internal.share;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.http.ShareSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may begin now, and when the next may. The clock begins anywhere. */
class LimitsTest {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private long now = Long.MAX_VALUE - 5 * SECOND;

  private Limits limits(@Nullable Integer max, @Nullable Double rate) {
    return new Limits(new ShareSettings(List.of("h"), max, rate), () -> now);
  }

  @Test
  void whenAllPlacesAreTakenThenOneMustBeGivenBack() {
    Limits limits = limits(2, null);
    assertThat(limits.take(limits.now())).isTrue();
    assertThat(limits.isFull()).isFalse();
    assertThat(limits.take(limits.now())).isTrue();
    assertThat(limits.isFull()).isTrue();
    assertThat(limits.take(0)).isFalse();
    assertThat(limits.inFlight()).isEqualTo(2);

    limits.giveBack();
    assertThat(limits.inFlight()).isEqualTo(1);
    assertThat(limits.take(0)).isTrue();
  }

  @Test
  void whenThereIsARateThenACallBeginsWhenTheLastIsOldEnough() {
    Limits limits = limits(null, 10.0);
    assertThat(limits.take(limits.now())).isTrue();
    assertThat(limits.take(limits.now())).isFalse();
    assertThat(limits.isFull()).isFalse();
    assertThat(limits.until(limits.due())).isEqualTo(SECOND / 10);

    now += SECOND / 10 - 1;
    assertThat(limits.take(limits.now())).isFalse();
    now++;
    assertThat(limits.until(limits.due())).isZero();
    assertThat(limits.take(limits.now())).isTrue();
    now += SECOND;
    assertThat(limits.until(limits.due())).isZero();
  }

  @ParameterizedTest
  @CsvSource({"PT3S, PT3S", "PT24H, PT24H", "PT25H, PT24H", "PT2562047788H, PT24H"})
  void whenAServerWantsNoCallsThenNoneBeginsForThatTimeButForADayAtMost(
      Duration wanted, Duration stopped) {
    Limits limits = limits(5, null);
    limits.stop(wanted);

    assertThat(limits.stopped()).isEqualTo(stopped);
    assertThat(limits.isStoppedForLong()).isTrue();
    now += stopped.toNanos() - SECOND;
    assertThat(limits.isStoppedForLong()).isFalse();
    assertThat(limits.take(0)).isFalse();
    assertThat(limits.until(limits.due())).isEqualTo(SECOND);
    now += SECOND;
    assertThat(limits.stopped()).isZero();
    assertThat(limits.take(0)).isTrue();
  }

  @Test
  void whenALaterStopIsShorterThenTheLongerOneHolds() {
    Limits limits = limits(null, 1.0);
    limits.stop(Duration.ofSeconds(3));
    limits.stop(Duration.ofSeconds(2));

    assertThat(limits.stopped()).isEqualTo(Duration.ofSeconds(3));
    now += 3 * SECOND;
    assertThat(limits.take(limits.now())).isTrue();
    assertThat(limits.until(limits.due())).isEqualTo(SECOND);
  }

  @ParameterizedTest
  @CsvSource({
    "10, , 0, 10",
    "10, , 3, 7",
    "1, , 1, 0",
    ", 10, 0, 21",
    ", 10, 4, 17",
    "5, 10, 1, 4",
    "50, 10, 1, 20",
  })
  void whenJobsAreToBeTakenThenAsManyAsMayBeginWithinTwoSeconds(
      @Nullable Integer max, @Nullable Double rate, int ahead, int room) {
    assertThat(limits(max, rate).room(ahead)).isEqualTo(room);
  }

  @Test
  void whenCallsAreInFlightThenThereIsLessRoom() {
    Limits limits = limits(3, null);
    limits.take(limits.now());

    assertThat(limits.room(0)).isEqualTo(2);
    assertThat(limits.room(5)).isEqualTo(-3);
  }

  /** A batch is a tenth of the places, at least one. */
  @ParameterizedTest
  @CsvSource({
    "100, 90, 0",
    "100, 91, 9223372036854775807",
    "5, 4, 0",
    "5, 5, 9223372036854775807",
  })
  void whenThereAreTooFewPlacesForABatchThenOnlyAReturnHelps(int max, int ahead, long wait) {
    assertThat(limits(max, null).nextRoom(ahead)).isEqualTo(wait);
  }

  /** A batch is half of what two seconds allow: ten calls of a rate of ten. */
  @ParameterizedTest
  @CsvSource({"0, 0", "11, 0", "12, 100", "21, 1000"})
  void whenTheRateIsAllThenThereIsRoomTwoSecondsBeforeTheLastOfABatchMayBegin(
      int ahead, long millis) {
    assertThat(limits(null, 10.0).nextRoom(ahead)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  @Test
  void whenTheShareIsStoppedThenThereIsRoomTwoSecondsBeforeItsEnd() {
    Limits limits = limits(5, null);
    limits.stop(Duration.ofSeconds(3));

    assertThat(limits.nextRoom(0)).isEqualTo(SECOND);
  }
}
