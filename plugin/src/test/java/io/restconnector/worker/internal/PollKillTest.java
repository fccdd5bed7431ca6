package io.restconnector.worker.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restconnector.fixtures.OtherJvm;
import io.restconnector.worker.internal.WorkerCluster.Sent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers that come later survive the nodes that ask for them, and cost nothing meanwhile. */
@Tag("cluster")
class PollKillTest {

  /**
   * @param threads of the plugin and of the engine
   * @param heap MiB of live objects
   */
  private record Figures(long threads, long heap) {

    static Figures of(OtherJvm node) throws IOException {
      long threads =
          node.diagnose("Thread.print").stream()
              .filter(line -> line.startsWith("\"rest-connector") || line.startsWith("\"flowable"))
              .count();
      String total =
          node.diagnose("GC.class_histogram").stream()
              .filter(line -> line.startsWith("Total"))
              .findFirst()
              .orElseThrow();
      return new Figures(threads, Long.parseLong(total.trim().split("\\s+", -1)[2]) >> 20);
    }
  }

  @Test
  void whenNodesAreKilledBetweenQuestionsThenOthersAskAndNothingIsSentAgain(@TempDir Path directory)
      throws Exception {
    int calls = 300;
    try (WorkerCluster cluster = new WorkerCluster(directory)) {
      cluster.beginPolls(0, calls, Duration.ofMillis(500));
      OtherJvm one = cluster.node("one", 1000);
      cluster.node("other", 1000);
      await()
          .atMost(Duration.ofMinutes(1))
          .until(
              () ->
                  cluster.sentFirst().size() == calls && cluster.server.seen().size() > 2 * calls);
      cluster.kill(one, "one");
      OtherJvm again = cluster.node("again", 1000);
      again.awaitReady();
      int asked = cluster.server.seen().size();
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> cluster.server.seen().size() > asked + calls);
      cluster.kill(again, "again");
      cluster.server.finish();
      cluster.awaitEnd();

      assertThat(cluster.sentFirst()).hasSize(calls);
      assertThat(cluster.sentFirst().stream().map(Sent::call).distinct()).hasSize(calls);
      assertThat(cluster.succeeded()).isEqualTo(calls);
    }
  }

  @Test
  void whenTenThousandPollsWaitThenTheyHoldNothing(@TempDir Path directory) throws Exception {
    int calls = 10_000;
    try (WorkerCluster cluster = new WorkerCluster(directory)) {
      OtherJvm node = cluster.node("one", 1000, 50);
      node.awaitReady();
      cluster.begin(0, 500, call -> "/warm");
      cluster.awaitEnd();
      Figures before = Figures.of(node);

      cluster.beginPolls(1000, 1000 + calls, Duration.ofHours(2));
      await().atMost(Duration.ofMinutes(5)).until(() -> cluster.waiting() == calls);
      Figures meanwhile = Figures.of(node);
      cluster.begin(500, 1000, call -> "/warm");
      await().atMost(Duration.ofMinutes(1)).until(() -> cluster.succeeded() == 1000);

      System.out.printf("before %s, with %d polls waiting %s%n", before, calls, meanwhile);
      assertThat(cluster.server.open()).isZero();
      assertThat(cluster.locked()).isZero();
      assertThat(meanwhile.threads()).isLessThanOrEqualTo(before.threads());
      assertThat(meanwhile.heap() - before.heap()).isLessThanOrEqualTo(64);
      assertThat(cluster.sentFirst()).hasSize(calls + 1000);
    }
  }
}
