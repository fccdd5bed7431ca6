package io.restconnector.worker.internal;

import io.restconnector.call.internal.CallResult;
import io.restconnector.call.internal.UncaughtErrors;
import io.restconnector.content.LoggedFailure;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.flowable.common.engine.api.FlowableOptimisticLockingException;
import org.flowable.common.engine.impl.util.ExceptionUtil;
import org.flowable.job.api.FlowableUnrecoverableJobException;
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

  private final JobStore store;
  private final DatabaseWatch database;
  private final WorkerThreads threads;
  private final Consumer<Call> ended;

  Completer(JobStore store, DatabaseWatch database, WorkerThreads threads, Consumer<Call> ended) {
    this.store = store;
    this.database = database;
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
    if (database.isAway()) {
      threads.later(() -> goOn(call, result, races));
      return;
    }
    try {
      ended(
          call,
          call.job.exclusive()
              ? goOnExclusively(call, result)
              : store.complete(call, result, Completion.Mode.DIRECT));
    } catch (Completion.NotCaughtException notCaught) {
      fail(call, String.valueOf(notCaught.getMessage()), UncaughtErrors.isRetried(notCaught.code));
    } catch (Completion.LongContinuationException tooLong) {
      leaveToExecutor(call, result);
    } catch (FlowableOptimisticLockingException lostRace) {
      if (races < RACES) {
        threads.later(races, () -> goOn(call, result, races + 1));
      } else {
        leaveToExecutor(call, result);
      }
    } catch (RuntimeException | Error failed) {
      // An Error too: a class that is missing in the application must not keep the job for ever.
      LOG.debug("{}: what follows the call failed", call.job.place(), LoggedFailure.of(failed));
      if (database.isToBlame(failed)) {
        threads.later(() -> goOn(call, result, races));
      } else {
        leaveToExecutor(call, result);
      }
    }
  }

  private boolean goOnExclusively(Call call, CallResult result) {
    store.lockInstance(call.job);
    boolean wentOn = false;
    try {
      wentOn = store.complete(call, result, Completion.Mode.DIRECT);
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
    end(call, () -> store.complete(call, result, Completion.Mode.BY_EXECUTOR), 0, 0);
  }

  /**
   * Takes a try from the job. The call is made again after a while, or the job is a dead letter.
   *
   * @param isRetried whether the call may be made again at all
   */
  private void fail(Call call, String message, boolean isRetried) {
    String printable = oneLine(message);
    end(call, () -> store.fail(call.job, printable, isRetried), 0, Integer.MIN_VALUE);
  }

  private static String oneLine(String message) {
    return message.replaceAll("\\p{Cntrl}+", " ");
  }

  /** For a transaction that failed before the call was sent, and not because of the database. */
  void refused(Call call, Throwable failed) {
    LoggedFailure logged = LoggedFailure.of(failed);
    LOG.warn("{}: its inputs cannot be read", call.job.place(), logged);
    String words = logged.words();
    fail(
        call,
        call.job.place() + ": its inputs cannot be read" + (words == null ? "" : ": " + words),
        !ExceptionUtil.containsCause(failed, FlowableUnrecoverableJobException.class));
  }

  private void end(Call call, BooleanSupplier transaction, int tries, int refusals) {
    if (database.isAway()) {
      threads.later(() -> end(call, transaction, tries, refusals));
      return;
    }
    try {
      ended(call, transaction.getAsBoolean());
    } catch (FlowableOptimisticLockingException lostRace) {
      threads.later(tries, () -> end(call, transaction, tries + 1, refusals));
    } catch (RuntimeException | Error failed) {
      if (database.isToBlame(failed)) {
        threads.later(() -> end(call, transaction, tries, refusals));
        return;
      }
      LOG.warn("{}: the answer cannot be stored yet", call.job.place(), LoggedFailure.of(failed));
      if (refusals + 1 >= REFUSALS) {
        fail(call, call.job.place() + ": the answer cannot be stored", true);
      } else {
        threads.later(tries, () -> end(call, transaction, tries + 1, refusals + 1));
      }
    }
  }

  private void ended(Call call, boolean owned) {
    database.hasWritten();
    if (!owned) {
      LOG.warn(
          "{}: the answer is dropped, job {} is gone or has another owner",
          call.job.place(),
          call.job.id());
    }
    ended.accept(call);
  }
}
