package io.restconnector.http.internal.resilience;

import io.restconnector.http.internal.AttemptUnderWay;
import io.restconnector.http.internal.chain.SendPermit;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One call as a series of attempts. No thread waits between them, and no permit is held. */
public final class RetriedCall {

  public final CompletableFuture<CallOutcome> result = new CompletableFuture<>();
  private final RestRequest request;
  private final long deadline;
  private final RetryRules rules;
  private final ScheduledExecutorService scheduler;
  private final SendPermit permit;
  private final Function<RestRequest, CompletableFuture<CallOutcome>> sender;
  private volatile boolean waits;
  private final AttemptUnderWay underWay = new AttemptUnderWay(result);
  private int attempts;

  /** Without its body: nobody counts the memory of what is kept here. */
  private volatile @Nullable CallOutcome answerSoFar;

  /**
   * A call before its first attempt.
   *
   * @param permit that the first attempt has acquired
   * @param sender makes one attempt
   */
  public RetriedCall(
      RestRequest request,
      RetryRules rules,
      ScheduledExecutorService scheduler,
      SendPermit permit,
      Function<RestRequest, CompletableFuture<CallOutcome>> sender) {
    this.request = request;
    deadline = System.nanoTime() + request.timeout().toNanos();
    this.rules = rules;
    this.scheduler = scheduler;
    this.permit = permit;
    this.sender = sender;
  }

  /** Makes the first attempt; the scheduler makes the others. */
  public void start() {
    waits = false;
    if (result.isDone()) {
      permit.release();
      return;
    }
    attempts++;
    try {
      underWay.begin(sender.apply(request.within(left())), this::ended);
    } catch (RuntimeException | Error unusable) {
      result.complete(new CallOutcome.Failed(unusable));
    }
  }

  private Duration left() {
    return Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
  }

  private void ended(CallOutcome ended) {
    CallOutcome outcome =
        ended instanceof CallOutcome.TimedOut ? new CallOutcome.TimedOut(request.timeout()) : ended;
    Duration wait = rules.waitAfter(outcome, attempts, request);
    if (wait == null || wait.compareTo(left()) >= 0) {
      result.complete(answer(outcome));
      return;
    }
    answerSoFar =
        answer(outcome instanceof CallOutcome.Response response ? response.withoutBody() : outcome);
    waits = true;
    permit.release();
    try {
      Future<?> next =
          scheduler.schedule(
              () -> permit.acquire(this::start), wait.toNanos(), TimeUnit.NANOSECONDS);
      Future<?> last = scheduler.schedule(this::timedOut, left().toNanos(), TimeUnit.NANOSECONDS);
      result.whenComplete(
          (done, cancelled) -> {
            next.cancel(false);
            last.cancel(false);
          });
    } catch (RejectedExecutionException closed) {
      closed();
    }
  }

  private CallOutcome answer(CallOutcome outcome) {
    boolean success = outcome instanceof CallOutcome.Response response && response.status() < 400;
    return success || attempts == 1 ? outcome : new CallOutcome.GivenUp(attempts, outcome);
  }

  /** An attempt under way has the same deadline and tells of it itself. */
  private void timedOut() {
    if (waits) {
      ended(new CallOutcome.TimedOut(request.timeout()));
    }
  }

  /** The scheduler makes no further attempt: the outcome so far is the answer. */
  public void closed() {
    CallOutcome answer = answerSoFar;
    if (answer != null) {
      result.complete(answer);
    }
  }
}
