package io.restconnector.call.internal;

import io.restconnector.spi.CallSource;
import java.util.Set;
import java.util.regex.Pattern;
import org.flowable.common.engine.api.FlowableException;
import org.flowable.common.engine.api.FlowableOptimisticLockingException;
import org.flowable.common.engine.api.variable.VariableContainer;
import org.flowable.common.engine.impl.EngineConfigurator;
import org.flowable.common.engine.impl.de.odysseus.el.TreeValueExpression;
import org.flowable.common.engine.impl.interceptor.CommandContext;
import org.flowable.common.engine.impl.interceptor.CommandContextCloseListener;
import org.flowable.engine.delegate.BpmnError;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.util.CommandContextUtil;
import org.flowable.engine.impl.util.ProcessDefinitionUtil;
import org.jspecify.annotations.Nullable;

/**
 * The engine that executes the current delegate. The one class of this package that uses engine
 * internals: Flowable has no public way to find that engine or to evaluate an expression.
 */
public final class ExecutingEngine {

  /** Where data and expressions fail by themselves; a proxy of the JDK stands for a bean. */
  private static final Pattern OF_DATA =
      Pattern.compile(
          "(?!.*\\$Proxy\\d)(?:java|javax|jdk|sun|tools\\.jackson|com\\.fasterxml\\.jackson)\\..*"
              + "|org\\.flowable\\.common\\.engine\\.impl\\.(?:el|javax\\.el|de\\.odysseus)\\..*");

  /** Where the evaluation begins. */
  private static final Set<String> EVALUATOR =
      Set.of(TreeValueExpression.class.getName(), ExecutingEngine.class.getName());

  private ExecutingEngine() {}

  public static RestCalls calls() {
    for (EngineConfigurator configurator : configuration().getAllConfigurators()) {
      if (configurator instanceof RestCalls.Holder holder && holder.calls() != null) {
        return holder.calls();
      }
    }
    throw new FlowableException(
        "This engine has no REST connector: its configurator discovery is off and no"
            + " RestConnectorConfigurator was added");
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
  static @Nullable Object evaluate(String expression, VariableContainer variables) {
    try {
      return configuration()
          .getExpressionManager()
          .createExpression(expression)
          .getValue(variables);
    } catch (RuntimeException | StackOverflowError failed) {
      for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
        if (cause instanceof BpmnError || cause instanceof FlowableOptimisticLockingException) {
          throw (FlowableException) cause;
        }
      }
      if (isOfTheApplication(failed)) {
        throw failed;
      }
      throw new UnusableExpressionException(expression, failed);
    }
  }

  /**
   * Whether code ran between the evaluator and the failure that is neither the evaluator's own nor
   * that of plain data such as a String or a JSON node.
   */
  private static boolean isOfTheApplication(Throwable failed) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause.getStackTrace().length == 0) {
        return true; // an exception without a stack was made so by the application
      }
      for (StackTraceElement frame : cause.getStackTrace()) {
        if (EVALUATOR.contains(frame.getClassName())) {
          break;
        }
        if (!OF_DATA.matcher(frame.getClassName()).matches()) {
          return true;
        }
      }
    }
    return false;
  }

  private static ProcessEngineConfigurationImpl configuration() {
    return CommandContextUtil.getProcessEngineConfiguration();
  }
}
