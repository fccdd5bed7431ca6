package io.restconnector.http.internal.resilience;

import static io.restconnector.fixtures.TestRequests.get;
import static io.restconnector.fixtures.TestRequests.guarded;
import static io.restconnector.fixtures.TestRequests.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.restconnector.fixtures.InTime;
import io.restconnector.fixtures.RawServer;
import io.restconnector.http.CircuitBreakerSettings;
import io.restconnector.http.HttpSettings;
import io.restconnector.http.internal.RestClient;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A call that nobody waits for any more leaves no connection, lease or breaker permit. */
class RetriesExhaustedTest {

  private static final String OK = RawServer.response("200 OK", "ok");

  private final RestClient client =
      new RestClient(
          HttpSettings.defaults()
              .withMaxConnections(4, 4)
              .withCircuitBreaker(
                  new CircuitBreakerSettings(50f, 1, 10, Duration.ofMinutes(5), 1, null, null)));

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void whenCancelledBeforeResponseThenServerSeesConnectionClosed() throws Exception {
    try (RawServer server = RawServer.start(peer -> peer.readRequest())) {
      CompletableFuture<CallOutcome> call = client.send(get(server.url("/")));
      await().until(() -> server.requests().size() == 1);
      call.cancel(true);
      await().until(() -> server.open() == 0 && client.poolStats().getLeased() == 0);
    }
  }

  @Test
  void whenCancelledInTlsHandshakeThenServerSeesConnectionClosed() throws Exception {
    try (RawServer server = RawServer.start(peer -> peer.awaitClose())) {
      CompletableFuture<CallOutcome> call =
          client.send(get("https://127.0.0.1:" + server.port() + "/"));
      await().until(() -> server.open() == 1);
      call.cancel(true);
      await().until(() -> server.open() == 0 && client.poolStats().getLeased() == 0);
    }
  }

  @Test
  void whenCancelledThenBreakerGetsItsPermitBack() throws Exception {
    try (RawServer server = RawServer.start(peer -> peer.awaitClose())) {
      RestRequest request = guarded(get(server.url("/")));
      CircuitBreaker breaker = client.breakers().of(request.origin());
      breaker.transitionToOpenState();
      breaker.transitionToHalfOpenState();
      CompletableFuture<CallOutcome> call = client.send(request);
      assertThat(breaker.tryAcquirePermission()).isFalse();
      call.cancel(true);
      assertThat(breaker.tryAcquirePermission()).isTrue();
    }
  }

  @Test
  void whenDeadlinesPassAtAnyMomentThenOnlyPooledConnectionsStayOpen() throws Exception {
    try (RawServer server = RawServer.start(RawServer.always(OK))) {
      List<CompletableFuture<CallOutcome>> calls = new ArrayList<>();
      for (int i = 0; i < 2000; i++) {
        Duration timeout = Duration.ofNanos(1 + (i % 100) * 50_000L);
        calls.add(client.send(within(timeout, get(server.url("/")))));
      }
      for (CompletableFuture<CallOutcome> call : calls) {
        assertThat(call.get(10, TimeUnit.SECONDS))
            .isInstanceOfAny(CallOutcome.TimedOut.class, CallOutcome.Response.class);
      }
      await()
          .untilAsserted(
              () -> {
                assertThat(client.poolStats().getLeased()).isZero();
                assertThat(client.poolStats().getPending()).isZero();
                assertThat(server.open()).isEqualTo(client.poolStats().getAvailable());
              });
      assertThat(client.send(get(server.url("/"))).get(10, TimeUnit.SECONDS))
          .isInstanceOf(CallOutcome.Response.class);
    }
  }

  @Test
  void whenNoConnectionIsFreeThenWaitingEndsAtItsOwnDeadline() throws Exception {
    try (RestClient single = new RestClient(HttpSettings.defaults().withMaxConnections(1, 1));
        RawServer server = RawServer.start(peer -> peer.readRequest())) {
      single.send(get(server.url("/first")));
      await().until(() -> server.requests().size() == 1);
      Duration timeout = Duration.ofMillis(200);
      long start = System.nanoTime();
      InTime inTime = new InTime(timeout);
      CallOutcome outcome =
          single.send(within(timeout, get(server.url("/second")))).get(10, TimeUnit.SECONDS);
      long end = System.nanoTime();
      inTime.assertEnded(end);
      assertThat(Duration.ofNanos(end - start)).isGreaterThanOrEqualTo(timeout);
      assertThat(outcome)
          .isEqualTo(new CallOutcome.TimedOut(timeout, "a free connection of this node"));
      await().until(() -> single.poolStats().getPending() == 0);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void whenClientIsClosedThenCallsInFlightAndLaterOnesFail() throws Exception {
    try (RawServer server = RawServer.start(peer -> peer.readRequest())) {
      CompletableFuture<CallOutcome> inFlight = client.send(get(server.url("/")));
      await().until(() -> server.requests().size() == 1);
      client.close();
      CompletableFuture<CallOutcome> later = client.send(get(server.url("/")));
      assertThat(inFlight.get(10, TimeUnit.SECONDS)).isInstanceOf(CallOutcome.Failed.class);
      assertThat(later.get(10, TimeUnit.SECONDS)).isInstanceOf(CallOutcome.Failed.class);
      await().until(() -> server.open() == 0);
    }
  }
}
