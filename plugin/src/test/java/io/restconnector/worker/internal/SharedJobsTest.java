package io.restconnector.worker.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restconnector.RestConnectorSettings;
import io.restconnector.fixtures.PlainEngines;
import io.restconnector.fixtures.SlowServer;
import io.restconnector.http.HttpSettings;
import io.restconnector.worker.WorkerSettings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Jobs that other nodes want, have, or take away. */
class SharedJobsTest {

  private SlowServer server;
  private DataSource database;

  @BeforeEach
  void start() {
    server = SlowServer.start();
    database = PlainEngines.database();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void whenAnotherNodeIsFasterWithSomeJobsThenTheRestIsTakenAtOnce() throws SQLException {
    int jobs = 150;
    try (WorkerEngine idle =
            WorkerEngine.start(database, WorkerSettings.defaults().withEnabled(false));
        Connection another = database.getConnection();
        Statement sql = another.createStatement()) {
      idle.deployCall("p", "restGet", "");
      IntStream.range(0, jobs).forEach(i -> idle.begin("p", server.url("/hold")));
      another.setAutoCommit(false);
      int taken =
          sql.executeUpdate(
              "update ACT_RU_EXTERNAL_JOB set REV_ = REV_ + 1, LOCK_OWNER_ = 'another',"
                  + " LOCK_EXP_TIME_ = dateadd(hour, 1, current_timestamp) where ID_ ="
                  + " (select ID_ from ACT_RU_EXTERNAL_JOB order by CREATE_TIME_ limit 1)");

      RestConnectorSettings settings =
          RestConnectorSettings.defaults()
              .withHttp(HttpSettings.defaults().withMaxConnections(jobs, jobs))
              .withWorker(WorkerEngine.NO_POLL);
      try (WorkerEngine node = WorkerEngine.start(database, settings)) {
        await().until(this::aNodeWaitsForALock);
        another.commit();

        await().until(() -> server.open() == jobs - taken);
        server.releaseAll();
        assertThat(taken).isEqualTo(1);
        await().until(() -> node.tasks() == jobs - taken);
      }
    }
  }

  private boolean aNodeWaitsForALock() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement sql = connection.createStatement();
        ResultSet row =
            sql.executeQuery(
                "select count(*) from information_schema.sessions where blocker_id is not null")) {
      row.next();
      return row.getInt(1) > 0;
    }
  }

  @Test
  void whenTheDatabaseWasAwayThenANodeLetsOthersRenewTheirLocksBeforeItTakesJobs() {
    WorkerSettings settings =
        WorkerSettings.defaults()
            .withLockDuration(Duration.ofSeconds(9))
            .withPollInterval(Duration.ofMillis(50));
    AtomicBoolean away = new AtomicBoolean();
    AtomicBoolean otherAway = new AtomicBoolean();
    try (WorkerEngine node = WorkerEngine.start(database(away), settings);
        WorkerEngine otherNode = WorkerEngine.start(database(otherAway), settings)) {
      String instance = node.deployCall("p", "restGet", "").begin("p", server.url("/hold"));
      await().until(() -> server.open() == 1);
      away.set(true);
      otherAway.set(true);
      await().until(() -> !otherNode.worker().status().reachesJobs());
      await()
          .pollDelay(settings.lockDuration())
          .atMost(Duration.ofMinutes(1))
          .until(() -> server.open() == 1);

      otherAway.set(false);
      await().until(() -> otherNode.worker().status().reachesJobs());
      assertThat(otherNode.worker().status().inFlight()).isZero();
      away.set(false);
      server.releaseAll();
      assertThat(otherNode.task(instance)).isEqualTo("done");
      assertThat(server.seen()).hasSize(1);
    }
  }

  private DataSource database(AtomicBoolean away) {
    return new DelegatingDataSource(database) {
      @Override
      public Connection getConnection() throws SQLException {
        if (away.get()) {
          throw new SQLException("away", "08006");
        }
        return super.getConnection();
      }
    };
  }
}
