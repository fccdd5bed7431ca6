package io.restconnector.http;

import static io.restconnector.http.TestRequests.get;
import static io.restconnector.http.TestRequests.request;
import static io.restconnector.http.TestRequests.within;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restconnector.testing.RawServer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionsTest {

  private static final String OK = RawServer.response("200 OK", "ok");

  private final RestClient client =
      new RestClient(HttpSettings.defaults().withMaxConnections(20, 3));

  @AfterEach
  void close() {
    client.close();
  }

  private CallOutcome.Response call(RestRequest request) throws Exception {
    CallOutcome outcome = client.send(request).get(10, TimeUnit.SECONDS);
    assertThat(outcome).isInstanceOf(CallOutcome.Response.class);
    return (CallOutcome.Response) outcome;
  }

  @Test
  void whenCallsFollowEachOtherThenTheyShareAConnection() throws Exception {
    try (RawServer server = RawServer.answering(OK)) {
      for (int i = 0; i < 10; i++) {
        call(get(server.url("/")));
      }
      assertThat(server.requests()).hasSize(10);
      assertThat(server.accepted()).isEqualTo(1);
    }
  }

  @Test
  void whenServerClosedKeptAliveConnectionThenNextCallOpensAnother() throws Exception {
    try (RawServer server =
        RawServer.start(
            peer -> {
              peer.readRequest();
              peer.send(OK);
              peer.finish();
            })) {
      for (int i = 1; i <= 10; i++) {
        call(request("POST", server.url("/"), List.of(), "x".getBytes(UTF_8)));
        await().until(() -> server.open() == 0);
        assertThat(server.requests()).hasSize(i);
      }
    }
  }

  @Test
  void whenServerSetsCookieThenNextCallDoesNotCarryIt() throws Exception {
    try (RawServer server =
        RawServer.answering(RawServer.response("200 OK\r\nSet-Cookie: session=1; Path=/", ""))) {
      call(get(server.url("/")));
      call(get(server.url("/")));
      assertThat(server.requests()).hasSize(2).noneMatch(request -> request.contains("Cookie"));
    }
  }

  @Test
  void whenServerAsksToRetryThenRequestIsSentOnce() throws Exception {
    for (String status : List.of("503 Busy", "429 Slow down", "408 Late")) {
      try (RawServer server =
          RawServer.answering(RawServer.response(status + "\r\nRetry-After: 0", ""))) {
        call(request("POST", server.url("/"), List.of(), "x".getBytes(UTF_8)));
        call(get(server.url("/")));
        assertThat(server.requests()).hasSize(2);
      }
    }
  }

  @Test
  void whenServerClosesWithoutAnswerThenRequestIsSentOnce() throws Exception {
    try (RawServer server =
        RawServer.start(
            peer -> {
              peer.readRequest();
              peer.send(OK);
              peer.readRequest();
              peer.finish();
            })) {
      call(get(server.url("/")));
      CallOutcome second = client.send(get(server.url("/"))).get(10, TimeUnit.SECONDS);
      assertThat(second).isInstanceOf(CallOutcome.BadResponse.class);
      assertThat(server.requests()).hasSize(2);
    }
  }

  @Test
  void whenTwoHundredCallsRunInParallelThenEachGetsItsOwnAnswer() throws Exception {
    try (RawServer server =
        RawServer.start(
            RawServer.replying(
                request ->
                    RawServer.response(
                        "200 OK", request.substring(4, request.indexOf(" HTTP/1.1")))))) {
      List<CompletableFuture<CallOutcome>> calls = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        calls.add(client.send(get(server.url("/" + i))));
      }
      for (int i = 0; i < 200; i++) {
        var response = (CallOutcome.Response) calls.get(i).get(10, TimeUnit.SECONDS);
        assertThat(ResponseBody.text(response)).isEqualTo("/" + i);
      }
      assertThat(server.accepted()).isEqualTo(3);
    }
  }

  @Test
  void whenResponseIsNotReadyThenNoMoreConnectionsThanAllowed() throws Exception {
    CountDownLatch ready = new CountDownLatch(1);
    try (RawServer server =
        RawServer.start(
            peer -> {
              while (peer.readRequest().isPresent()) {
                ready.await();
                peer.send(OK);
              }
            })) {
      List<CompletableFuture<CallOutcome>> calls = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        calls.add(client.send(get(server.url("/" + i))));
      }
      await().until(() -> server.requests().size() == 3);
      assertThat(client.poolStats().getPending()).isEqualTo(7);
      ready.countDown();
      for (CompletableFuture<CallOutcome> call : calls) {
        assertThat(call.get(10, TimeUnit.SECONDS)).isInstanceOf(CallOutcome.Response.class);
      }
      assertThat(server.accepted()).isEqualTo(3);
    }
  }

  @Test
  void whenNameServerStallsThenOtherCallsGoOn() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    DnsResolver stalling =
        new SystemDefaultDnsResolver() {
          @Override
          public InetAddress[] resolve(String host) throws UnknownHostException {
            if (host.equals("stalled.example")) {
              awaitQuietly(never);
            }
            return super.resolve(host);
          }
        };
    try (RestClient stalled = new RestClient(HttpSettings.defaults(), stalling);
        RawServer server = RawServer.answering(OK)) {
      List<CompletableFuture<CallOutcome>> stuck = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        stuck.add(
            stalled.send(within(Duration.ofMillis(500), get("http://stalled.example:1/" + i))));
      }
      assertThat(stalled.send(get(server.url("/"))).get(10, TimeUnit.SECONDS))
          .isInstanceOf(CallOutcome.Response.class);
      for (CompletableFuture<CallOutcome> call : stuck) {
        assertThat(call.get(10, TimeUnit.SECONDS)).isInstanceOf(CallOutcome.TimedOut.class);
      }
      assertThat(stalled.poolStats().getLeased()).isZero();
    } finally {
      never.countDown();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) throws UnknownHostException {
    try {
      latch.await();
    } catch (InterruptedException closed) {
      throw new UnknownHostException("interrupted");
    }
  }
}
