package io.restconnector.call.internal;

import io.restconnector.content.internal.OutsideText;
import io.restconnector.internal.EngineParts;
import io.restconnector.internal.EvaluationStack;
import io.restconnector.internal.platform.EngineJson;
import io.restconnector.spi.CallSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.flowable.bpmn.model.FlowElement;
import org.flowable.common.engine.api.FlowableException;
import org.flowable.common.engine.api.FlowableOptimisticLockingException;
import org.flowable.common.engine.api.variable.VariableContainer;
import org.flowable.common.engine.impl.interceptor.CommandContext;
import org.flowable.common.engine.impl.interceptor.CommandContextCloseListener;
import org.flowable.engine.delegate.BpmnError;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;
import org.flowable.engine.impl.util.CommandContextUtil;
import org.flowable.engine.impl.util.ProcessDefinitionUtil;
import org.jspecify.annotations.Nullable;

/**
 * The engine that executes the current delegate. The one class of this package that uses engine
 * internals: Flowable has no public way to find that engine or to evaluate an expression.
 */
public final class ExecutingEngine {

  private static final Set<String> EVALUATOR = Set.of(ExecutingEngine.class.getName());

  private ExecutingEngine() {}

  public static RestCalls calls() {
    RestCalls.Holder holder = EngineParts.find(configuration(), RestCalls.Holder.class);
    RestCalls calls = holder == null ? null : holder.calls();
    if (calls == null) {
      throw new FlowableException(
          "This engine has no REST connector: its configurator discovery is off and no"
              + " RestConnectorConfigurator was added");
    }
    return calls;
  }

  /** The task in which an execution is. */
  public static CallSource source(CallSource.Kind kind, DelegateExecution execution) {
    String definition = execution.getProcessDefinitionId();
    String tenant = execution.getTenantId();
    return new CallSource(
        kind,
        ProcessDefinitionUtil.getProcessDefinition(definition).getKey(),
        definition,
        execution.getProcessInstanceId(),
        execution.getCurrentActivityId(),
        tenant == null || tenant.isEmpty() ? null : tenant);
  }

  /**
   * The only task of a kind that the current command is executing.
   *
   * @return null outside of a process, and where several branches are at such a task
   */
  public static @Nullable CallSource sourceOfOnly(Class<? extends FlowElement> kind) {
    CommandContext context = CommandContextUtil.getCommandContext();
    Map<String, ExecutionEntity> involved =
        context == null ? null : CommandContextUtil.getInvolvedExecutions(context);
    List<ExecutionEntity> there =
        involved == null
            ? List.of()
            : involved.values().stream()
                .filter(each -> !each.isEnded() && kind.isInstance(each.getCurrentFlowElement()))
                .filter(each -> !each.isMultiInstanceRoot())
                .toList();
    return there.size() == 1 ? source(CallSource.Kind.DELEGATE, there.get(0)) : null;
  }

  /** Runs once the engine has committed or rolled back, and holds no variable any more. */
  public static void atEndOfTransaction(Runnable task) {
    CommandContextUtil.getCommandContext().addCloseListener(new AtClose(task));
  }

  private record AtClose(Runnable task) implements CommandContextCloseListener {

    @Override
    public void closing(CommandContext context) {}

    @Override
    public void afterSessionsFlush(CommandContext context) {}

    @Override
    public void closed(CommandContext context) {
      task.run();
    }

    @Override
    public void closeFailure(CommandContext context) {
      task.run();
    }

    @Override
    public Integer order() {
      return Integer.MAX_VALUE;
    }

    @Override
    public boolean multipleAllowed() {
      return true;
    }
  }

  /**
   * Evaluates one expression of the deployed model.
   *
   * @throws UnusableExpressionException when it is malformed, or the data that it meets does not
   *     suit it
   * @throws RuntimeException what the application threw: its BpmnError as it is, anything else as
   *     the engine passes it on
   */
  public static @Nullable Object evaluate(String expression, VariableContainer variables) {
    try {
      return EngineJson.fromEngine(
          configuration().getExpressionManager().createExpression(expression).getValue(variables));
    } catch (RuntimeException | StackOverflowError failed) {
      for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
        if (cause instanceof BpmnError || cause instanceof FlowableOptimisticLockingException) {
          throw (FlowableException) cause;
        }
      }
      if (EvaluationStack.hasApplication(failed, EVALUATOR)) {
        throw failed;
      }
      throw new UnusableExpressionException(expression, failed);
    }
  }

  /**
   * The value as a variable. What none can hold is refused here: the engine would roll back, and
   * the call would be made again.
   *
   * @throws IllegalArgumentException when no variable can hold it
   */
  public static @Nullable Object storable(@Nullable Object value) {
    Object text = OutsideText.storable(value);
    try {
      configuration().getVariableTypes().findVariableType(EngineJson.toEngine(text));
      return text;
    } catch (FlowableException none) {
      throw new IllegalArgumentException(
          "of type %s, which no variable can hold"
              .formatted(text == null ? "null" : text.getClass().getTypeName()),
          none);
    }
  }

  private static ProcessEngineConfigurationImpl configuration() {
    return CommandContextUtil.getProcessEngineConfiguration();
  }
}
