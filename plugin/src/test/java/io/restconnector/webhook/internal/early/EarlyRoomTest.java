package io.restconnector.webhook.internal.early;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.webhook.TestDatabase;
import io.restconnector.webhook.TestEngine;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EarlyRoomTest {

  private static final int MOST = 6_400;

  @Test
  void whenOtherNodesFillTheTableThenANodeSeesItBeforeItsCountIsOld() throws SQLException {
    String url = TestDatabase.H2.url();
    try (TestEngine node = TestEngine.on(TestDatabase.H2, url, engine -> {})) {
      EarlyRoom room = new EarlyRoom(MOST);
      assertThat(takes(node, room, 1)).isOne();

      try (Connection connection = TestDatabase.H2.connect(url);
          Statement statement = connection.createStatement()) {
        statement.execute(
            "insert into ACT_RC_EARLY_EVENT (KIND_, NAME_, TENANT_ID_, TRIGGER_, CREATED_, EXPIRES_,"
                + " DUE_, FAILURES_) select 'EVENT', 'e', '', 't', 0, 9e15, 9e15, 0 from system_range(1, "
                + MOST
                + ")");
      }

      assertThat(takes(node, room, 1_000)).isLessThanOrEqualTo(200);
    }
  }

  private static long takes(TestEngine node, EarlyRoom room, int count) {
    return node.engine()
        .getManagementService()
        .executeCommand(context -> IntStream.range(0, count).filter(unused -> room.take()).count());
  }
}
