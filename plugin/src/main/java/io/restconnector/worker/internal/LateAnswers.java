package io.restconnector.worker.internal;

import io.restconnector.call.internal.CallResult;
import io.restconnector.call.internal.Polling;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import io.restconnector.worker.internal.InFlightJob.Phase;
import org.flowable.common.engine.api.FlowableOptimisticLockingException;

/**
 * Completes a job with its last answer, and has it wait for the next one where that comes later.
 */
final class LateAnswers {

  private final JobStore store;
  private final DatabaseWatch database;
  private final WorkerThreads threads;
  private final JobCompletion completion;

  LateAnswers(
      JobStore store, DatabaseWatch database, WorkerThreads threads, JobCompletion completion) {
    this.store = store;
    this.database = database;
    this.threads = threads;
    this.completion = completion;
  }

  void add(InFlightJob call, RestRequest request, CallOutcome answer, CallResult result) {
    Polling polling = call.polling();
    if (polling == null
        || result.code() != null
        || !(answer instanceof CallOutcome.Response response)) {
      completion.complete(call, result);
    } else {
      add(call, polling, request, response, result, 0);
    }
  }

  private void add(
      InFlightJob call,
      Polling polling,
      RestRequest request,
      CallOutcome.Response response,
      CallResult result,
      int tries) {
    if (database.isUnavailable()) {
      threads.later(() -> add(call, polling, request, response, result, tries));
      return;
    }
    AskLaterCmd.Outcome outcome;
    call.step(Phase.ANSWERED, Phase.LEFT); // it may be taken again before this has ended
    try {
      outcome = store.askLater(call, polling, request, response, result);
    } catch (FlowableOptimisticLockingException lostRace) {
      threads.later(tries, () -> add(call, polling, request, response, result, tries + 1));
      return;
    } catch (RuntimeException | Error failed) {
      if (database.isCauseOf(failed)) {
        threads.later(() -> add(call, polling, request, response, result, tries));
      } else {
        // The first request was taken: it must not be sent again, but a question may.
        completion.failed(call, "its poll cannot be evaluated", failed, polling.isQuestion());
      }
      return;
    }
    if (outcome instanceof AskLaterCmd.Last last) {
      call.step(Phase.LEFT, Phase.ANSWERED);
      if (last.result().code() != null && !polling.isQuestion()) {
        call.mustNotBeSentAgain();
      }
      completion.complete(call, last.result());
    } else {
      completion.ended(call, outcome instanceof AskLaterCmd.Kept);
    }
  }
}
