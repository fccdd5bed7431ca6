package io.restconnector.call.internal;

import io.restconnector.internal.platform.EngineJson;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.flowable.bpmn.model.FlowElement;
import org.flowable.common.engine.api.FlowableException;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.persistence.entity.ExecutionEntityImpl;
import org.jspecify.annotations.Nullable;

/**
 * A task as it would be executed with some variables, in no process instance. Nothing of it is
 * stored: the execution is of no session, and its transaction is rolled back.
 */
public final class TrialExecution {

  private final ProcessEngineConfigurationImpl engine;
  private final String definitionId;
  private final FlowElement task;
  private final Map<String, ?> variables;

  /**
   * One task.
   *
   * @param variables that its execution sees
   */
  public TrialExecution(
      ProcessEngineConfigurationImpl engine,
      String definitionId,
      FlowElement task,
      Map<String, ?> variables) {
    this.engine = engine;
    this.definitionId = definitionId;
    this.task = task;
    this.variables = variables;
  }

  /** Thrown, as nothing else rolls back a transaction of an engine that may be Spring's. */
  private static final class RolledBackException extends FlowableException {
    private static final long serialVersionUID = 1L;

    RolledBackException() {
      super("This was a trial");
      setLogged(false);
    }
  }

  /** What a function makes of the execution. */
  public <T> T with(Function<DelegateExecution, T> function) {
    AtomicReference<@Nullable T> result = new AtomicReference<>();
    try {
      engine
          .getCommandExecutor()
          .execute(
              engine.getDefaultCommandConfig().transactionRequiresNew(),
              context -> {
                result.set(function.apply(execution()));
                throw new RolledBackException();
              });
    } catch (RolledBackException end) {
      // As it should be.
    }
    return Objects.requireNonNull(result.get());
  }

  private DelegateExecution execution() {
    ExecutionEntityImpl execution = ExecutionEntityImpl.createWithEmptyRelationshipCollections();
    execution.setProcessDefinitionId(definitionId);
    execution.setCurrentFlowElement(task);
    variables.forEach(
        (name, value) -> execution.setTransientVariableLocal(name, EngineJson.toEngine(value)));
    return execution;
  }
}
