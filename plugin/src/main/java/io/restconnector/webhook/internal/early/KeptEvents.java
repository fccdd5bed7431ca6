package io.restconnector.webhook.internal.early;

import io.restconnector.webhook.EarlyEvents;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** What an operator can see of the table, and do with it. */
final class KeptEvents implements EarlyEvents {

  private final Transactions transactions;
  private final EarlyDelivery delivery;
  private final Runnable permission;
  private final UnaryOperator<String> shown;

  /**
   * Those of one engine.
   *
   * @param permission throws where nothing may be changed
   * @param shown text of a request as people may see it
   */
  KeptEvents(
      Transactions transactions,
      EarlyDelivery delivery,
      Runnable permission,
      UnaryOperator<String> shown) {
    this.transactions = transactions;
    this.delivery = delivery;
    this.permission = permission;
    this.shown = shown;
  }

  @Override
  public List<EarlyEvent> list(long after, int limit) {
    return ifThere(() -> EarlyEventTable.list(after, limit), List.<KeptEvent>of()).stream()
        .map(this::shown)
        .toList();
  }

  /** An engine without triggers that keep events may run without the table. */
  private <T> T ifThere(Supplier<T> query, T otherwise) {
    return transactions.run(
        () -> EarlyEventTable.table().problem() == null ? query.get() : otherwise);
  }

  private EarlyEvent shown(KeptEvent event) {
    return new EarlyEvent(
        event.id(),
        event.trigger(),
        event.tenantId(),
        Outcomes.type(event),
        shown.apply(event.name()),
        event.created(),
        event.expires(),
        event.failures());
  }

  @Override
  public int count() {
    return ifThere(EarlyEventTable::count, 0);
  }

  @Override
  public boolean drop(long id) {
    permission.run();
    return delivery.drop(id);
  }

  @Override
  public Delivery deliver(long id) {
    permission.run();
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
