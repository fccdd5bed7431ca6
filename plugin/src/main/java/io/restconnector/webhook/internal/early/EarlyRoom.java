package io.restconnector.webhook.internal.early;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many events may still be kept. The table is counted again where the last count does not tell
 * any more, so that the bound holds within what other transactions add at the same moment.
 */
final class EarlyRoom {

  private static final Logger LOG = LoggerFactory.getLogger(EarlyRoom.class);

  /** More than other nodes add as long as a count is used. */
  private static final int MARGIN = 1_000;

  private static final long USE_NANOS = 5_000_000_000L;

  private final int most;
  private boolean isCounted;
  private long countedAt;
  private int count;
  private boolean isFull;

  EarlyRoom(int most) {
    this.most = most;
  }

  /** Takes a place, inside the transaction that fills it. False where there is none. */
  boolean take() {
    return takeFromLastCount() || takeFromNewCount(EarlyEventTable.count());
  }

  private synchronized boolean takeFromLastCount() {
    if (isCounted && System.nanoTime() - countedAt < USE_NANOS && count < most - MARGIN) {
      count++;
      return true;
    }
    return false;
  }

  private synchronized boolean takeFromNewCount(int counted) {
    counted(counted);
    if (counted < most) {
      count++;
      isFull = false;
      return true;
    }
    if (!isFull) {
      isFull = true;
      LOG.warn(
          "No more early events are kept: there are {}, as many as rest-connector.webhooks.max-early-events allows",
          counted);
    }
    return false;
  }

  synchronized void counted(int counted) {
    isCounted = true;
    countedAt = System.nanoTime();
    count = counted;
  }

  /** As far as this node knows. */
  synchronized int count() {
    return count;
  }
}
