package io.restconnector.webhook.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.fixtures.TestDatabase;
import io.restconnector.webhook.WebhookEngine;
import io.restconnector.webhook.internal.request.WebhookResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same delivery at once, at two engines on one database. */
class DeduplicationRaceTest {

  private static final String CHANNEL =
      WebhookEngine.channel(
          "paid",
          "paid",
          """
          "deduplication": {"key": "${params.id}"}, "status": 202, "body": {"by": "${body.by}"},
          "action": {"type": "startProcess", "processDefinitionKey": "paid"}
          """);
  private static final String PROCESS =
      """
      <process id="paid"><startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="t"/>
        <userTask id="t"/></process>
      """;

  @Test
  @Tag("cluster")
  void whenManySendTheSameDeliveryAtOnceOnMariaDbThenOneHasAnEffectAndAllGetItsAnswer()
      throws Exception {
    whenManySendTheSameDeliveryAtOnceThenOneHasAnEffectAndAllGetItsAnswer(TestDatabase.MARIADB, 64);
  }

  @ParameterizedTest
  @CsvSource({"H2, 8", "POSTGRES, 64"})
  void whenManySendTheSameDeliveryAtOnceThenOneHasAnEffectAndAllGetItsAnswer(
      TestDatabase database, int number) throws Exception {
    String url = database.url();
    ExecutorService senders = Executors.newFixedThreadPool(number);
    try (WebhookEngine before = WebhookEngine.on(database, url)) {
      before.deploy("paid.channel", CHANNEL, "paid.bpmn20.xml", PROCESS);
    }
    try (WebhookEngine one = WebhookEngine.on(database, url);
        WebhookEngine two = WebhookEngine.on(database, url)) {
      CountDownLatch start = new CountDownLatch(1);
      List<Callable<WebhookResponse>> deliveries = new ArrayList<>();
      for (int i = 0; i < number; i++) {
        WebhookEngine engine = i % 2 == 0 ? one : two;
        String body = "{\"by\": %d}".formatted(i);
        deliveries.add(
            () -> {
              start.await();
              return engine.post("paid?id=1", body);
            });
      }
      List<Future<WebhookResponse>> answers = deliveries.stream().map(senders::submit).toList();
      start.countDown();

      WebhookResponse first = answers.get(0).get();
      assertThat(first.status()).isEqualTo(202);
      for (Future<WebhookResponse> answer : answers) {
        assertThat(answer.get().status()).isEqualTo(202);
        assertThat(answer.get().body()).isEqualTo(first.body());
      }
      assertThat(one.runtime().createProcessInstanceQuery().count()).isEqualTo(1);
    } finally {
      senders.shutdownNow();
    }
  }
}
