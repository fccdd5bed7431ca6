package io.restconnector.http.internal.share;

import io.restconnector.http.ShareSettings;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What calls may use together, and what of it is used. Not safe for use by many threads. */
final class Limits {

  /** A job is taken this long before its call may begin, so that taking it costs no time. */
  private static final long AHEAD = TimeUnit.SECONDS.toNanos(2);

  /** A peer must not be able to shut its share for ever. */
  private static final Duration LONGEST_STOP = Duration.ofDays(1);

  private final int max;
  private final @Nullable Rate rate;
  private final int batch;
  private final LongSupplier clock;
  private int inFlight;
  private long stoppedUntil;

  /**
   * Nothing is used yet.
   *
   * @param clock nanoseconds since whatever
   */
  Limits(ShareSettings settings, LongSupplier clock) {
    max = settings.maxInFlight() == null ? Integer.MAX_VALUE : settings.maxInFlight();
    rate = settings.requestsPerSecond() == null ? null : new Rate(settings.requestsPerSecond());
    long start = clock.getAsLong();
    this.clock = () -> clock.getAsLong() - start;
    batch = Math.max(1, Math.min(max / 10, rate == null ? max : rate.until(AHEAD, 0) / 2));
  }

  int inFlight() {
    return inFlight;
  }

  /** How long no call may begin; zero where calls may. */
  Duration stopped() {
    return Duration.ofNanos(Math.max(0, stoppedUntil - clock.getAsLong()));
  }

  /** Nanoseconds since the start. */
  long now() {
    return clock.getAsLong();
  }

  /**
   * Whether a call begins now.
   *
   * @param since when its place was asked for
   */
  boolean take(long since) {
    long now = clock.getAsLong();
    if (isFull() || now < stoppedUntil || (rate != null && now < rate.next())) {
      return false;
    }
    if (rate != null) {
      rate.take(now, since);
    }
    inFlight++;
    return true;
  }

  /** A call has ended. */
  void giveBack() {
    inFlight--;
  }

  /** Whether more than time keeps the next call from beginning. */
  boolean isFull() {
    return inFlight >= max;
  }

  /** When the next call may begin, as far as that is a matter of time. */
  long due() {
    return Math.max(stoppedUntil, rate == null ? 0 : rate.next());
  }

  /** Nanoseconds until then, at least zero. */
  long until(long time) {
    return Math.max(0, time - clock.getAsLong());
  }

  /** No call begins for that time. */
  void stop(Duration time) {
    long length = (time.compareTo(LONGEST_STOP) < 0 ? time : LONGEST_STOP).toNanos();
    stoppedUntil = Math.max(stoppedUntil, clock.getAsLong() + length);
    if (rate != null) {
      rate.stop(stoppedUntil);
    }
  }

  boolean isStoppedForLong() {
    return stoppedUntil - clock.getAsLong() > AHEAD;
  }

  /**
   * How many jobs can be taken whose calls may begin at once or soon.
   *
   * @param ahead calls that begin before theirs
   */
  int room(int ahead) {
    int room = max - inFlight - ahead;
    long now = clock.getAsLong();
    return rate == null ? room : Math.min(room, rate.until(now + AHEAD, now) - ahead);
  }

  /**
   * Nanoseconds until there is room for enough jobs; {@link Long#MAX_VALUE} where that is not a
   * matter of time.
   */
  long nextRoom(int ahead) {
    if (max - inFlight - ahead < batch) {
      return Long.MAX_VALUE;
    }
    long begins = rate == null ? 0 : rate.after(ahead + batch - 1, clock.getAsLong());
    return until(Math.max(stoppedUntil, begins) - AHEAD);
  }
}
