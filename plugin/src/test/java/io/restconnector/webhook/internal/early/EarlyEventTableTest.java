package io.restconnector.webhook.internal.early;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.webhook.internal.delivery.KeptAction;
import io.restconnector.webhook.internal.delivery.KeptAction.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the table finds, and what it holds of an event. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EarlyEventTableTest {

  private static final Duration LONG = Duration.ofMinutes(10);

  private final EarlyRows rows = new EarlyRows();

  @AfterEach
  void clear() {
    rows.clear();
  }

  @AfterAll
  void close() {
    rows.close();
  }

  @Test
  void whenAnEventIsInsertedThenItIsFoundAsItWasAndDoesTheSame() {
    KeptEvent event = rows.insert("t", Kind.MESSAGE, "m", List.of("a"), LONG);

    KeptEvent found = Objects.requireNonNull(rows.find(event));

    assertThat(found.correlation()).isEqualTo(event.correlation());
    assertThat(found.trigger()).isEqualTo("k");
    assertThat(found.failures()).isZero();
    assertThat(found.due()).isEqualTo(found.expires());
    assertThat(Duration.between(found.created(), found.expires())).isEqualTo(LONG);
    assertThat(rows.run(() -> EarlyEventTable.action(found)))
        .isEqualTo(KeptAction.read(Kind.MESSAGE, "m", "a", "t", "{}"));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "MESSAGE, m, a,    t, true",
        "EVENT,   e, all,  t, true",
        "SIGNAL,  s, -,    t, true",
        "SIGNAL,  m, a,    t, false",
        "MESSAGE, n, a,    t, false",
        "MESSAGE, m, b,    t, false",
        "MESSAGE, m, -,    t, false",
        "MESSAGE, m, a,    u, false",
        "EVENT,   e, some, t, false",
        "SIGNAL,  s, x,    t, false"
      })
  void whenOneOfTheSameCorrelationIsThereThenThatIsKnown(
      Kind kind, String name, @Nullable String key, String tenant, boolean hasSame) {
    rows.insert("t", Kind.MESSAGE, "m", List.of("a"), LONG);
    rows.insert("t", Kind.EVENT, "e", List.of("all", "some"), LONG);
    rows.insert("t", Kind.SIGNAL, "s", List.of(), LONG);
    KeptAction action =
        new KeptAction(
            kind,
            name,
            key == null ? List.of() : List.of(key),
            KeptAction.read(Kind.SIGNAL, name, null, tenant, "{}"));

    assertThat(rows.run(() -> EarlyEventTable.hasSame(action, tenant))).isEqualTo(hasSame);
  }

  private List<Long> found(@Nullable String key, long after, List<String> without, int limit) {
    Awaited awaited = new Awaited(Kind.EVENT, "e", key);
    return rows.run(() -> EarlyEventTable.find(awaited, after, without, limit)).stream()
        .map(each -> each.event().id())
        .toList();
  }

  @Test
  void whenAWaitLooksThenItFindsItsEventsByAnyKeyOnceAndTheOldestFirst() {
    long first = rows.insert("t", Kind.EVENT, "e", List.of("all", "x"), LONG).id();
    long second = rows.insert("u", Kind.EVENT, "e", List.of("x"), LONG).id();
    long third = rows.insert("t", Kind.EVENT, "e", List.of(), LONG).id();
    rows.insert("t", Kind.EVENT, "other", List.of("x"), LONG);
    rows.insert("t", Kind.MESSAGE, "e", List.of("x"), LONG);

    assertThat(found("x", 0, List.of(), 9)).containsExactly(first, second);
    assertThat(found("all", 0, List.of(), 9)).containsExactly(first);
    assertThat(found("none", 0, List.of(), 9)).isEmpty();
    assertThat(found(null, 0, List.of(), 9)).containsExactly(first, second, third);
    assertThat(found(null, 0, List.of(), 2)).containsExactly(first, second);
    assertThat(found(null, second, List.of(), 9)).containsExactly(third);
    assertThat(found("x", 0, List.of("t"), 9)).containsExactly(second);
    assertThat(found(null, 0, List.of("t", "u"), 9)).isEmpty();
  }

  @Test
  void whenEventsAreListedThenFurtherKeysAreNoEvents() {
    long first = rows.insert("", Kind.EVENT, "e", List.of("all", "x", "y"), LONG).id();
    long second = rows.insert(Kind.SIGNAL, "s", null).id();

    assertThat(rows.run(EarlyEventTable::count)).isEqualTo(2);
    assertThat(rows.ids()).containsExactly(first, second);
    assertThat(rows.run(() -> EarlyEventTable.list(first, 9))).hasSize(1);
    assertThat(rows.run(() -> EarlyEventTable.list(0, 1))).hasSize(1);
  }

  @Test
  void whenAnEventIsDeletedThenItsKeysAreToo() {
    KeptEvent event = rows.insert("", Kind.EVENT, "e", List.of("all", "x"), LONG);

    assertThat(rows.run(() -> EarlyEventTable.delete(event.id()))).isTrue();
    assertThat(rows.run(() -> EarlyEventTable.delete(event.id()))).isFalse();
    assertThat(rows.find(event)).isNull();
    assertThat(found("x", 0, List.of(), 9)).isEmpty();
  }

  @Test
  void whenATimeHasComeThenItIsThatOfExpiryOrOfAnotherTry() {
    KeptEvent event = rows.insert("", Kind.EVENT, "e", List.of("all", "x"), LONG);
    Instant due = event.created().plusSeconds(5);
    Instant expires = event.expires();

    assertThat(rows.run(() -> EarlyEventTable.failed(due, 0, 9))).isEmpty();
    rows.run(
        () -> {
          EarlyEventTable.postpone(event.id(), due);
          return null;
        });

    assertThat(rows.run(() -> EarlyEventTable.failed(due.minusMillis(1), 0, 9))).isEmpty();
    assertThat(rows.run(() -> EarlyEventTable.failed(due, 0, 9)))
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.failures()).isEqualTo(1);
              assertThat(each.due().toEpochMilli()).isEqualTo(due.toEpochMilli());
            });
    assertThat(rows.run(() -> EarlyEventTable.failed(due, event.id(), 9))).isEmpty();
    assertThat(rows.run(() -> EarlyEventTable.expired(expires.minusMillis(1), 9))).isEmpty();
    assertThat(rows.run(() -> EarlyEventTable.expired(expires, 9))).hasSize(1);
    assertThat(rows.run(() -> EarlyEventTable.failed(expires, 0, 9))).isEmpty();
  }

  @Test
  void whenAnotherTransactionHasTheLockThenThereIsNone() {
    KeptEvent event = rows.insert(Kind.SIGNAL, "s", null);
    KeptEvent free = rows.insert(Kind.SIGNAL, "s", null);

    rows.whileLocked(
        event,
        () -> {
          assertThat(rows.run(() -> EarlyEventTable.lock(event.id()))).isNull();
          assertThat(rows.find(event)).isNotNull();
          assertThat(rows.run(() -> EarlyEventTable.lock(free.id()))).isNotNull();
        });
    assertThat(rows.run(() -> EarlyEventTable.lock(event.id()))).isNotNull();
    assertThat(rows.run(() -> EarlyEventTable.lock(-1))).isNull();
  }

  @Test
  void whenAnInstanceHasABusinessKeyThenMessagesFindItByThat() {
    rows.engine.deploy("p.bpmn20.xml", EarlySamples.process("p", "t", "<userTask id=\"t\"/>"));
    String instance = EarlySamples.start(rows.engine, "p", "key", "b");

    assertThat(rows.<@Nullable String>run(() -> EarlyEventTable.businessKey(instance)))
        .isEqualTo("key");
    assertThat(rows.<@Nullable String>run(() -> EarlyEventTable.businessKey("none"))).isNull();
  }
}
