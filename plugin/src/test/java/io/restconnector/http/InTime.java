package io.restconnector.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;

/**
 * Measures whether a call ends within its timeout and 100 ms. A machine that stands still meanwhile
 * makes a bare timer late too, and the call may be as late as that.
 */
final class InTime {

  private static final Duration GRACE = Duration.ofMillis(100);
  private static final ScheduledExecutorService TIMER =
      new ScheduledThreadPoolExecutor(1, new DefaultThreadFactory("bare-timer", true));

  private final Duration timeout;
  private final long start = System.nanoTime();
  private final Future<Long> bareTimer;

  InTime(Duration timeout) {
    this.timeout = timeout;
    bareTimer = TIMER.schedule(System::nanoTime, timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  void assertEnded(long end) throws Exception {
    Duration took = Duration.ofNanos(end - start);
    if (took.compareTo(timeout.plus(GRACE)) >= 0) {
      assertThat(took).isLessThan(Duration.ofNanos(bareTimer.get() - start).plus(GRACE));
    }
  }
}
