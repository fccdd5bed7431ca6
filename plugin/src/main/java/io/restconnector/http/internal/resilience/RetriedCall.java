package io.restconnector.http.internal.resilience;

import io.restconnector.http.internal.chain.AttemptUnderWay;
import io.restconnector.http.internal.chain.CallChain;
import io.restconnector.http.internal.chain.SendPermit;
import io.restconnector.spi.CallOutcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One call as a series of attempts. No thread waits between them, and no permit is held. */
final class RetriedCall {

  private final CompletableFuture<CallOutcome> result = new CompletableFuture<>();
  private final CallChain chain;
  private final RetryRules rules;
  private final ScheduledExecutorService scheduler;
  private final SendPermit permit;
  private final AttemptUnderWay underWay = new AttemptUnderWay(result);
  private final AtomicInteger attempts = new AtomicInteger();

  /** Without its body, as this memory is not counted. */
  private volatile @Nullable CallOutcome answerSoFar;

  RetriedCall(CallChain chain, RetryRules rules, ScheduledExecutorService scheduler) {
    this.chain = chain;
    this.rules = rules;
    this.scheduler = scheduler;
    permit = chain.context().permit();
  }

  /** Makes the first attempt; the scheduler makes the others. */
  CompletableFuture<CallOutcome> start() {
    chain.context().endWithCall(result, this::answerAtTheEnd);
    attempt();
    return result;
  }

  private void attempt() {
    if (result.isDone()) {
      permit.release();
      return;
    }
    attempts.incrementAndGet();
    answerSoFar = null;
    try {
      underWay.begin(chain.proceed(chain.request()), this::ended);
    } catch (RuntimeException | Error unusable) {
      result.complete(new CallOutcome.Failed(unusable));
    }
  }

  private void ended(CallOutcome outcome) {
    Duration wait = rules.waitAfter(outcome, attempts.get(), chain.request());
    if (wait == null || wait.compareTo(chain.deadline().remaining()) >= 0) {
      result.complete(answer(outcome));
      return;
    }
    answerSoFar =
        answer(outcome instanceof CallOutcome.Response response ? response.withoutBody() : outcome);
    permit.release();
    try {
      Future<?> next =
          scheduler.schedule(
              () -> permit.acquire(this::attempt), wait.toNanos(), TimeUnit.NANOSECONDS);
      result.whenComplete((done, cancelled) -> next.cancel(false));
    } catch (RejectedExecutionException closed) {
      result.complete(answer(outcome));
    }
  }

  private CallOutcome answer(CallOutcome outcome) {
    boolean success = outcome instanceof CallOutcome.Response response && response.status() < 400;
    return success || attempts.get() == 1
        ? outcome
        : new CallOutcome.RetriesExhausted(attempts.get(), outcome);
  }

  /** Between two attempts, closing the connector ends the call with the outcome so far. */
  private CallOutcome answerAtTheEnd(CallOutcome because) {
    CallOutcome known = answerSoFar;
    return known == null || because instanceof CallOutcome.TimedOut ? answer(because) : known;
  }
}
