package io.restconnector.webhook.internal.respond;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.fixtures.TestDatabase;
import io.restconnector.webhook.WebhookEngine;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("cluster")
class AnswersOnMariaDbTest {

  /** Else no index finds the instance of an answer, and the cleaning reads all executions. */
  @Test
  void whenAnswersAreComparedWithExecutionsThenBothHaveOneCollation() throws SQLException {
    String url = TestDatabase.MARIADB.url();
    WebhookEngine.on(TestDatabase.MARIADB, url).close();
    List<String> collations = new ArrayList<>();
    try (Connection connection = TestDatabase.MARIADB.connect(url);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select collation_name from information_schema.columns"
                    + " where table_schema = database() and"
                    + " (table_name, column_name) in (('ACT_RC_ANSWER', 'INSTANCE_ID_'),"
                    + " ('ACT_RU_EXECUTION', 'ID_'))")) {
      while (row.next()) {
        collations.add(row.getString(1));
      }
    }
    assertThat(collations).hasSize(2);
    assertThat(collations.get(0)).isEqualTo(collations.get(1));
  }
}
