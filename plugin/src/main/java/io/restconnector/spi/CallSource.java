package io.restconnector.spi;

import org.jspecify.annotations.Nullable;

/**
 * The task that makes a call.
 *
 * @param kind how the task is executed
 * @param processDefinitionKey id of the process in its BPMN file
 * @param processDefinitionId id of the deployed version of that process
 * @param processInstanceId id of the running process
 * @param activityId id of the task in its BPMN file
 * @param tenantId tenant of the process instance, null where it has none
 * @since 0.1
 */
public record CallSource(
    Kind kind,
    @Nullable String processDefinitionKey,
    @Nullable String processDefinitionId,
    @Nullable String processInstanceId,
    @Nullable String activityId,
    @Nullable String tenantId) {

  /** How a task is executed. */
  public enum Kind {
    /** By a delegate, on the engine's thread and in its transaction. */
    DELEGATE,
    /** By the worker, as an external-worker task. */
    WORKER
  }
}
