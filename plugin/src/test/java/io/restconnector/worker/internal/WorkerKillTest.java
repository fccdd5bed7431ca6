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

/** Calls survive the nodes that make them, and their database's absence. */
@Tag("cluster")
class WorkerKillTest {

  @Test
  void whenANodeIsKilledThenWhatItHadInFlightAndNothingElseIsSentAgain(@TempDir Path directory)
      throws Exception {
    try (WorkerCluster cluster = new WorkerCluster(directory)) {
      cluster.server.holdAll();
      cluster.begin(0, 2000, WorkerKillTest::path);
      OtherJvm one = cluster.node("one", 1000);
      cluster.node("other", 1000);
      awaitOpen(cluster, 2000);
      Set<Integer> atFirst = cluster.kill(one, "one");
      cluster.server.releaseAll();

      OtherJvm again = cluster.node("again", 1000);
      again.awaitReady();
      // More than the other node may have in flight, however quick it is.
      cluster.server.holdAll();
      cluster.begin(2000, 4000, WorkerKillTest::path);
      awaitOpen(cluster, 2000);
      Set<Integer> atSecond = cluster.kill(again, "again");
      cluster.server.releaseAll();
      cluster.awaitEnd();

      Map<String, Set<Integer>> killed = Map.of("one", atFirst, "again", atSecond);
      Map<Integer, List<Sent>> calls = calls(cluster);
      assertThat(calls.keySet()).hasSize(4000);
      assertThat(
              calls.values().stream()
                  .filter(sent -> sent.stream().filter(each -> !isLost(each, killed)).count() != 1)
                  .limit(5))
          .isEmpty();
      long lost = cluster.sent().stream().filter(sent -> isLost(sent, killed)).count();
      assertThat(lost).isGreaterThanOrEqualTo(2000);
      assertThat(cluster.succeeded()).isEqualTo(4000);
      System.out.printf(
          "%d calls, %d of them in flight on nodes that were killed, %d requests%n",
          calls.size(), lost, cluster.sent().size());
    }
  }

  @Test
  void whenANodeIsKilledWhileItWritesAnswersThenEachCallIsDoneOnceAndAnInstanceThatFailsAlone(
      @TempDir Path directory) throws Exception {
    try (WorkerCluster cluster = new WorkerCluster(directory)) {
      cluster.server.holdAll();
      cluster.begin(0, 1000, call -> "/hold", call -> call % 50 == 7);
      OtherJvm one = cluster.node("one", 1000);
      awaitOpen(cluster, 1000);
      cluster.server.releaseAll();
      await().atMost(Duration.ofMinutes(1)).until(() -> cluster.ended() > 100);
      Set<Integer> unwritten = cluster.kill(one, "one");
      long ended = cluster.ended();

      cluster.node("other", 1000);
      await()
          .atMost(Duration.ofMinutes(1))
          .until(
              () -> {
                cluster.server.releaseAll();
                return cluster.sent().size() == 1000 + unwritten.size()
                    && cluster.server.open() == 0;
              });
      cluster.awaitEnd(20);

      Map<Integer, List<Sent>> calls = calls(cluster);
      assertThat(calls.keySet()).hasSize(1000);
      assertThat(
              calls.entrySet().stream()
                  .filter(call -> call.getValue().size() > 1)
                  .map(Map.Entry::getKey))
          .containsExactlyInAnyOrderElementsOf(unwritten);
      assertThat(cluster.ended()).isEqualTo(980);
      System.out.printf(
          "%d of 1000 calls written when the node was killed, %d sent again%n",
          ended, unwritten.size());
    }
  }

  private static boolean isLost(Sent sent, Map<String, Set<Integer>> killed) {
    return killed.getOrDefault(sent.node(), Set.of()).contains(sent.call());
  }

  @Test
  void whenTheDatabaseIsAwayThenNoCallIsLost(@TempDir Path directory) throws Exception {
    try (WorkerCluster cluster = new WorkerCluster(directory)) {
      cluster.server.holdAll();
      cluster.begin(0, 1000, WorkerKillTest::path);
      cluster.node("one", 500);
      cluster.node("other", 500);
      awaitOpen(cluster, 1000);
      cluster.stopDatabase();
      cluster.server.releaseAll();
      await()
          .pollDelay(Duration.ofSeconds(10))
          .atMost(Duration.ofMinutes(1))
          .until(() -> cluster.server.open() == 0);
      cluster.startDatabase();
      cluster.awaitEnd();

      assertThat(calls(cluster).keySet()).hasSize(1000);
      assertThat(cluster.succeeded()).isEqualTo(1000);
      System.out.printf(
          "1000 calls in flight when the database stopped, %d requests%n", cluster.sent().size());
    }
  }

  private static void awaitOpen(WorkerCluster cluster, int calls) {
    await().atMost(Duration.ofMinutes(1)).until(() -> cluster.server.open() == calls);
  }

  /** Between 0.1 and 5 s, short and long ones mixed. */
  private static String path(int call) {
    return "/delay/" + (100 + call * 7919 % 4901);
  }

  /** What was sent by number; all requests of one call, and of no other, have the same key. */
  private static Map<Integer, List<Sent>> calls(WorkerCluster cluster) {
    Map<Integer, List<Sent>> calls =
        cluster.sent().stream().collect(Collectors.groupingBy(Sent::call));
    assertThat(
            calls.values().stream()
                .filter(sent -> sent.stream().map(Sent::key).distinct().count() != 1)
                .limit(5))
        .isEmpty();
    assertThat(cluster.sent().stream().map(Sent::key).distinct().count()).isEqualTo(calls.size());
    return calls;
  }
}
