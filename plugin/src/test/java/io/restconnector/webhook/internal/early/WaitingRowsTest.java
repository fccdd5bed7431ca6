package io.restconnector.webhook.internal.early;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.webhook.internal.delivery.KeptAction.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.flowable.eventsubscription.api.EventSubscription;
import org.junit.jupiter.api.Test;

/** For which events something waits. */
class WaitingRowsTest {

  @Test
  void whenSomethingWaitsThenOnlyThoseEventsAreFoundThatAreForIt() {
    try (EarlyRows rows = new EarlyRows()) {
      rows.engine.deploy(
          "one.event", EarlySamples.event("one", "a"), "all.event", EarlySamples.event("all"));
      for (String type : List.of("message", "signal")) {
        rows.engine.deploy(
            type + ".bpmn20.xml",
            EarlySamples.process(type, "w", EarlySamples.waitsFor("w", type)));
      }
      rows.engine.deploy(
          "one.bpmn20.xml",
          EarlySamples.process("one", "w", EarlySamples.waits("w", "one", "a")),
          "all.bpmn20.xml",
          EarlySamples.process("all", "w", EarlySamples.waits("w", "all")));
      for (String process : List.of("message", "signal", "one", "all")) {
        EarlySamples.start(rows.engine, process, "a", "");
      }
      String key =
          rows.engine.runtime().createEventSubscriptionQuery().eventType("one").list().stream()
              .map(EventSubscription::getConfiguration)
              .findFirst()
              .orElseThrow();

      rows.insert(Kind.MESSAGE, "message", "a");
      rows.insert(Kind.MESSAGE, "message", "other key");
      rows.insert(Kind.MESSAGE, "other", "a");
      rows.insert(Kind.SIGNAL, "signal", null);
      rows.insert(Kind.SIGNAL, "message", null);
      rows.insert("", Kind.EVENT, "one", List.of("other", key), Duration.ofMinutes(10));
      rows.insert(Kind.EVENT, "two", key);
      rows.insert(Kind.EVENT, "all", "any");
      long last = rows.insert(Kind.EVENT, "none", null).id();

      WaitingRows.Page page = rows.run(() -> WaitingRows.next(0));

      assertThat(page.waits())
          .containsExactlyInAnyOrder(
              new Awaited(Kind.MESSAGE, "message", "a"),
              new Awaited(Kind.SIGNAL, "signal", null),
              new Awaited(Kind.EVENT, "one", key),
              new Awaited(Kind.EVENT, "all", null));
      assertThat(page.last()).isEqualTo(last);
      assertThat(rows.run(() -> WaitingRows.next(last)))
          .isEqualTo(new WaitingRows.Page(0, Set.of()));

      // One that has failed comes back when its time has come.
      for (long id : rows.ids()) {
        rows.run(
            () -> {
              EarlyEventTable.postpone(id, rows.transactions.now());
              return null;
            });
      }
      assertThat(rows.run(() -> WaitingRows.next(0)).waits())
          .doesNotContain(
              new Awaited(Kind.MESSAGE, "message", "a"), new Awaited(Kind.SIGNAL, "signal", null));
    }
  }
}
