package io.restconnector.webhook.internal.early;

import io.restconnector.content.internal.LoggedFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drops what has expired, delivers again what has failed, and finds what a node that ended has
 * left. Runs each second, on one thread; as long as there is nothing it looks every tenth time.
 */
final class Sweep implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

  private static final int PAUSES = 10;
  private static final int PAGE = 200;
  private static final int PAGES = 10;

  private final Transactions transactions;
  private final EarlyDelivery delivery;
  private final Looks looks;
  private final EarlyRoom room;

  /** How many events this node has kept. */
  private final AtomicInteger kept = new AtomicInteger();

  private volatile boolean isEmpty;
  private boolean isTableThere;
  private boolean isFailing;
  private int round;
  private long row;

  Sweep(Transactions transactions, EarlyDelivery delivery, Looks looks, EarlyRoom room) {
    this.transactions = transactions;
    this.delivery = delivery;
    this.looks = looks;
    this.room = room;
  }

  /** After the commit of an event of this node. */
  void kept() {
    kept.incrementAndGet();
    isEmpty = false;
  }

  /** Whether there was no event when this node last looked. */
  boolean isEmpty() {
    return isEmpty;
  }

  @Override
  public void run() {
    boolean isTenth = round++ % PAUSES == 0;
    if (!isTenth && (isEmpty || !isTableThere)) {
      return;
    }
    try {
      isTableThere =
          isTableThere || transactions.run(() -> EarlyEventTable.table().problem() == null);
      if (isTableThere) {
        sweep(isTenth);
      }
      isFailing = false;
    } catch (RuntimeException failed) {
      if (!isFailing) {
        isFailing = true;
        LOG.warn("Early events cannot be looked for; it is tried again", LoggedFailure.of(failed));
      }
    }
  }

  private void sweep(boolean isTenth) {
    if (isTenth) {
      room.counted(transactions.run(EarlyEventTable::count));
    }
    due();
    if (looks.isIdle()) {
      findWaits();
    }
  }

  private void due() {
    List<KeptEvent> due;
    int pages = 0;
    do {
      Instant now = transactions.now();
      due = transactions.run(() -> EarlyEventTable.due(now, PAGE));
      List<KeptEvent> expired = new ArrayList<>();
      for (KeptEvent event : due) {
        if (event.isExpired(now)) {
          expired.add(event);
        } else {
          looks.look(event.awaited());
        }
      }
      delivery.expire(expired);
      // The next one of its correlation need not wait any longer.
      expired.forEach(event -> looks.look(event.awaited()));
      pages = expired.isEmpty() ? PAGES : pages + 1;
    } while (due.size() == PAGE && pages < PAGES);
  }

  private void findWaits() {
    for (int i = 0; i < PAGES; i++) {
      int before = kept.get();
      long after = row;
      WaitingRows.Page page = transactions.run(() -> WaitingRows.next(after));
      page.waits().forEach(looks::look);
      row = page.last();
      if (row == 0) {
        isEmpty = after == 0 && kept.get() == before;
        return;
      }
      isEmpty = false;
    }
  }
}
