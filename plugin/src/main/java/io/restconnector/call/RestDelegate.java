package io.restconnector.call;

import io.restconnector.call.internal.CallResult;
import io.restconnector.call.internal.ErrorCode;
import io.restconnector.call.internal.ExecutingEngine;
import io.restconnector.call.internal.ExecutionInputs;
import io.restconnector.call.internal.IdempotencyKey;
import io.restconnector.call.internal.RestAction;
import io.restconnector.call.internal.RestCalls;
import io.restconnector.call.internal.TaskCall;
import io.restconnector.call.internal.UncaughtErrors;
import io.restconnector.http.internal.chain.SendPermit;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.CallSource;
import io.restconnector.spi.RestRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.flowable.common.engine.api.FlowableException;
import org.flowable.common.engine.api.delegate.Expression;
import org.flowable.engine.delegate.BpmnError;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.delegate.JavaDelegate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One REST call of a service task, on the engine's thread and in its transaction.
 *
 * <p>Reads its inputs from the fields of the task and the variables that its execution sees, writes
 * its outputs, and raises a {@link BpmnError} whose code is the name of an {@link ErrorCode}. Keeps
 * no state: one instance may serve any number of tasks and threads.
 */
public abstract sealed class RestDelegate implements JavaDelegate
    permits GetDelegate,
        HeadDelegate,
        PostDelegate,
        PutDelegate,
        PatchDelegate,
        DeleteDelegate,
        OptionsDelegate,
        TraceDelegate {

  private static final Logger LOG = LoggerFactory.getLogger(RestDelegate.class);

  private final RestAction action;

  RestDelegate(RestAction action) {
    this.action = action;
  }

  @Override
  public final void execute(DelegateExecution execution) {
    CallResult result = call(execution);
    if (result.code() != null) {
      log(execution, result);
      throw UncaughtErrors.raised(result.asError(), execution.getCurrentActivityId());
    }
  }

  private CallResult call(DelegateExecution execution) {
    RestCalls calls = ExecutingEngine.calls();
    TaskCall task = TaskCall.read(action, ExecutionInputs.ofDelegate(execution), calls.reader());
    CallResult notSent = task.notSent();
    if (notSent != null) {
      calls.unsent().notSent(action, source(execution), notSent);
      return task.outputs().write(notSent, execution);
    }
    return task.outputs().write(send(calls, task.ready(), execution), execution);
  }

  private CallResult send(RestCalls calls, RestRequest read, DelegateExecution execution) {
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

  // For flowable:class the engine wants a member for every field of the task. It sets them once for
  // all executions; a call reads the fields of its own execution instead.
  public final void setRestUrl(Expression ignored) {}

  public final void setRestUrlParams(Expression ignored) {}

  public final void setRestUrlEncoded(Expression ignored) {}

  public final void setRequestHeaders(Expression ignored) {}

  public final void setRequestPayload(Expression ignored) {}

  public final void setCircuitBreaker(Expression ignored) {}

  public final void setAuthentication(Expression ignored) {}

  public final void setTimeout(Expression ignored) {}

  public final void setMaxAttempts(Expression ignored) {}

  public final void setRetryBackoff(Expression ignored) {}

  public final void setOutputMapping(Expression ignored) {}

  public final void setOutputScope(Expression ignored) {}
}
