package io.restconnector.http.internal.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.restconnector.http.ShareSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Places, by a clock that the tests move. */
class ShareTest {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private final Random random = new Random(1);
  private long mostLate;
  private final ManualTimer timer =
      new ManualTimer(() -> mostLate == 0 ? 0 : (long) (random.nextDouble() * mostLate));
  private final List<Place> places = new ArrayList<>();
  private final List<Long> granted = new ArrayList<>();
  private int stopped;

  private Share share(@Nullable Integer maxInFlight, @Nullable Double requestsPerSecond) {
    return new Share(
        "partner",
        new ShareSettings(List.of("http://a"), maxInFlight, requestsPerSecond),
        timer::now,
        timer);
  }

  private Place await(Share share) {
    Place place = share.place();
    places.add(place);
    place.await(() -> granted.add(timer.now()));
    return place;
  }

  private void awaitAsJob(Place place) {
    places.add(place);
    place.await(() -> granted.add(timer.now()), () -> stopped++);
  }

  private long grantedWithin(long from, long to) {
    return granted.stream().filter(time -> time > from && time <= to).count();
  }

  @ParameterizedTest
  @CsvSource({
    "0.5, 0",
    "1, 0",
    "1, 20",
    "3, 20",
    "10, 0",
    "10, 20",
    "50, 20",
    "100, 0",
    "333, 20",
    "1000, 20",
    "1000, 100"
  })
  void whenCallsAlwaysWaitThenTheRateIsKeptToTwoPercentAndEvenly(double rate, long millisLate) {
    mostLate = millisLate * MILLI;
    Share share = share(null, rate);
    for (int i = 0; i < rate * 75; i++) {
      await(share);
    }
    timer.passTo(70 * SECOND);

    assertThat((double) grantedWithin(SECOND, 61 * SECOND))
        .isCloseTo(60 * rate, within(Math.max(1, 60 * rate * 0.02)));
    for (long start = 0; start < 60 * SECOND; start += SECOND / 10) {
      assertThat(grantedWithin(start, start + SECOND / 2))
          .isBetween(
              (long) Math.floor(rate * (0.5 - mostLate * 1.0 / SECOND)) - 1,
              (long) Math.ceil(rate * (0.5 + mostLate * 1.0 / SECOND)) + 1);
    }
  }

  /** The worker's thread looks late for them, and their inputs are read late. */
  @ParameterizedTest
  @CsvSource({"0.5, 600", "3, 600", "20, 0", "20, 300", "20, 600", "50, 600", "1000, 600"})
  void whenJobsAreTakenAndReadLateThenTheRateIsKeptToTwoPercent(double rate, int millisLate) {
    mostLate = 20 * MILLI;
    Share share = share(null, rate);
    look(share, millisLate);
    timer.passTo(70 * SECOND);

    assertThat((double) grantedWithin(5 * SECOND, 65 * SECOND))
        .isCloseTo(60 * rate, within(Math.max(1, 60 * rate * 0.02)));
    assertThat(grantedWithin(5 * SECOND, 6 * SECOND)).isLessThanOrEqualTo((long) (1.3 * rate + 2));
  }

  private void look(Share share, int millisLate) {
    List<Place> reserved = share.reserve(Integer.MAX_VALUE);
    later(0, millisLate, () -> reserved.forEach(this::awaitAsJob));
    later(share.nextRoom(), millisLate, () -> look(share, millisLate));
  }

