package io.restconnector.webhook.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many subscriptions an action may reach. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SubscriptionsTest {

  private final Actions actions = new Actions();
  private final Subscriptions subscriptions = Subscriptions.install(actions.engine.configuration());

  @BeforeAll
  void insert() throws SQLException {
    insert("message", "n", 2);
    insert("signal", "n", 3);
    insert("signal", "many", 1_001);
    insert("paid", null, 4);
  }

  private void insert(String type, @Nullable String name, int count) throws SQLException {
    try (Connection connection = actions.engine.configuration().getDataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "insert into ACT_RU_EVENT_SUBSCR (ID_, REV_, CREATED_, EVENT_TYPE_, EVENT_NAME_) select '%1$s%2$s' || X, 1, now(), '%1$s', %3$s from system_range(1, %4$d)"
              .formatted(type, name, name == null ? "null" : "'" + name + "'", count));
    }
  }

  @AfterAll
  void close() {
    actions.close();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "message, n, 2",
        "startMessage, n, 2",
        "message, other, 0",
        "signal, n, 3",
        "signal, many, 1000",
        "event, paid, 4",
        "event, other, 0",
        "event, '', -",
        "startProcess, n, -",
        "none, '', -"
      })
  void whenAnActionHasATargetThenItsSubscriptionsAreCountedUpToAMost(
      String action, String target, @Nullable Long count) {
    assertThat(subscriptions.count(action, target)).isEqualTo(count);
  }
}
