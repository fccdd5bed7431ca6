package io.restconnector.worker.internal;

import io.restconnector.call.internal.CallResult;
import io.restconnector.call.internal.UncaughtErrors;
import io.restconnector.content.internal.LoggedFailure;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.flowable.common.engine.api.FlowableOptimisticLockingException;
import org.flowable.common.engine.impl.util.ExceptionUtil;
import org.flowable.job.api.FlowableUnrecoverableJobException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Completes jobs with the results of their calls, and tries again as long as this node holds the
 * lock.
 *
 * <p>The first try is one transaction with what follows in the process. If it fails, the job is
 * handed over: the answer is stored with a job of the async executor, which has its own rules for
 * retries. If the database refuses even that, the job fails.
 */
final class JobCompletion {

  private static final Logger LOG = LoggerFactory.getLogger(JobCompletion.class);
  private static final int MAX_LOST_RACES = 8;
  private static final int MAX_REFUSALS = 3;

  private final JobStore store;
  private final DatabaseWatch database;
  private final WorkerThreads threads;
  private final Consumer<InFlightJob> ended;
  private final AnswerBatches batches;
  private final InstanceLocks instances;

  JobCompletion(
      JobStore store, DatabaseWatch database, WorkerThreads threads, Consumer<InFlightJob> ended) {
    this.store = store;
    this.database = database;
    this.threads = threads;
    this.ended = ended;
    instances = new InstanceLocks(store);
    batches = new AnswerBatches(threads, this::complete);
  }

  /** How many answers are not written yet. */
  int waiting() {
    return batches.size();
  }

  void complete(InFlightJob call, CallResult result) {
    call.failed(result.code());
    if (result.error() != null) {
      LOG.warn("{}: {}", call.job.description(), result.message());
    }
    batches.add(new Answer(call, result));
  }

  /** In one transaction, and if that fails each in its own, where it may fail for itself. */
  private void complete(List<Answer> answers) {
    Set<String> owned = null;
    if (answers.size() > 1) {
      try {
        if (database.isUnavailable()) {
          writeLater(answers);
          return;
        }
        owned = completeTogether(answers);
      } catch (RuntimeException | Error failed) {
        LOG.debug("{} answers are written one by one", answers.size(), LoggedFailure.of(failed));
        if (!(failed instanceof FlowableOptimisticLockingException
                || failed instanceof CompleteJobCmd.RolledBackException)
            && database.isCauseOf(failed)) {
          writeLater(answers);
          return;
        }
      }
    }
    for (Answer each : answers) {
      if (owned == null) {
        complete(each.call(), each.result(), 0);
      } else {
        ended(each.call(), owned.contains(each.call().job.id()));
      }
    }
  }

  private void writeLater(List<Answer> answers) {
    threads.later(() -> answers.forEach(batches::again));
  }

  private Set<String> completeTogether(List<Answer> answers) {
    List<Job> alone =
        answers.stream()
            .map(Answer::call)
            .filter(InFlightJob::locksInstance)
            .map(call -> call.job)
            .toList();
    if (alone.isEmpty()) {
      return store.complete(answers);
    }
    return instances.whileLocked(
        alone,
        () -> store.complete(answers),
        owned -> alone.stream().filter(job -> !owned.contains(job.id())).toList());
  }

  private void complete(InFlightJob call, CallResult result, int races) {
    if (database.isUnavailable()) {
      threads.later(() -> complete(call, result, races));
      return;
    }
    try {
      ended(
          call,
          call.locksInstance()
              ? completeExclusively(call, result)
              : store.complete(call, result, CompleteJobCmd.Mode.DIRECT));
    } catch (CompleteJobCmd.NotCaughtException notCaught) {
      fail(
          call,
          String.valueOf(notCaught.getMessage()),
          UncaughtErrors.isRetried(notCaught.code) && call.mayBeSentAgain());
    } catch (CompleteJobCmd.LongContinuationException tooLong) {
      handOver(call, result);
    } catch (FlowableOptimisticLockingException lostRace) {
      if (races < MAX_LOST_RACES) {
        threads.later(races, () -> complete(call, result, races + 1));
      } else {
        handOver(call, result);
      }
    } catch (RuntimeException | Error failed) {
      // An Error too: a class that is missing in the application must not keep the job for ever.
      LOG.debug(
          "{}: what follows the call failed", call.job.description(), LoggedFailure.of(failed));
      if (database.isCauseOf(failed)) {
        threads.later(() -> complete(call, result, races));
      } else {
        handOver(call, result);
      }
    }
  }

  private boolean completeExclusively(InFlightJob call, CallResult result) {
    List<Job> job = List.of(call.job);
    return instances.whileLocked(
        job,
        () -> store.complete(call, result, CompleteJobCmd.Mode.DIRECT),
        owned -> owned ? List.of() : job);
  }

  private void handOver(InFlightJob call, CallResult result) {
    end(call, () -> store.complete(call, result, CompleteJobCmd.Mode.BY_EXECUTOR), 0, 0);
  }

  /**
   * Takes a try from the job. The call is made again after a while, or the job is a dead letter.
   *
   * @param isRetried whether the call may be made again at all
   */
  private void fail(InFlightJob call, String message, boolean isRetried) {
    String printable = oneLine(message);
    end(call, () -> store.fail(call.job, printable, isRetried), 0, Integer.MIN_VALUE);
  }

  private static String oneLine(String message) {
    return message.replaceAll("\\p{Cntrl}+", " ");
  }

  /** For a transaction that failed before the call was sent, and not because of the database. */
  void refused(InFlightJob call, Throwable failed) {
    failed(
        call,
        "its inputs cannot be read",
        failed,
        !ExceptionUtil.containsCause(failed, FlowableUnrecoverableJobException.class));
  }

  /**
   * For what the application threw.
   *
   * @param isRetried whether the job may be tried again
   */
  void failed(InFlightJob call, String what, Throwable failed, boolean isRetried) {
    LoggedFailure logged = LoggedFailure.of(failed);
    LOG.warn("{}: {}", call.job.description(), what, logged);
    String words = logged.words();
    fail(
        call,
        call.job.description() + ": " + what + (words == null ? "" : ": " + words),
        isRetried);
  }

  private void end(InFlightJob call, BooleanSupplier transaction, int tries, int refusals) {
    if (database.isUnavailable()) {
      threads.later(() -> end(call, transaction, tries, refusals));
      return;
    }
    try {
      ended(call, transaction.getAsBoolean());
    } catch (FlowableOptimisticLockingException lostRace) {
      threads.later(tries, () -> end(call, transaction, tries + 1, refusals));
    } catch (RuntimeException | Error failed) {
      if (database.isCauseOf(failed)) {
        threads.later(() -> end(call, transaction, tries, refusals));
        return;
      }
      LOG.warn(
          "{}: the answer cannot be stored yet", call.job.description(), LoggedFailure.of(failed));
      if (refusals + 1 >= MAX_REFUSALS) {
        fail(call, call.job.description() + ": the answer cannot be stored", true);
      } else {
        threads.later(tries, () -> end(call, transaction, tries + 1, refusals + 1));
      }
    }
  }

  void ended(InFlightJob call, boolean owned) {
    database.hasWritten();
    if (!owned) {
      LOG.warn(
          "{}: the answer is dropped, as job {} is gone or has another owner",
          call.job.description(),
          call.job.id());
    }
    ended.accept(call);
    batches.done(call);
  }
}
