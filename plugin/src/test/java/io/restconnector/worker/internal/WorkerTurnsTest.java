package io.restconnector.worker.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restconnector.RestConnectorSettings;
import io.restconnector.fixtures.LoggedEvents;
import io.restconnector.fixtures.PlainEngines;
import io.restconnector.fixtures.RawServer;
import io.restconnector.fixtures.SlowServer;
import io.restconnector.http.AccessSettings;
import io.restconnector.http.HttpSettings;
import io.restconnector.http.ShareSettings;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.flowable.job.api.ExternalWorkerJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Which calls wait for which, and what is told of those that no worker makes. */
class WorkerTurnsTest {

  private final LoggedEvents log = LoggedEvents.of("io.restconnector.worker");
  private SlowServer server;
  private DataSource database;

  @BeforeEach
  void start() {
    server = SlowServer.start();
    database = PlainEngines.database();
  }

  @AfterEach
  void stop() {
    log.close();
    server.close();
  }

  @Test
  void whenACallWaitsForItsNextAttemptThenAnotherOfItsOriginIsMadeMeanwhile() throws Exception {
    var settings =
        RestConnectorSettings.defaults()
            .withHttp(HttpSettings.defaults().withMaxConnections(1, 1))
            .withWorker(WorkerEngine.NO_POLL);
    String busy = RawServer.response("503 Busy\r\nRetry-After: 20", "");
    try (RawServer origin = RawServer.answering(busy);
        WorkerEngine node = WorkerEngine.start(database, settings)) {
      node.deployCall("p", "restGet", "");
      node.begin("p", Map.of("restUrl", origin.url("/retried"), "maxAttempts", 2));
      await().until(() -> origin.accepted() == 1);
      node.begin("p", Map.of("restUrl", origin.url("/next")));

      // Long before the 20 s are over: it is answered 503, and its job has failed.
      await()
          .atMost(Duration.ofSeconds(15))
          .until(() -> node.jobs().stream().anyMatch(job -> job.getExceptionMessage() != null));
    }
  }

  @Test
  void whenAnswersComeFasterThanTheyAreCompletedThenCreatedJobsAreNotTaken() {
    int calls = 210;
    CountDownLatch open = new CountDownLatch(1);
    AtomicBoolean slow = new AtomicBoolean();
    DataSource gated =
        new DelegatingDataSource(database) {
          @Override
          public Connection getConnection() throws SQLException {
            if (slow.get()
                && Thread.currentThread().getName().startsWith("rest-connector-complete")) {
              await().until(() -> open.getCount() == 0);
            }
            return super.getConnection();
          }
        };
    var settings =
        RestConnectorSettings.defaults()
            .withHttp(HttpSettings.defaults().withMaxConnections(calls, calls))
            .withWorker(WorkerEngine.NO_POLL);
    try (WorkerEngine node = WorkerEngine.start(gated, settings)) {
      node.deployCall("p", "restGet", "");
      IntStream.range(0, calls).forEach(i -> node.begin("p", server.url("/hold")));
      await().until(() -> server.open() == calls);
      slow.set(true);
      server.releaseAll();
      String behind =
          await()
              .until(
                  () -> {
                    String instance = node.begin("p", server.url("/behind"));
                    return node.jobs().stream()
                            .filter(job -> job.getProcessInstanceId().equals(instance))
                            .map(ExternalWorkerJob::getLockOwner)
                            .allMatch(owner -> owner == null)
                        ? instance
                        : "";
                  },
                  instance -> !instance.isEmpty());
      open.countDown();

      assertThat(node.task(behind)).isEqualTo("done");
    }
  }

