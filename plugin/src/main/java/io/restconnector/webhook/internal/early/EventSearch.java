package io.restconnector.webhook.internal.early;

import io.restconnector.webhook.internal.early.EarlyDelivery.Result;
import io.restconnector.webhook.internal.early.EarlyEventTable.Found;
import io.restconnector.webhook.internal.early.KeptEvent.Correlation;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One search for the events that a wait may take, the oldest first. Of one correlation none
 * overtakes another.
 */
final class EventSearch {

  private static final int PAGE = 50;

  private final Transactions transactions;
  private final EarlyDelivery delivery;
  private final Awaited awaited;
  private final boolean isNew;

  /** Of these nothing takes any now. */
  private final Set<String> tenants = new HashSet<>();

  private final Set<Correlation> heldUp = new HashSet<>();

  /**
   * Prepares one.
   *
   * @param isNew whether something has just begun to wait, so that an event that failed is tried
   *     before its time
   */
  EventSearch(Transactions transactions, EarlyDelivery delivery, Awaited awaited, boolean isNew) {
    this.transactions = transactions;
    this.delivery = delivery;
    this.awaited = awaited;
    this.isNew = isNew;
  }

  /** Delivers what can be delivered. True where it has to search again soon. */
  boolean isToBeRepeated() {
    boolean isToBeRepeated = false;
    long row = 0;
    while (true) {
      long after = row;
      List<Found> page =
          transactions.run(() -> EarlyEventTable.find(awaited, after, tenants, PAGE));
      for (Found found : page) {
        row = found.row();
        isToBeRepeated |= deliver(found.event()) == Result.BUSY;
      }
      if (page.size() < PAGE) {
        return isToBeRepeated;
      }
    }
  }

  private Result deliver(KeptEvent event) {
    if (tenants.contains(event.tenantId()) || heldUp.contains(event.correlation())) {
      return Result.NOT_TAKEN;
    }
    Instant now = transactions.now();
    Result result = event.isPostponed(now) && !isNew ? Result.FAILED : delivery.deliver(event);
    if (result == Result.NOT_TAKEN) {
      tenants.add(event.tenantId());
    } else if (result == Result.FAILED || result == Result.BUSY) {
      heldUp.add(event.correlation());
    }
    return result;
  }
}
