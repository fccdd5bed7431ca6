package io.restconnector.webhook.internal.early;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restconnector.fixtures.LoggedEvents;
import io.restconnector.spi.EarlyEventOutcome;
import io.restconnector.webhook.internal.delivery.KeptAction.Kind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What is found without a request and without a wait that begins. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SweepTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final EarlyRows rows = new EarlyRows();
  private final EarlyRoom room = new EarlyRoom(100_000);
  private final SearchThreads searches =
      new SearchThreads(rows.transactions, rows.delivery, awaited -> true);

  SweepTest() {
    rows.engine.deploy(
        "p.bpmn20.xml",
        EarlySamples.process(
            "p", "w", EarlySamples.waitsFor("w", "message"), "next", EarlySamples.NEXT));
  }

  @AfterEach
  void clear() {
    rows.clear();
  }

  @AfterAll
  void close() {
    searches.close();
    rows.close();
  }

  private Sweep sweep(BooleanSupplier isAnyKept) {
    return new Sweep(rows.transactions, rows.delivery, searches, room, isAnyKept);
  }

  @Test
  void whenAnotherNodeHasLeftAnEventThatSomethingWaitsForThenItIsDelivered() {
    KeptEvent awaited = rows.insert(Kind.MESSAGE, "p", "a");
    KeptEvent other = rows.insert(Kind.MESSAGE, "p", "nobody");
    EarlySamples.start(rows.engine, "p", "a", "");
    Sweep sweep = sweep(() -> true);

    sweep.run();

    await().atMost(LONG).until(() -> rows.find(awaited) == null);
    assertThat(rows.find(other)).isNotNull();
    assertThat(room.count()).isEqualTo(2);
    assertThat(sweep.isEmpty()).isFalse();
  }

  @Test
  void whenItsTimeHasPassedThenAnEventIsDroppedAndTheOthersStay() {
    for (int i = 0; i < 3; i++) {
      rows.insert("", Kind.SIGNAL, "s", List.of(), Duration.ZERO);
    }
    KeptEvent other = rows.insert(Kind.SIGNAL, "s", null);

    sweep(() -> true).run();

    assertThat(rows.ids()).containsExactly(other.id());
    assertThat(rows.told.stream().map(EarlyEventOutcome::kind))
        .containsExactly(
            EarlyEventOutcome.Kind.EXPIRED,
            EarlyEventOutcome.Kind.EXPIRED,
            EarlyEventOutcome.Kind.EXPIRED);
  }

  @Test
  void whenAnEventHasFailedThenItIsDeliveredAgainWhenItIsDue() {
    KeptEvent failed = rows.insert(Kind.MESSAGE, "p", "again");
    rows.run(
        () -> {
          EarlyEventTable.postpone(failed.id(), rows.transactions.now());
          return null;
        });
    EarlySamples.start(rows.engine, "p", "again", "");

    sweep(() -> true).run();

    await().atMost(LONG).until(() -> rows.find(failed) == null);
  }

  @Test
  void whenThereIsNothingThenItLooksEveryTenthTimeUntilThisNodeKeepsAnEvent() {
    Sweep sweep = sweep(() -> true);
    sweep.run();
    assertThat(sweep.isEmpty()).isTrue();
    KeptEvent expired = rows.insert("", Kind.SIGNAL, "s", List.of(), Duration.ZERO);

    for (int i = 1; i < 10; i++) {
      sweep.run();
      assertThat(rows.find(expired)).isNotNull();
    }
    sweep.run();
    assertThat(rows.find(expired)).isNull();

    KeptEvent own = rows.insert("", Kind.SIGNAL, "s", List.of(), Duration.ZERO);
    sweep.kept();
    assertThat(sweep.isEmpty()).isFalse();
    sweep.run();
    assertThat(rows.find(own)).isNull();
  }

  @Test
  void whenNoTriggerEverKeepsEventsThenTheTableIsLookedAtOnce() {
    AtomicInteger asked = new AtomicInteger();
    Sweep sweep =
        sweep(
            () -> {
              asked.incrementAndGet();
              return false;
            });
    sweep.run();
    KeptEvent event = rows.insert("", Kind.SIGNAL, "s", List.of(), Duration.ZERO);
    for (int i = 0; i < 20; i++) {
      sweep.run();
    }

    assertThat(rows.find(event)).isNotNull();
    assertThat(asked).hasValue(3); // every tenth time
  }

  @Test
  void whenItFailsThenThatIsToldOnceAndItGoesOn() {
    AtomicInteger rounds = new AtomicInteger();
    Sweep sweep =
        sweep(
            () -> {
              if (rounds.incrementAndGet() % 3 != 0) {
                throw new StackOverflowError();
              }
              return true;
            });
    rows.insert(Kind.SIGNAL, "s", null);
    try (LoggedEvents log = LoggedEvents.of(Sweep.class)) {
      for (int i = 0; i < 21; i++) { // two failures, and a round that succeeds
        sweep.run();
      }
      assertThat(log.messages()).hasSize(1);
      sweep.run();
      assertThat(log.messages()).hasSize(2);
    }
  }
}
