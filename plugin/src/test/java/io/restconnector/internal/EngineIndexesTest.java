package io.restconnector.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.fixtures.TestDatabase;
import io.restconnector.webhook.WebhookEngine;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EngineIndexesTest {

  private static final Set<String> ALL =
      Set.of(
          "ACT_IDX_RC_JOB_EXECUTION",
          "ACT_IDX_RC_JOB_FREE",
          "ACT_IDX_RC_JOB_OWNER",
          "ACT_IDX_RC_SUBSCR_NAME",
          "ACT_IDX_RC_SUBSCR_TYPE");

  @ParameterizedTest
  @EnumSource(names = {"H2", "POSTGRES"})
  void whenTheEngineUpdatesItsTablesTwiceThenTheIndexesAreThereOnce(TestDatabase database)
      throws SQLException {
    String url = database.url();
    WebhookEngine.on(database, url).close();
    WebhookEngine.on(database, url).close();
    assertThat(indexes(database, url)).isEqualTo(ALL);
  }

  @Test
  void whenAnEarlierVersionMadeTheTablesThenTheIndexesAreAdded() throws SQLException {
    String url = TestDatabase.H2.url();
    WebhookEngine.on(TestDatabase.H2, url).close();
    try (Connection connection = TestDatabase.H2.connect(url);
        Statement statement = connection.createStatement()) {
      for (String index : ALL) {
        statement.execute("drop index " + index);
      }
    }
    WebhookEngine.on(TestDatabase.H2, url).close();
    assertThat(indexes(TestDatabase.H2, url)).isEqualTo(ALL);
  }

  private static Set<String> indexes(TestDatabase database, String url) throws SQLException {
    String sql =
        database == TestDatabase.H2
            ? "select index_name from information_schema.indexes"
            : "select indexname from pg_indexes";
    Set<String> found = new TreeSet<>();
    try (Connection connection = database.connect(url);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        String name = row.getString(1).toUpperCase(Locale.ROOT);
        if (name.contains("ACT_IDX_RC_JOB") || name.contains("ACT_IDX_RC_SUBSCR")) {
          found.add(name);
        }
      }
    }
    return found;
  }
}
