package io.restconnector.worker.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Two nodes that want the same jobs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobLocksTest {

  private final LockedJobs jobs = new LockedJobs();
  private JobLocks one = locks();
  private JobLocks two = locks();

  JobLocksTest() {
    jobs.node.deployCall("p", "restGet", "").deployCall("other", "otherTopic", "");
  }

  private JobLocks locks() {
    return new JobLocks(jobs.engine, LockedJobs.LOCK, List.of("share"));
  }

  @BeforeEach
  void clear() {
    jobs.clear();
    one = locks();
    two = locks();
  }

  @AfterAll
  void close() {
    jobs.close();
  }

  private void begin(int count) {
    for (int i = 0; i < count; i++) {
      jobs.node.begin("p", "https://h/");
    }
  }

  private static List<String> ids(JobLocks.Acquired acquired) {
    return acquired.jobs().stream().map(Job::id).toList();
  }

  private void pass(Duration time) {
    jobs.engine.getClock().setCurrentTime(Date.from(one.now().plus(time)));
  }

  @Test
  void whenJobsAreFreeThenEachIsLockedByOneNodeAndTheOldestFirst() {
    assertThat(one.acquire(5)).isEqualTo(new JobLocks.Acquired(List.of(), null));
    assertThat(one.oldestFree()).isNull();
    begin(3);
    jobs.node.begin("other", "https://h/");
    Instant oldest = Objects.requireNonNull(one.oldestFree());

    JobLocks.Acquired first = one.acquire(2);
    JobLocks.Acquired second = two.acquire(2);

    assertThat(first.jobs()).hasSize(2);
    assertThat(first.jobs().get(0).waitingSince()).isEqualTo(oldest);
    assertThat(first.moreSince()).isEqualTo(first.jobs().get(1).waitingSince());
    assertThat(second.jobs()).hasSize(1);
    assertThat(second.moreSince()).isNull();
    assertThat(ids(first)).doesNotContainAnyElementsOf(ids(second));
    assertThat(two.acquire(2).jobs()).isEmpty();
    assertThat(one.oldestFree()).isNull();
  }

  @Test
  void whenALockHasExpiredThenAnotherNodeHasTheJobUnlessItWasRenewed() {
    begin(2);
    List<String> ids = ids(one.acquire(2));
    pass(LockedJobs.LOCK.minusSeconds(1));
    assertThat(two.acquire(2).jobs()).isEmpty();
    assertThat(one.renew()).containsExactlyInAnyOrderElementsOf(ids);
    pass(Duration.ofSeconds(2));
    assertThat(two.acquire(2).jobs()).isEmpty();

    pass(LockedJobs.LOCK);
    assertThat(ids(two.acquire(2))).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(one.renew()).isEmpty();
  }

  @Test
  void whenLocksAreReleasedThenOthersHaveTheirJobsAtOnceAndNobodyReleasesThoseOfOthers() {
    begin(3);
    List<String> ids = ids(one.acquire(3));
    one.release(List.of());
    two.release(ids);
    two.releaseAll();
    assertThat(two.acquire(3).jobs()).isEmpty();

    one.release(ids.subList(0, 1));
    assertThat(ids(two.acquire(3))).isEqualTo(ids.subList(0, 1));
    one.releaseCreated(ids.get(1));
    assertThat(ids(two.acquire(3))).isEqualTo(ids.subList(1, 2));
    one.releaseAll();
    assertThat(ids(two.acquire(3))).isEqualTo(ids.subList(2, 3));
  }

  @Test
  void whenJobsWaitForAShareThenTheyAreTakenOnlyForThatAndNotReclaimed() {
    begin(2);
    JobLocks.Acquired acquired = one.acquire(2);
    one.leave("share", List.of());
    one.leave("share", ids(acquired).subList(0, 1));

    assertThat(two.acquire(2).jobs()).isEmpty();
    assertThat(two.acquireLeft("other", 2).jobs()).isEmpty();
    assertThat(one.reclaim(acquired.jobs()).stream().map(Job::id))
        .containsExactly(ids(acquired).get(1));
    assertThat(ids(two.acquireLeft("share", 2))).isEqualTo(ids(acquired).subList(0, 1));
    assertThat(two.acquireLeft("share", 2).jobs()).isEmpty();
  }

  @Test
  void whenALockExpiredAndNobodyTookTheJobThenItIsReclaimed() {
    begin(2);
    List<Job> acquired = one.acquire(2).jobs();
    one.release(List.of(acquired.get(0).id()));
    assertThat(one.reclaim(acquired)).hasSize(2);

    one.release(List.of(acquired.get(0).id()));
    two.acquire(1);
    assertThat(one.reclaim(acquired).stream().map(Job::id)).containsExactly(acquired.get(1).id());
    assertThat(one.reclaim(List.of())).hasSize(1); // also those that it does not know
  }

  @Test
  void whenANodeStartsThenItsOwnerIsAnotherOneAndALockEndsAfterItsDuration() {
    assertThat(one.owner()).startsWith("rest-connector-").isNotEqualTo(two.owner());
    jobs.engine.getClock().setCurrentTime(Date.from(Instant.ofEpochMilli(1_000)));
    assertThat(one.end()).isEqualTo(Date.from(one.now().plus(LockedJobs.LOCK)));
    one.tryToWrite();
  }
}
