package io.restconnector.worker;

import io.restconnector.call.CallResult;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.flowable.common.engine.api.FlowableOptimisticLockingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends jobs with what their calls gave, and tries again as long as this node holds the lock.
 *
 * <p>First in one transaction with what follows in the process. Where that fails, the answer is
 * stored with a job of the async executor, which has its own rules for retries. Where the database
 * refuses even that, the job fails.
 */
final class Completer {

  private static final Logger LOG = LoggerFactory.getLogger(Completer.class);
  private static final int RACES = 5;
  private static final int REFUSALS = 3;
  private static final Duration PROBE_INTERVAL = Duration.ofSeconds(1);

  private final JobStore store;
  private final ScheduledExecutorService threads;
  private final Consumer<Call> ended;

  /** Until then nobody asks the database again; as of {@link System#nanoTime()}. */
  private volatile long awayUntil = System.nanoTime();

  Completer(JobStore store, ScheduledExecutorService threads, Consumer<Call> ended) {
    this.store = store;
    this.threads = threads;
    this.ended = ended;
  }

  void complete(Call call, CallResult result) {
    if (result.error() != null) {
      LOG.warn("{}: {}", call.job.place(), result.message());
    }
    goOn(call, result, 0);
  }

  private void goOn(Call call, CallResult result, int races) {
    if (isAway()) {
      later(RACES, () -> goOn(call, result, races));
      return;
    }
    try {
      ended(
          call,
          call.job.exclusive()
              ? goOnExclusively(call, result)
              : store.complete(call.job, result, Completion.Mode.DIRECT));
    } catch (Completion.NotCaughtException notCaught) {
      fail(call, String.valueOf(notCaught.getMessage()));
    } catch (Completion.LongContinuationException tooLong) {
      leaveToExecutor(call, result);
    } catch (FlowableOptimisticLockingException lostRace) {
      if (races < RACES) {
        later(races, () -> goOn(call, result, races + 1));
      } else {
        leaveToExecutor(call, result);
      }
    } catch (RuntimeException | Error failed) {
      // An Error too: a class that is missing in the application must not keep the job for ever.
      LOG.debug("{}: what follows the call failed", call.job.place(), failed);
      if (isReachable(call)) {
        leaveToExecutor(call, result);
      } else {
        later(RACES, () -> goOn(call, result, races));
      }
    }
  }

  private boolean goOnExclusively(Call call, CallResult result) {
    store.lockInstance(call.job);
    boolean wentOn = false;
    try {
      wentOn = store.complete(call.job, result, Completion.Mode.DIRECT);
      return wentOn;
    } finally {
      if (!wentOn) {
        unlockInstance(call);
      }
    }
  }

  private void unlockInstance(Call call) {
    try {
      store.unlockInstance(call.job);
    } catch (RuntimeException unreachable) {
      LOG.debug("{}: the instance stays locked for a while", call.job.place());
    }
  }

  private void leaveToExecutor(Call call, CallResult result) {
    end(call, () -> store.complete(call.job, result, Completion.Mode.BY_EXECUTOR), 0, 0);
  }

  /** Takes a retry from the job; it is made again after a while, or is a dead letter job. */
  private void fail(Call call, String message) {
    String printable = oneLine(message);
    end(call, () -> store.fail(call.job, printable), 0, Integer.MIN_VALUE);
  }

  private static String oneLine(String message) {
    return message.replaceAll("\\p{Cntrl}+", " ");
  }

  /**
   * For a transaction that failed before the call was sent.
   *
   * @param again is run later where the database could not be reached
   */
  void refused(Call call, Throwable failed, Runnable again) {
    if (isReachable(call)) {
      LOG.warn("{}: its inputs cannot be read", call.job.place(), failed);
      fail(call, failed.toString());
    } else {
      later(RACES, again);
    }
  }

  private void end(Call call, BooleanSupplier transaction, int tries, int refusals) {
    if (isAway()) {
      later(RACES, () -> end(call, transaction, tries, refusals));
      return;
    }
    try {
      ended(call, transaction.getAsBoolean());
    } catch (FlowableOptimisticLockingException lostRace) {
      later(tries, () -> end(call, transaction, tries + 1, refusals));
    } catch (RuntimeException | Error failed) {
      // What fails again and again while other statements do not is not the database's absence,
      // of which the worker tells once for all calls.
      int counted = refusals;
      if (isReachable(call)) {
        counted++;
        LOG.warn(
            "{}: the answer cannot be stored yet: {}",
            call.job.place(),
            oneLine(failed.toString()));
      }
      if (counted >= REFUSALS) {
        fail(call, failed.toString());
      } else {
        int soFar = counted;
        later(tries, () -> end(call, transaction, tries + 1, soFar));
      }
    }
  }

  private boolean isAway() {
    return awayUntil - System.nanoTime() > 0;
  }

  private boolean isReachable(Call call) {
    try {
      store.isOwned(call.job);
      return true;
    } catch (RuntimeException | Error unreachable) {
      awayUntil = System.nanoTime() + PROBE_INTERVAL.toNanos();
      return false;
    }
  }

  private void ended(Call call, boolean owned) {
    if (!owned) {
      LOG.warn(
          "{}: the answer is dropped, job {} is gone or has another owner",
          call.job.place(),
          call.job.id());
    }
    ended.accept(call);
  }

  private void later(int tries, Runnable task) {
    try {
      threads.schedule(task, 20L << Math.min(tries, 6), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException stopped) {
      LOG.debug("The REST worker has stopped, the call is left to another node");
    }
  }
}
