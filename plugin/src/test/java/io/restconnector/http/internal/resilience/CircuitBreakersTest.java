package io.restconnector.http.internal.resilience;

import static io.restconnector.fixtures.TestRequests.get;
import static io.restconnector.fixtures.TestRequests.guarded;
import static io.restconnector.fixtures.TestRequests.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.restconnector.call.internal.CallResult;
import io.restconnector.call.internal.RestAction;
import io.restconnector.fixtures.RawServer;
import io.restconnector.http.CircuitBreakerSettings;
import io.restconnector.http.HttpSettings;
import io.restconnector.http.internal.RestClient;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CircuitBreakersTest {

  private final RestClient client =
      new RestClient(
          HttpSettings.defaults()
              .withCircuitBreaker(
                  new CircuitBreakerSettings(50f, 4, 10, Duration.ofMinutes(5), 2, null, null)));

  private static final ScheduledExecutorService SCHEDULER =
      Executors.newSingleThreadScheduledExecutor();

  @AfterAll
  static void closeScheduler() {
    SCHEDULER.shutdownNow();
  }

  @AfterEach
  void close() {
    client.close();
  }

  private CallOutcome call(RestRequest request) throws Exception {
    return client.send(request).get(10, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @CsvSource({"200, 0", "304, 0", "404, 0", "429, 0", "500, 1", "503, 1", "599, 1"})
  void whenStatusIs5xxThenItCountsAsFailure(int status, int failures) throws Exception {
    try (RawServer server = RawServer.answering(RawServer.response(status + " X", ""))) {
      RestRequest request = guarded(get(server.url("/")));
      call(request);
      CircuitBreaker.Metrics metrics = client.breakers().of(request.origin()).getMetrics();
      assertThat(metrics.getNumberOfFailedCalls()).isEqualTo(failures);
      assertThat(metrics.getNumberOfBufferedCalls()).isEqualTo(1);
    }
  }

  @Test
  void whenHalfOfTheCallsFailThenNothingMoreIsSentToTheOrigin() throws Exception {
    try (RawServer server =
        RawServer.start(
            RawServer.replying(
                request ->
                    RawServer.response(
                        request.startsWith("GET /bad") ? "500 Bad" : "200 OK", "")))) {
      for (int i = 0; i < 2; i++) {
        call(guarded(get(server.url("/good"))));
        call(guarded(get(server.url("/bad?" + i))));
      }
      assertThat(call(guarded(get(server.url("/good")))))
          .isEqualTo(new CallOutcome.CircuitOpen("http://127.0.0.1:" + server.port()));
      assertThat(server.requests()).hasSize(4);
      assertThat(call(get(server.url("/good")))).isInstanceOf(CallOutcome.Response.class);
    }
  }

  @Test
  void whenTrialCallsSucceedThenCircuitCloses() throws Exception {
    try (RawServer server = RawServer.answering(RawServer.response("200 OK", ""))) {
      RestRequest request = guarded(get(server.url("/")));
      CircuitBreaker breaker = client.breakers().of(request.origin());
      breaker.transitionToOpenState();
      assertThat(call(request)).isInstanceOf(CallOutcome.CircuitOpen.class);
      breaker.transitionToHalfOpenState();
      call(request);
      assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.HALF_OPEN);
      call(request);
      assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.CLOSED);
    }
  }

  @Test
  void whenTrialCallsHangThenTheCircuitOpensAgainAndOthersAreTried() throws Exception {
    AtomicBoolean hangs = new AtomicBoolean(true);
    try (RestClient bounded =
            new RestClient(
                HttpSettings.defaults()
                    .withCircuitBreaker(
                        new CircuitBreakerSettings(
                            50f, 4, 10, Duration.ofMillis(100), 1, null, null)));
        RawServer server =
            RawServer.start(
                peer -> {
                  peer.readRequest();
                  if (hangs.get()) {
                    peer.awaitClose();
                  } else {
                    peer.send(RawServer.response("200 OK", ""));
                  }
                })) {
      RestRequest request = guarded(get(server.url("/")));
      CircuitBreaker breaker = bounded.breakers().of(request.origin());
      breaker.transitionToOpenState();
      breaker.transitionToHalfOpenState();
      CompletableFuture<CallOutcome> hanging = bounded.send(request);
      await().until(() -> server.requests().size() == 1);
      hangs.set(false);

      await().until(() -> bounded.send(request).get() instanceof CallOutcome.Response);
      assertThat(hanging).isNotDone();
    }
  }

  @Test
  void whenNoConnectionOfThisNodeBecomesFreeThenTheBreakerDoesNotCountIt() throws Exception {
    try (RestClient single = new RestClient(HttpSettings.defaults().withMaxConnections(1, 1));
        RawServer server = RawServer.start(peer -> peer.readRequest())) {
      single.send(get(server.url("/")));
      await().until(() -> server.requests().size() == 1);
      RestRequest request = guarded(within(Duration.ofMillis(100), get(server.url("/"))));
      CallOutcome outcome = single.send(request).get(10, TimeUnit.SECONDS);

      assertThat(outcome).isInstanceOf(CallOutcome.TimedOut.class);
      assertThat(single.breakers().of(request.origin()).getMetrics().getNumberOfBufferedCalls())
          .isZero();
      assertThat(CallResult.of(RestAction.GET, request, outcome).message())
          .endsWith("did not end within 100 ms, it waited for a free connection of this node");
    }
  }

  @Test
  void whenTheOriginDoesNotAnswerInTimeThenTheBreakerCountsIt() throws Exception {
    try (RawServer server = RawServer.start(peer -> peer.readRequest())) {
      RestRequest request = guarded(within(Duration.ofMillis(100), get(server.url("/"))));
      assertThat(call(request)).isEqualTo(new CallOutcome.TimedOut(Duration.ofMillis(100)));
      assertThat(client.breakers().of(request.origin()).getMetrics().getNumberOfFailedCalls())
          .isEqualTo(1);
    }
  }

  @Test
  void whenTheClientIsClosedThenTheBreakerDoesNotCountIt() throws Exception {
    try (RawServer server = RawServer.start(peer -> peer.readRequest())) {
      RestRequest request = guarded(get(server.url("/")));
      CompletableFuture<CallOutcome> call = client.send(request);
      await().until(() -> server.requests().size() == 1);
      client.close();

      assertThat(call.get(10, TimeUnit.SECONDS)).isInstanceOf(CallOutcome.Failed.class);
      assertThat(client.breakers().of(request.origin()).getMetrics().getNumberOfBufferedCalls())
          .isZero();
    }
  }

  @Test
  void whenCircuitsAreMoreThanTheBoundThenLeastRecentlyUsedGoesFirst() {
    CircuitBreakers breakers = new CircuitBreakers(CircuitBreakerSettings.defaults(), SCHEDULER);
    CircuitBreaker kept = breakers.of("kept");
    CircuitBreaker dropped = breakers.of("dropped");
    for (int i = 0; i < CircuitBreakers.MAX_BREAKERS - 1; i++) {
      assertThat(breakers.of("kept")).isSameAs(kept);
      breakers.of("other" + i);
    }
    assertThat(breakers.size()).isEqualTo(CircuitBreakers.MAX_BREAKERS);
    assertThat(breakers.of("kept")).isSameAs(kept);
    assertThat(breakers.of("dropped")).isNotSameAs(dropped);
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP://Example.ORG/a, http://example.org:80",
    "https://example.org?x, https://example.org:443",
    "https://example.org:8443/, https://example.org:8443",
    "http://[::1]/, http://[::1]:80",
    "http://[::1]:81/, http://[::1]:81"
  })
  void whenOriginIsTheSameThenSoIsTheBreaker(String url, String origin) {
    assertThat(get(url).origin()).isEqualTo(origin);
  }
}
