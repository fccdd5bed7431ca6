package io.restconnector.webhook.internal.early;

import io.restconnector.content.internal.LoggedFailure;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drops what has expired, delivers again what has failed, and finds what a node that ended has
 * left. Runs each second, on one thread; as long as there is nothing it looks every tenth time, and
 * where no trigger has ever kept events, once.
 */
final class Sweep implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

  private static final int PAUSES = 10;
  private static final int PAGE = 200;
  private static final int PAGES = 10;

  private final Transactions transactions;
  private final EarlyDelivery delivery;
  private final SearchThreads searches;
  private final EarlyRoom room;
  private final BooleanSupplier isAnyKept;

  /** How many events this node has kept. */
  private final AtomicInteger kept = new AtomicInteger();

  private volatile boolean isEmpty;
  private boolean isTableThere;
  private boolean isNeeded;
  private boolean isFailing;
  private int round;
  private long row;
  private long failedRow;

  /**
   * @param isAnyKept whether a deployed trigger keeps events
   */
  Sweep(
      Transactions transactions,
      EarlyDelivery delivery,
      SearchThreads searches,
      EarlyRoom room,
      BooleanSupplier isAnyKept) {
    this.transactions = transactions;
    this.delivery = delivery;
    this.searches = searches;
    this.room = room;
    this.isAnyKept = isAnyKept;
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
      isNeeded |= isAnyKept.getAsBoolean();
      if (isEmpty && !isNeeded) { // an application without such triggers pays nothing
        return;
      }
      isTableThere =
          isTableThere || transactions.run(() -> EarlyEventTable.table().problem() == null);
      if (isTableThere) {
        sweep(isTenth);
      }
      isFailing = false;
    } catch (RuntimeException | Error failed) { // what is thrown would end all rounds
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
    expire();
    repeatFailed();
    if (searches.isIdle()) {
      findWaits();
    }
  }

  private void expire() {
    List<KeptEvent> expired;
    int pages = 0;
    do {
      Instant now = transactions.now();
      expired = transactions.run(() -> EarlyEventTable.expired(now, PAGE));
      delivery.expire(expired);
      // The next one of its correlation need not wait any longer.
      search(expired);
    } while (expired.size() == PAGE && ++pages < PAGES);
  }

  /** In turn: those for which nothing waits any more stay, and keep no others from their turn. */
  private void repeatFailed() {
    Instant now = transactions.now();
    long after = failedRow;
    List<KeptEvent> failed = transactions.run(() -> EarlyEventTable.failed(now, after, PAGE));
    failedRow = failed.size() < PAGE ? 0 : failed.get(PAGE - 1).id();
    search(failed);
  }

  private void search(List<KeptEvent> events) {
    events.stream().map(KeptEvent::awaited).distinct().forEach(searches::search);
  }

  private void findWaits() {
    for (int i = 0; i < PAGES; i++) {
      int before = kept.get();
      long after = row;
      WaitingRows.Page page = transactions.run(() -> WaitingRows.next(after));
      page.waits().forEach(searches::search);
      row = page.last();
      if (row == 0) {
        isEmpty = after == 0 && kept.get() == before;
        return;
      }
      isEmpty = false;
    }
  }
}
