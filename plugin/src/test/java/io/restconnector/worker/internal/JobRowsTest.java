package io.restconnector.worker.internal;

import static java.lang.Thread.State.TERMINATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which transactions of one node run beside each other. */
class JobRowsTest {

  private final JobRows rows = new JobRows(Duration.ofHours(1));
  private final CountDownLatch end = new CountDownLatch(1);

  @AfterEach
  void end() {
    end.countDown();
  }

  /** One that writes some jobs, or all, until {@link #end}. */
  private void begin(JobRows rows, boolean writesAll) {
    CountDownLatch begun = new CountDownLatch(1);
    new Thread(
            () -> {
              boolean ended =
                  writesAll ? rows.all(() -> untilEnd(begun)) : rows.some(() -> untilEnd(begun));
              assertThat(ended).isTrue();
            })
        .start();
    await(begun);
  }

  private boolean untilEnd(CountDownLatch begun) {
    begun.countDown();
    await(end);
    return true;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  @Test
  void whenSomeJobsAreWrittenThenOthersAreWrittenBesideThem() {
    begin(rows, false);

    assertThat(rows.some(end::getCount)).isOne();
  }

  @Test
  void whenAllJobsAreWrittenThenSomeWaitForThem() {
    begin(rows, true);
    CompletableFuture<Long> seen = new CompletableFuture<>();
    Thread some = new Thread(() -> seen.complete(rows.some(end::getCount)));
    some.start();

    Awaitility.await()
        .until(() -> some.getState() == Thread.State.WAITING || some.getState() == TERMINATED);
    assertThat(seen).isNotDone();
    end.countDown();

    assertThat(seen.join()).isZero();
  }

  @Test
  void whenSomeJobsAreBeingWrittenThenAllWaitForThemButNotForLong() {
    JobRows quick = new JobRows(Duration.ofMillis(1200));
    begin(quick, false);
    long begun = System.nanoTime();

    assertThat(quick.all(end::getCount)).isOne();

    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .isGreaterThanOrEqualTo(Duration.ofMillis(100));
  }

  @Test
  void whenATransactionFailsThenTheNextOneRuns() {
    assertThatThrownBy(() -> rows.all(JobRowsTest::fail)).hasMessage("no");
    assertThatThrownBy(() -> rows.some(JobRowsTest::fail)).hasMessage("no");

    assertThat(rows.all(() -> rows.some(() -> true))).isTrue();
  }

  private static boolean fail() {
    throw new IllegalStateException("no");
  }
}
