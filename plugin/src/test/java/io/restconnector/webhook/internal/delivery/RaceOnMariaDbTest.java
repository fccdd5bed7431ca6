package io.restconnector.webhook.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restconnector.fixtures.TestDatabase;
import io.restconnector.webhook.WebhookEngine;
import io.restconnector.webhook.internal.request.WebhookResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("cluster")
class RaceOnMariaDbTest extends RaceTest {
  @Override
  TestDatabase database() {
    return TestDatabase.MARIADB;
  }

  /** Those who wait for the lock's row deadlock when it is deleted: all but one try again. */
  @Override
  List<Integer> uniqueStatuses() {
    return List.of(200, 503);
  }

  /** The database's default isolation would show a transaction what was there before it waited. */
  @Test
  void whenAnEventWaitedForTheLockOfAUniqueInstanceThenItSeesTheInstance() throws Exception {
    String url = TestDatabase.MARIADB.url();
    CountDownLatch gate = new CountDownLatch(1);
    ExecutorService senders = Executors.newFixedThreadPool(2);
    try (WebhookEngine engine =
            WebhookEngine.on(
                TestDatabase.MARIADB,
                url,
                each -> each.setBeans(new HashMap<>(Map.of("gate", gate))));
        Connection connection = TestDatabase.MARIADB.connect(url)) {
      engine.deploy(uniqueWith("held", "${gate.await()}"));

      Future<WebhookResponse> first = senders.submit(() -> engine.post("held/1", "{}"));
      Future<WebhookResponse> second = senders.submit(() -> engine.post("held/1", "{}"));
      await().until(() -> waiting(connection) == 1);
      gate.countDown();

      assertThat(first.get().status()).isEqualTo(200);
      assertThat(second.get().status()).isEqualTo(200);
      assertThat(engine.runtime().createProcessInstanceQuery().count()).isEqualTo(1);
    } finally {
      senders.shutdownNow();
    }
  }

  @Test
  void whenAnEventWaitsTooLongForALockThenAnswerIs503() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    CountDownLatch isHeld = new CountDownLatch(1);
    ExecutorService senders = Executors.newFixedThreadPool(1);
    try (WebhookEngine engine =
        WebhookEngine.on(
            TestDatabase.MARIADB,
            TestDatabase.MARIADB.url() + "&sessionVariables=innodb_lock_wait_timeout=1",
            each -> each.setBeans(new HashMap<>(Map.of("gate", gate, "isHeld", isHeld))))) {
      engine.deploy(uniqueWith("long", "${isHeld.countDown()}${gate.await()}"));

      Future<WebhookResponse> first = senders.submit(() -> engine.post("long/1", "{}"));
      isHeld.await();
      assertThat(engine.post("long/1", "{}").status()).isEqualTo(503);
      gate.countDown();

      assertThat(first.get().status()).isEqualTo(200);
    } finally {
      senders.shutdownNow();
    }
  }

  /** A unique instance that evaluates an expression in the transaction that starts it. */
  private static String[] uniqueWith(String key, String expression) {
    String[] files = DeliveryMatrix.unique(key);
    files[5] =
        files[5].replace(
            "<userTask id=\"t\"/>",
            """
            <serviceTask id="t" flowable:expression="%s"/>
            <sequenceFlow sourceRef="t" targetRef="u"/><userTask id="u"/>
            """
                .formatted(expression));
    return files;
  }

  private static int waiting(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select count(*) from information_schema.innodb_trx where trx_state = 'LOCK WAIT'")) {
      row.next();
      return row.getInt(1);
    }
  }
}
