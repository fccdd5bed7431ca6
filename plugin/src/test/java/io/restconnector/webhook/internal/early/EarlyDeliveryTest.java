package io.restconnector.webhook.internal.early;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.restconnector.fixtures.LoggedEvents;
import io.restconnector.spi.EarlyEventOutcome;
import io.restconnector.webhook.internal.delivery.KeptAction.Kind;
import io.restconnector.webhook.internal.early.EarlyDelivery.Result;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What becomes of one attempt to deliver an event. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EarlyDeliveryTest {

  private final EarlyRows rows = new EarlyRows();

  EarlyDeliveryTest() {
    rows.engine.deploy(
        "good.bpmn20.xml",
        EarlySamples.process(
            "good", "w", EarlySamples.waitsFor("w", "message"), "next", EarlySamples.NEXT),
        "bad.bpmn20.xml",
        EarlySamples.process(
            "bad",
            "w",
            EarlySamples.waitsFor("w", "message"),
            "f",
            "<serviceTask id=\"f\" flowable:expression=\"${missing.bean}\"/>"));
  }

  @AfterEach
  void clear() {
    rows.clear();
  }

  @AfterAll
  void close() {
    rows.close();
  }

  private Result deliver(KeptEvent event) {
    return rows.delivery.deliver(event);
  }

  private int failures(KeptEvent event) {
    return Objects.requireNonNull(rows.find(event)).failures();
  }

  @Test
  void whenSomethingWaitsThenItIsGivenTheEventOnce() {
    String instance = EarlySamples.start(rows.engine, "good", "a", "");
    KeptEvent event = rows.insert(Kind.MESSAGE, "good", "a");

    assertThat(deliver(event)).isEqualTo(Result.DELIVERED);
    assertThat(EarlySamples.tasks(rows.engine, instance)).containsExactly("next");
    assertThat(rows.told)
        .singleElement()
        .satisfies(
            told -> {
              assertThat(told.kind()).isEqualTo(EarlyEventOutcome.Kind.DELIVERED);
              assertThat(told.instanceIds()).containsExactly(instance);
              assertThat(told.action()).isEqualTo("message");
            });
    assertThat(deliver(event)).isEqualTo(Result.GONE);
    assertThat(rows.told).hasSize(1);
  }

  @Test
  void whenNothingWaitsThenTheEventStays() {
    KeptEvent event = rows.insert(Kind.MESSAGE, "good", "nobody");

    assertThat(deliver(event)).isEqualTo(Result.NOT_TAKEN);
    assertThat(failures(event)).isZero();
    assertThat(rows.told).isEmpty();
  }

  @Test
  void whenItsTimeHasPassedThenItIsNotDelivered() {
    EarlySamples.start(rows.engine, "good", "late", "");
    KeptEvent event = rows.insert("", Kind.MESSAGE, "good", List.of("late"), Duration.ofMillis(-1));

    assertThat(deliver(event)).isEqualTo(Result.GONE);
    assertThat(rows.find(event)).isNotNull();
  }

  @Test
  void whenAnotherTransactionIsAtWorkThenTheEventIsNeitherDeliveredNorDropped() {
    EarlySamples.start(rows.engine, "good", "busy", "");
    KeptEvent event = rows.insert(Kind.MESSAGE, "good", "busy");

    rows.whileLocked(
        event,
        () -> {
          assertThat(deliver(event)).isEqualTo(Result.BUSY);
          assertThat(rows.delivery.drop(event.id())).isFalse();
          rows.delivery.expire(List.of(event));
        });
    assertThat(rows.find(event)).isNotNull();
    assertThat(rows.told).isEmpty();
    assertThat(deliver(event)).isEqualTo(Result.DELIVERED);
  }

  @Test
  void whenWhatFollowsFailsThenTheNextTryComesLaterAndLaterAndTheFirstIsTold() {
    EarlySamples.start(rows.engine, "bad", "a", "");
    KeptEvent event = rows.insert(Kind.MESSAGE, "bad", "a");
    try (LoggedEvents log = LoggedEvents.of(EarlyDelivery.class)) {
      for (long seconds : new long[] {1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300}) {
        long before = rows.transactions.now().toEpochMilli();
        assertThat(deliver(event)).isEqualTo(Result.FAILED);
        long due = Objects.requireNonNull(rows.find(event)).due().toEpochMilli() - before;
        assertThat(due).isBetween(seconds * 1000, seconds * 1000 + 120_000);
      }
      assertThat(log.events().stream().filter(each -> each.getLevel() == Level.WARN)).hasSize(1);
      assertThat(log.messages().get(0))
          .startsWith("Early message " + event.id() + " of trigger k is not delivered");
    }
    assertThat(failures(event)).isEqualTo(11);
    assertThat(rows.told).isEmpty();
  }

  @Test
  void whenTheNextTryWouldComeTooLateThenItIsDueWhenItExpires() {
    EarlySamples.start(rows.engine, "bad", "soon", "");
    KeptEvent event = rows.insert("", Kind.MESSAGE, "bad", List.of("soon"), Duration.ofMinutes(3));
    for (int i = 0; i < 9; i++) {
      deliver(event);
    }
    KeptEvent found = Objects.requireNonNull(rows.find(event));

    assertThat(found.due()).isEqualTo(found.expires());
  }

  @Test
  void whenItIsDroppedOrExpiresThenThatIsToldOnce() {
    KeptEvent dropped = rows.insert(Kind.SIGNAL, "s", null);
    KeptEvent expired = rows.insert(Kind.SIGNAL, "s", null);

    assertThat(rows.delivery.drop(dropped.id())).isTrue();
    assertThat(rows.delivery.drop(dropped.id())).isFalse();
    rows.delivery.expire(List.of(dropped, expired));
    rows.delivery.expire(List.of());

    assertThat(rows.ids()).isEmpty();
    assertThat(rows.told.stream().map(EarlyEventOutcome::kind))
        .containsExactly(EarlyEventOutcome.Kind.DROPPED, EarlyEventOutcome.Kind.EXPIRED);
  }
}
