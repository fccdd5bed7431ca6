package io.restconnector.webhook.internal.early;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.webhook.EarlyEvents;
import io.restconnector.webhook.EarlyEvents.Delivery;
import io.restconnector.webhook.EarlyEvents.EarlyEvent;
import io.restconnector.webhook.internal.delivery.KeptAction.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What an operator sees of early events and may do with them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeptEventsTest {

  private final EarlyRows rows = new EarlyRows();
  private final EarlyEvents events = of(() -> {});

  private EarlyEvents of(Runnable permission) {
    return new KeptEvents(
        rows.transactions, rows.delivery, permission, text -> text.toUpperCase(Locale.ROOT));
  }

  @AfterEach
  void clear() {
    rows.clear();
  }

  @AfterAll
  void close() {
    rows.close();
  }

  @Test
  void whenAnOperatorLooksThenEventsAreListedByPagesWithTheirShownNames() {
    KeptEvent first =
        rows.insert("t", Kind.MESSAGE, "secret", List.of("a"), Duration.ofMinutes(10));
    KeptEvent second = rows.insert(Kind.SIGNAL, "s", null);

    EarlyEvent shown = events.list(0, 1).get(0);

    assertThat(shown.id()).isEqualTo(first.id());
    assertThat(shown.target()).isEqualTo("SECRET");
    assertThat(shown.action()).isEqualTo("message");
    assertThat(List.of(shown.trigger(), shown.tenantId())).containsExactly("k", "t");
    assertThat(Duration.between(shown.receivedAt(), shown.keptUntil())).hasMinutes(10);
    assertThat(shown.failures()).isZero();
    assertThat(events.list(first.id(), 9))
        .singleElement()
        .extracting(EarlyEvent::id)
        .isEqualTo(second.id());
    assertThat(events.count()).isEqualTo(2);
  }

  @Test
  void whenAnOperatorActsThenTheResultIsThatOfTheDelivery() {
    rows.engine.deploy(
        "p.bpmn20.xml",
        EarlySamples.process(
            "p", "w", EarlySamples.waitsFor("w", "message"), "next", EarlySamples.NEXT));
    KeptEvent event = rows.insert(Kind.MESSAGE, "p", "a");
    KeptEvent dropped = rows.insert(Kind.MESSAGE, "p", "a");

    assertThat(events.deliver(event.id())).isEqualTo(Delivery.NOT_TAKEN);
    rows.whileLocked(event, () -> assertThat(events.deliver(event.id())).isEqualTo(Delivery.BUSY));
    EarlySamples.start(rows.engine, "p", "a", "");
    assertThat(events.deliver(event.id())).isEqualTo(Delivery.DELIVERED);
    assertThat(events.deliver(event.id())).isEqualTo(Delivery.GONE);
    assertThat(events.drop(dropped.id())).isTrue();
    assertThat(events.drop(dropped.id())).isFalse();
  }

  @Test
  void whenNothingMayBeChangedThenAnOperatorOnlyLooks() {
    KeptEvent event = rows.insert(Kind.SIGNAL, "s", null);
    EarlyEvents guarded =
        of(
            () -> {
              throw new SecurityException("not allowed");
            });

    assertThatThrownBy(() -> guarded.drop(event.id())).isInstanceOf(SecurityException.class);
    assertThatThrownBy(() -> guarded.deliver(event.id())).isInstanceOf(SecurityException.class);
    assertThat(guarded.count()).isEqualTo(1);
    assertThat(guarded.list(0, 9)).hasSize(1);
  }
}
