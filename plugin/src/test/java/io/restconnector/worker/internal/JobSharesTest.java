package io.restconnector.worker.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.restconnector.RestConnectorSettings;
import io.restconnector.fixtures.PlainEngines;
import io.restconnector.fixtures.RawServer;
import io.restconnector.fixtures.RefusingDatabase;
import io.restconnector.fixtures.RefusingDatabase.Refused;
import io.restconnector.fixtures.SlowServer;
import io.restconnector.http.AccessSettings;
import io.restconnector.http.HttpSettings;
import io.restconnector.http.ShareSettings;
import io.restconnector.http.internal.resilience.Shares;
import io.restconnector.http.internal.share.Share;
import io.restconnector.http.internal.share.ShareFigures;
import io.restconnector.worker.WorkerSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.flowable.job.api.DeadLetterJobQuery;
import org.flowable.job.api.ExternalWorkerJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jobs whose hosts have a share. */
class JobSharesTest {

  private static final String OK = RawServer.response("200 OK", "{}");
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** Its end does not wait for calls that the server holds. */
  private static final WorkerSettings UNDRAINED =
      WorkerEngine.NO_POLL.withDrainTimeout(Duration.ZERO);

  private final DataSource database = database();
  private SlowServer partner;
  private SlowServer other;

  DataSource database() {
    return PlainEngines.database();
  }

  @BeforeEach
  void start() {
    partner = SlowServer.start();
    other = SlowServer.start();
  }

  @AfterEach
  void stop() {
    partner.close();
    other.close();
  }

  private static RestConnectorSettings settings(
      WorkerSettings worker, Map<String, ShareSettings> shares) {
    return RestConnectorSettings.defaults()
        .withHttp(HttpSettings.defaults().withAccess(AccessSettings.defaults().withShares(shares)))
        .withWorker(worker);
  }

  private WorkerEngine node(WorkerSettings worker, Integer maxInFlight) {
    return WorkerEngine.start(
            database,
            settings(
                worker,
                Map.of("partner", new ShareSettings(List.of(partner.url("")), maxInFlight, null))))
        .deployCall("p", "restGet", "");
  }

  private static long waiting(WorkerEngine node) {
    return node.jobs().stream()
        .filter(job -> job.getLockExpirationTime() == null)
        .map(ExternalWorkerJob::getLockOwner)
        .filter("rest-connector-share-partner"::equals)
        .count();
  }

