package io.restconnector.webhook.internal.early;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restconnector.webhook.internal.delivery.KeptAction.Kind;
import io.restconnector.webhook.internal.early.BegunWaits.BegunWait;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Searches on threads of their own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SearchThreadsTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final EarlyRows rows = new EarlyRows();
  private final AtomicBoolean isExpected = new AtomicBoolean(true);
  private final AtomicInteger asked = new AtomicInteger();
  private final SearchThreads searches =
      new SearchThreads(
          rows.transactions,
          rows.delivery,
          awaited -> {
            asked.incrementAndGet();
            return isExpected.get();
          });

  SearchThreadsTest() {
    for (String type : List.of("message", "signal")) {
      rows.engine.deploy(
          type + ".bpmn20.xml",
          EarlySamples.process(
              type, "w", EarlySamples.waitsFor("w", type), "next", EarlySamples.NEXT));
    }
  }

  @AfterEach
  void clear() {
    isExpected.set(true);
    rows.clear();
  }

  @AfterAll
  void close() {
    searches.close();
    rows.close();
  }

  private void begun(Kind kind, String instance) {
    searches.search(
        new BegunWait(
            new Awaited(kind, kind == Kind.MESSAGE ? "message" : "signal", null), instance));
  }

  @Test
  void whenSomethingBeginsToWaitForAMessageThenThoseOfItsBusinessKeyAreDelivered() {
    KeptEvent other = rows.insert(Kind.MESSAGE, "message", "other");
    KeptEvent own = rows.insert(Kind.MESSAGE, "message", "own");
    EarlySamples.start(rows.engine, "message", "other", "");

    begun(Kind.MESSAGE, EarlySamples.start(rows.engine, "message", "own", ""));

    await().atMost(LONG).until(() -> rows.find(own) == null);
    assertThat(rows.find(other)).isNotNull();
  }

  @Test
  void whenNoEventIsExpectedThenNoThreadIsWoken() {
    isExpected.set(false);
    KeptEvent event = rows.insert(Kind.SIGNAL, "signal", null);
    String instance = EarlySamples.start(rows.engine, "signal", "a", "");
    int before = asked.get();

    begun(Kind.SIGNAL, instance);

    assertThat(asked).hasValue(before + 1);
    assertThat(searches.isIdle()).isTrue();
    assertThat(rows.find(event)).isNotNull();
    isExpected.set(true);
    begun(Kind.SIGNAL, instance);
    await().atMost(LONG).until(() -> rows.find(event) == null);
  }

  @Test
  void whenAnEventIsBusyThenTheSearchIsRepeatedUntilItIsNot() {
    KeptEvent event = rows.insert(Kind.SIGNAL, "signal", null);
    EarlySamples.start(rows.engine, "signal", "a", "");
    int before = asked.get();

    rows.whileLocked(
        event,
        () -> {
          searches.search(event.awaited());
          await().atMost(LONG).until(() -> asked.get() >= before + 2);
        });

    await().atMost(LONG).until(() -> rows.find(event) == null);
  }

  @Test
  void whenTheyAreClosedThenASearchIsLeftToOthers() {
    SearchThreads closed = new SearchThreads(rows.transactions, rows.delivery, awaited -> true);
    closed.close();
    KeptEvent event = rows.insert(Kind.SIGNAL, "signal", null);

    closed.search(event.awaited());

    assertThat(rows.find(event)).isNotNull();
  }
}
