package io.restconnector.http.internal.transport;

import static io.restconnector.fixtures.TestRequests.get;
import static io.restconnector.fixtures.TestRequests.request;
import static io.restconnector.fixtures.TestRequests.within;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restconnector.fixtures.RawServer;
import io.restconnector.http.HttpSettings;
import io.restconnector.http.internal.RestClient;
import io.restconnector.http.internal.body.ResponseBody;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  /** It wakes for a call that ends before all else; there is something every second. */
  @Test
  void whenCallsEndInTimeThenTheThreadOfDeadlinesSleepsOn() throws Exception {
    int calls = 200;
    try (RawServer server = RawServer.answering(OK)) {
      long start = System.nanoTime();
      long before = waitsForDeadlines();
      for (int i = 0; i < calls; i++) {
        call(within(Duration.ofSeconds(20), get(server.url("/"))));
      }
      long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds() + 1;
      assertThat(waitsForDeadlines() - before).isLessThan(calls / 2 + 3 * seconds);
    }
  }

  /** Of the client that was made last. */
  private static long waitsForDeadlines() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
        .filter(Objects::nonNull)
        .filter(thread -> thread.getThreadName().startsWith("rest-connector-deadline"))
        .max(Comparator.comparingLong(ThreadInfo::getThreadId))
        .orElseThrow()
        .getWaitedCount();
  }

  @Test
  void whenAConnectionHasLivedLongEnoughThenNextCallOpensAnother() throws Exception {
    HttpSettings brief = HttpSettings.defaults().withConnectionTimeToLive(Duration.ofMillis(1));
    try (RestClient forgetful = new RestClient(brief);
        RawServer server = RawServer.answering(OK)) {
      await()
          .until(
              () -> {
                forgetful.send(get(server.url("/"))).get(10, TimeUnit.SECONDS);
                return server.accepted() > 1;
              });
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

  @ParameterizedTest
  @CsvSource({"GET, false, 3", "PUT, true, 3", "POST, false, 2", "PATCH, true, 2"})
  void whenServerEndsReusedConnectionWithoutAnswerThenIdempotentRequestIsSentOnceMore(
      String method, boolean reset, int requests) throws Exception {
    try (RawServer server =
        RawServer.start(
            peer -> {
              peer.readRequest();
              peer.send(OK);
              peer.readRequest();
              if (reset) {
                peer.reset();
              }
              peer.finish();
            })) {
      call(get(server.url("/")));
      CallOutcome second =
          client.send(request(method, server.url("/"), List.of(), null)).get(10, TimeUnit.SECONDS);
      assertThat(second instanceof CallOutcome.Response).isEqualTo(requests == 3);
      assertThat(server.requests()).hasSize(requests);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, 200 OK|Content-Length: 2||ok, x",
    "GET, 200 OK|Content-Length: 2||ok, HTTP/1.1 200 OK|Content-Length: 4||evil",
    "GET, 200 OK|Content-Length: 2||ok, HTTP/1.1 200 OK|Content-Le",
    "GET, 200 OK|Content-Length: 0||, evil",
    "GET, 200 OK|Content-Length: 0||, ||",
    "GET, 200 OK|Transfer-Encoding: chunked||2|ok|0||, evil",
    "GET, 200 OK|Transfer-Encoding: chunked||2|ok|0|X: y||, HTTP/1.1 200 OK|Content-Length: 4||evil",
    "GET, 204 None||, evil",
    "GET, 204 None|Content-Length: 4||, evil",
    "GET, 304 Same||, HTTP/1.1 200 OK|Content-Length: 4||evil",
    "HEAD, 200 OK|Content-Length: 4||, evil",
    "HEAD, 200 OK|Transfer-Encoding: chunked||, 4|evil|0||",
  })
  void whenResponseLeavesBytesOverThenNextCallIsNotHarmed(
      String method, String first, String leftOver) throws Exception {
    AtomicInteger connections = new AtomicInteger();
    try (RawServer server =
        RawServer.start(
            peer -> {
              if (connections.getAndIncrement() == 0) {
                peer.readRequest();
                peer.send(("HTTP/1.1 " + first + leftOver).replace("|", "\r\n"));
              }
              RawServer.always(OK).serve(peer);
            })) {
      call(request(method, server.url("/"), List.of(), null));
      for (int i = 0; i < 3; i++) {
        CallOutcome.Response next =
            call(request("POST", server.url("/"), List.of(), "x".getBytes(UTF_8)));
        assertThat(ResponseBody.text(next)).isEqualTo("ok");
      }
    }
  }

  @Test
  void whenBytesComeUnaskedThenTheConnectionIsClosed() throws Exception {
    CountDownLatch idle = new CountDownLatch(1);
    try (RawServer server =
        RawServer.start(
            peer -> {
              peer.readRequest();
              peer.send(OK);
              idle.await();
              peer.send(OK);
            })) {
      call(get(server.url("/")));
      idle.countDown();
      await().until(() -> server.open() == 0);
    }
  }

  @Test
  void whenResponsesAreCleanThenTheConnectionIsReused() throws Exception {
    List<String> clean =
        List.of(
            OK,
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "HTTP/1.1 200 OK\nContent-Length: 2\n\nok",
            RawServer.response("200 OK", "ok".repeat(50_000)),
            "HTTP/1.1 204 \r\nX: y\r\n\r\n",
            "\r\nHTTP/1.1 304 Same\r\n\r\n");
    AtomicInteger turn = new AtomicInteger();
    try (RawServer server =
        RawServer.start(
            RawServer.replying(request -> clean.get(turn.getAndIncrement() % clean.size())))) {
      for (int i = 0; i < 3 * clean.size(); i++) {
        call(get(server.url("/")));
      }
      assertThat(server.accepted()).isEqualTo(1);
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
      // The caller may know of the end before the connection is given back.
      await().untilAsserted(() -> assertThat(stalled.poolStats().getLeased()).isZero());
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

  @Test
  void whenServersAnnounceMuchAndStopThenTheyKeepNoMemoryFromOthers() throws Exception {
    int announced = 10_000_000;
    int calls = (int) (Runtime.getRuntime().maxMemory() / 16 / announced) + 1;
    CountDownLatch sent = new CountDownLatch(calls);
    try (RawServer stopping =
            RawServer.start(
                peer -> {
                  peer.readRequest();
                  peer.send(
                      "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s"
                          .formatted(announced, "x".repeat(80_000)));
                  sent.countDown();
                  peer.awaitClose();
                });
        RawServer healthy = RawServer.answering(RawServer.response("200 OK", "x".repeat(100_000)));
        RestClient many =
            new RestClient(HttpSettings.defaults().withMaxConnections(calls + 1, calls + 1))) {
      RestRequest stopped = within(Duration.ofMinutes(5), get(stopping.url("/")));
      for (int i = 0; i < calls; i++) {
        many.send(stopped);
      }
      sent.await();
      await().during(Duration.ofMillis(200)).until(() -> stopping.open() == calls);

      assertThat(many.send(get(healthy.url("/"))).get(20, TimeUnit.SECONDS))
          .hasToString("Response[200]");
    }
  }
}
