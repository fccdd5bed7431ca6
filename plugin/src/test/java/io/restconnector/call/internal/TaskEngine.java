package io.restconnector.call.internal;

import io.restconnector.call.CallEngine;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;
import org.flowable.engine.impl.util.CommandContextUtil;
import org.flowable.engine.runtime.Execution;

/** An engine, and commands of it in which an execution is in a task. */
public final class TaskEngine implements AutoCloseable {

  public final CallEngine engine = CallEngine.start();

  private final AtomicInteger processes = new AtomicInteger();

  /**
   * Does something where a task is entered.
   *
   * @param elements of the task
   * @param command what is done
   * @return the variables afterwards
   */
  public Map<String, Object> in(
      String elements, Map<String, Object> variables, Consumer<DelegateExecution> command) {
    String process = "p" + processes.incrementAndGet();
    engine.deployProcess(
        process,
        """
        <startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="call"/>
        <serviceTask id="call" flowable:type="external-worker" flowable:topic="other">
          <extensionElements>%s</extensionElements></serviceTask>
        """
            .formatted(elements));
    var runtime = engine.runtime();
    String instance = runtime.startProcessInstanceByKey(process, variables).getId();
    Execution waiting =
        runtime
            .createExecutionQuery()
            .processInstanceId(instance)
            .activityId("call")
            .singleResult();
    engine
        .engine
        .getManagementService()
        .executeCommand(
            context -> {
              ExecutionEntity execution =
                  CommandContextUtil.getExecutionEntityManager(context).findById(waiting.getId());
              command.accept(Objects.requireNonNull(execution));
              return null;
            });
    return runtime.getVariables(waiting.getId());
  }

  @Override
  public void close() {
    engine.close();
  }
}
