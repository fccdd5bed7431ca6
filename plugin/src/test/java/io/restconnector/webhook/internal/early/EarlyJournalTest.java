package io.restconnector.webhook.internal.early;

import static io.restconnector.webhook.internal.early.EarlySamples.action;
import static io.restconnector.webhook.internal.early.EarlySamples.channel;
import static io.restconnector.webhook.internal.early.EarlySamples.event;
import static io.restconnector.webhook.internal.early.EarlySamples.process;
import static io.restconnector.webhook.internal.early.EarlySamples.start;
import static io.restconnector.webhook.internal.early.EarlySamples.waits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.restconnector.RestConnector;
import io.restconnector.RestConnectorSettings;
import io.restconnector.journal.EarlyEntry;
import io.restconnector.journal.Explanation;
import io.restconnector.journal.JournalFilter;
import io.restconnector.journal.OperationsSettings;
import io.restconnector.journal.RefusedOperationException;
import io.restconnector.journal.SampleRequest;
import io.restconnector.webhook.EarlyEvents.EarlyEvent;
import io.restconnector.webhook.WebhookEngine;
import io.restconnector.webhook.WebhookSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator sees of events that come early. */
class EarlyJournalTest {

  private static final String KEEP = "\"early\": {\"keep\": \"PT1H\"},";

  private final WebhookEngine engine = engine(true);

  private static WebhookEngine engine(boolean actions) {
    return WebhookEngine.with(
        RestConnectorSettings.defaults()
            .withOperations(OperationsSettings.defaults().withActions(actions))
            .withWebhooks(
                WebhookSettings.defaults().withEventNotMatchStatus(404).withMaxEarlyEvents(3)));
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private List<EarlyEntry> entries() {
    return RestConnector.of(engine.engine).journal().early(JournalFilter.all());
  }

  @Test
  void whenEventsAreKeptDeliveredDroppedOrExpireThenTheJournalTellsEachOnce() {
    engine.deploy(
        "k.event", event("k", "a"),
        "k.channel", channel("k", KEEP),
        "k.bpmn20.xml", process("k", "w", waits("w", "k", "a"), "t", "<userTask id=\"t\"/>"));
    for (int i = 1; i <= 3; i++) {
      assertThat(engine.post("k/" + i + "/x", "7").status()).isEqualTo(200);
    }

    String instance = start(engine, "k", "1", "x");
    await().untilAsserted(() -> assertThat(entries()).hasSize(4));
    EarlyEntry delivered = entries().get(0);
    RestConnector connector = RestConnector.of(engine.engine);
    EarlyEvent second = connector.earlyEvents().list(0, 1).get(0);
    assertThat(connector.earlyEvents().drop(second.id())).isTrue();
    engine
        .configuration()
        .getClock()
        .setCurrentTime(Date.from(second.receivedAt().plus(Duration.ofHours(2))));
    await().untilAsserted(() -> assertThat(entries()).hasSize(6));

    assertThat(entries())
        .extracting(EarlyEntry::outcome)
        .containsExactly("Expired", "Dropped", "Delivered", "Kept", "Kept", "Kept");
    assertThat(entries())
        .allMatch(each -> each.trigger().equals("k") && each.target().equals("k"))
        .extracting(EarlyEntry::id)
        .containsExactly(5L, 4L, 3L, 2L, 1L, 0L);
    assertThat(delivered.instances()).containsExactly(instance);
    assertThat(delivered.event()).isEqualTo(entries().get(5).event());
    assertThat(filtered(all -> all.withInstance(instance))).containsExactly(delivered);
    assertThat(filtered(all -> all.withOutcome("expired"))).hasSize(1);
    assertThat(filtered(all -> all.withTrigger("k"))).hasSize(6);
    assertThat(filtered(all -> all.withTrigger("other"))).isEmpty();
    assertThat(filtered(all -> all.withActivity("w"))).isEmpty();
  }

  private List<EarlyEntry> filtered(Function<JournalFilter, JournalFilter> filter) {
    return RestConnector.of(engine.engine).journal().early(filter.apply(JournalFilter.all()));
  }

  @Test
  void whenActionsAreNotAllowedThenAnOperatorOnlyLooks() {
    try (WebhookEngine guarded = engine(false)) {
      guarded.deploy("s.channel", action("s", "signal", KEEP));
      guarded.post("s/1/x", "7");
      RestConnector connector = RestConnector.of(guarded.engine);
      long event = connector.earlyEvents().list(0, 10).get(0).id();

      assertThatThrownBy(() -> connector.earlyEvents().drop(event))
          .isInstanceOf(RefusedOperationException.class);
      assertThatThrownBy(() -> connector.earlyEvents().deliver(event))
          .isInstanceOf(RefusedOperationException.class);
      assertThat(connector.earlyEvents().count()).isEqualTo(1);
    }
  }

  /** Whatever the endpoint would do, explain has said before. */
  @ParameterizedTest
  @ValueSource(strings = {"event", "message", "signal"})
  void whenARequestIsExplainedThenItTellsWhetherItWouldBeKept(String kind) {
    engine.deploy(
        "k.event",
        event("k", "a"),
        "k.channel",
        kind.equals("event") ? channel("k", KEEP) : action("k", kind, KEEP),
        "p.bpmn20.xml",
        process(
            "k",
            "w",
            kind.equals("event") ? waits("w", "k", "a") : EarlySamples.waitsFor("w", kind)));

    for (int i = 0; i < 5; i++) {
      boolean isKept = i < 3;
      assertThat(explained().keeps()).isEqualTo(isKept);
      assertThat(explained().wakes()).isEmpty();
      assertThat(engine.post("k/1/x", "7").status()).isEqualTo(isKept ? 200 : 404);
    }
    RestConnector connector = RestConnector.of(engine.engine);
    connector.earlyEvents().list(0, 10).forEach(each -> connector.earlyEvents().drop(each.id()));
    String instance = start(engine, "k", "1", "x");
    assertThat(explained().keeps()).isFalse();
    assertThat(explained().wakes()).containsExactly(instance);
  }

  private Explanation.Action explained() {
    return RestConnector.of(engine.engine)
        .explain(
            new SampleRequest(
                "POST",
                "k/1/x",
                Map.of("Content-Type", List.of("application/json")),
                "7".getBytes(StandardCharsets.UTF_8)))
        .triggers()
        .get(0)
        .actions()
        .get(0);
  }
}
