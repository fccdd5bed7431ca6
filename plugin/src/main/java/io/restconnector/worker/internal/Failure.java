package io.restconnector.worker.internal;

import java.time.Instant;
import java.util.Date;
import org.flowable.common.engine.impl.interceptor.Command;
import org.flowable.common.engine.impl.interceptor.CommandContext;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.job.service.JobServiceConfiguration;
import org.flowable.job.service.impl.persistence.entity.ExternalWorkerJobEntity;

/**
 * Takes one retry from a job, or moves it to the dead letter jobs when none is left; tells whether
 * it was this node's job. The engine's own command would also release the process instance, which
 * the worker has not locked.
 */
record Failure(ProcessEngineConfigurationImpl engine, String owner, String jobId, String message)
    implements Command<Boolean> {

  @Override
  public Boolean execute(CommandContext context) {
    JobServiceConfiguration jobs = engine.getJobServiceConfiguration();
    ExternalWorkerJobEntity job = jobs.getExternalWorkerJobEntityManager().findById(jobId);
    if (job == null || !owner.equals(job.getLockOwner())) {
      return false;
    }
    job.setExceptionMessage(message);
    if (job.getRetries() > 1) {
      job.setRetries(job.getRetries() - 1);
      job.setLockOwner(null);
      Instant now = engine.getClock().getCurrentTime().toInstant();
      job.setLockExpirationTime(Date.from(now.plusSeconds(engine.getAsyncFailedJobWaitTime())));
    } else {
      jobs.getJobService().moveJobToDeadLetterJob(job);
    }
    return true;
  }
}
