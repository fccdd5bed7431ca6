package io.restconnector.worker.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restconnector.RestConnectorSettings;
import io.restconnector.fixtures.LoggedEvents;
import io.restconnector.fixtures.PlainEngines;
import io.restconnector.fixtures.RefusingDatabase;
import io.restconnector.fixtures.RefusingDatabase.Refused;
import io.restconnector.fixtures.SlowServer;
import io.restconnector.fixtures.SlowServer.Seen;
import io.restconnector.http.HttpSettings;
import io.restconnector.worker.WorkerSettings;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A database that is away, or that answers and takes no writes. */
class JobCompletionTest {

  private static final Duration LOCK = Duration.ofMillis(900);

  private static final WorkerSettings SHORT_LOCKS =
      WorkerSettings.defaults().withLockDuration(LOCK).withPollInterval(Duration.ofMillis(50));

  private final LoggedEvents log = LoggedEvents.of("io.restconnector.worker");
  private SlowServer server;
  private RefusingDatabase database;

  @BeforeEach
  void start() {
    server = SlowServer.start();
    database = new RefusingDatabase(PlainEngines.database());
  }

  @AfterEach
  void stop() {
    log.close();
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "WRITES, 25006, 0",
    "WRITES, HY000, 1290",
    "WRITES, X9999, 77",
    "COMMITS, 53100, 0",
    "CONNECTIONS, 08004, 1040",
    "CONNECTIONS, X9999, 77"
  })
  void whenTheDatabaseRefusesForLongerThanTheLocksThenAnswersWaitAndNothingIsSentTwice(
      Refused refused, String state, int code) {
    int calls = 12;
    try (WorkerEngine node = WorkerEngine.start(database, SHORT_LOCKS);
        WorkerEngine other = WorkerEngine.start(database, SHORT_LOCKS)) {
      node.deployCall("p", "restPost", "");
      IntStream.range(0, calls).forEach(i -> node.begin("p", server.url("/hold/" + i)));
      await().until(() -> server.open() == calls);

      database.refuse(refused, state, code);
      server.releaseAll();
      await().until(() -> !node.worker().status().reachesJobs());
      await().until(() -> !other.worker().status().reachesJobs());
      await().pollDelay(LOCK.multipliedBy(2)).until(() -> server.open() == 0);
      assertThat(node.worker().status().inFlight() + other.worker().status().inFlight())
          .isEqualTo(calls);
      database.refuseNothing();

      await().until(() -> node.tasks() == calls);
      assertThat(server.seen()).hasSize(calls);
      assertThat(node.task(node.begin("p", server.url("/x")))).isEqualTo("done");
      await().until(() -> other.worker().status().reachesJobs());
    }
    assertThat(log.messages())
        .filteredOn(line -> line.startsWith("The database is unavailable"))
        .as("one line for each node")
        .hasSize(2);
    assertThat(log.events()).hasSizeLessThanOrEqualTo(4);
    assertThat(log.events()).allSatisfy(line -> assertThat(line.getThrowableProxy()).isNull());
  }

  @Test
  void whenLocksCannotBeExtendedThenWhatWaitsForAConnectionIsNotSentUntilTheyAre() {
    var settings =
        RestConnectorSettings.defaults()
            .withHttp(HttpSettings.defaults().withMaxConnections(1, 1))
            .withWorker(SHORT_LOCKS);
    try (WorkerEngine node = WorkerEngine.start(database, settings)) {
      node.deployCall("p", "restPost", "");
      IntStream.range(0, 3).forEach(i -> node.begin("p", server.url("/hold/" + i)));
      await().until(() -> server.open() == 1);
      database.refuse(Refused.WRITES, "25006", 0);
      await().pollDelay(LOCK.multipliedBy(2)).until(() -> server.open() == 1);

      server.releaseAll();
      await().during(LOCK).until(() -> server.seen().size() == 1);
      database.refuseNothing();
      await()
          .until(
              () -> {
                server.release();
                return node.tasks() == 3;
              });
      assertThat(server.seen()).extracting(Seen::path).doesNotHaveDuplicates().hasSize(3);
    }
  }

  @Test
  void whenOnlyOneAnswerIsRefusedAndWritesWorkThenItsJobFailsAndTheOthersGoOn() {
    try (WorkerEngine node = WorkerEngine.start(database, SHORT_LOCKS)) {
      // A name that is too long for its column.
      node.deployCall(
          "broken",
          "restPost",
          "<extensionElements><flowable:in source=\"restUrl\" target=\"restUrl\"/>"
              + "<flowable:out source=\"restStatus\" target=\"%s\"/></extensionElements>"
                  .formatted("x".repeat(300)));
      node.deployCall("p", "restPost", "");
      node.begin("broken", server.url("/broken"));
      assertThat(node.task(node.begin("p", server.url("/x")))).isEqualTo("done");

      await()
          .until(() -> node.engine.getManagementService().createDeadLetterJobQuery().count() == 1);
      assertThat(node.worker().status().reachesJobs()).isTrue();
    }
  }
}
