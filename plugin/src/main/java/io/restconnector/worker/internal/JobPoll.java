package io.restconnector.worker.internal;

import io.restconnector.worker.WorkerSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that takes jobs, keeps their locks, and gives them back at the end. */
final class JobPoll implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(JobPoll.class);
  private static final int BATCH = 100;

  /** The async executor of an engine may begin after its worker. */
  private static final long EXECUTOR_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final WorkerSettings settings;
  private final JobLocks locks;
  private final DatabaseWatch database;
  private final InFlightJobs runner;
  private final IntSupplier room;
  private final BooleanSupplier takesJobs;
  private final Runnable beforeRenewal;
  private final long lockNanos;
  private final Semaphore wake = new Semaphore(0);
  private volatile boolean moreWaiting;
  private volatile boolean failing;
  private volatile @Nullable Instant oldestWaiting;
  private volatile boolean stopping;
  private volatile boolean closed;
  private long nextRenewal;
  private long nextAcquisition;
  private long lastRenewal;
  private long nextLookUp;

  /** Nanoseconds until it must look again, whatever the poll interval. */
  private long soonest;

  private boolean sharesAreNext;

  /**
   * @param room for more jobs
   * @param takesJobs whether this node is to take any
   */
  JobPoll(
      WorkerSettings settings,
      JobLocks locks,
      DatabaseWatch database,
      InFlightJobs runner,
      IntSupplier room,
      BooleanSupplier takesJobs,
      Runnable beforeRenewal) {
    this.settings = settings;
    this.locks = locks;
    this.database = database;
    this.runner = runner;
    this.room = room;
    this.takesJobs = takesJobs;
    this.beforeRenewal = beforeRenewal;
    lockNanos = settings.lockDuration().toNanos();
  }

  /** Whether something else than the database has stopped it. */
  boolean isFailing() {
    return failing;
  }

  Duration queueAge() {
    Instant oldest = oldestWaiting;
    return oldest == null ? Duration.ZERO : Duration.between(oldest, locks.now());
  }

  /** A job was left to be found when there is room again. */
  void leftWaiting() {
    moreWaiting = true;
  }

  /** Looks for jobs where some wait and enough of them can be taken at once. */
  void roomGrew() {
    if (moreWaiting && room.getAsInt() >= Math.min(BATCH, (settings.maxInFlight() + 3) / 4)) {
      wake();
    }
  }

  void wake() {
    wake.release();
  }

  /** Stops locking jobs, and releases those that were not sent. */
  void stop() {
    stopping = true;
    wake();
  }

  /** Gives back all that is left, and ends. */
  void close() {
    closed = true;
    wake();
  }

  @Override
  public void run() {
    lastRenewal = nextAcquisition = nextLookUp = System.nanoTime();
    nextRenewal = lastRenewal + lockNanos / 3;
    while (!closed) {
      try {
        long wait = database.isUnavailable() ? database.retryIn() : 0;
        if (wait <= 0 && !renewAndAcquire()) {
          wait = Math.min(settings.pollInterval().toNanos(), nextRenewal - System.nanoTime());
          wait = Math.min(wait, soonest);
        }
        failing = false;
        pause(wait);
      } catch (RuntimeException | Error failed) {
        failed(failed);
      }
    }
    giveBack(runner.size(), locks::releaseAll);
  }

  private void failed(Throwable failed) {
    if (database.isCauseOf(failed)) {
      database.postpone();
      return;
    }
    if (!failing) {
      failing = true;
      LOG.warn("The REST worker cannot reach its jobs and tries again", failed);
    }
    pause(Math.min(lockNanos / 6, TimeUnit.SECONDS.toNanos(1)));
  }

  /** Whether the caller must call it again at once. */
  private boolean renewAndAcquire() {
    soonest = Long.MAX_VALUE;
    if (failing || database.isUnavailable() || System.nanoTime() - nextRenewal >= 0) {
      renew();
    }
    if (stopping) {
      runner.giveBackUnsent();
    }
    if (!takesJobs.getAsBoolean()) {
      oldestWaiting = null;
      soonest = EXECUTOR_LOOK_NANOS;
      return false;
    }
    if (System.nanoTime() - nextAcquisition < 0) {
      return false;
    }
    // In turn, or those that wait for a share would never be taken while there are always others.
    boolean sharesFirst = sharesAreNext;
    sharesAreNext = !sharesFirst;
    if (sharesFirst || runner.isBehind()) {
      takeInShares();
    }
    int limit = Math.min(BATCH, room.getAsInt());
    if (limit <= 0 || runner.isBehind()) {
      moreWaiting = true;
      if (System.nanoTime() - nextLookUp >= 0) { // ended calls wake this thread far more often
        oldestWaiting = locks.oldestFree();
        nextLookUp = System.nanoTime() + settings.pollInterval().toNanos();
      }
      return false;
    }
    moreWaiting = false;
    long start = System.nanoTime();
    JobLocks.Acquired acquired = locks.acquire(limit);
    runner.take(acquired.jobs(), start);
    oldestWaiting = acquired.moreSince();
    boolean more = oldestWaiting != null;
    if (more) { // and where not, another job may have been left meanwhile
      moreWaiting = true;
    }
    if (!sharesFirst) {
      takeInShares();
    }
    return more && room.getAsInt() > 0;
  }

  private void takeInShares() {
    int free = room.getAsInt();
    if (free > 0) {
      soonest = runner.takeWaiting(free);
    }
  }

  /** Writes where there is no lock as well: a node learns so whether the database takes writes. */
  private void renew() {
    beforeRenewal.run();
    boolean wasAway = database.isUnavailable();
    runner.renew();
    database.answers();
    if (!wasAway) {
      database.hasWritten();
    }
    long now = System.nanoTime();
    nextRenewal = now + lockNanos / 3;
    if (now - lastRenewal > lockNanos / 2) {
      // The locks of nodes that are alive may have expired as well: they are to renew them first.
      nextAcquisition = nextRenewal;
    }
    lastRenewal = now;
  }

  private void pause(long nanos) {
    try {
      if (nanos > 0 && wake.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
        wake.drainPermits();
      }
    } catch (InterruptedException stray) {
      LOG.debug("The REST worker was interrupted and goes on", stray);
    }
  }

  /** Tells where that fails, unless there is nothing to give back. */
  static void giveBack(int jobs, Runnable release) {
    try {
      release.run();
    } catch (RuntimeException | Error unreachable) {
      if (jobs > 0) {
        LOG.warn(
            "{} jobs stay locked until their locks expire, as the database is unavailable", jobs);
      }
      LOG.debug("Locks could not be released", unreachable);
    }
  }
}
