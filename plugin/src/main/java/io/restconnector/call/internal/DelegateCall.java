package io.restconnector.call.internal;

import io.restconnector.http.internal.chain.SendPermit;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.CallSource;
import io.restconnector.spi.RestRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.flowable.common.engine.api.FlowableException;
import org.flowable.engine.delegate.BpmnError;
import org.flowable.engine.delegate.DelegateExecution;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The call of a delegate, on the engine's thread and in its transaction. */
public final class DelegateCall {

  private static final Logger LOG = LoggerFactory.getLogger(DelegateCall.class);

  private DelegateCall() {}

  /** Sends the request and waits for what it gives. */
  public static CallResult send(
      RestCalls calls, RestAction action, RestRequest read, DelegateExecution execution) {
    RestRequest request =
        IdempotencyKey.addTo(read, execution.getCurrentActivityId()).from(source(execution));
    CallOutcome outcome = await(calls.send(request, SendPermit.ALWAYS, Thread.currentThread()));
    // What was parsed is in the caches of the engine until then.
    ExecutingEngine.atEndOfTransaction(outcome::release);
    if (outcome.cause() != null && calls.client().isClosed()) {
      throw shutDown(outcome.cause());
    }
    return calls.result(action, request, outcome);
  }

  /** Tells who wants to know of what is not sent. */
  public static void tellUnsent(
      RestCalls calls, RestAction action, CallResult notSent, DelegateExecution execution) {
    calls.unsent().notSent(action, source(execution), notSent);
  }

  /**
   * Raises the error of a result, once it was logged.
   *
   * @throws BpmnError where the result is none of success
   */
  public static void raise(CallResult result, DelegateExecution execution) {
    if (result.code() != null) {
      log(execution, result);
      throw UncaughtErrors.raised(result.asError(), execution.getCurrentActivityId());
    }
  }

  private static CallSource source(DelegateExecution execution) {
    return ExecutingEngine.source(CallSource.Kind.DELEGATE, execution);
  }

  private static void log(DelegateExecution execution, CallResult result) {
    String activity = execution.getCurrentActivityId();
    LOG.warn(
        "Activity '{}' of instance {}: {}",
        activity,
        execution.getProcessInstanceId(),
        result.message());
    Throwable cause = result.cause();
    if (cause != null && !(cause instanceof BpmnError)) {
      LOG.debug("Activity '{}'", activity, cause);
    }
  }

  private static CallOutcome await(CompletableFuture<CallOutcome> exchange) {
    try {
      return exchange.get();
    } catch (InterruptedException stopping) {
      if (!exchange.cancel(true)) {
        exchange.join().release();
      }
      Thread.currentThread().interrupt();
      throw shutDown(stopping);
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("An exchange ended as an exception", impossible);
    }
  }

  /** The transaction must roll back, not take an error path. */
  private static FlowableException shutDown(@Nullable Throwable cause) {
    return new FlowableException("Interrupted while waiting for a REST call", cause);
  }
}
