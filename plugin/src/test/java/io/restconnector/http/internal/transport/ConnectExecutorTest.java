package io.restconnector.http.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who starts connections, and who waits for whom. */
class ConnectExecutorTest {

  private final ConnectExecutor executor = new ConnectExecutor();
  private final List<String> ran = new CopyOnWriteArrayList<>();
  private final CountDownLatch stalled = new CountDownLatch(1);
  private final CountDownLatch open = new CountDownLatch(1);

  @AfterEach
  void close() {
    open.countDown();
    executor.close();
  }

  /** A look-up that a name server holds up until it is let go on. */
  private void stall() {
    stalled.countDown();
    await(open);
    ran.add("stalled");
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whenOneOriginStallsThenItsOthersWaitInTurnAndOtherOriginsDoNot() {
    CountDownLatch elsewhere = new CountDownLatch(20);
    CountDownLatch all = new CountDownLatch(20);
    executor.execute("a", this::stall);
    await(stalled);
    for (int i = 0; i < 20; i++) {
      String name = "a" + i;
      executor.execute(
          "a",
          () -> {
            ran.add(name);
            all.countDown();
          });
      executor.execute("b" + i % 3, elsewhere::countDown);
    }

    await(elsewhere);
    assertThat(ran).isEmpty();
    open.countDown();
    await(all);
    assertThat(ran).startsWith("stalled", "a0", "a1").endsWith("a18", "a19").hasSize(21);
  }

  @Test
  void whenOneConnectionCannotBeStartedThenTheNextOfItsOriginIs() {
    CountDownLatch next = new CountDownLatch(1);
    CountDownLatch later = new CountDownLatch(1);
    executor.execute(
        "a",
        () -> {
          stalled.countDown();
          await(open);
          Thread.currentThread().setUncaughtExceptionHandler((thread, expected) -> {});
          throw new IllegalStateException("of the test");
        });
    executor.execute("a", next::countDown);
    open.countDown();
    await(next);

    executor.execute("a", later::countDown); // nobody waits for it any more
    await(later);
  }

  @Test
  void whenItIsClosedThenWhatWaitsIsGivenUpAndNothingIsTaken() {
    executor.execute("a", this::stall);
    await(stalled);
    executor.execute("a", () -> ran.add("next"));

    executor.close();

    assertThatExceptionOfType(RejectedExecutionException.class)
        .isThrownBy(() -> executor.execute("b", () -> ran.add("other")));
    assertThat(ran).doesNotContain("next", "other");
  }

  @Test
  void whenAConnectionIsStartedThenThatIsOnADaemonThreadOfItsName() {
    CountDownLatch started = new CountDownLatch(1);
    List<Thread> threads = new CopyOnWriteArrayList<>();
    executor.execute(
        "a",
        () -> {
          threads.add(Thread.currentThread());
          started.countDown();
        });
    await(started);

    assertThat(threads.get(0).getName()).startsWith("rest-connector-connect");
    assertThat(threads.get(0).isDaemon()).isTrue();
  }
}
