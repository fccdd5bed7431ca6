package io.restconnector.worker.internal;

import io.restconnector.call.internal.CallResult;
import io.restconnector.call.internal.Polling;
import io.restconnector.call.internal.RestCalls;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Parses an answer when it can be written. While the database is unavailable an answer stays as
 * bytes and holds nothing of what may be parsed at once: answers that come later would wait for
 * that until their timeouts pass.
 */
final class UnparsedAnswers {

  private static final int PART_OF_HEAP = 16;

  private final DatabaseWatch database;
  private final WorkerThreads threads;
  private final RestCalls calls;
  private final LateAnswers next;
  private final long capacity = Runtime.getRuntime().maxMemory() / PART_OF_HEAP;
  private final AtomicLong held = new AtomicLong();

  UnparsedAnswers(
      DatabaseWatch database, WorkerThreads threads, RestCalls calls, LateAnswers next) {
    this.database = database;
    this.threads = threads;
    this.calls = calls;
    this.next = next;
  }

  /** For an answer that may be parsed. */
  void add(InFlightJob call, RestRequest request, CallOutcome answer) {
    // Not on the client's threads: they must not block, and a body may be long to parse.
    threads.execute(() -> parse(call, request, answer));
  }

  private void parse(InFlightJob call, RestRequest request, CallOutcome answer) {
    long length = length(answer);
    if (length == 0 || !database.isUnavailable() || held.get() + length > capacity) {
      complete(call, request, answer);
      return;
    }
    held.addAndGet(length);
    answer.release();
    threads.later(() -> parseLater(call, request, answer));
  }

  private void complete(InFlightJob call, RestRequest request, CallOutcome answer) {
    Polling polling = call.polling();
    CallResult result =
        polling == null
            ? calls.result(call.job.action(), request, answer)
            : polling.result(calls, call.job.action(), request, answer);
    next.add(call, request, answer, result);
  }

  private void parseLater(InFlightJob call, RestRequest request, CallOutcome answer) {
    if (database.isUnavailable()) {
      threads.later(() -> parseLater(call, request, answer));
      return;
    }
    CompletableFuture<CallOutcome> admission = calls.client().admit(request, answer, call);
    call.sent(admission);
    admission.whenComplete(
        (admitted, abandoned) -> {
          if (admitted instanceof CallOutcome.TimedOut) {
            threads.later(() -> parseLater(call, request, answer));
            return;
          }
          held.addAndGet(-length(answer));
          if (admitted != null) {
            add(call, request, admitted);
          }
        });
  }

  private static long length(CallOutcome answer) {
    if (answer instanceof CallOutcome.RetriesExhausted exhausted) {
      return length(exhausted.last());
    }
    return answer instanceof CallOutcome.Response response ? response.length() : 0;
  }
}
