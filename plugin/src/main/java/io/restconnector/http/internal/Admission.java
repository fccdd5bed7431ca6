package io.restconnector.http.internal;

import io.restconnector.content.internal.MediaType;
import io.restconnector.content.internal.ParsingBudget;
import io.restconnector.content.internal.ParsingBudget.Permit;
import io.restconnector.http.internal.chain.CallContext;
import io.restconnector.spi.CallOutcome;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Holds a response back until there is memory to parse it. */
final class Admission {

  /** Other content than JSON is held as bytes or text, and for a moment as both. */
  private static final int PART_OF_TREE = 8;

  private final ParsingBudget budget;
  private final ScheduledExecutorService deadlines;
  private final Map<Object, CompletableFuture<CallOutcome>> waiting = new ConcurrentHashMap<>();

  Admission(ParsingBudget budget, ScheduledExecutorService deadlines) {
    this.budget = budget;
    this.deadlines = deadlines;
  }

  /**
   * @param sent completes with the outcome of the call
   */
  CompletableFuture<CallOutcome> of(CallContext call, CompletableFuture<CallOutcome> sent) {
    Object holder = call.holder();
    CompletableFuture<CallOutcome> result = new CompletableFuture<>();
    sent.whenComplete(
        (outcome, cancelled) -> {
          CallOutcome.Response response = outcome == null ? null : response(outcome);
          if (outcome == null || result.isDone()) {
            result.cancel(false);
          } else if (response == null || response.length() == 0) {
            result.complete(outcome);
          } else {
            Permit received = budget.received(response.length(), holder);
            CompletableFuture<Permit> permit = budget.request(weight(response), holder);
            permit.whenComplete(
                (granted, gaveUp) -> {
                  received.close();
                  if (granted != null && !result.complete(outcome.onRelease(granted::close))) {
                    granted.close();
                  }
                });
            if (!permit.isDone()) {
              Object key = new Object();
              waiting.put(key, result);
              endAtDeadline(call, result);
              result.whenComplete(
                  (done, given) -> {
                    waiting.remove(key);
                    permit.cancel(false);
                  });
            }
          }
        });
    result.whenComplete((outcome, cancelled) -> sent.cancel(false));
    return result;
  }

  private static CallOutcome.@Nullable Response response(CallOutcome outcome) {
    if (outcome instanceof CallOutcome.RetriesExhausted exhausted) {
      return response(exhausted.last());
    }
    return outcome instanceof CallOutcome.Response response ? response : null;
  }

  private static long weight(CallOutcome.Response response) {
    MediaType type = MediaType.parse(response.header("Content-Type"));
    return type.isJson() || type.name().isEmpty() // which may be JSON
        ? response.length()
        : response.length() / PART_OF_TREE;
  }

  private void endAtDeadline(CallContext call, CompletableFuture<CallOutcome> result) {
    CallOutcome late = new CallOutcome.TimedOut(call.timeout());
    long left = call.deadline().remaining().toNanos();
    try {
      Future<?> deadline =
          deadlines.schedule(() -> result.complete(late), left, TimeUnit.NANOSECONDS);
      result.whenComplete((outcome, cancelled) -> deadline.cancel(false));
    } catch (RejectedExecutionException closed) {
      result.complete(CallContext.closed());
    }
  }

  /** Once the deadlines are shut down. */
  void close() {
    waiting.values().forEach(result -> result.complete(CallContext.closed()));
  }
}
