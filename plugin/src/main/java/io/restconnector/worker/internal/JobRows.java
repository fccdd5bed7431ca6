package io.restconnector.worker.internal;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * The rows of the jobs that this node has locked. A transaction that writes several of them, one
 * after the other, and one that writes all of them in an order of its own could each wait for a row
 * that the other has written; the database would roll one back.
 */
final class JobRows {

  private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(1);

  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final long patience;

  /**
   * @param locks for how long jobs are locked
   */
  JobRows(Duration locks) {
    patience = Math.min(LONGEST_WAIT, locks.toNanos() / 12);
  }

  /** Runs a transaction that writes some jobs, which no other one writes but for all of them. */
  <T> T some(Supplier<T> transaction) {
    lock.readLock().lock();
    try {
      return transaction.get();
    } finally {
      lock.readLock().unlock();
    }
  }

  /**
   * Runs one that writes all jobs. It does not wait for long, as locks must not expire meanwhile.
   */
  <T> T all(Supplier<T> transaction) {
    boolean isAlone = false;
    try {
      isAlone = lock.writeLock().tryLock(patience, TimeUnit.NANOSECONDS);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
    try {
      return transaction.get();
    } finally {
      if (isAlone) {
        lock.writeLock().unlock();
      }
    }
  }
}
