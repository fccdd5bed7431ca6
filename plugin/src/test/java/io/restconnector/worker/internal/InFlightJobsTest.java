package io.restconnector.worker.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restconnector.fixtures.LoggedEvents;
import io.restconnector.fixtures.RawServer;
import io.restconnector.http.HttpSettings;
import io.restconnector.internal.Tracing;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The jobs that a node has taken, until each has ended. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InFlightJobsTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final LockedJobs jobs = new LockedJobs();
  private final RawServer server;
  private final AtomicInteger ended = new AtomicInteger();
  private InFlightJobs runner = runner();

  InFlightJobsTest() throws IOException {
    server = RawServer.answering(RawServer.response("204 No Content", ""));
    jobs.node.deployCall("p", "restGet", "");
  }

  private InFlightJobs runner() {
    return new InFlightJobs(
        jobs.store,
        jobs.locks,
        new DatabaseWatch(() -> {}, () -> {}, 1_000_000_000),
        jobs.calls(),
        HttpSettings.defaults(),
        Tracing.OFF,
        ended::incrementAndGet,
        () -> {},
        Duration.ofHours(1));
  }

  @AfterEach
  void next() throws InterruptedException {
    runner.close(0);
    runner = runner();
    ended.set(0);
    jobs.locks.releaseAll();
  }

  @AfterAll
  void close() throws InterruptedException {
    runner.close(0);
    server.close();
    jobs.close();
  }

  private Job begin() {
    return jobs.begin("p", Map.of("restUrl", server.url("/")));
  }

  private void awaitEnded(int count) {
    await().atMost(LONG).until(() -> ended.get() == count && runner.size() == 0);
  }

  @Test
  void whenAJobIsTakenTwiceThenItsCallIsMadeOnceAndTheProcessGoesOn() {
    Job job = begin();
    int before = server.requests().size();

    runner.take(List.of(job), System.nanoTime());
    runner.take(List.of(job), System.nanoTime());

    awaitEnded(1);
    assertThat(server.requests()).hasSize(before + 1);
    assertThat(jobs.tasks(job)).containsExactly("done");
  }

  @Test
  void whenTheNodeStopsThenWhatIsNotReadIsGivenBackAndNothingIsSent() {
    Job job = begin();
    int before = server.requests().size();
    runner.stop();
    runner.take(List.of(job), System.nanoTime());
    assertThat(runner.size()).isEqualTo(1);

    runner.giveBackUnsent();

    awaitEnded(1);
    assertThat(jobs.locks.acquire(100).jobs().stream().map(Job::id)).contains(job.id());
    assertThat(server.requests()).hasSize(before);
  }

  @Test
  void whenAnotherNodeHasAJobThenItsCallIsGivenUpAndTheOthersStay() {
    Job own = begin();
    Job lost = begin();
    runner.stop(); // so that neither is sent
    runner.take(List.of(own, lost), System.nanoTime());
    jobs.own(lost, "other");
    try (LoggedEvents log = LoggedEvents.of(InFlightJobs.class)) {
      runner.renew();
      runner.renew();
      assertThat(log.messages())
          .singleElement()
          .asString()
          .endsWith("its job " + lost.id() + " is gone or has another owner");
    }
    assertThat(runner.size()).isEqualTo(1);
    assertThat(ended).hasValue(1);
  }

  @Test
  void whenTheNodeHasAJobThatItDoesNotKnowThenItIsTaken() {
    Job job = begin();

    runner.renew();

    awaitEnded(1);
    assertThat(jobs.tasks(job)).containsExactly("done");
  }

  @Test
  void whenMostOfTheLockHasPassedThenACallIsNotSentBeforeItIsExtended() {
    long alive = LockedJobs.LOCK.toNanos() / 6 * 5;
    Job job = InFlightJobTest.job("1", "i", false, "");

    assertThat(runner.test(new InFlightJob(job, System.nanoTime() - alive + LONG.toNanos())))
        .isTrue();
    assertThat(runner.test(new InFlightJob(job, System.nanoTime() - alive))).isFalse();
    assertThat(runner.isBehind()).isFalse();
  }

  @Test
  void whenNothingIsInFlightThenNobodyWaitsForIt() throws InterruptedException {
    runner.stop();
    runner.awaitIdle(LONG.toNanos());

    assertThat(runner.size()).isZero();
  }
}
