package io.restconnector.worker;

import io.restconnector.call.RestAction;
import java.time.Instant;
import org.flowable.job.api.ExternalWorkerJob;

/**
 * An external-worker job that this node has locked.
 *
 * @param entry the same for one entry of the activity, however often its job is retried, moved or
 *     taken by another node; another one for every new entry
 */
record Job(
    String id,
    RestAction action,
    String processInstanceId,
    String executionId,
    String activityId,
    boolean exclusive,
    String entry,
    Instant created) {

  static Job of(ExternalWorkerJob job, RestAction action) {
    return new Job(
        job.getId(),
        action,
        job.getProcessInstanceId(),
        job.getExecutionId(),
        job.getElementId(),
        job.isExclusive(),
        job.getCorrelationId(),
        job.getCreateTime().toInstant());
  }
}
