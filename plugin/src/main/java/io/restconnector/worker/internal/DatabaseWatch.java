package io.restconnector.worker.internal;

import io.restconnector.content.internal.LoggedFailure;
import io.restconnector.internal.DatabaseFailure;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the engine's database takes writes: found out by one thread for all that would write, and
 * told once. While it does not, nobody else asks it for anything.
 */
final class DatabaseWatch {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseWatch.class);
  private static final int LONGEST = 5;

  private final Runnable write;
  private final Runnable whenLost;
  private final long longestWait;
  private volatile boolean away;
  private volatile boolean told;
  private int losses;
  private long retryAt;

  /**
   * @param write fails where the database takes no writes
   * @param whenLost is run when it is found to be away
   * @param longestWait in nanoseconds, between two tries
   */
  DatabaseWatch(Runnable write, Runnable whenLost, long longestWait) {
    this.write = write;
    this.whenLost = whenLost;
    this.longestWait = longestWait;
  }

  boolean isUnavailable() {
    return away;
  }

  /** Nanoseconds until the one thread may try again, negative when that is due. */
  synchronized long retryIn() {
    return retryAt - System.nanoTime();
  }

  /**
   * Whether it is the database's failure, and no fault of what was to be written. Then whatever was
   * tried is to wait until the database is back.
   */
  boolean isCauseOf(Throwable failed) {
    if (away) {
      return true;
    }
    if (!DatabaseFailure.isOutage(failed) && takesWrites()) {
      return false;
    }
    lost(failed);
    whenLost.run();
    return true;
  }

  private boolean takesWrites() {
    try {
      write.run();
      return true;
    } catch (RuntimeException | Error refused) {
      return false;
    }
  }

  private synchronized void lost(Throwable failed) {
    if (!away) {
      away = true;
      postpone();
      if (!told) {
        told = true;
        SQLException sql = DatabaseFailure.of(failed);
        LOG.warn(
            "The database is unavailable or accepts no writes (SQLSTATE {}, code {}): answers wait in memory, and no jobs are taken",
            sql == null ? "unknown" : sql.getSQLState(),
            sql == null ? 0 : sql.getErrorCode());
        LOG.debug("The failure of the database", LoggedFailure.of(failed));
      }
    }
  }

  /** The next try comes later, because the last one failed or has not ended. */
  synchronized void postpone() {
    losses = Math.min(losses + 1, LONGEST);
    retryAt =
        System.nanoTime() + Math.min(longestWait, TimeUnit.MILLISECONDS.toNanos(100L << losses));
  }

  /** The one thread has succeeded: the others may try. */
  void answers() {
    away = false;
  }

  /** Something that had to be written was. */
  void hasWritten() {
    if (told && !away) {
      isBack();
    }
  }

  private synchronized void isBack() {
    if (told && !away) {
      told = false;
      losses = 0;
      LOG.info("The database accepts writes again, the REST worker continues");
    }
  }
}
