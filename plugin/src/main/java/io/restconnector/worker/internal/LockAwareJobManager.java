package io.restconnector.worker.internal;

import java.time.Instant;
import org.flowable.common.engine.impl.ServiceConfigurator;
import org.flowable.job.api.JobInfo;
import org.flowable.job.service.JobServiceConfiguration;
import org.flowable.job.service.impl.asyncexecutor.DefaultJobManager;
import org.flowable.job.service.impl.persistence.entity.ExternalWorkerJobEntity;
import org.flowable.job.service.impl.persistence.entity.JobEntity;

/**
 * The engine's own, but for two things. The engine looks for expired locks in one transaction and
 * removes them in the next, even where a living node has taken the job in between, whose call would
 * then be sent a second time. And it creates a job for each instance of a parallel multi-instance
 * that ends, see {@link ParallelLeave}.
 */
final class LockAwareJobManager extends DefaultJobManager {

  /** Unless the application has a job manager of its own. */
  static final ServiceConfigurator<JobServiceConfiguration> CONFIGURATOR =
      new ServiceConfigurator<>() {
        @Override
        public void beforeInit(JobServiceConfiguration jobs) {
          if (jobs.getJobManager() == null) {
            jobs.setJobManager(new LockAwareJobManager(jobs));
          }
        }

        @Override
        public void afterInit(JobServiceConfiguration jobs) {}
      };

  private LockAwareJobManager(JobServiceConfiguration jobs) {
    super(jobs);
  }

  @Override
  public void unacquire(JobInfo job) {
    if (!(job instanceof ExternalWorkerJobEntity external && isLocked(external))) {
      super.unacquire(job);
    }
  }

  @Override
  public void scheduleAsyncJob(JobEntity job) {
    if (!ParallelLeave.takesPlaceOf(job)) {
      super.scheduleAsyncJob(job);
    }
  }

  private boolean isLocked(ExternalWorkerJobEntity job) {
    Instant now = getJobServiceConfiguration().getClock().getCurrentTime().toInstant();
    return job.getLockExpirationTime() != null
        && job.getLockExpirationTime().toInstant().isAfter(now);
  }
}
