package io.restconnector.worker.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restconnector.RestConnectorSettings;
import io.restconnector.call.internal.RestCalls;
import io.restconnector.fixtures.PlainEngines;
import io.restconnector.fixtures.SlowServer;
import io.restconnector.fixtures.SlowServer.Seen;
import io.restconnector.http.HttpSettings;
import io.restconnector.http.internal.Extensions;
import io.restconnector.internal.Tracing;
import io.restconnector.worker.WorkerSettings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.flowable.common.engine.impl.runtime.Clock;
import org.flowable.common.engine.impl.util.DefaultClockImpl;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.job.api.ExternalWorkerJob;
import org.flowable.job.service.impl.asyncexecutor.ResetExpiredJobsCmd;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** How jobs are taken, kept, completed and given back. */
class RestWorkerTest {

  private static final WorkerSettings SHORT_LOCKS =
      WorkerSettings.defaults()
          .withLockDuration(Duration.ofMillis(400))
          .withPollInterval(Duration.ofMillis(50));

  /** Locks are not extended either, when the worker looks for jobs too. */
  private static final WorkerSettings NO_LOOKS =
      WorkerEngine.NO_POLL.withLockDuration(Duration.ofHours(1));

  private SlowServer server;
  private DataSource database;

  @BeforeEach
  void start() {
    server = SlowServer.start();
    database = database();
  }

  DataSource database() {
    return PlainEngines.database();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void whenProcessReachesTheTaskThenTheCallStartsWithoutAPoll() {
    try (WorkerEngine node = WorkerEngine.start(database, WorkerEngine.NO_POLL)) {
      String instance = node.deployCall("p", "restGet", "").begin("p", server.url("/x"));

      assertThat(node.task(instance)).isEqualTo("done");
      assertThat(node.variable(instance, "restResult")).hasToString("{\"path\":\"/x\"}");
      assertThat(node.variable(instance, "restStatus")).isEqualTo(200);
    }
  }

  @Test
  void whenTheTransactionRollsBackThenNothingIsSentAndTheRoomIsFreeAgain() {
    try (WorkerEngine node =
        WorkerEngine.start(database, WorkerEngine.NO_POLL.withMaxInFlight(1))) {
      node.deployCall("p", "restGet", "");
      deployFork(node, "broken", "${noSuchBean.fail()}");
      try {
        node.begin("broken", server.url("/never"));
      } catch (RuntimeException expected) {
        assertThat(expected).hasMessageContaining("noSuchBean");
      }

      assertThat(node.task(node.begin("p", server.url("/x")))).isEqualTo("done");
      assertThat(server.seen()).containsExactly(new Seen("GET", "/x", ""));
    }
  }

  @Test
  void whenTheRoomIsFreeBeforeAJobCanBeSeenThenItIsTakenWithItsCommit() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    ProcessEngineConfigurationImpl configuration =
        WorkerEngine.configuration(
            database, RestConnectorSettings.defaults().withWorker(NO_LOOKS.withMaxInFlight(1)));
    configuration.setBeans(new HashMap<>(Map.of("reached", reached, "gate", gate)));
    try (WorkerEngine node = WorkerEngine.start(configuration)) {
      node.deployCall("p", "restGet", "");
      deployFork(node, "fork", "${reached.countDown()}${gate.await()}");
      String first = node.begin("p", server.url("/hold"));
      await().until(() -> server.open() == 1);
      CompletableFuture<String> begun =
          CompletableFuture.supplyAsync(() -> node.begin("fork", server.url("/left")));
      reached.await();
      server.release();
      assertThat(node.task(first)).isEqualTo("done");
      await().until(() -> node.worker().status().inFlight() == 0);
      gate.countDown();
      begun.join();

      await().until(() -> server.seen().contains(new Seen("GET", "/left", "")));
    }
  }

