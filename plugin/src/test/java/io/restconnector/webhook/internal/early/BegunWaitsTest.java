package io.restconnector.webhook.internal.early;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.webhook.internal.delivery.KeptAction.Kind;
import io.restconnector.webhook.internal.early.BegunWaits.BegunWait;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.flowable.common.engine.api.delegate.event.FlowableEngineEventType;
import org.flowable.eventsubscription.api.EventSubscription;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What begins to wait, once it is committed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BegunWaitsTest {

  private final EarlyRows rows = new EarlyRows();
  private final List<BegunWait> begun = new CopyOnWriteArrayList<>();
  private final BegunWaits waits = new BegunWaits(begun::add);

  BegunWaitsTest() {
    rows.engine
        .configuration()
        .getEventDispatcher()
        .addEventListener(waits, FlowableEngineEventType.ENTITY_CREATED);
    rows.engine.deploy("one.event", EarlySamples.event("one", "a"));
    for (String type : List.of("message", "signal")) {
      rows.engine.deploy(
          type + ".bpmn20.xml",
          EarlySamples.process(
              type, "w", EarlySamples.waitsFor("w", type), "next", EarlySamples.NEXT));
    }
    rows.engine.deploy(
        "event.bpmn20.xml",
        EarlySamples.process("event", "w", EarlySamples.waits("w", "one", "a")),
        "start.bpmn20.xml",
        """
        <message id="m" name="m"/><process id="start"><startEvent id="s">
          <messageEventDefinition messageRef="m"/></startEvent></process>
        """);
  }

  @BeforeEach
  void clear() {
    begun.clear();
  }

  @AfterAll
  void close() {
    rows.close();
  }

  @Test
  void whenAnInstanceBeginsToWaitThenThatIsToldWithItsCorrelation() {
    String message = EarlySamples.start(rows.engine, "message", "a", "");
    String signal = EarlySamples.start(rows.engine, "signal", "a", "");
    String event = EarlySamples.start(rows.engine, "event", "a", "");
    String key =
        rows.engine.runtime().createEventSubscriptionQuery().eventType("one").list().stream()
            .map(EventSubscription::getConfiguration)
            .findFirst()
            .orElseThrow();

    assertThat(begun)
        .containsExactly(
            new BegunWait(new Awaited(Kind.MESSAGE, "message", null), message),
            new BegunWait(new Awaited(Kind.SIGNAL, "signal", null), signal),
            new BegunWait(new Awaited(Kind.EVENT, "one", key), event));
  }

  @Test
  void whenAProcessHasAStartEventThenNothingWaits() {
    rows.engine.deploy(
        "again.bpmn20.xml",
        """
        <message id="n" name="n"/><process id="again"><startEvent id="s">
          <messageEventDefinition messageRef="n"/></startEvent></process>
        """);

    assertThat(begun).isEmpty();
  }

  @Test
  void whenTheTransactionIsNotCommittedThenNothingIsToldAndUntilThenNeither() {
    rows.engine.inTransaction(
        () -> {
          EarlySamples.start(rows.engine, "signal", "a", "");
          assertThat(begun).isEmpty();
          return null;
        });
    assertThat(begun).hasSize(1);

    assertThatThrownBy(
            () ->
                rows.engine.inTransaction(
                    () -> {
                      EarlySamples.start(rows.engine, "signal", "a", "");
                      throw new IllegalStateException("rolls back");
                    }))
        .hasMessageContaining("rolls back");
    assertThat(begun).hasSize(1);
  }

  @Test
  void whenItFailsThenTheProcessDoesNot() {
    assertThat(waits.isFailOnException()).isFalse();
  }
}
