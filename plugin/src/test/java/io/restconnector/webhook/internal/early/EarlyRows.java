package io.restconnector.webhook.internal.early;

import io.restconnector.fixtures.TestDatabase;
import io.restconnector.spi.EarlyEventOutcome;
import io.restconnector.spi.WebhookListener;
import io.restconnector.spi.WebhookOutcome;
import io.restconnector.webhook.WebhookEngine;
import io.restconnector.webhook.internal.channel.InvalidTriggerException;
import io.restconnector.webhook.internal.delivery.KeptAction;
import io.restconnector.webhook.internal.delivery.KeptAction.Kind;
import io.restconnector.webhook.internal.trigger.Trigger;
import io.restconnector.webhook.internal.trigger.Triggers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An engine that delivers no early events by itself, and rows of its table. */
final class EarlyRows implements AutoCloseable {

  final WebhookEngine engine = WebhookEngine.on(TestDatabase.H2);
  final Transactions transactions = new Transactions(engine.configuration());

  /** What listeners were told. */
  final List<EarlyEventOutcome> told = new ArrayList<>();

  final EarlyDelivery delivery =
      new EarlyDelivery(
          engine.configuration(),
          new Outcomes(
              List.of(
                  new WebhookListener() {
                    @Override
                    public void answered(WebhookOutcome outcome) {}

                    @Override
                    public void early(EarlyEventOutcome outcome) {
                      told.add(outcome);
                    }
                  })));

  EarlyRows() {
    EarlySamples.of(engine).close();
  }

  <T extends @Nullable Object> T run(Supplier<T> work) {
    return transactions.run(work);
  }

  /** One that is kept for ten minutes. */
  KeptEvent insert(Kind kind, String name, @Nullable String key) {
    return insert("", kind, name, key == null ? List.of() : List.of(key), Duration.ofMinutes(10));
  }

  KeptEvent insert(String tenant, Kind kind, String name, List<String> keys, Duration keep) {
    KeptAction action =
        new KeptAction(
            kind,
            name,
            keys,
            KeptAction.read(
                kind,
                name,
                keys.isEmpty() ? null : keys.get(0),
                tenant,
                kind == Kind.EVENT ? "[]" : "{}"));
    Instant now = transactions.now();
    return run(() -> EarlyEventTable.insert(action, trigger(tenant), now, now.plus(keep)));
  }

  private static Trigger trigger(String tenant) {
    try {
      return Triggers.read(tenant, Triggers.NONE);
    } catch (InvalidTriggerException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Nullable KeptEvent find(KeptEvent event) {
    return run(() -> EarlyEventTable.find(event.id()));
  }

  List<Long> ids() {
    return run(() -> EarlyEventTable.list(0, 2_000)).stream().map(KeptEvent::id).toList();
  }

  void clear() {
    ids().forEach(id -> run(() -> EarlyEventTable.delete(id)));
    told.clear();
    engine.configuration().getClock().reset();
  }

  /** Does something while another transaction has the lock of an event. */
  void whileLocked(KeptEvent event, Runnable work) {
    run(
        () -> {
          EarlyEventTable.lock(event.id());
          CompletableFuture.runAsync(work).join();
          return null;
        });
  }

  @Override
  public void close() {
    engine.close();
  }
}
