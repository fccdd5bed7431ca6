package io.restconnector.webhook.internal.early;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.webhook.internal.delivery.KeptAction.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Which events one search delivers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventSearchTest {

  private final EarlyRows rows = new EarlyRows();

  EventSearchTest() {
    String failing = "<serviceTask id=\"f\" flowable:expression=\"${missing.bean}\"/>";
    rows.engine.deploy(
        "signal.bpmn20.xml",
        EarlySamples.process(
            "signal", "w", EarlySamples.waitsFor("w", "signal"), "next", EarlySamples.NEXT),
        "bad.bpmn20.xml",
        EarlySamples.process("bad", "w", EarlySamples.waitsFor("w", "message"), "f", failing));
  }

  @AfterEach
  void clear() {
    rows.clear();
  }

  @AfterAll
  void close() {
    rows.close();
  }

  private boolean isToBeRepeated(KeptEvent event, boolean isNew) {
    return new EventSearch(rows.transactions, rows.delivery, event.awaited(), isNew)
        .isToBeRepeated();
  }

  private int failures(KeptEvent event) {
    return Objects.requireNonNull(rows.find(event)).failures();
  }

  @Test
  void whenATenantHasNothingThatWaitsThenItsOtherEventsAreNotTriedAndThoseOfOthersAre() {
    EarlySamples.start(rows.engine, "signal", "a", "");
    for (int i = 0; i < 55; i++) { // more than a page
      rows.insert("without", Kind.SIGNAL, "signal", List.of(), Duration.ofMinutes(10));
    }
    KeptEvent first = rows.insert(Kind.SIGNAL, "signal", null);
    KeptEvent second = rows.insert(Kind.SIGNAL, "signal", null);

    assertThat(isToBeRepeated(first, false)).isFalse();

    assertThat(rows.find(first)).isNull();
    assertThat(rows.find(second)).isNotNull(); // there was one wait
    assertThat(rows.ids()).hasSize(56);
    assertThat(rows.told).hasSize(1);
  }

  @Test
  void whenAnEventHasFailedThenNoneOfItsCorrelationOvertakesIt() {
    EarlySamples.start(rows.engine, "bad", "a", "");
    KeptEvent first = rows.insert(Kind.MESSAGE, "bad", "a");
    KeptEvent second = rows.insert(Kind.MESSAGE, "bad", "a");

    assertThat(isToBeRepeated(first, false)).isFalse();
    assertThat(List.of(failures(first), failures(second))).containsExactly(1, 0);

    isToBeRepeated(first, false); // before its time
    assertThat(List.of(failures(first), failures(second))).containsExactly(1, 0);

    isToBeRepeated(first, true); // as something begins to wait
    assertThat(List.of(failures(first), failures(second))).containsExactly(2, 0);
  }

  @Test
  void whenAnEventIsBeingDeliveredThenTheSearchIsToBeRepeatedAndLaterOnesWait() {
    EarlySamples.start(rows.engine, "signal", "a", "");
    KeptEvent first = rows.insert(Kind.SIGNAL, "signal", null);
    KeptEvent second = rows.insert(Kind.SIGNAL, "signal", null);

    rows.whileLocked(first, () -> assertThat(isToBeRepeated(first, false)).isTrue());

    assertThat(rows.ids()).containsExactly(first.id(), second.id());
    assertThat(isToBeRepeated(first, false)).isFalse();
    assertThat(rows.ids()).containsExactly(second.id());
  }

  @Test
  void whenThereIsNothingThenNothingIsRepeated() {
    KeptEvent event = rows.insert(Kind.SIGNAL, "signal", null);
    rows.clear();

    assertThat(isToBeRepeated(event, true)).isFalse();
  }
}
