package io.restconnector.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restconnector.fixtures.TestDatabase;
import io.restconnector.webhook.WebhookEngine;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two nodes find at the same time that something is missing, and both make it. */
@Tag("cluster")
class NodesStartedTogetherTest {

  private static final List<String> TABLES =
      List.of("ACT_RC_DELIVERY", "ACT_RC_EARLY_EVENT", "ACT_RC_ANSWER");

  private static final List<String> INDEXED = List.of("ACT_RU_EXTERNAL_JOB", "ACT_RU_EVENT_SUBSCR");

  @ParameterizedTest
  @CsvSource({"POSTGRES, true", "POSTGRES, false", "MARIADB, true", "MARIADB, false"})
  void whenTwoNodesMakeTheSameThenBothStart(TestDatabase database, boolean areTables)
      throws Exception {
    boolean isPostgres = database == TestDatabase.POSTGRES;
    String url = database.url();
    WebhookEngine.on(database, url).close();
    List<String> drops = new ArrayList<>();
    if (areTables) {
      TABLES.forEach(table -> drops.add("drop table " + table));
    } else {
      String of = isPostgres ? "" : " on ACT_RU_EXTERNAL_JOB";
      drops.add("drop index ACT_IDX_RC_JOB_OWNER" + of);
      drops.add(
          "drop index ACT_IDX_RC_SUBSCR_NAME" + (isPostgres ? "" : " on ACT_RU_EVENT_SUBSCR"));
    }
    try (Connection connection = database.connect(url);
        Statement statement = connection.createStatement()) {
      for (String drop : drops) {
        statement.execute(drop);
      }
      if (isPostgres) {
        connection.setAutoCommit(false);
        for (String table : areTables ? TABLES : INDEXED) {
          statement.execute(
              areTables
                  ? "create table " + table + " (ID_ integer)"
                  : "lock table " + table + " in row exclusive mode");
        }
      } else {
        statement.execute("flush tables with read lock");
      }

      List<CompletableFuture<WebhookEngine>> nodes = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        nodes.add(
            CompletableFuture.supplyAsync(
                () -> WebhookEngine.on(database, url), work -> new Thread(work).start()));
      }
      try (Connection other = database.connect(url)) {
        await().atMost(Duration.ofMinutes(1)).until(() -> waiting(other, isPostgres) == 2);
      }
      if (isPostgres) {
        connection.rollback();
      } else {
        statement.execute("unlock tables");
      }

      for (CompletableFuture<WebhookEngine> node : nodes) {
        assertThat(node).succeedsWithin(Duration.ofMinutes(1));
        node.join().close();
      }
    }
  }

  private static int waiting(Connection connection, boolean isPostgres) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet count =
            statement.executeQuery(
                isPostgres
                    ? "select count(*) from pg_stat_activity"
                        + " where datname = current_database() and wait_event_type = 'Lock'"
                    : "select count(*) from information_schema.processlist"
                        + " where db = database() and state like 'Waiting for%'")) {
      count.next();
      return count.getInt(1);
    }
  }
}
