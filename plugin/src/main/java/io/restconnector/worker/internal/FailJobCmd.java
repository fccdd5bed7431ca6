package io.restconnector.worker.internal;

import java.time.Instant;
import java.util.Date;
import org.flowable.bpmn.model.ServiceTask;
import org.flowable.common.engine.impl.calendar.DurationHelper;
import org.flowable.common.engine.impl.interceptor.Command;
import org.flowable.common.engine.impl.interceptor.CommandContext;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;
import org.flowable.job.service.JobServiceConfiguration;
import org.flowable.job.service.impl.persistence.entity.ExternalWorkerJobEntity;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one try from a job, or moves it to the dead letter jobs when none is left; tells whether it
 * was this node's job. The engine's own command would also release the process instance, which the
 * worker has not locked, and knows no {@code flowable:failedJobRetryTimeCycle}.
 *
 * @param isRetried whether the job may be tried again at all
 */
record FailJobCmd(
    ProcessEngineConfigurationImpl engine,
    String owner,
    String jobId,
    String message,
    boolean isRetried)
    implements Command<Boolean> {

  private static final Logger LOG = LoggerFactory.getLogger(FailJobCmd.class);

  @Override
  public Boolean execute(CommandContext context) {
    JobServiceConfiguration jobs = engine.getJobServiceConfiguration();
    ExternalWorkerJobEntity job = jobs.getExternalWorkerJobEntityManager().findById(jobId);
    if (job == null || !owner.equals(job.getLockOwner())) {
      return false;
    }
    DurationHelper cycle = cycle(job);
    // As the engine does: the cycle says how many tries there are when the first one has failed.
    int tries =
        cycle != null && job.getExceptionMessage() == null ? cycle.getTimes() : job.getRetries();
    KeptPoll kept = KeptPoll.of(job.getCustomValues());
    if (kept != null) {
      job.setCustomValues(kept.anew().customValues());
    }
    job.setExceptionMessage(message);
    job.setExceptionStacktrace(message); // the message itself is cut at 255 characters
    if (tries > 1 && isRetried) {
      job.setRetries(tries - 1);
      job.setLockOwner(null);
      job.setLockExpirationTime(cycle != null ? cycle.getDateAfter() : defaultDate());
    } else {
      jobs.getJobService().moveJobToDeadLetterJob(job);
    }
    return true;
  }

  private Date defaultDate() {
    Instant now = engine.getClock().getCurrentTime().toInstant();
    return Date.from(now.plusSeconds(engine.getAsyncFailedJobWaitTime()));
  }

  /** What the task says of tries, null where it says nothing that can be used. */
  private @Nullable DurationHelper cycle(ExternalWorkerJobEntity job) {
    ExecutionEntity execution = engine.getExecutionEntityManager().findById(job.getExecutionId());
    String text =
        execution != null && execution.getCurrentFlowElement() instanceof ServiceTask task
            ? task.getFailedJobRetryTimeCycleValue()
            : null;
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      Object value = engine.getExpressionManager().createExpression(text).getValue(execution);
      return new DurationHelper(String.valueOf(value), engine.getClock());
    } catch (Exception unusable) {
      LOG.warn(
          "Activity '{}' of instance {}: failedJobRetryTimeCycle is no repetition such as R5/PT10S, the engine's default applies",
          job.getElementId(),
          job.getProcessInstanceId());
      return null;
    }
  }
}