  @Test
  void whenAShareIsUsedUpThenItsJobsAreLeftUntakenAndThoseOfOtherHostsAreNot() {
    try (WorkerEngine node = node(WorkerEngine.NO_POLL, 2)) {
      IntStream.range(0, 50).forEach(i -> node.begin("p", partner.url("/hold")));
      String quick = node.begin("p", other.url("/quick"));

      assertThat(node.task(quick)).isEqualTo("done");
      await().atMost(PATIENCE).until(() -> waiting(node) == 48);
      assertThat(partner.open()).isEqualTo(2);
      assertThat(node.worker().status().inFlight()).isEqualTo(2);
      ShareFigures figures = node.calls().client().shares().all().get(0).figures();
      assertThat(figures.count(ShareFigures.Kind.LEFT)).isEqualTo(48);
      await().until(() -> figures.queueAge().toMillis() > 50);

      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                partner.releaseAll();
                return node.tasks() == 51;
              });
      assertThat(partner.mostOpen()).isEqualTo(2);
      assertThat(partner.seen()).hasSize(50);
      assertThat(figures.count(ShareFigures.Kind.TAKEN)).isEqualTo(50);
      await().until(() -> figures.queueAge().isZero());
    }
  }

  @Test
  void whenThereAreManyJobsOfAUsedUpShareThenThoseBehindThemAreTaken() {
    int many = 300;
    try (WorkerEngine idle =
        WorkerEngine.start(database, WorkerSettings.defaults().withEnabled(false))) {
      idle.deployCall("p", "restGet", "");
      IntStream.range(0, many).forEach(i -> idle.begin("p", partner.url("/hold")));
      IntStream.range(0, 5).forEach(i -> idle.begin("p", other.url("/quick")));
      try (WorkerEngine node = node(UNDRAINED.withMaxInFlight(50), 1)) {
        await().atMost(PATIENCE).until(() -> idle.tasks() == 5);

        assertThat(partner.seen()).hasSize(1);
        await().atMost(PATIENCE).until(() -> waiting(node) == many - 1);
        await().until(() -> node.worker().status().inFlight() == 1);
      }
    }
  }

  @Test
  void whenAnotherNodeHasRoomInItsShareThenItTakesWhatThisOneLeft() {
    try (WorkerEngine node = node(UNDRAINED, 2)) {
      IntStream.range(0, 6).forEach(i -> node.begin("p", partner.url("/hold")));
      await().until(() -> waiting(node) == 4);
      try (WorkerEngine next = node(UNDRAINED, 3)) {
        await().until(() -> partner.open() == 5);
        assertThat(next.worker().status().inFlight()).isEqualTo(3);
        await().until(() -> waiting(node) == 1);
      }
    }
  }

  @Test
  void whenAJobIsLeftThenItsTimeoutDoesNotRunAndNoTryIsTakenFromIt() {
    try (WorkerEngine node = node(WorkerEngine.NO_POLL, 1)) {
      node.begin("p", partner.url("/hold"));
      await().until(() -> partner.open() == 1);
      String late = node.begin("p", Map.of("restUrl", partner.url("/late"), "timeout", 3000));
      await().until(() -> waiting(node) == 1);
      int retries = retries(node, late);
      await().pollDelay(Duration.ofMillis(3100)).until(() -> true); // longer than its timeout
      assertThat(retries(node, late)).isEqualTo(retries);
      partner.releaseAll();

      assertThat(node.task(late)).isEqualTo("done");
      assertThat(node.variable(late, "restStatus")).isEqualTo(200);
    }
  }

  @Test
  void whenAQuestionHasNoPlaceInTheShareThenItsJobIsLeftAndAskedLater() {
    try (WorkerEngine node =
        node(WorkerSettings.defaults().withPollInterval(Duration.ofMillis(20)), 1)
            .deployCall(
                "polled",
                "restPost",
                """
                <extensionElements><flowable:field name="poll"><flowable:string>{"every": 1}</flowable:string></flowable:field></extensionElements>
                """)) {
      String polled =
          node.begin("polled", Map.of("restUrl", partner.url("/accepted"), "timeout", 600_000));
      await().until(() -> partner.seen().size() > 2);
      String held = node.begin("p", partner.url("/hold"));
      await().atMost(PATIENCE).until(() -> !seen("/hold").isEmpty() && waiting(node) == 1);
      int asked = partner.seen().size();
      partner.finish();
      partner.releaseAll();

      assertThat(node.task(held)).isEqualTo("done");
      assertThat(node.task(polled)).isEqualTo("done");
      assertThat(partner.seen()).hasSize(asked + 1);
      assertThat(seen("/accepted")).hasSize(1);
      assertThat(partner.mostOpen()).isEqualTo(1);
    }
  }

  @Test
  void whenTheShareIsStoppedUntilAfterAPollsTimeoutThenThePollDoesNotWaitForIt() throws Exception {
    CompletableFuture<Share> share = new CompletableFuture<>();
    try (RawServer service =
            RawServer.start(
                RawServer.replying(
                    request -> {
                      share.join().stop(Duration.ofHours(1));
                      return RawServer.response("202 Accepted\r\nLocation: /1", "");
                    }));
        WorkerEngine node =
            WorkerEngine.start(
                database,
                settings(
                    WorkerSettings.defaults().withPollInterval(Duration.ofMillis(20)),
                    Map.of("partner", new ShareSettings(List.of(service.url("")), 1, null))))) {
      node.deployCall(
          "polled",
          "restPost",
          """
          <extensionElements><flowable:field name="poll"><flowable:string>{"every": 1}</flowable:string></flowable:field></extensionElements>
          """);
      share.complete(node.calls().client().shares().all().get(0));
      node.begin("polled", Map.of("restUrl", service.url("/jobs"), "timeout", 600_000));

      DeadLetterJobQuery dead = node.engine.getManagementService().createDeadLetterJobQuery();
      await().atMost(PATIENCE).until(() -> dead.count() == 1);
      assertThat(dead.singleResult().getExceptionMessage())
          .contains("REQUEST_TIMEOUT", "600000 ms", "it waited for a place in share 'partner'");
      assertThat(service.requests()).hasSize(1);
    }
  }

  private List<SlowServer.Seen> seen(String path) {
    return partner.seen().stream().filter(seen -> seen.path().equals(path)).toList();
  }

  private static int retries(WorkerEngine node, String instance) {
    return node.jobs().stream()
        .filter(job -> job.getProcessInstanceId().equals(instance))
        .mapToInt(ExternalWorkerJob::getRetries)
        .sum();
  }

  @Test
  void whenAJobWasLeftJustNowThenItsNodeDoesNotTakeItBackAsALostOne() {
    try (WorkerEngine idle =
        WorkerEngine.start(database, WorkerSettings.defaults().withEnabled(false))) {
      idle.deployCall("p", "restGet", "").begin("p", partner.url("/x"));
      JobLocks locks =
          new JobLocks(idle.configuration(), Duration.ofMinutes(1), List.of("partner"));
      List<Job> jobs = locks.acquire(10).jobs();
      assertThat(locks.reclaim(jobs)).hasSize(1);

      locks.leave("partner", List.of(jobs.get(0).id()));
      assertThat(locks.reclaim(jobs)).isEmpty();
      assertThat(waiting(idle)).isEqualTo(1);

      assertThat(locks.acquireLeft("partner", 10).jobs()).hasSize(1);
      locks.release(List.of(jobs.get(0).id()));
      assertThat(locks.reclaim(jobs)).hasSize(1);
    }
  }

  @Test
  void whenTheDatabaseFailsAsJobsOfAShareAreTakenThenTheyAreTakenAtTheNextLook()
      throws InterruptedException {
    RefusingDatabase failing = new RefusingDatabase(database);
    WorkerThreads threads = new WorkerThreads();
    try (WorkerEngine idle =
        WorkerEngine.start(failing, WorkerSettings.defaults().withEnabled(false))) {
      idle.deployCall("p", "restGet", "").begin("p", partner.url("/x"));
      JobLocks locks =
          new JobLocks(idle.configuration(), Duration.ofMinutes(1), List.of("partner"));
      Job job = locks.acquire(10).jobs().get(0);
      locks.leave("partner", List.of(job.id()));
      Map<String, ShareSettings> shares =
          Map.of("partner", new ShareSettings(List.of(partner.url("")), 1, null));
      JobShares jobs =
          new JobShares(
              new Shares(shares, new ScheduledThreadPoolExecutor(1)),
              locks,
              threads,
              ended -> {},
              () -> {},
              Duration.ofHours(1).toNanos());
      List<Job> taken = new ArrayList<>();
      failing.refuse(Refused.CONNECTIONS, "08006", 0);
      assertThatThrownBy(() -> jobs.takeWaiting(10, (found, places, since) -> taken.addAll(found)))
          .isInstanceOf(RuntimeException.class);

      failing.refuseNothing();
      jobs.takeWaiting(10, (found, places, since) -> taken.addAll(found));
      assertThat(taken).extracting(Job::id).containsExactly(job.id());
    } finally {
      threads.close(0);
    }
  }

  @Test
  void whenAShareIsNoLongerConfiguredThenItsJobsAreTakenLikeOthers() {
    try (WorkerEngine node = node(WorkerEngine.NO_POLL, 1)) {
      IntStream.range(0, 4).forEach(i -> node.begin("p", partner.url("/hold")));
      await().until(() -> waiting(node) == 3);
      try (WorkerEngine without = WorkerEngine.start(database, WorkerEngine.NO_POLL)) {
        await().until(() -> partner.open() == 4);
        partner.releaseAll();
        await().until(() -> without.tasks() == 4);
      }
    }
  }

  @Test
  void whenANodeClosesThenItsCallsThatWaitInAShareAreLeftToOthers() {
    Map<String, ShareSettings> slow =
        Map.of("partner", new ShareSettings(List.of(partner.url("")), null, 1.5));
    WorkerSettings worker = WorkerEngine.NO_POLL;
    WorkerEngine closing = WorkerEngine.start(database, settings(worker, slow));
    closing.deployCall("p", "restGet", "");
    IntStream.range(0, 3).forEach(i -> closing.begin("p", partner.url("/x" + i)));
    closing.close();
    try (WorkerEngine node = node(worker, 3)) {
      await().atMost(PATIENCE).until(() -> node.tasks() == 3);
      assertThat(partner.seen()).hasSize(3).doesNotHaveDuplicates();
    }
  }

  @Test
  void whenTwoNodesCallThreeHostsAndOneWantsAPauseThenNoCallOfTheOthersWaitsForIt()
      throws Exception {
    AtomicInteger requests = new AtomicInteger();
    AtomicInteger again = new AtomicInteger();
    String pause = "HTTP/1.1 429 Slow Down\r\nRetry-After: %d\r\nContent-Length: 0\r\n\r\n";
    try (RawServer busy =
        RawServer.start(
            RawServer.replying(
                request -> {
                  if (requests.incrementAndGet() <= 10) {
                    return OK;
                  }
                  return again.getAndIncrement() < 2 ? pause.formatted(3600) : OK;
                }))) {
      Map<String, ShareSettings> shares =
          Map.of(
              "busy", new ShareSettings(List.of(busy.url("")), 1, null),
              "partner", new ShareSettings(List.of(partner.url("")), 2, 100.0));
      WorkerSettings worker = WorkerSettings.defaults().withPollInterval(Duration.ofMillis(50));
      try (WorkerEngine one = WorkerEngine.start(database, settings(worker, shares));
          WorkerEngine two = WorkerEngine.start(database, settings(worker, shares))) {
        one.deployCall("p", "restGet", "");
        for (int i = 0; i < 100; i++) {
          WorkerEngine node = i % 2 == 0 ? one : two;
          node.begin("p", busy.url("/busy/" + i));
          node.begin("p", partner.url("/delay/5/" + i));
          node.begin("p", other.url("/delay/5/" + i));
        }
        // Ten of the busy host; two nodes were told to wait an hour, whose jobs failed and may be
        // tried again then.
        await().atMost(PATIENCE).until(() -> one.tasks() == 210);
        assertThat(partner.mostOpen()).isLessThanOrEqualTo(4);
        assertThat(partner.seen()).hasSize(100).doesNotHaveDuplicates();
        assertThat(other.seen()).hasSize(100).doesNotHaveDuplicates();
        assertThat(busy.requests()).hasSize(12);
        await()
            .atMost(PATIENCE)
            .until(() -> one.jobs().stream().allMatch(job -> job.getLockExpirationTime() == null));
      }
    }
  }

  @Test
  void whenThePauseIsOverThenTheJobsAreTaken() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    try (RawServer busy =
        RawServer.start(
            RawServer.replying(
                request ->
                    requests.incrementAndGet() == 1
                        ? "HTTP/1.1 503 Busy\r\nRetry-After: 2\r\nContent-Length: 0\r\n\r\n"
                        : OK))) {
      Map<String, ShareSettings> shares =
          Map.of("busy", new ShareSettings(List.of(busy.url("")), 5, null));
      try (WorkerEngine node =
          WorkerEngine.start(database, settings(WorkerEngine.NO_POLL, shares))) {
        node.deployCall("p", "restGet", "");
        node.begin("p", Map.of("restUrl", busy.url("/first"), "maxAttempts", 2));
        await().until(() -> !busy.requests().isEmpty());
        IntStream.range(0, 20).forEach(i -> node.begin("p", busy.url("/" + i)));

        await().atMost(PATIENCE).until(() -> node.tasks() == 21);
        assertThat(busy.requests()).hasSize(22);
      }
    }
  }
}
