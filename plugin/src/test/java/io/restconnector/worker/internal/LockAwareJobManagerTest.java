package io.restconnector.worker.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Date;
import java.util.Objects;
import org.flowable.job.service.JobServiceConfiguration;
import org.flowable.job.service.impl.asyncexecutor.DefaultJobManager;
import org.flowable.job.service.impl.asyncexecutor.JobManager;
import org.junit.jupiter.api.Test;

/** Locks that the engine finds expired, and maybe no longer are. */
class LockAwareJobManagerTest {

  @Test
  void whenALivingNodeHasTheJobThenItsLockStaysAndElseItIsRemoved() {
    try (LockedJobs jobs = new LockedJobs()) {
      jobs.node.deployCall("p", "restGet", "");
      Job job = jobs.begin("p");
      JobManager manager = jobs.engine.getJobServiceConfiguration().getJobManager();
      assertThat(manager).isInstanceOf(LockAwareJobManager.class);

      unacquire(jobs, manager, job);
      assertThat(Objects.requireNonNull(jobs.row(job)).getLockOwner())
          .isEqualTo(jobs.locks.owner());

      jobs.engine
          .getClock()
          .setCurrentTime(
              Date.from(jobs.locks.now().plus(LockedJobs.LOCK.plus(Duration.ofSeconds(1)))));
      unacquire(jobs, manager, job);
      assertThat(Objects.requireNonNull(jobs.row(job)).getLockOwner()).isNull();
    }
  }

  private static void unacquire(LockedJobs jobs, JobManager manager, Job job) {
    jobs.store.execute(
        context -> {
          manager.unacquire(
              jobs.engine
                  .getJobServiceConfiguration()
                  .getExternalWorkerJobEntityManager()
                  .findById(job.id()));
          return null;
        });
  }

  @Test
  void whenTheApplicationHasAJobManagerThenItStays() {
    JobServiceConfiguration services = new JobServiceConfiguration("test");
    DefaultJobManager own = new DefaultJobManager(services);
    services.setJobManager(own);
    LockAwareJobManager.CONFIGURATOR.beforeInit(services);
    LockAwareJobManager.CONFIGURATOR.afterInit(services);
    assertThat(services.getJobManager()).isSameAs(own);

    JobServiceConfiguration none = new JobServiceConfiguration("test");
    LockAwareJobManager.CONFIGURATOR.beforeInit(none);
    assertThat(none.getJobManager()).isInstanceOf(LockAwareJobManager.class);
  }
}
