package io.restconnector.worker.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restconnector.internal.Tracing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What is read of a job, and which jobs are not sent. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InputReaderTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final LockedJobs jobs = new LockedJobs();
  private final WorkerThreads threads = new WorkerThreads();
  private final DatabaseWatch database = new DatabaseWatch(() -> {}, () -> {}, 1_000_000_000);
  private final List<String> sent = new CopyOnWriteArrayList<>();
  private final List<String> ended = new CopyOnWriteArrayList<>();
  private final AtomicBoolean isAlive = new AtomicBoolean(true);
  private final AtomicInteger renewals = new AtomicInteger();
  private final InputReader.Owned owned =
      new InputReader.Owned() {
        @Override
        public boolean test(InFlightJob call) {
          return isAlive.get();
        }

        @Override
        public void renew() {
          renewals.incrementAndGet();
        }

        @Override
        public void end(InFlightJob call) {
          ended.add(call.job.id());
        }
      };
  private final InputReader reader =
      new InputReader(
          jobs.store,
          database,
          jobs.calls(),
          threads,
          new JobCompletion(jobs.store, database, threads, owned::end),
          Tracing.OFF,
          owned,
          (call, request) -> sent.add(call.job.id() + " " + request.uri()));

  InputReaderTest() {
    jobs.node.deployCall("p", "restGet", "");
  }

  @BeforeEach
  void clear() {
    sent.clear();
    ended.clear();
    isAlive.set(true);
    renewals.set(0);
  }

  @AfterAll
  void close() throws InterruptedException {
    threads.close(0);
    jobs.close();
  }

  private static InFlightJob call(Job job) {
    return new InFlightJob(job, System.nanoTime());
  }

  @Test
  void whenJobsAreThisNodesThenTheirRequestsAreGivenToTheSender() {
    Job first = jobs.begin("p", Map.of("restUrl", "https://h/1"));
    Job second = jobs.begin("p", Map.of("restUrl", "https://h/2"));

    reader.add(List.of(call(first), call(second)));

    await().atMost(LONG).until(() -> sent.size() == 2);
    assertThat(sent)
        .containsExactlyInAnyOrder(first.id() + " https://h/1", second.id() + " https://h/2");
    assertThat(ended).isEmpty();
    assertThat(renewals).hasValue(0);
  }

  @Test
  void whenAnotherNodeHasAJobThenItEndsHereAndTheOthersAreSent() {
    Job own = jobs.begin("p");
    Job other = jobs.begin("p");
    jobs.own(other, "other");

    reader.add(List.of(call(other), call(own)));

    await().atMost(LONG).until(() -> sent.size() == 1);
    assertThat(sent).containsExactly(own.id() + " https://h/");
    await().atMost(LONG).until(() -> ended.contains(other.id()));
  }

  @Test
  void whenALockMayHaveExpiredThenAllAreExtendedBeforeAnythingIsSent() {
    isAlive.set(false);
    reader.add(List.of(call(jobs.begin("p"))));

    await().atMost(LONG).until(() -> sent.size() == 1);
    assertThat(renewals).hasValue(1);
  }

  @Test
  void whenAnInputIsWrongThenNothingIsSentAndTheJobFails() {
    Job job = jobs.begin("p", Map.of("restUrl", "no url"));

    reader.add(List.of(call(job)));

    await().atMost(LONG).until(() -> ended.contains(job.id()));
    assertThat(sent).isEmpty();
    assertThat(
            jobs.node
                .engine
                .getManagementService()
                .createDeadLetterJobQuery()
                .processInstanceId(job.processInstanceId())
                .singleResult()
                .getExceptionMessage())
        .contains("restUrl");
  }

  @Test
  void whenNothingIsTakenThenNoThreadIsWoken() {
    reader.add(List.of());

    assertThat(threads.areBehind(200)).isFalse();
  }
}
