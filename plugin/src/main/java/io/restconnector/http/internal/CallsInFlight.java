package io.restconnector.http.internal;

import io.restconnector.http.internal.chain.CallChain;
import io.restconnector.http.internal.chain.CallContext;
import io.restconnector.http.internal.chain.Identity;
import io.restconnector.http.internal.transport.PooledClient;
import io.restconnector.spi.CallInterceptor;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Starts calls, and ends each at its deadline, or when the connector is closed. */
final class CallsInFlight {

  private final ScheduledExecutorService deadlines;
  private final Set<CallContext> inFlight = ConcurrentHashMap.newKeySet();

  /**
   * Has no call yet.
   *
   * @param deadlines is shut down when the connector is closed
   */
  CallsInFlight(ScheduledExecutorService deadlines) {
    this.deadlines = deadlines;
  }

  CompletableFuture<CallOutcome> start(
      List<CallInterceptor> links, RestRequest request, Identity identity, CallContext call) {
    if (deadlines.isShutdown()) {
      return CompletableFuture.completedFuture(CallContext.closed());
    }
    inFlight.add(call);
    CompletableFuture<CallOutcome> result;
    try {
      result = CallChain.start(links, request, identity, call);
    } catch (RuntimeException | Error unusable) {
      inFlight.remove(call);
      throw unusable;
    }
    if (result.isDone()) {
      inFlight.remove(call);
      return result;
    }
    try {
      Future<?> deadline =
          deadlines.schedule(
              call::expire, call.deadline().remaining().toNanos(), TimeUnit.NANOSECONDS);
      result.whenComplete(
          (outcome, cancelled) -> {
            deadline.cancel(false);
            inFlight.remove(call);
          });
    } catch (RejectedExecutionException closed) {
      inFlight.remove(call);
      call.close();
    }
    return result;
  }

  /** Ends the exchanges that a dead client can no longer answer. */
  void endWith(PooledClient dead) {
    CallOutcome lost = PooledClient.lost();
    inFlight.forEach(call -> call.lose(dead, lost));
  }

  /** Once the deadlines are shut down: from then on no call gets in flight. */
  void close() {
    inFlight.forEach(CallContext::close);
  }
}
