package io.restconnector.worker.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.fixtures.LoggedEvents;
import java.net.URI;
import java.time.Instant;
import java.util.Date;
import java.util.Objects;
import org.flowable.job.api.Job;
import org.flowable.job.service.impl.persistence.entity.ExternalWorkerJobEntity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** How often a job is tried. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FailJobCmdTest {

  private static final String MESSAGE = "m".repeat(300);

  private final LockedJobs jobs = new LockedJobs();

  FailJobCmdTest() {
    jobs.engine.setAsyncFailedJobWaitTime(7);
    String cycle =
        "<extensionElements><flowable:failedJobRetryTimeCycle>%s</flowable:failedJobRetryTimeCycle></extensionElements>";
    jobs.node
        .deployCall("plain", "restGet", "")
        .deployCall("cycle", "restGet", cycle.formatted("R5/PT10S"))
        .deployCall("broken", "restGet", cycle.formatted("${'often'}"));
  }

  @AfterEach
  void resetClock() {
    jobs.engine.getClock().reset();
  }

  @AfterAll
  void close() {
    jobs.close();
  }

  private boolean fail(io.restconnector.worker.internal.Job job, boolean isRetried) {
    return jobs.store.fail(job, MESSAGE, isRetried);
  }

  private ExternalWorkerJobEntity row(io.restconnector.worker.internal.Job job) {
    return Objects.requireNonNull(jobs.row(job));
  }

  private long deadLetters(io.restconnector.worker.internal.Job job) {
    return jobs.node
        .engine
        .getManagementService()
        .createDeadLetterJobQuery()
        .processInstanceId(job.processInstanceId())
        .count();
  }

  @Test
  void whenNothingIsSaidThenTheJobHasThreeTriesAndIsThenADeadLetter() {
    jobs.engine.getClock().setCurrentTime(Date.from(Instant.ofEpochMilli(1_000_000)));
    var job = jobs.begin("plain");
    for (int left = 2; left > 0; left--) {
      assertThat(fail(job, true)).isTrue();
      assertThat(row(job).getRetries()).isEqualTo(left);
      assertThat(row(job).getLockOwner()).isNull();
      assertThat(row(job).getLockExpirationTime().toInstant())
          .isEqualTo(Instant.ofEpochMilli(1_007_000));
      assertThat(row(job).getExceptionMessage()).startsWith("mmm");
      jobs.own(job, jobs.locks.owner());
    }
    assertThat(fail(job, true)).isTrue();

    assertThat(jobs.row(job)).isNull();
    assertThat(deadLetters(job)).isEqualTo(1);
    Job dead =
        jobs.node
            .engine
            .getManagementService()
            .createDeadLetterJobQuery()
            .processInstanceId(job.processInstanceId())
            .singleResult();
    assertThat(
            jobs.node
                .engine
                .getManagementService()
                .getDeadLetterJobExceptionStacktrace(dead.getId()))
        .isEqualTo(MESSAGE);
  }

  @Test
  void whenItMustNotBeTriedAgainThenItIsADeadLetterAtOnce() {
    var job = jobs.begin("plain");

    assertThat(fail(job, false)).isTrue();
    assertThat(deadLetters(job)).isEqualTo(1);
  }

  @Test
  void whenTheTaskSaysHowOftenThenThatCountsFromTheFirstFailureOn() {
    jobs.engine.getClock().setCurrentTime(Date.from(Instant.ofEpochMilli(1_000_000)));
    var job = jobs.begin("cycle");
    for (int left : new int[] {4, 3}) {
      fail(job, true);
      assertThat(row(job).getRetries()).isEqualTo(left);
      assertThat(row(job).getLockExpirationTime().toInstant())
          .isEqualTo(Instant.ofEpochMilli(1_010_000));
      jobs.own(job, jobs.locks.owner());
    }
  }

  @Test
  void whenWhatTheTaskSaysIsNoneThenThatIsToldAndTheDefaultApplies() {
    var job = jobs.begin("broken");
    try (LoggedEvents log = LoggedEvents.of(FailJobCmd.class)) {
      fail(job, true);
      assertThat(log.messages())
          .singleElement()
          .asString()
          .contains("failedJobRetryTimeCycle is no repetition such as R5/PT10S");
    }
    assertThat(row(job).getRetries()).isEqualTo(2);
  }

  @Test
  void whenTheJobIsNotThisNodesThenNothingIsDone() {
    var job = jobs.begin("plain");
    for (String owner : new String[] {"other", null}) {
      jobs.own(job, owner);
      assertThat(fail(job, true)).isFalse();
    }
    assertThat(row(job).getRetries()).isEqualTo(3);
    jobs.node.runtime().deleteProcessInstance(job.processInstanceId(), "test");
    assertThat(fail(job, true)).isFalse();
  }

  @Test
  void whenTheJobAsksForAStatusThenItHasAllOfItsTimeAgain() {
    var job = jobs.begin("plain");
    KeptPoll kept = new KeptPoll(URI.create("https://h/1"), "f", Instant.EPOCH, 3, "others");
    jobs.store.execute(
        context -> {
          ExternalWorkerJobEntity row =
              jobs.engine
                  .getJobServiceConfiguration()
                  .getExternalWorkerJobEntityManager()
                  .findById(job.id());
          row.setCustomValues(kept.customValues());
          fail(job, true);
          assertThat(KeptPoll.of(row.getCustomValues())).isEqualTo(kept.anew());
          return null;
        });
  }
}
