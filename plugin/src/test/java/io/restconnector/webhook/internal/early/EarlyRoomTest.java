package io.restconnector.webhook.internal.early;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.fixtures.LoggedEvents;
import io.restconnector.fixtures.TestDatabase;
import io.restconnector.webhook.WebhookEngine;
import io.restconnector.webhook.internal.delivery.KeptAction.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many events may still be kept. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EarlyRoomTest {

  private static final int MOST = 6_400;

  private final EarlyRows rows = new EarlyRows();

  @AfterEach
  void clear() {
    rows.clear();
  }

  @AfterAll
  void close() {
    rows.close();
  }

  private boolean take(EarlyRoom room) {
    return rows.run(room::take);
  }

  private void insert() {
    rows.insert(Kind.SIGNAL, "s", null);
  }

  @Test
  void whenTheLastPlaceIsTakenThenThereIsNoneUntilAnEventGoesAndThatIsToldOnceEachTime() {
    EarlyRoom room = new EarlyRoom(2);
    try (LoggedEvents log = LoggedEvents.of(EarlyRoom.class)) {
      for (int round = 1; round <= 2; round++) {
        while (rows.ids().size() < 2) {
          assertThat(rows.run(room::isThere)).isTrue();
          assertThat(take(room)).isTrue();
          insert();
        }
        assertThat(rows.run(room::isThere)).isFalse();
        assertThat(take(room)).isFalse();
        assertThat(take(room)).isFalse();
        assertThat(log.messages()).hasSize(round);
        long first = rows.ids().get(0);
        rows.run(() -> EarlyEventTable.delete(first));
      }
      assertThat(log.messages().get(0)).contains("there are 2, as many as");
    }
  }

  @Test
  void whenNothingMayBeKeptThenThereIsNoPlace() {
    assertThat(take(new EarlyRoom(0))).isFalse();
    assertThat(rows.run(new EarlyRoom(0)::isThere)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "100000, 89999, true",
    "100000, 90000, false",
    "1500, 499, true",
    "1500, 500, false",
    "1000, 0, false"
  })
  void whenTheBoundIsFarThenTheNodeCountsForItself(int most, int counted, boolean isFar) {
    EarlyRoom room = new EarlyRoom(most);
    room.counted(counted);
    insert();
    insert();

    assertThat(take(room)).isTrue();
    // Of the table there are two.
    assertThat(room.count()).isEqualTo(isFar ? counted + 1 : 3);
  }

  @ParameterizedTest
  @CsvSource({"1500, 499, true", "1500, 500, false"})
  void whenTheBoundIsFarThenTheTableIsNotCountedToSeeWhetherThereIsAPlace(
      int most, int counted, boolean isFar) {
    EarlyRoom room = new EarlyRoom(most);
    room.counted(counted);
    IntStream.range(0, most).forEach(each -> insert());

    assertThat(rows.run(room::isThere)).isEqualTo(isFar);
  }

  @Test
  void whenNothingWasCountedYetThenTheTableIs() {
    EarlyRoom room = new EarlyRoom(100_000);
    insert();

    assertThat(room.count()).isZero();
    assertThat(take(room)).isTrue();
    assertThat(room.count()).isEqualTo(2);
    assertThat(take(room)).isTrue();
    assertThat(room.count()).isEqualTo(3);
  }

  @Test
  void whenOtherNodesFillTheTableThenANodeSeesItBeforeItsCountIsOld() throws SQLException {
    String url = TestDatabase.H2.url();
    try (WebhookEngine node = WebhookEngine.on(TestDatabase.H2, url)) {
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

  private static long takes(WebhookEngine node, EarlyRoom room, int count) {
    return node.engine
        .getManagementService()
        .executeCommand(context -> IntStream.range(0, count).filter(unused -> room.take()).count());
  }
}
