package io.restconnector.webhook.internal.early;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many events may still be kept. Far from the bound a node counts for itself, and counts the
 * table again every few seconds and once it has taken its part of what was left. Near the bound,
 * transactions take their places one after another, so that there are never more events than
 * allowed.
 */
final class EarlyRoom {

  private static final Logger LOG = LoggerFactory.getLogger(EarlyRoom.class);

  /** Of all places. More than other nodes add as long as a count is used. */
  private static final int PART_NEAR_BOUND = 10;

  private static final int LEAST_NEAR_BOUND = 1_000;

  /** Of the places that are left, so that as many nodes do not take more than there are. */
  private static final int PART_OF_NODE = 32;

  private static final long USE_NANOS = 5_000_000_000L;

  private final int most;
  private boolean isCounted;
  private long countedAt;
  private int count;
  private int lastCount;
  private boolean isFull;

  EarlyRoom(int most) {
    this.most = most;
  }

  /** Takes a place, inside the transaction that fills it. False where there is none. */
  boolean take() {
    if (takeFromLastCount()) {
      return true;
    }
    int counted = isFull() ? EarlyEventTable.count() : 0;
    if (counted < most) {
      // Who took a place before has committed then.
      EarlyEventTable.lockAll();
      counted = EarlyEventTable.count();
    }
    return takeFromNewCount(counted);
  }

  /** Whether there is a place. Takes none, and counts near the bound only. */
  boolean isThere() {
    return isFar() || EarlyEventTable.count() < most;
  }

  /** When this node last counted, which the sweep does every few seconds. */
  private synchronized boolean isFar() {
    return isCounted && count < most - Math.max(LEAST_NEAR_BOUND, most / PART_NEAR_BOUND);
  }

  private synchronized boolean isFull() {
    return isFull;
  }

  private synchronized boolean takeFromLastCount() {
    int ownPart = (most - lastCount) / PART_OF_NODE;
    if (isFar() && System.nanoTime() - countedAt < USE_NANOS && count - lastCount < ownPart) {
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
    lastCount = counted;
  }

  /** As far as this node knows. */
  synchronized int count() {
    return count;
  }
}
