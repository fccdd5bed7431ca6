package io.restconnector.worker.internal;

import io.restconnector.call.internal.RestAction;
import io.restconnector.internal.Tracing;
import java.time.Instant;
import java.util.Date;
import java.util.function.Supplier;
import org.flowable.common.engine.api.tenant.TenantContext;
import org.flowable.common.engine.impl.tenant.CurrentTenant;
import org.flowable.job.api.ExternalWorkerJob;
import org.jspecify.annotations.Nullable;

/**
 * An external-worker job that this node has locked.
 *
 * @param correlationId the same for one entry of the activity, however often its job is retried,
 *     moved or taken by another node; another one for every new entry
 * @param waitingSince its creation, or the end of a wait after a try or a question
 */
record Job(
    String id,
    RestAction action,
    String processDefinitionId,
    String processInstanceId,
    String executionId,
    String activityId,
    boolean exclusive,
    String correlationId,
    Instant waitingSince,
    @Nullable String tenant) {

  static Job of(ExternalWorkerJob job, RestAction action) {
    return new Job(
        job.getId(),
        action,
        job.getProcessDefinitionId(),
        job.getProcessInstanceId(),
        job.getExecutionId(),
        job.getElementId(),
        job.isExclusive(),
        job.getCorrelationId(),
        waitingSince(job).toInstant(),
        job.getTenantId());
  }

  private static Date waitingSince(ExternalWorkerJob job) {
    Date end = job.getLockOwner() == null ? job.getLockExpirationTime() : null;
    return end == null ? job.getCreateTime() : end;
  }

  /** For a line of the log. */
  String description() {
    return "Activity '%s' of instance %s".formatted(activityId, processInstanceId);
  }

  Tracing.JobTask task() {
    return new Tracing.JobTask(
        action.beanName(), processDefinitionId, processInstanceId, activityId);
  }

  /** Lets expressions know the tenant, as the async executor does. */
  <T> T inTenant(Supplier<T> work) {
    TenantContext context = CurrentTenant.getTenantContext();
    context.setTenantId(tenant);
    try {
      return work.get();
    } finally {
      context.clearTenantId();
    }
  }
}
