package io.restconnector.webhook.internal.early;

import io.restconnector.webhook.EarlyEvents.Delivery;
import io.restconnector.webhook.EarlyEvents.EarlyEvent;
import java.util.List;

/** What an operator can see of the table, and do with it. */
public final class KeptEvents {

  private final Transactions transactions;
  private final EarlyDelivery delivery;

  KeptEvents(Transactions transactions, EarlyDelivery delivery) {
    this.transactions = transactions;
    this.delivery = delivery;
  }

  public List<EarlyEvent> list(long after, int limit) {
    return transactions.run(() -> EarlyEventTable.list(after, limit)).stream()
        .map(KeptEvents::shown)
        .toList();
  }

  private static EarlyEvent shown(KeptEvent event) {
    return new EarlyEvent(
        event.id(),
        event.trigger(),
        event.tenantId(),
        Outcomes.type(event),
        event.name(),
        event.created(),
        event.expires(),
        event.failures());
  }

  public int count() {
    return transactions.run(EarlyEventTable::count);
  }

  public boolean drop(long id) {
    return delivery.drop(id);
  }

  public Delivery deliver(long id) {
    KeptEvent event = transactions.run(() -> EarlyEventTable.find(id));
    return event == null
        ? Delivery.GONE
        : switch (delivery.deliver(event)) {
          case DELIVERED -> Delivery.DELIVERED;
          case NOT_TAKEN -> Delivery.NOT_TAKEN;
          case FAILED -> Delivery.FAILED;
          case BUSY -> Delivery.BUSY;
          case GONE -> Delivery.GONE;
        };
  }
}
