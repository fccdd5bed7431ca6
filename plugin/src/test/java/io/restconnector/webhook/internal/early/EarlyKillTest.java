package io.restconnector.webhook.internal.early;

import static io.restconnector.webhook.internal.early.EarlySamples.KEEP;
import static io.restconnector.webhook.internal.early.EarlySamples.NEXT;
import static io.restconnector.webhook.internal.early.EarlySamples.channel;
import static io.restconnector.webhook.internal.early.EarlySamples.event;
import static io.restconnector.webhook.internal.early.EarlySamples.kept;
import static io.restconnector.webhook.internal.early.EarlySamples.process;
import static io.restconnector.webhook.internal.early.EarlySamples.start;
import static io.restconnector.webhook.internal.early.EarlySamples.waits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restconnector.fixtures.OtherJvm;
import io.restconnector.fixtures.TestDatabase;
import io.restconnector.webhook.WebhookEngine;
import io.restconnector.webhook.internal.delivery.WebhookNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.flowable.common.engine.impl.cfg.TransactionState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A node is killed before or after the commit of an early event, or of what waits for it. */
@Tag("cluster")
class EarlyKillTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final String url = TestDatabase.POSTGRES.url();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private WebhookEngine engine;

  @BeforeEach
  void deploy() {
    engine = WebhookEngine.on(TestDatabase.POSTGRES, url);
    engine.deploy(
        "told.event", event("told", "a"),
        "told.channel", channel("told", KEEP),
        "told.bpmn20.xml", process("told", "w", waits("w", "told", "a"), "next", NEXT),
        // In the transaction that keeps the event, whose pause precedes the search.
        "paused.channel",
            WebhookEngine.channel(
                "paused",
                "told/{a}/{b}",
                "\"status\": 202, \"action\": {\"type\": \"startProcess\","
                    + " \"processDefinitionKey\": \"paused\"}"),
        "paused.bpmn20.xml", process("paused", "t", "<userTask id=\"t\"/>"),
        "waiting.channel",
            WebhookEngine.channel(
                "waiting",
                "waiting/{a}",
                "\"status\": 202, \"action\": {\"type\": \"startProcess\","
                    + " \"processDefinitionKey\": \"told\","
                    + " \"variables\": {\"a\": \"${pathVariables.a}\"}}"));
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @ParameterizedTest
  @CsvSource({"COMMITTING, 0", "COMMITTED, 1"})
  void whenTheNodeThatStoresIsKilledThenAllOfItsTransactionIsThereOrNothing(
      TransactionState state, int committed, @TempDir Path directory) throws Exception {
    kill(state, "told/1/x", directory);

    assertThat(kept(engine, "told")).hasSize(committed);
    start(engine, "told", "1", "x");
    if (committed == 0) {
      engine.post("told/1/x", "7");
    }

    awaitOneDelivery();
  }

  @ParameterizedTest
  @CsvSource({"COMMITTING, 0", "COMMITTED, 1"})
  void whenTheNodeThatWaitsIsKilledThenAnotherDelivers(
      TransactionState state, int committed, @TempDir Path directory) throws Exception {
    engine.post("told/1/x", "7");
    // Only the node that is killed could have looked.
    EarlySamples.of(engine).close();
    kill(state, "waiting/1", directory);
    assertThat(kept(engine, "told")).hasSize(1);
    assertThat(engine.runtime().createProcessInstanceQuery().processDefinitionKey("told").count())
        .isEqualTo(committed);
    if (committed == 0) {
      start(engine, "told", "1", "x");
    }

    try (WebhookEngine alive = WebhookEngine.on(TestDatabase.POSTGRES, url)) {
      assertThat(alive).isNotNull();
      awaitOneDelivery();
    }
  }

  /** While it pauses in a state of its transaction. */
  private void kill(TransactionState state, String path, Path directory) throws Exception {
    try (OtherJvm node = WebhookNode.start(url, directory, state, Duration.ofDays(1))) {
      CompletableFuture<HttpResponse<String>> request =
          client.sendAsync(
              HttpRequest.newBuilder(
                      URI.create(
                          "http://127.0.0.1:%s/rest-connector/events/%s"
                              .formatted(node.awaitReady(), path)))
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString("7"))
                  .build(),
              BodyHandlers.ofString());
      await().atMost(PATIENCE).until(() -> node.output().contains(WebhookNode.PAUSED));
      node.kill();
      assertThat(request).failsWithin(PATIENCE);
    }
  }

  private void awaitOneDelivery() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        engine
                            .engine
                            .getTaskService()
                            .createTaskQuery()
                            .taskDefinitionKey("next")
                            .processVariableValueEquals("v", 7L)
                            .count())
                    .isEqualTo(1));
    assertThat(kept(engine, "told")).isEmpty();
    assertThat(engine.runtime().createProcessInstanceQuery().processDefinitionKey("told").count())
        .isEqualTo(1);
  }
}
