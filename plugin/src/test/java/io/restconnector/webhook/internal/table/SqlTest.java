package io.restconnector.webhook.internal.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.fixtures.TestDatabase;
import io.restconnector.webhook.WebhookEngine;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.apache.ibatis.exceptions.PersistenceException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Queries in the engine's transaction, where its tables have a prefix. */
class SqlTest {

  @Test
  void whenTablesHaveAPrefixThenQueriesFindThemAndSeeTheTransaction() throws SQLException {
    String url = TestDatabase.H2.url();
    try (Connection connection = TestDatabase.H2.connect(url);
        Statement statement = connection.createStatement()) {
      statement.execute("create schema PRE");
      statement.execute("create table PRE.SAMPLE (ID_ int, TEXT_ varchar(9))");
      statement.execute("insert into PRE.SAMPLE values (1, 'a'), (2, null), (3, 'c')");
    }
    try (WebhookEngine engine =
        WebhookEngine.on(
            TestDatabase.H2,
            url + ";SCHEMA=PRE",
            each -> {
              each.setDatabaseTablePrefix("PRE.");
              each.setDatabaseSchema("PRE");
              each.setTablePrefixIsSchema(true);
            })) {
      List<@Nullable String> texts =
          engine.inTransaction(
              () ->
                  Sql.<@Nullable String>query(
                      "select TEXT_ from ${prefix}SAMPLE where ID_ > ? or TEXT_ = ? or ? is null"
                          + " order by ID_ desc",
                      row -> row.getString(1),
                      1,
                      "none",
                      null));
      List<Integer> none =
          engine.inTransaction(
              () -> Sql.query("select 1 from ${prefix}SAMPLE where ID_ = ?", row -> 1, 4));

      assertThat(texts).containsExactly("c", null, "a");
      assertThat(none).isEmpty();
      assertThatThrownBy(
              () -> engine.inTransaction(() -> Sql.query("select * from NOWHERE", row -> 1)))
          .isInstanceOf(PersistenceException.class)
          .hasMessage("A table of the REST connector cannot be read")
          .hasCauseInstanceOf(SQLException.class);
    }
  }
}
