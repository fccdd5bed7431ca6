package io.restconnector.webhook.internal.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.fixtures.TestDatabase;
import io.restconnector.webhook.WebhookEngine;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Whether a table is there as it must be, and what makes it so. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectorTableTest {

  private static final ConnectorTable TABLE =
      new ConnectorTable("ACT_RC_DELIVERY", "deduplication", "", "HEADERS_");

  private final String url = TestDatabase.H2.url();
  private final WebhookEngine engine = WebhookEngine.on(TestDatabase.H2, url);

  @AfterAll
  void close() {
    engine.close();
  }

  private @Nullable String problem(ConnectorTable table) {
    return engine.inTransaction(table::problem);
  }

  private void run(Runnable schema) {
    engine.inTransaction(
        () -> {
          schema.run();
          return null;
        });
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = TestDatabase.H2.connect(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void whenTheTableIsThereThenNothingIsWrongAndNothingIsDone() {
    assertThat(problem(TABLE)).isNull();
    assertThat(problem(new ConnectorTable("ACT_RC_DELIVERY", "x", "", "headers_"))).isNull();
    assertThat(problem(new ConnectorTable("ACT_RC_ANSWER", "respond", "answer.", null))).isNull();
    run(TABLE::schemaCreate); // its script would fail
    run(TABLE::schemaUpdate);
    assertThat(TABLE.getContext()).isEqualTo("ACT_RC_DELIVERY");
  }

  @Test
  void whenTheTableIsMissingThenTheProblemNamesItsScriptAndTheSchemaMakesIt() throws SQLException {
    for (Runnable made : new Runnable[] {TABLE::schemaCreate, TABLE::schemaUpdate}) {
      run(TABLE::schemaDrop);
      assertThat(problem(TABLE))
          .isEqualTo(
              "deduplication needs the table ACT_RC_DELIVERY, which the database does not have;"
                  + " its script is io/restconnector/db/h2.create.sql");
      run(made);
      assertThat(problem(TABLE)).isNull();
    }
  }

  @Test
  void whenTheTableIsOfAnEarlierVersionThenAnUpdateUpgradesIt() throws SQLException {
    execute("alter table ACT_RC_DELIVERY drop column HEADERS_");

    assertThat(problem(TABLE))
        .isEqualTo(
            "deduplication needs the table ACT_RC_DELIVERY, which the database does not have"
                + " with the column HEADERS_; its script is io/restconnector/db/h2.upgrade.sql");
    run(TABLE::schemaUpdate);
    assertThat(problem(TABLE)).isNull();
  }
}
