package io.restconnector.worker.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restconnector.fixtures.OtherJvm;
import io.restconnector.worker.internal.WorkerCluster.Sent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases that refuse, and nodes that stand still: nothing is sent twice but what must be. */
@Tag("cluster")
class WorkerOutageTest {

  private static final int CALLS = 300;

  @Test
  void whenPostgresIsReadOnlyForTenSecondsThenNoCallIsMadeTwice(@TempDir Path directory)
      throws Exception {
    try (WorkerCluster cluster = new WorkerCluster(directory)) {
      cluster.server.holdAll();
      cluster.begin(0, CALLS, WorkerOutageTest::path);
      OtherJvm one = cluster.node("one", 150);
      OtherJvm other = cluster.node("other", 150);
      await().atMost(Duration.ofMinutes(1)).until(() -> cluster.server.open() == CALLS);
      cluster.readOnly(true);
      cluster.server.releaseAll();
      await()
          .pollDelay(Duration.ofSeconds(10))
          .atMost(Duration.ofMinutes(1))
          .until(() -> cluster.server.open() == 0);
      cluster.readOnly(false);
      cluster.awaitEnd();

      assertThat(twice(cluster)).isEmpty();
      assertThat(cluster.succeeded()).isEqualTo(CALLS);
      for (OtherJvm node : List.of(one, other)) {
        WorkerNode.Figures figures = WorkerNode.Figures.of(node);
        System.out.println("Read-only for 10 s: " + figures);
        assertThat(figures.logged()).isLessThan(200_000);
      }
    }
  }

  @Test
  void whenPostgresIsReadOnlyForLongerThanTheLocksThenNoCallIsMadeTwice(@TempDir Path directory)
      throws Exception {
    try (WorkerCluster cluster = new WorkerCluster(directory)) {
      cluster.server.holdAll();
      cluster.begin(0, CALLS, WorkerOutageTest::path);
      // One has all the calls in flight, the other has nothing to do but look for more.
      cluster.node("one", CALLS);
      await().atMost(Duration.ofMinutes(1)).until(() -> cluster.server.open() == CALLS);
      cluster.node("other", CALLS).awaitReady();
      cluster.readOnly(true);
      cluster.server.releaseAll();
      await()
          .pollDelay(WorkerNode.LOCK.plusSeconds(5))
          .atMost(Duration.ofMinutes(1))
          .until(() -> cluster.server.open() == 0);
      cluster.readOnly(false);
      cluster.awaitEnd();

      assertThat(twice(cluster)).isEmpty();
      assertThat(cluster.succeeded()).isEqualTo(CALLS);
    }
  }

  @Test
  void whenANodeStandsStillThenNothingThatItHadQueuedIsSentTwice(@TempDir Path directory)
      throws Exception {
    int queued = 260;
    int connections = 10;
    try (WorkerCluster cluster = new WorkerCluster(directory)) {
      cluster.server.holdAll();
      cluster.begin(0, queued + connections, call -> "/delay/20");
      OtherJvm one = cluster.node("one", queued + connections, connections);
      await().atMost(Duration.ofMinutes(1)).until(() -> cluster.server.open() == connections);
      await().atMost(Duration.ofMinutes(1)).until(() -> cluster.locked() == queued + connections);
      cluster.node("other", 1000, 100).awaitReady();
      Set<Integer> inFlight = cluster.sent().stream().map(Sent::call).collect(Collectors.toSet());
      one.stand();
      // The other takes what the one had when its locks have expired.
      await().atMost(Duration.ofMinutes(2)).until(() -> cluster.sentBy("other") >= 100);
      one.goOn();
      cluster.server.releaseAll();
      cluster.awaitEnd();

      assertThat(twice(cluster)).allSatisfy(call -> assertThat(inFlight).contains(call));
      assertThat(cluster.succeeded()).isEqualTo(queued + connections);
      System.out.println(
          twice(cluster).size() + " calls twice, in flight at the stop: " + inFlight.size());
    }
  }

  private static String path(int call) {
    return "/delay/" + (100 + call * 7919 % 2901);
  }

  private static List<Integer> twice(WorkerCluster cluster) {
    Map<Integer, Long> calls =
        cluster.sent().stream().collect(Collectors.groupingBy(Sent::call, Collectors.counting()));
    return calls.entrySet().stream()
        .filter(call -> call.getValue() > 1)
        .map(Map.Entry::getKey)
        .toList();
  }
}
