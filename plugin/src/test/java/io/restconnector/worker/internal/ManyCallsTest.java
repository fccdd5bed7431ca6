package io.restconnector.worker.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restconnector.fixtures.OtherJvm;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What calls in flight cost the node that makes them. */
@Tag("cluster")
class ManyCallsTest {

  private static final int CALLS = 5000;

  @Test
  void whenThousandsOfCallsAreInFlightThenThreadsAndConnectionsStayFew(@TempDir Path directory)
      throws Exception {
    try (WorkerCluster cluster = new WorkerCluster(directory)) {
      cluster.begin(0, CALLS, call -> "/hold");
      OtherJvm node = cluster.node("one", CALLS);
      node.awaitReady();
      await().atMost(Duration.ofMinutes(1)).until(() -> cluster.server.open() == CALLS);
      // Each is answered after ten seconds or more.
      await()
          .pollDelay(Duration.ofSeconds(10))
          .atMost(Duration.ofMinutes(1))
          .until(() -> cluster.server.open() == CALLS);
      cluster.server.releaseAll();
      cluster.awaitEnd();

      WorkerNode.Figures most = WorkerNode.Figures.of(node);
      System.out.println("At most, with " + CALLS + " calls in flight: " + most);
      assertThat(cluster.succeeded()).isEqualTo(CALLS);
      assertThat(cluster.sent()).hasSize(CALLS);
      assertThat(most.threads()).isLessThanOrEqualTo(30);
      assertThat(most.connections()).isBetween(1, 4);
      // No two of its transactions wait for each other, which the engine would log with its stack.
      assertThat(most.logged()).isLessThan(1_000);
    }
  }
}
