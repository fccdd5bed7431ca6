package io.restconnector.webhook.internal.early;

import static io.restconnector.webhook.internal.early.EarlySamples.KEEP;
import static io.restconnector.webhook.internal.early.EarlySamples.NEXT;
import static io.restconnector.webhook.internal.early.EarlySamples.action;
import static io.restconnector.webhook.internal.early.EarlySamples.channel;
import static io.restconnector.webhook.internal.early.EarlySamples.event;
import static io.restconnector.webhook.internal.early.EarlySamples.kept;
import static io.restconnector.webhook.internal.early.EarlySamples.process;
import static io.restconnector.webhook.internal.early.EarlySamples.start;
import static io.restconnector.webhook.internal.early.EarlySamples.tasks;
import static io.restconnector.webhook.internal.early.EarlySamples.waits;
import static io.restconnector.webhook.internal.early.EarlySamples.waitsFor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restconnector.fixtures.TestDatabase;
import io.restconnector.webhook.WebhookEngine;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes early and what begins to wait for it, on two nodes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EarlyEventsTest {

  private final TestDatabase database = database();
  private WebhookEngine engine;
  private WebhookEngine other;
  private String key;

  TestDatabase database() {
    return TestDatabase.H2;
  }

  @BeforeAll
  void startNodes() {
    String url = database.url();
    engine = WebhookEngine.on(database, url);
    other = WebhookEngine.on(database, url);
  }

  @AfterAll
  void close() {
    other.close();
    engine.close();
  }

  @BeforeEach
  void newKey() {
    key = "k" + UUID.randomUUID().toString().replace("-", "");
  }

  @ParameterizedTest
  @CsvSource({"event, false", "event, true", "message, false", "signal, false", "signal, true"})
  void whenSomethingBeginsToWaitThenItIsGivenWhatCameEarly(String type, boolean onOtherNode) {
    String wait = type.equals("event") ? waits("w", key, "a") : waitsFor("w", type);
    engine.deploy(
        key + ".event", event(key, "a"),
        key + ".channel", type.equals("event") ? channel(key, KEEP) : action(key, type, KEEP),
        key + ".bpmn20.xml", process(key, "w", wait, "next", NEXT));

    assertThat(engine.post(key + "/1/x", "7").status()).isEqualTo(202);
    assertThat(kept(engine, key)).hasSize(1);
    String instance = start(onOtherNode ? other : engine, key, "1", "x");

    awaitNext(instance);
    assertThat(engine.runtime().getVariable(instance, "v")).isEqualTo(7L);
    assertThat(kept(engine, key)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"a b | a b", "a b | a", "a b | b", "a b | ''", "'' | ''", "a | a"})
  void whenTheEventCorrelatesThenTheWaitFindsIt(String ofEvent, String ofWait) {
    engine.deploy(
        key + ".event", event(key, ofEvent.split(" ")),
        key + ".channel", channel(key, KEEP),
        key + ".bpmn20.xml",
            process(
                key,
                "w",
                waits("w", key, ofWait.isEmpty() ? new String[0] : ofWait.split(" ")),
                "next",
                NEXT));
    engine.post(key + "/1/x", "7");
    assertThat(kept(engine, key)).hasSize(1);

    awaitNext(start(engine, key, "1", "x"));

    assertThat(kept(engine, key)).isEmpty();
  }

  @Test
  void whenOneParameterDiffersThenTheEventIsKeptForItsOwnWait() {
    engine.deploy(
        key + ".event", event(key, "a", "b"),
        key + ".channel", channel(key, KEEP),
        key + ".bpmn20.xml", process(key, "w", waits("w", key, "a", "b"), "next", NEXT));
    engine.post(key + "/1/x", "7");
    String wrong = start(engine, key, "1", "y");
    String right = start(engine, key, "1", "x");

    awaitNext(right);

    assertThat(tasks(engine, wrong)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"event", "message", "signal"})
  void whenSeveralHaveOneCorrelationThenTheyWakeOneWaitAfterAnotherInTheirOrder(String type) {
    String[] sequence = new String[26];
    for (int i = 0; i < 6; i++) {
      sequence[4 * i] = "w" + i;
      sequence[4 * i + 1] =
          type.equals("event") ? waits("w" + i, key, "a") : waitsFor("w" + i, type);
      sequence[4 * i + 2] = "n" + i;
      sequence[4 * i + 3] =
          "<serviceTask id=\"n%d\" flowable:expression=\"${execution.setVariable('all', (all == null ? '' : all).concat(v))}\"/>"
              .formatted(i);
    }
    sequence[24] = "next";
    sequence[25] = NEXT;
    engine.deploy(
        key + ".event", event(key, "a"),
        key + ".channel", type.equals("event") ? channel(key, KEEP) : action(key, type, KEEP),
        key + ".bpmn20.xml", process(key, sequence));
    for (String value : List.of("a", "b", "c")) {
      assertThat(engine.post(key + "/1/x", "\"" + value + "\"").status()).isEqualTo(202);
    }

    String instance =
        other
            .runtime()
            .createProcessInstanceBuilder()
            .processDefinitionKey(key)
            .businessKey("1")
            .variable("a", "1")
            .variable("all", "")
            .start()
            .getId();
    for (String value : List.of("d", "e", "f")) {
      assertThat(engine.post(key + "/1/x", "\"" + value + "\"").status()).isEqualTo(202);
    }

    awaitNext(instance);
    assertThat(engine.runtime().getVariable(instance, "all")).isEqualTo("abcdef");
    assertThat(kept(engine, key)).isEmpty();
  }

  private void awaitNext(String instance) {
    await().untilAsserted(() -> assertThat(tasks(engine, instance)).containsExactly("next"));
  }
}
