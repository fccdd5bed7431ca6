package io.restconnector.worker.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.flowable.common.engine.api.FlowableOptimisticLockingException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The jobs of this node in the engine's tables. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobStoreTest {

  private final LockedJobs jobs = new LockedJobs();

  JobStoreTest() {
    jobs.node.deployCall("p", "restGet", "");
  }

  @AfterAll
  void close() {
    jobs.close();
  }

  @Test
  void whenAnotherNodeHasAJobThenItIsNotOwned() {
    Job own = jobs.begin("p");
    Job other = jobs.begin("p");
    jobs.own(other, "other");

    Set<String> owned =
        jobs.store.execute(context -> jobs.store.owned(List.of(own, other)).keySet());
    boolean isThere = jobs.store.execute(context -> jobs.store.execution(own) != null);

    assertThat(owned).containsExactly(own.id());
    assertThat(isThere).isTrue();
  }

  @Test
  void whenSomebodyIsAtWorkInAnInstanceThenItCannotBeLockedUntilItIsUnlocked() {
    Job job = jobs.begin("p");
    JobStore other =
        new JobStore(jobs.engine, new JobLocks(jobs.engine, LockedJobs.LOCK, List.of()));
    other.lockInstances(List.of(job));

    assertThatThrownBy(() -> jobs.store.lockInstances(List.of(jobs.begin("p"), job)))
        .isInstanceOf(FlowableOptimisticLockingException.class);
    other.unlockInstances(List.of(job));
    jobs.store.lockInstances(List.of(job));
    jobs.store.unlockInstances(List.of(job));
  }

  @Test
  void whenTheDatabaseIsAwayThenTheEngineDoesNotLogItAndOtherFailuresStayAsTheyAre() {
    RuntimeException outage = new IllegalStateException(new SQLException("x", "08006"));
    RuntimeException fault = new IllegalStateException("fault");

    assertThatThrownBy(
            () ->
                jobs.store.execute(
                    context -> {
                      throw outage;
                    }))
        .isInstanceOf(JobLocks.QuietException.class)
        .hasCause(outage);
    assertThatThrownBy(
            () ->
                jobs.store.execute(
                    context -> {
                      throw fault;
                    }))
        .isSameAs(fault);
  }
}
