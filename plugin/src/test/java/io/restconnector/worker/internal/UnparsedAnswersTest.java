package io.restconnector.worker.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restconnector.fixtures.PlainEngines;
import io.restconnector.fixtures.RawServer;
import io.restconnector.fixtures.RefusingDatabase;
import io.restconnector.fixtures.RefusingDatabase.Refused;
import io.restconnector.worker.WorkerSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Answers that come while the database takes no writes. */
class UnparsedAnswersTest {

  private static final WorkerSettings SHORT_LOCKS =
      WorkerSettings.defaults()
          .withLockDuration(Duration.ofMillis(900))
          .withPollInterval(Duration.ofMillis(50));

  private final RefusingDatabase database = new RefusingDatabase(PlainEngines.database());

  @Test
  void whenAnswersThatWaitAreLargeThenLaterOnesDoNotRunIntoTheirTimeouts() throws Exception {
    // Each takes a third of what may be parsed at once.
    String body =
        "[" + "1,".repeat((int) (Runtime.getRuntime().maxMemory() / 4 / 32 / 3 / 2)) + "1]";
    int calls = 8;
    CountDownLatch all = new CountDownLatch(calls);
    CountDownLatch answer = new CountDownLatch(1);
    try (RawServer large =
            RawServer.start(
                peer -> {
                  peer.readRequest();
                  all.countDown();
                  answer.await();
                  peer.send(RawServer.response("200 OK\r\nContent-Type: application/json", body));
                });
        WorkerEngine node = WorkerEngine.start(database, SHORT_LOCKS)) {
      node.deployCall(
          "large",
          "restGet",
          "<extensionElements><flowable:out source=\"restStatus\" target=\"status\"/>"
              + "<flowable:out source=\"restError\" target=\"error\"/></extensionElements>");
      List<String> instances =
          IntStream.range(0, calls)
              .mapToObj(
                  i -> node.begin("large", Map.of("restUrl", large.url("/x"), "timeout", 4000)))
              .toList();
      assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
      database.refuse(Refused.WRITES, "25006", 0);
      await().until(() -> !node.worker().status().reachesJobs());
      answer.countDown();

      // Beyond the timeouts of all.
      await()
          .pollDelay(Duration.ofSeconds(5))
          .until(() -> node.worker().status().inFlight() == calls);
      database.refuseNothing();

      assertThat(instances)
          .allSatisfy(instance -> assertThat(node.task(instance)).isEqualTo("done"));
      assertThat(large.requests()).hasSize(calls);
    }
  }
}
