package io.restconnector.call;

import io.restconnector.call.internal.CallResult;
import io.restconnector.call.internal.DelegateCall;
import io.restconnector.call.internal.ErrorCode;
import io.restconnector.call.internal.ExecutingEngine;
import io.restconnector.call.internal.ExecutionInputs;
import io.restconnector.call.internal.RestAction;
import io.restconnector.call.internal.RestCalls;
import io.restconnector.call.internal.TaskCall;
import org.flowable.common.engine.api.delegate.Expression;
import org.flowable.engine.delegate.BpmnError;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.delegate.JavaDelegate;

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

  private final RestAction action;

  RestDelegate(RestAction action) {
    this.action = action;
  }

  @Override
  public final void execute(DelegateExecution execution) {
    DelegateCall.raise(call(execution), execution);
  }

  private CallResult call(DelegateExecution execution) {
    RestCalls calls = ExecutingEngine.calls();
    TaskCall task = TaskCall.read(action, ExecutionInputs.ofDelegate(execution), calls.reader());
    CallResult notSent = task.notSent();
    if (notSent != null) {
      DelegateCall.tellUnsent(calls, action, notSent, execution);
      return task.outputs().write(notSent, execution);
    }
    return task.outputs()
        .write(DelegateCall.send(calls, action, task.ready(), execution), execution);
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

  public final void setPoll(Expression ignored) {}

  public final void setOutputMapping(Expression ignored) {}

  public final void setOutputScope(Expression ignored) {}
}
