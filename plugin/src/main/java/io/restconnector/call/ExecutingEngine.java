package io.restconnector.call;

import org.flowable.common.engine.api.FlowableException;
import org.flowable.common.engine.api.FlowableOptimisticLockingException;
import org.flowable.common.engine.api.variable.VariableContainer;
import org.flowable.common.engine.impl.EngineConfigurator;
import org.flowable.common.engine.impl.javax.el.ELException;
import org.flowable.engine.delegate.BpmnError;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.util.CommandContextUtil;
import org.jspecify.annotations.Nullable;

/**
 * The engine that executes the current delegate. The one class of this package that uses engine
 * internals: Flowable has no public way to find that engine or to evaluate an expression.
 */
final class ExecutingEngine {

  private ExecutingEngine() {}

  static RestCalls calls() {
    for (EngineConfigurator configurator : configuration().getAllConfigurators()) {
      if (configurator instanceof RestCalls.Holder holder && holder.calls() != null) {
        return holder.calls();
      }
    }
    throw new FlowableException(
        "This engine has no REST connector: its configurator discovery is off and no"
            + " RestConnectorConfigurator was added");
  }

  /**
   * Evaluates an expression of the deployed model.
   *
   * @throws UnusableExpressionException when it is malformed, or the data that it meets does not
   *     suit it
   */
  static @Nullable Object evaluate(String expression, VariableContainer variables) {
    try {
      return configuration()
          .getExpressionManager()
          .createExpression(expression)
          .getValue(variables);
    } catch (BpmnError | FlowableOptimisticLockingException meantForTheEngine) {
      throw meantForTheEngine;
    } catch (FlowableException | ELException | StackOverflowError unusable) {
      // The stack overflows where a value that contains itself is to become text.
      throw new UnusableExpressionException(expression, unusable);
    }
  }

  private static ProcessEngineConfigurationImpl configuration() {
    return CommandContextUtil.getProcessEngineConfiguration();
  }
}