  @Test
  void whenJobsOfAShareAndOthersWaitForTheRoomOfAFullNodeThenTheyAreTakenInTurn() throws Exception {
    int each = 10;
    Queue<String> order = new ConcurrentLinkedQueue<>();
    try (RawServer shared = telling("shared", order);
        RawServer other = telling("other", order);
        WorkerEngine idle = WorkerEngine.start(database, WorkerEngine.NO_POLL.withEnabled(false))) {
      idle.deployCall("p", "restGet", "");
      IntStream.range(0, each).forEach(i -> idle.begin("p", shared.url("/")));
      leaveAll(idle);
      IntStream.range(0, each).forEach(i -> idle.begin("p", other.url("/")));

      var shares = Map.of("partner", new ShareSettings(List.of(shared.url("")), each, null));
      var settings =
          RestConnectorSettings.defaults()
              .withHttp(
                  HttpSettings.defaults().withAccess(AccessSettings.defaults().withShares(shares)))
              .withWorker(WorkerEngine.NO_POLL.withMaxInFlight(1).withEnabled(true));
      try (WorkerEngine node = WorkerEngine.start(database, settings)) {
        await().atMost(Duration.ofMinutes(1)).until(() -> node.tasks() == 2L * each);
      }
    }
    // A call that ends while its node looks for jobs may put two of one kind behind each other.
    assertThat(order.stream().limit(each)).filteredOn("shared"::equals).hasSizeBetween(3, each - 3);
  }

  private static RawServer telling(String name, Queue<String> order) throws IOException {
    return RawServer.start(
        RawServer.replying(
            request -> {
              order.add(name);
              return RawServer.response("200 OK", "{}");
            }));
  }

  private static void leaveAll(WorkerEngine node) {
    JobLocks locks = new JobLocks(node.configuration(), Duration.ofMinutes(1), List.of("partner"));
    locks.leave("partner", locks.acquire(100).jobs().stream().map(Job::id).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "restget, restGet",
    "RESTGET, restGet",
    "RestPost, restPost",
    "rest-put, restPut",
    "rest_delete, restDelete",
    "resttrace, restTrace"
  })
  void whenATopicIsAnActionInOtherLettersThenThatIsToldOnce(String topic, String meant) {
    try (WorkerEngine node = WorkerEngine.start(database, WorkerEngine.NO_POLL)) {
      (topic.equalsIgnoreCase(meant) ? node.unchecked() : node).deployCall("p", topic, "");
      node.begin("p", server.url("/x"));
      node.begin("p", server.url("/x"));
    }
    assertThat(log.messages())
        .filteredOn(line -> line.contains("'" + topic + "', wanted '" + meant + "'"))
        .singleElement()
        .asString()
        .contains("'call'");
  }

  @Test
  void whenATopicIsAnotherWorkersThenNothingIsTold() {
    try (WorkerEngine node = WorkerEngine.start(database, WorkerEngine.NO_POLL)) {
      for (String topic : List.of("get", "restGetter", "mail")) {
        node.deployCall(topic, topic, "").begin(topic, server.url("/x"));
      }
    }
    assertThat(log.messages()).noneMatch(line -> line.contains("topic"));
  }

  @ParameterizedTest
  @CsvSource({"false, true", "true, false"})
  void whenATaskWaitsWhereNoWorkerRunsThenThatIsToldOnce(boolean disabled, boolean async) {
    var configuration =
        WorkerEngine.configuration(
            database,
            RestConnectorSettings.defaults()
                .withWorker(
                    disabled ? WorkerEngine.NO_POLL.withEnabled(false) : WorkerEngine.NO_POLL));
    configuration.setAsyncExecutorActivate(!async);
    try (WorkerEngine node = WorkerEngine.start(configuration)) {
      node.deployCall("p", "restGet", "");
      node.begin("p", server.url("/x"));
      node.begin("p", server.url("/x"));
      assertThat(server.seen()).isEmpty();
    }
    assertThat(log.messages())
        .filteredOn(line -> line.contains("waits for another node"))
        .singleElement()
        .asString()
        .contains("'call'", "rest-connector.worker.enabled", "async executor");
  }
}