  @Test
  void whenTheRoomOfAJobIsFreeByItsRollbackThenOneThatWaitsIsTaken() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    ProcessEngineConfigurationImpl configuration =
        WorkerEngine.configuration(
            database, RestConnectorSettings.defaults().withWorker(NO_LOOKS.withMaxInFlight(1)));
    configuration.setBeans(new HashMap<>(Map.of("reached", reached, "gate", gate)));
    try (WorkerEngine node = WorkerEngine.start(configuration)) {
      node.deployCall("p", "restGet", "");
      deployFork(node, "fork", "${reached.countDown()}${gate.await()}${noSuchBean.fail()}");
      CompletableFuture<String> broken =
          CompletableFuture.supplyAsync(() -> node.begin("fork", server.url("/never")));
      reached.await();
      String left = node.begin("p", server.url("/x"));
      gate.countDown();
      broken.handle((instance, failed) -> instance).join();

      assertThat(node.task(left)).isEqualTo("done");
    }
  }

  @Test
  void whenMoreJobsThanRoomThenNoMoreThanMaxInFlightAreLockedAndAllAreMade() {
    try (WorkerEngine node =
        WorkerEngine.start(
            database,
            WorkerSettings.defaults().withMaxInFlight(3).withPollInterval(Duration.ofMillis(50)))) {
      node.deployCall("p", "restGet", "");
      IntStream.range(0, 10).forEach(i -> node.begin("p", server.url("/hold/" + i)));

      await().until(() -> server.open() == 3);
      assertThat(node.jobs()).filteredOn(job -> job.getLockOwner() != null).hasSize(3);
      await()
          .until(
              () -> {
                server.release();
                return node.tasks() == 10;
              });
      assertThat(server.mostOpen()).isEqualTo(3);
      assertThat(Set.copyOf(server.seen())).hasSize(10);
      assertThat(server.seen()).hasSize(10);
    }
  }

  @Test
  void whenAJobWaitsForRoomThenItsAgeIsKnownUntilItIsTaken() {
    try (WorkerEngine node = WorkerEngine.start(database, SHORT_LOCKS.withMaxInFlight(1))) {
      node.deployCall("p", "restGet", "").begin("p", server.url("/hold/1"));
      await().until(() -> server.open() == 1);
      node.begin("p", server.url("/hold/2"));

      await().until(() -> node.worker().status().queueAge().compareTo(Duration.ofMillis(200)) > 0);
      server.release();
      await().until(() -> server.seen().size() == 2);
      await().until(() -> node.worker().status().queueAge().isZero());
    }
  }

  @Test
  void whenMoreCallsThanConnectionsThenTheyWaitBeforeTheirTimeoutStarts() {
    var settings =
        RestConnectorSettings.defaults()
            .withHttp(
                HttpSettings.defaults()
                    .withMaxConnections(2, 1)
                    .withDefaultTimeout(Duration.ofSeconds(2)))
            .withWorker(WorkerEngine.NO_POLL);
    try (WorkerEngine node = WorkerEngine.start(database, settings)) {
      node.deployCall("p", "restGet", "");
      IntStream.range(0, 8).forEach(i -> node.begin("p", server.url("/delay/400")));

      await().until(() -> node.tasks() == 8);
      assertThat(server.mostOpen()).isEqualTo(1);
      assertThat(
              node.runtime()
                  .createProcessInstanceQuery()
                  .variableValueEquals("restStatus", 200)
                  .count())
          .isEqualTo(8);
    }
  }

  @Test
  void whenACallLastsLongerThanTheLockThenNoNodeSendsItAgain() {
    try (WorkerEngine node = WorkerEngine.start(database, SHORT_LOCKS);
        WorkerEngine other = WorkerEngine.start(database, SHORT_LOCKS)) {
      String instance = node.deployCall("p", "restGet", "").begin("p", server.url("/hold"));
      Set<Instant> ends = new HashSet<>();
      await()
          .until(
              () -> {
                ends.add(node.jobs().get(0).getLockExpirationTime().toInstant());
                return ends.size() > 8;
              });
      server.releaseAll();

      assertThat(other.task(instance)).isEqualTo("done");
      assertThat(server.seen()).hasSize(1);
    }
  }

  @Test
  void whenANodeDiedThenAnotherMakesTheCallWithinTheLockDuration() throws SQLException {
    String instance = jobOf("a-node-that-died", Instant.now().plusMillis(300));

    try (WorkerEngine node = WorkerEngine.start(database, SHORT_LOCKS)) {
      assertThat(node.task(instance)).isEqualTo("done");
      assertThat(server.seen()).hasSize(1);
    }
  }

  @Test
  void whenTheEngineResetsAnExpiredLockThatWasTakenMeanwhileThenItStays() {
    try (WorkerEngine node = WorkerEngine.start(database, WorkerEngine.NO_POLL)) {
      node.deployCall("p", "restGet", "").begin("p", server.url("/hold"));
      await().until(() -> server.open() == 1);
      ExternalWorkerJob job = node.jobs().get(0);
      var jobs = node.configuration().getJobServiceConfiguration();

      // The engine finds expired jobs in one transaction and resets them by id in another.
      jobs.getCommandExecutor()
          .execute(
              new ResetExpiredJobsCmd(
                  List.of(job.getId()), jobs.getExternalWorkerJobEntityManager(), jobs));

      assertThat(node.jobs())
          .singleElement()
          .returns(job.getLockOwner(), ExternalWorkerJob::getLockOwner)
          .returns(job.getLockExpirationTime(), ExternalWorkerJob::getLockExpirationTime);
      server.releaseAll();
    }
  }

  @Test
  void whenALockExpiredAndNobodyTookTheJobThenItsCallIsNotSentAgain() throws SQLException {
    // No room, so that the job is not simply acquired again.
    try (WorkerEngine node = WorkerEngine.start(database, SHORT_LOCKS.withMaxInFlight(1))) {
      String instance = node.deployCall("p", "restGet", "").begin("p", server.url("/hold"));
      await().until(() -> server.open() == 1);
      String owner = node.jobs().get(0).getLockOwner();
      lock(null, null);
      await().until(() -> owner.equals(node.jobs().get(0).getLockOwner()));
      server.releaseAll();

      assertThat(node.task(instance)).isEqualTo("done");
      assertThat(server.seen()).hasSize(1);
    }
  }

  @Test
  void whenTheAnswerComesWhileNobodyHasTheLockThenItIsNotLost() throws SQLException {
    try (WorkerEngine node = WorkerEngine.start(database, WorkerEngine.NO_POLL)) {
      String instance = node.deployCall("p", "restGet", "").begin("p", server.url("/hold"));
      await().until(() -> server.open() == 1);
      lock(null, null);
      server.releaseAll();

      assertThat(node.task(instance)).isEqualTo("done");
      assertThat(server.seen()).hasSize(1);
    }
  }

  @Test
  void whenATransactionOutlastsTheLockOfAJobItCreatedThenTheLockIsExtendedBeforeTheCallIsSent() {
    ProcessEngineConfigurationImpl configuration =
        WorkerEngine.configuration(
            database, RestConnectorSettings.defaults().withWorker(WorkerEngine.NO_POLL));
    Clock clock = new DefaultClockImpl();
    configuration.setClock(clock);
    configuration.setBeans(new HashMap<>(Map.of("clock", clock)));
    try (WorkerEngine node = WorkerEngine.start(configuration)) {
      deployFork(node, "p", "${clock.reset()}");
      clock.setCurrentTime(Date.from(Instant.now().minus(Duration.ofHours(1))));
      node.begin("p", server.url("/hold"));
      await().until(() -> server.open() == 1);

      assertThat(node.jobs().get(0).getLockExpirationTime()).isInTheFuture();
      server.releaseAll();
    }
  }

  @Test
  void whenTheLockIsLostThenTheAnswerIsDropped() throws SQLException {
    try (WorkerEngine node = WorkerEngine.start(database, WorkerEngine.NO_POLL)) {
      node.deployCall("p", "restGet", "").begin("p", server.url("/hold"));
      await().until(() -> server.open() == 1);
      lock("another", Instant.now().plusSeconds(60));
      server.releaseAll();

      // The second instance tells that the first has had its time: one thread reads both.
      assertThat(node.task(node.begin("p", server.url("/x")))).isEqualTo("done");
      await().pollDelay(Duration.ofMillis(200)).until(() -> server.open() == 0);
      assertThat(node.jobs())
          .extracting(ExternalWorkerJob::getLockOwner)
          .containsExactly("another");
      assertThat(node.tasks()).isEqualTo(1);
    }
  }

  @Test
  void whenAnExclusiveJobLostItsLockThenItsInstanceIsNotLocked() throws SQLException {
    try (WorkerEngine node = WorkerEngine.start(database, WorkerEngine.NO_POLL)) {
      node.deploy(
          "exclusive",
          """
          <startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="call"/>
          <serviceTask id="call" flowable:type="external-worker" flowable:topic="restGet"/>
          <sequenceFlow sourceRef="call" targetRef="done"/><userTask id="done"/>
          """);
      node.begin("exclusive", server.url("/hold"));
      await().until(() -> server.open() == 1);
      lock("another", Instant.now().plusSeconds(60));
      server.releaseAll();
      await().until(() -> node.worker().status().inFlight() == 0);

      try (Connection connection = database.getConnection();
          ResultSet locked =
              connection
                  .createStatement()
                  .executeQuery("select * from ACT_RU_EXECUTION where LOCK_OWNER_ is not null")) {
        assertThat(locked.next()).isFalse();
      }
      assertThat(node.tasks()).isZero();
    }
  }

  @Test
  void whenTheProcessGoesElsewhereThenTheCallIsGivenUp() {
    try (WorkerEngine node = WorkerEngine.start(database, SHORT_LOCKS.withMaxInFlight(1))) {
      node.deployCall("p", "restGet", "");
      String instance = node.begin("p", server.url("/hold"));
      await().until(() -> server.open() == 1);
      node.runtime().deleteProcessInstance(instance, "test");

      assertThat(node.task(node.begin("p", server.url("/x")))).isEqualTo("done");
    }
  }

  @Test
  void whenTheInstanceIsCancelledBeforeItsCallIsSentThenItIsNotSent() {
    var settings =
        RestConnectorSettings.defaults()
            .withHttp(HttpSettings.defaults().withMaxConnections(2, 1))
            .withWorker(SHORT_LOCKS.withMaxInFlight(2));
    try (SlowServer other = SlowServer.start();
        WorkerEngine node = WorkerEngine.start(database, settings)) {
      node.deployCall("p", "restPost", "");
      String first = node.begin("p", server.url("/hold"));
      await().until(() -> server.open() == 1);
      String cancelled = node.begin("p", server.url("/cancelled"));
      String next = node.begin("p", other.url("/next"));
      node.runtime().deleteProcessInstance(cancelled, "test");

      // There was room for two: the next call tells that the cancelled one is no more.
      assertThat(node.task(next)).isEqualTo("done");
      server.releaseAll();
      assertThat(node.task(first)).isEqualTo("done");
      await()
          .during(Duration.ofMillis(200))
          .untilAsserted(
              () -> assertThat(server.seen()).extracting(Seen::path).containsExactly("/hold"));
    }
  }

  @Test
  void whenTheEngineClosesThenCallsInFlightMayEnd() {
    WorkerEngine node = WorkerEngine.start(database, WorkerEngine.NO_POLL);
    String instance = node.deployCall("p", "restGet", "").begin("p", server.url("/hold"));
    await().until(() -> server.open() == 1);
    CompletableFuture<Void> closed = CompletableFuture.runAsync(node::close);
    await().until(() -> !node.engine.getProcessEngineConfiguration().getAsyncExecutor().isActive());
    server.releaseAll();
    closed.join();

    try (WorkerEngine next = WorkerEngine.start(database, WorkerEngine.NO_POLL)) {
      assertThat(next.task(instance)).isEqualTo("done");
      assertThat(server.seen()).hasSize(1);
    }
  }

  @Test
  void whenTheGraceIsOverThenOtherNodesMakeTheCallsAtOnce() {
    ProcessEngineConfigurationImpl configuration =
        WorkerEngine.configuration(
            database,
            RestConnectorSettings.defaults()
                .withWorker(WorkerSettings.defaults().withEnabled(false)));
    String instance;
    try (WorkerEngine node = WorkerEngine.start(configuration);
        var calls = new RestCalls(HttpSettings.defaults(), Extensions.none(), true)) {
      RestWorker worker =
          new RestWorker(
              configuration,
              calls,
              HttpSettings.defaults(),
              WorkerSettings.defaults(),
              Tracing.OFF);
      worker.start();
      instance = node.deployCall("p", "restPost", "").begin("p", server.url("/hold"));
      await().until(() -> server.open() == 1);
      worker.close(Duration.ofMillis(50));

      assertThat(node.jobs()).extracting(ExternalWorkerJob::getLockOwner).containsOnlyNulls();
    }
    try (WorkerEngine next = WorkerEngine.start(database, SHORT_LOCKS)) {
      await().until(() -> server.seen().size() == 2);
      server.releaseAll();
      assertThat(next.task(instance)).isEqualTo("done");
      assertThat(Set.copyOf(server.seen())).hasSize(1);
    }
  }

  @Test
  void whenTheWorkerIsClosedDuringATransactionThenItsJobIsNotLeftLocked() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    ProcessEngineConfigurationImpl configuration =
        WorkerEngine.configuration(
            database, RestConnectorSettings.defaults().withWorker(WorkerEngine.NO_POLL));
    configuration.setBeans(new HashMap<>(Map.of("reached", reached, "gate", gate)));
    try (WorkerEngine node = WorkerEngine.start(configuration)) {
      deployFork(node, "p", "${reached.countDown()}${gate.await()}");
      CompletableFuture<String> begun =
          CompletableFuture.supplyAsync(() -> node.begin("p", server.url("/x")));
      reached.await();
      Thread closing = new Thread(node.worker()::close);
      closing.start();
      await().until(() -> !node.worker().status().takesJobs());
      gate.countDown();
      begun.join();
      closing.join();

      assertThat(node.jobs()).allSatisfy(job -> assertThat(job.getLockOwner()).isNull());
    }
  }

  @Test
  void whenATransactionOutlastsTheClosingThenItsJobIsNotLeftLocked() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    ProcessEngineConfigurationImpl configuration =
        WorkerEngine.configuration(
            database,
            RestConnectorSettings.defaults()
                .withWorker(WorkerEngine.NO_POLL.withDrainTimeout(Duration.ofMillis(200))));
    configuration.setBeans(new HashMap<>(Map.of("reached", reached, "gate", gate)));
    try (WorkerEngine node = WorkerEngine.start(configuration)) {
      deployFork(node, "p", "${reached.countDown()}${gate.await()}");
      CompletableFuture<String> begun =
          CompletableFuture.supplyAsync(() -> node.begin("p", server.url("/x")));
      reached.await();
      node.worker().close();
      gate.countDown();
      begun.join();

      assertThat(node.jobs())
          .singleElement()
          .satisfies(job -> assertThat(job.getLockOwner()).isNull());
      assertThat(server.seen()).isEmpty();
    }
  }

  @Test
  void whenTheDatabaseDoesNotAnswerThenTheDrainTimeoutBoundsTheClosing() throws Exception {
    CountDownLatch answers = new CountDownLatch(1);
    AtomicBoolean silent = new AtomicBoolean();
    DataSource gated =
        new DelegatingDataSource(database) {
          @Override
          public Connection getConnection() throws SQLException {
            if (silent.get() && Thread.currentThread().getName().startsWith("rest-connector")) {
              await().until(() -> answers.getCount() == 0);
            }
            return super.getConnection();
          }
        };
    WorkerSettings settings = SHORT_LOCKS.withDrainTimeout(Duration.ofSeconds(1));
    try (WorkerEngine node = WorkerEngine.start(gated, settings)) {
      node.deployCall("p", "restGet", "").begin("p", server.url("/hold"));
      await().until(() -> server.open() == 1);
      silent.set(true);
      long start = System.nanoTime();
      node.worker().close();

      // The wait of the data source above is 30 s.
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
      answers.countDown();
    }
  }

  @Test
  void whenTheWorkerIsClosedWhileItTakesAJobThenTheJobIsNotLeftLocked() throws Exception {
    CompletableFuture<Thread> taking = new CompletableFuture<>();
    CountDownLatch slow = new CountDownLatch(1);
    AtomicBoolean waiting = new AtomicBoolean();
    DataSource gated =
        new DelegatingDataSource(database) {
          @Override
          public Connection getConnection() throws SQLException {
            Thread thread = Thread.currentThread();
            if (waiting.get() && thread.getName().equals("rest-connector-worker")) {
              taking.complete(thread);
              await().until(() -> slow.getCount() == 0);
            }
            return super.getConnection();
          }
        };
    jobOf("gone", Instant.now().plusSeconds(3600));
    WorkerSettings settings = WorkerSettings.defaults().withPollInterval(Duration.ofMillis(50));
    try (WorkerEngine node = WorkerEngine.start(gated, settings)) {
      waiting.set(true);
      Thread worker = taking.join();
      lock(null, null);
      Thread closing = new Thread(node.worker()::close);
      closing.start();
      await().until(() -> !node.worker().status().takesJobs());
      slow.countDown();
      closing.join();
      worker.join();

      assertThat(node.jobs()).allSatisfy(job -> assertThat(job.getLockOwner()).isNull());
    }
  }

  @Test
  void whenTheDatabaseTellsNoUpperFromLowerCaseThenAMisspeltTopicStopsNobody() {
    JdbcDataSource database = new JdbcDataSource(); // as SQL Server is by default
    database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=60;IGNORECASE=TRUE");
    try (WorkerEngine node = WorkerEngine.start(database, SHORT_LOCKS)) {
      node.unchecked().deployCall("misspelt", "restget", "");
      node.begin("misspelt", server.url("/x"));
      node.deployCall("p", "restGet", "");
      node.begin("p", server.url("/hold"));
      await().until(() -> server.open() == 1);
      await().until(() -> server.seen().size() == 2 || !node.worker().status().reachesJobs());

      assertThat(node.worker().status().reachesJobs()).isTrue();
      server.releaseAll();
    }
  }

  @Test
  void whenTheAsyncExecutorIsStartedLaterThenTheWorkerTakesJobsFromThenOn() {
    ProcessEngineConfigurationImpl configuration =
        WorkerEngine.configuration(
            database, RestConnectorSettings.defaults().withWorker(SHORT_LOCKS));
    configuration.setAsyncExecutorActivate(false);
    try (WorkerEngine node = WorkerEngine.start(configuration)) {
      String instance = node.deployCall("p", "restGet", "").begin("p", server.url("/x"));
      assertThat(node.worker().status().takesJobs()).isFalse();
      configuration.getAsyncExecutor().start();

      assertThat(node.task(instance)).isEqualTo("done");
    }
  }

  @Test
  void whenTheDatabaseIsAwayThenTheAnswerWaitsForIt() {
    AtomicBoolean away = new AtomicBoolean();
    DataSource shaky =
        new DelegatingDataSource(database) {
          @Override
          public Connection getConnection() throws SQLException {
            if (away.get()) {
              throw new SQLException("away", "08006");
            }
            return super.getConnection();
          }
        };
    try (WorkerEngine node = WorkerEngine.start(shaky, SHORT_LOCKS)) {
      String instance = node.deployCall("p", "restGet", "").begin("p", server.url("/hold"));
      await().until(() -> server.open() == 1);
      away.set(true);
      server.releaseAll();
      await().pollDelay(Duration.ofMillis(300)).until(() -> server.open() == 0);
      away.set(false);

      assertThat(node.task(instance)).isEqualTo("done");
      assertThat(server.seen()).hasSize(1);
      assertThat(node.task(node.begin("p", server.url("/x")))).isEqualTo("done");
    }
  }

  /** A process that reaches a call and evaluates an expression in one transaction. */
  private static void deployFork(WorkerEngine node, String id, String expression) {
    node.deploy(
        id,
        """
        <startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="fork"/>
        <parallelGateway id="fork"/>
        <sequenceFlow sourceRef="fork" targetRef="call"/>
        <serviceTask id="call" flowable:type="external-worker" flowable:topic="restGet"
          flowable:exclusive="false"/>
        <sequenceFlow sourceRef="fork" targetRef="evaluated"/>
        <serviceTask id="evaluated" flowable:expression="%s"/>
        """
            .formatted(expression));
  }

  /** Leaves behind the job of a call to {@code /x}, as a node that is gone may have. */
  private String jobOf(String owner, Instant until) throws SQLException {
    String instance;
    try (WorkerEngine node =
        WorkerEngine.start(database, WorkerSettings.defaults().withEnabled(false))) {
      instance = node.deployCall("p", "restGet", "").begin("p", server.url("/x"));
    }
    lock(owner, until);
    return instance;
  }

  private void lock(@Nullable String owner, @Nullable Instant until) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement update =
            connection.prepareStatement(
                "update ACT_RU_EXTERNAL_JOB"
                    + " set REV_ = REV_ + 1, LOCK_OWNER_ = ?, LOCK_EXP_TIME_ = ?")) {
      update.setString(1, owner);
      update.setTimestamp(2, until == null ? null : Timestamp.from(until));
      assertThat(update.executeUpdate()).isEqualTo(1);
    }
  }
}