  private void later(long nanos, int millisLate, Runnable action) {
    long delay = nanos + random.nextInt(1, millisLate + 2) * MILLI;
    timer.schedule(action, delay, TimeUnit.NANOSECONDS);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whenNoCallCameForLongThenTheNextOnesComeNoFaster(boolean areJobs) {
    Share share = share(null, 10.0);
    await(share);
    timer.passTo(30 * SECOND);
    for (int i = 0; i < 30; i++) {
      if (areJobs) {
        share.reserve(1).forEach(this::awaitAsJob);
      } else {
        await(share);
      }
    }
    timer.passTo(31 * SECOND);

    assertThat(grantedWithin(30 * SECOND - 1, 31 * SECOND)).isEqualTo(11);
  }

  @Test
  void whenTheMachineStandsStillThenOnlyAQuarterOfASecondIsMadeUpFor() {
    mostLate = 0;
    Share share = share(null, 100.0);
    for (int i = 0; i < 1000; i++) {
      await(share);
    }
    timer.passTo(SECOND);
    granted.clear();
    timer.standStill(5 * SECOND);
    timer.passTo(5 * SECOND);

    assertThat(granted).hasSizeBetween(20, 30);
  }

  @Test
  void whenPlacesAreLimitedThenEachThatIsGivenBackGoesToTheFirstThatWaits() {
    Share share = share(2, null);
    Place first = await(share);
    await(share);
    Place third = await(share);
    Place fourth = await(share);
    assertThat(share.state()).isEqualTo(new Share.State(2, 2, Duration.ZERO));
    assertThat(share.place().tryTake()).isFalse();

    first.release();
    first.release();
    timer.passTo(0);
    assertThat(granted).hasSize(3);
    assertThat(share.state()).isEqualTo(new Share.State(2, 1, Duration.ZERO));

    fourth.release();
    third.release();
    timer.passTo(0);
    assertThat(granted).hasSize(3);
    assertThat(share.state()).isEqualTo(new Share.State(1, 0, Duration.ZERO));
    assertThat(share.place().tryTake()).isTrue();
  }

  @Test
  void whenOthersWaitThenNobodyIsGivenAPlaceBeforeThem() {
    Share share = share(null, 1.0);
    await(share);
    await(share);
    timer.passTo(SECOND - 1);

    assertThat(share.place().tryTake()).isFalse();
    timer.passTo(SECOND);
    assertThat(granted).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whenItIsStoppedThenNobodyGetsAPlaceUntilThen(boolean hasRate) {
    Share share = share(hasRate ? null : 10, hasRate ? 10.0 : null);
    share.stop(Duration.ofSeconds(20));
    share.stop(Duration.ofSeconds(5)); // which cannot shorten it
    for (int i = 0; i < 5; i++) {
      await(share);
    }
    assertThat(share.state().stopped()).isEqualTo(Duration.ofSeconds(20));
    timer.passTo(20 * SECOND - 1);
    assertThat(granted).isEmpty();

    timer.passTo(20 * SECOND);
    assertThat(granted).hasSize(hasRate ? 1 : 5);
    timer.passTo(21 * SECOND);
    assertThat(granted).hasSize(5);
    assertThat(share.state().stopped()).isZero();
  }

  @Test
  void whenAPeerStopsItForYearsThenThatIsADay() {
    Share share = share(1, null);
    share.stop(Duration.ofSeconds(Long.MAX_VALUE));

    assertThat(share.state().stopped()).isEqualTo(Duration.ofDays(1));
  }

  @Test
  void whenItIsStoppedForLongThenJobsAreGivenBackAndOthersWait() {
    Share share = share(1, null);
    await(share);
    awaitAsJob(share.place());
    await(share);
    List<Place> reserved = share.reserve(5);
    assertThat(reserved).isEmpty();

    share.stop(Duration.ofSeconds(10));
    timer.passTo(0);

    assertThat(stopped).isEqualTo(1);
    assertThat(share.state().waiting()).isEqualTo(1);
    awaitAsJob(share.place());
    assertThat(stopped).isEqualTo(2);
  }

  @Test
  void whenItIsStoppedForAMomentThenJobsWait() {
    Share share = share(1, null);
    share.stop(Duration.ofMillis(900));
    share.reserve(1).forEach(this::awaitAsJob);
    timer.passTo(SECOND);

    assertThat(stopped).isZero();
    assertThat(granted).containsExactly(900 * MILLI);
  }

  @Test
  void whenJobsAreTakenThenNoMoreThanCanSoonBegin() {
    Share slow = share(null, 5.0);
    List<Place> reserved = slow.reserve(100);
    assertThat(reserved).hasSize(11); // at once, and ten within the next two seconds
    assertThat(slow.reserve(100)).isEmpty();
    reserved.get(5).release();
    assertThat(slow.reserve(100)).hasSize(1);

    Share narrow = share(3, null);
    await(narrow);
    assertThat(narrow.reserve(100)).hasSize(2);
    assertThat(narrow.reserve(100)).isEmpty();
  }

  /** A share that nobody used for an hour has not saved up an hour's calls. */
  @Test
  void whenNoCallCameForLongThenNoMoreJobsAreTakenThanCanSoonBegin() {
    Share share = share(null, 5.0);
    timer.passTo(3600 * SECOND);

    assertThat(share.nextRoom()).isZero();
    List<Place> reserved = share.reserve(100);
    assertThat(reserved).hasSize(11);
    assertThat(share.reserve(100)).isEmpty();
    assertThat(share.nextRoom()).as("a batch is five").isEqualTo(SECOND);
    reserved.forEach(this::awaitAsJob);
    assertThat(share.reserve(100)).isEmpty();
    assertThat(share.nextRoom()).isEqualTo(SECOND);
  }

  @Test
  void whenOnlyDelegatesWaitThenOneJobStandsInTheirLine() {
    Share share = share(1, null);
    await(share);
    assertThat(share.reserve(100)).isEmpty();
    await(share);
    await(share);

    assertThat(share.reserve(100)).hasSize(1);
    assertThat(share.reserve(100)).isEmpty();
  }

  @Test
  void whenThereIsRoomByTimeThenItIsKnownWhen() {
    Share share = share(null, 100.0);
    assertThat(share.nextRoom()).isZero();
    share.reserve(300).forEach(this::awaitAsJob);
    long wait = share.nextRoom();

    assertThat(wait).isBetween(900 * MILLI, 1100 * MILLI);
    timer.passTo(wait - 10 * MILLI);
    assertThat(share.nextRoom()).isPositive();
    timer.passTo(wait);
    assertThat(share.nextRoom()).isZero();
    assertThat(share.reserve(300).size()).isBetween(90, 110);
    Share full = share(1, null);
    await(full);
    assertThat(full.nextRoom()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void whenAPlaceIsGivenBackThenWhoeverListensHearsOfIt() {
    Share share = share(1, null);
    List<Long> heard = new ArrayList<>();
    share.onRoom(() -> heard.add(share.nextRoom()));
    await(share).release();

    assertThat(heard).containsExactly(0L);
  }

  /** What becomes of places in whatever order: nothing is left in the end. */
  @Test
  void whenPlacesAreTakenAndGivenBackInAnyOrderThenNoneIsLost() {
    Share share = share(3, 200.0);
    for (int step = 0; step < 20_000; step++) {
      switch (random.nextInt(6)) {
        case 0 -> await(share);
        case 1 -> share.reserve(1 + random.nextInt(3)).forEach(places::add);
        case 2 -> awaitAsJob(share.place());
        case 3 -> timer.passTo(timer.now() + random.nextInt(5) * MILLI);
        case 4 -> share.stop(Duration.ofMillis(random.nextInt(1500)));
        default -> {
          if (!places.isEmpty()) {
            places.get(random.nextInt(places.size())).release();
          }
        }
      }
      assertThat(share.state().inFlight()).isBetween(0, 3);
    }
    places.forEach(Place::release);
    timer.passTo(timer.now() + 5 * SECOND);

    assertThat(share.state()).isEqualTo(new Share.State(0, 0, Duration.ZERO));
    assertThat(share.reserve(10)).hasSize(3);
  }
}
