package io.restconnector.http.internal.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.restconnector.call.internal.CallResult;
import io.restconnector.call.internal.ErrorCode;
import io.restconnector.call.internal.Inputs;
import io.restconnector.call.internal.RequestReader;
import io.restconnector.call.internal.RestAction;
import io.restconnector.fixtures.RawServer;
import io.restconnector.fixtures.TestRequests;
import io.restconnector.http.CircuitBreakerSettings;
import io.restconnector.http.HttpSettings;
import io.restconnector.http.internal.RestClient;
import io.restconnector.http.internal.chain.CallChain;
import io.restconnector.http.internal.chain.CallContext;
import io.restconnector.http.internal.chain.Identity;
import io.restconnector.http.internal.chain.SendPermit;
import io.restconnector.spi.CallInterceptor;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import io.restconnector.spi.RetrySettings;
import java.lang.ref.WeakReference;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetriedCallTest {

  private static final String OK = RawServer.response("200 OK", "ok");
  private static final String BUSY = RawServer.response("503 Busy", "");
  private static final RetrySettings THREE =
      RetrySettings.defaults().withMaxAttempts(3).withBackoff(Duration.ofMillis(1));

  private final RestClient client =
      new RestClient(
          HttpSettings.defaults()
              .withCircuitBreaker(
                  new CircuitBreakerSettings(50f, 2, 2, Duration.ofMinutes(1), 1, null, null)));

  @AfterEach
  void close() {
    client.close();
  }

  private static RestRequest request(String url, Duration timeout, RetrySettings retry) {
    return TestRequests.retried(retry, TestRequests.within(timeout, TestRequests.get(url)));
  }

  private static RestRequest request(String url) {
    return request(url, Duration.ofSeconds(10), THREE);
  }

  private CallOutcome outcome(RestRequest request) throws Exception {
    return client.send(request).get(10, TimeUnit.SECONDS);
  }

  /** Answers one request after the other, the last answer for ever. */
  private static RawServer answering(String... answers) throws Exception {
    Iterator<String> next = List.of(answers).iterator();
    String last = answers[answers.length - 1];
    return RawServer.start(
        RawServer.replying(
            request -> {
              synchronized (next) {
                return next.hasNext() ? next.next() : last;
              }
            }));
  }

  private static int status(CallOutcome outcome) {
    return ((CallOutcome.Response) outcome).status();
  }

  @Test
  void whenALaterAttemptSucceedsThenThatIsTheOutcome() throws Exception {
    try (RawServer server = answering(BUSY, BUSY, OK)) {
      assertThat(status(outcome(request(server.url("/"))))).isEqualTo(200);
      assertThat(server.requests()).hasSize(3).containsOnly(server.requests().get(0));
    }
  }

  @Test
  void whenNoAttemptSucceedsThenTheLastOutcomeTellsTheirNumber() throws Exception {
    try (RawServer server = answering(BUSY)) {
      assertThat(outcome(request(server.url("/"))))
          .isInstanceOfSatisfying(
              CallOutcome.RetriesExhausted.class,
              exhausted -> {
                assertThat(exhausted.attempts()).isEqualTo(3);
                assertThat(status(exhausted.last())).isEqualTo(503);
              });
      assertThat(server.requests()).hasSize(3);
    }
  }

  @Test
  void whenTheConnectionIsResetThenThereIsANextAttempt() throws Exception {
    try (RawServer server =
        RawServer.start(
            peer -> {
              peer.readRequest();
              peer.reset();
            })) {
      assertThat(outcome(request(server.url("/"))))
          .isInstanceOfSatisfying(
              CallOutcome.RetriesExhausted.class,
              exhausted ->
                  assertThat(exhausted.last()).isInstanceOf(CallOutcome.ConnectionFailed.class));
      assertThat(server.accepted()).isEqualTo(3);
    }
  }

  @Test
  void whenNothingIsAskedForThenThereIsOneAttempt() throws Exception {
    try (RawServer server = answering(BUSY)) {
      assertThat(status(outcome(TestRequests.get(server.url("/"))))).isEqualTo(503);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void whenTheWaitDoesNotFitTheTimeoutThenTheLastOutcomeComesAtOnce() throws Exception {
    String later = RawServer.response("503 Busy\r\nRetry-After: 20", "");
    try (RawServer server = answering(later)) {
      long start = System.nanoTime();

      assertThat(status(outcome(request(server.url("/"), Duration.ofSeconds(15), THREE))))
          .isEqualTo(503);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void whenTheServerAsksForAWaitThenTheNextAttemptIsNotEarlier() throws Exception {
    try (RawServer server = answering(RawServer.response("429 Slow\r\nRetry-After: 1", ""), OK)) {
      long start = System.nanoTime();

      assertThat(status(outcome(request(server.url("/"))))).isEqualTo(200);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(8));
    }
  }

  @Test
  void whenALaterAttemptHangsThenTheTimeoutIsThatOfTheCall() throws Exception {
    Duration timeout = Duration.ofMillis(700);
    try (RawServer server =
        RawServer.start(
            peer -> {
              peer.readRequest();
              peer.send(BUSY);
              peer.readRequest();
              peer.awaitClose();
            })) {
      assertThat(outcome(request(server.url("/"), timeout, THREE)))
          .isEqualTo(new CallOutcome.RetriesExhausted(2, new CallOutcome.TimedOut(timeout)));
    }
  }

  @Test
  void whenAnAttemptIsMadeThenTheBreakerCountsIt() throws Exception {
    try (RawServer server = answering(BUSY)) {
      RestRequest request =
          TestRequests.retried(THREE, TestRequests.guarded(TestRequests.get(server.url("/"))));

      assertThat(outcome(request))
          .isEqualTo(
              new CallOutcome.RetriesExhausted(3, new CallOutcome.CircuitOpen(request.origin())));
      assertThat(server.requests()).hasSize(2);
    }
  }

  @Test
  void whenTheCallIsCancelledBetweenAttemptsThenThereIsNoNext() throws Exception {
    try (RawServer server = answering(RawServer.response("503 Busy\r\nRetry-After: 1", ""), OK)) {
      CompletableFuture<CallOutcome> call = client.send(request(server.url("/")));
      await().until(() -> client.poolStats().getAvailable() == 1);
      call.cancel(false);

      // The answer to a later call is the second, as no request of the cancelled one came.
      await().pollDelay(Duration.ofMillis(1300)).until(() -> server.requests().size() == 1);
    }
  }

  @Test
  void whenTheClientIsClosedBetweenAttemptsThenTheOutcomeSoFarIsTheAnswer() throws Exception {
    try (RawServer server = answering(RawServer.response("503 Busy\r\nRetry-After: 9", ""), OK)) {
      CompletableFuture<CallOutcome> call = client.send(request(server.url("/")));
      await().until(() -> client.poolStats().getAvailable() == 1);
      client.close();

      assertThat(status(call.get(5, TimeUnit.SECONDS))).isEqualTo(503);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void whenACallWaitsForItsNextAttemptThenItHoldsNoBodyOfAnother() {
    ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1);
    List<WeakReference<byte[]>> bodies = new CopyOnWriteArrayList<>();
    Duration wait = Duration.ofMinutes(1);
    RestRequest request =
        request(
            "http://127.0.0.1/",
            wait.multipliedBy(3),
            THREE.withBackoff(wait).withMaxBackoff(wait));
    CallContext context = new CallContext(request, SendPermit.ALWAYS, new Object());
    CallInterceptor busy =
        chain -> {
          byte[] body = new byte[1_000_000];
          bodies.add(new WeakReference<>(body));
          return CompletableFuture.completedFuture(
              new CallOutcome.Response(503, List.of(), body, body.length));
        };
    Retries retries = new Retries(new RetryRules(Clock.systemUTC(), () -> 1), scheduler);
    try {
      CompletableFuture<CallOutcome> call =
          CallChain.start(List.of(retries, busy), request, Identity.anonymous(""), context);
      await()
          .until(
              () -> {
                System.gc();
                return bodies.get(0).get() == null;
              });
      context.close();
      assertThat(call.join()).hasToString("Response[503]");
    } finally {
      scheduler.shutdownNow();
    }
  }

  @Test
  void whenTheClientIsClosedDuringAnAttemptThenThatIsTheLast() throws Exception {
    try (RawServer server =
        RawServer.start(
            peer -> {
              peer.readRequest();
              peer.awaitClose();
            })) {
      CompletableFuture<CallOutcome> call = client.send(request(server.url("/")));
      await().until(() -> server.requests().size() == 1);
      client.close();

      assertThat(call.get(5, TimeUnit.SECONDS)).isInstanceOf(CallOutcome.Failed.class);
    }
  }

  @Test
  void whenInputsAskForAttemptsThenRestErrorTellsHowManyThereWere() throws Exception {
    try (RawServer server = answering(BUSY)) {
      Map<String, Object> values =
          Map.of("restUrl", server.url("/a?q=secret"), "maxAttempts", "4", "retryBackoff", 1);
      RestRequest request = read(values);
      CallResult result = CallResult.of(RestAction.GET, request, outcome(request));

      assertThat(server.requests()).hasSize(4);
      assertThat(result.error()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
      assertThat(result.message())
          .isEqualTo("GET " + server.url("/a") + " answered 503 (attempt 4)");
      assertThat(result.outputs())
          .containsEntry("restError", result.message())
          .containsEntry("restStatus", 503);
    }
  }

  private static RestRequest read(Map<String, Object> values) throws Exception {
    return new RequestReader(HttpSettings.defaults().withRetry(THREE))
        .read(
            RestAction.GET,
            new Inputs(
                name ->
                    values.containsKey(name) ? new Inputs.Input(values.get(name), null) : null));
  }

  @Test
  void whenInputsAskForNothingThenTheSettingsDecide() throws Exception {
    assertThat(read(Map.of("restUrl", "http://a.test/")).retry()).isEqualTo(THREE);
  }

  @ParameterizedTest
  @CsvSource({
    "maxAttempts, 0",
    "maxAttempts, 101",
    "maxAttempts, many",
    "retryBackoff, -1",
    "retryBackoff, 86400001"
  })
  void whenAnInputIsOutOfRangeThenItIsNamed(String name, String value) {
    assertThatThrownBy(() -> read(Map.of("restUrl", "http://a.test/", name, value)))
        .hasMessageContaining(name);
  }
}
