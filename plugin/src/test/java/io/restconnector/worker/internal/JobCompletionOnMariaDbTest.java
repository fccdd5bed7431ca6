package io.restconnector.worker.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restconnector.fixtures.MariaDb;
import io.restconnector.fixtures.SlowServer;
import io.restconnector.worker.WorkerSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.ibatis.datasource.unpooled.UnpooledDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A MariaDB server that refuses what an ordinary user asks for; the administrator may all. */
@Tag("cluster")
class JobCompletionOnMariaDbTest {

  private static final int CALLS = 40;
  private static final Duration LOCK = Duration.ofSeconds(2);

  private static final WorkerSettings SETTINGS =
      WorkerSettings.defaults().withLockDuration(LOCK).withPollInterval(Duration.ofMillis(100));

  private SlowServer server;
  private Connection administrator;
  private String url;
  private String user;

  @BeforeEach
  void start() throws SQLException {
    server = SlowServer.start();
    url = MariaDb.newDatabase();
    administrator = DriverManager.getConnection(url, MariaDb.USER, "");
    user = "u" + UUID.randomUUID().toString().substring(0, 8);
    administer("create user " + user + "@localhost identified by ''");
    administer("grant all on *.* to " + user + "@localhost");
    administer(
        "revoke super, read_only admin, connection admin on *.* from " + user + "@localhost");
  }

  @AfterEach
  void stop() throws SQLException {
    administrator.close();
    server.close();
  }

  private void administer(String sql) throws SQLException {
    try (Statement statement = administrator.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Every transaction has a connection of its own, as with a pool that has to renew them all. */
  private DataSource database() {
    return new UnpooledDataSource(MariaDb.DRIVER, url, user, "");
  }

  /** What the outage begins or ends with. */
  private interface Step {
    void run() throws SQLException;
  }

  private void survives(Step outage, Step end) throws SQLException {
    try (WorkerEngine node = WorkerEngine.start(database(), SETTINGS);
        WorkerEngine other = WorkerEngine.start(database(), SETTINGS)) {
      node.deployCall("p", "restPost", "");
      IntStream.range(0, CALLS).forEach(i -> node.begin("p", server.url("/hold/" + i)));
      await().until(() -> server.open() == CALLS);
      try {
        outage.run();
        server.releaseAll();
        await().until(() -> !node.worker().status().reachesJobs());
        await().until(() -> !other.worker().status().reachesJobs());
        await().pollDelay(LOCK.multipliedBy(2)).until(() -> server.open() == 0);
      } finally {
        end.run();
      }

      await().until(() -> node.tasks() == CALLS);
      assertThat(server.seen()).hasSize(CALLS);
      assertThat(node.engine.getManagementService().createDeadLetterJobQuery().count()).isZero();
    }
  }

  @Test
  void whenItIsReadOnlyThenAnswersWaitAndNothingIsSentTwice() throws SQLException {
    survives(
        () -> administer("set global read_only = 1"), () -> administer("set global read_only = 0"));
  }

  @Test
  void whenThereAreTooManyConnectionsThenAnswersWaitAndNothingIsSentTwice() throws SQLException {
    List<Connection> taken = new ArrayList<>();
    survives(
        () -> {
          administer("set global max_connections = 10");
          // Those that the nodes had for a moment are free again: until one is refused for good.
          await()
              .until(
                  () -> {
                    try {
                      taken.add(DriverManager.getConnection(url, user, ""));
                      return false;
                    } catch (SQLException tooMany) {
                      return taken.size() >= 8;
                    }
                  });
        },
        () -> {
          for (Connection connection : taken) {
            connection.close();
          }
          administer("set global max_connections = 300");
        });
  }
}
