package io.restconnector.http.internal.transport;

import static io.restconnector.fixtures.TestRequests.get;
import static io.restconnector.fixtures.TestRequests.guarded;
import static io.restconnector.fixtures.TestRequests.within;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.restconnector.fixtures.InTime;
import io.restconnector.fixtures.RawServer;
import io.restconnector.fixtures.RawServer.Script;
import io.restconnector.http.CircuitBreakerSettings;
import io.restconnector.http.HttpSettings;
import io.restconnector.http.internal.RestClient;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a server does to a call, it ends in time as the documented outcome and leaves nothing.
 */
class FaultMatrixTest {

  private static final long LIMIT = 64 * 1024;
  private static final Duration LONG = Duration.ofSeconds(5);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final HttpSettings SETTINGS =
      HttpSettings.defaults()
          .withMaxResponseSize(LIMIT)
          .withCircuitBreaker(
              new CircuitBreakerSettings(50f, 1, 10, Duration.ofMinutes(5), 1, null, null));

  record Fault(String name, String scheme, Script script, Duration timeout, Class<?> outcome) {
    @Override
    public String toString() {
      return name + " -> " + outcome.getSimpleName();
    }
  }

  private Set<Thread> threadsBefore = Set.of();
  private RestClient client = new RestClient(SETTINGS);

  @BeforeAll
  static void loadClasses() throws Exception {
    Awaitility.setDefaultPollDelay(Duration.ZERO);
    Awaitility.setDefaultPollInterval(Duration.ofMillis(2));
    try (RestClient client = new RestClient(SETTINGS);
        RawServer server = RawServer.answering(RawServer.response("200 OK", "warm"))) {
      client.send(guarded(get(server.url("/")))).get(10, TimeUnit.SECONDS);
    }
    new InTime(Duration.ZERO).assertEnded(System.nanoTime());
  }

  @AfterAll
  static void pollAsBefore() {
    Awaitility.reset();
  }

  @BeforeEach
  void start() {
    client.close();
    threadsBefore = Thread.getAllStackTraces().keySet();
    client = new RestClient(SETTINGS);
  }

  @AfterEach
  void noThreadIsLeft() {
    client.close();
    await()
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> !threadsBefore.contains(thread))
                    .extracting(Thread::getName)
                    .allMatch(
                        name -> name.startsWith("raw-server") || name.startsWith("awaitility")));
  }

  static Stream<Fault> faults() {
    Class<?> connection = CallOutcome.ConnectionFailed.class;
    Class<?> bad = CallOutcome.BadResponse.class;
    Class<?> tooLarge = CallOutcome.TooLarge.class;
    Class<?> late = CallOutcome.TimedOut.class;
    String ok = "HTTP/1.1 200 OK\r\n";
    return Stream.of(
        fault("reset at once", connection, peer -> peer.reset()),
        fault("reset before any byte", connection, reading(peer -> peer.reset())),
        fault(
            "reset in the middle of the body",
            connection,
            reading(
                peer -> {
                  peer.send(ok + "Content-Length: 100\r\n\r\nhalf");
                  peer.reset();
                })),
        fault("closed at once", bad, peer -> peer.finish()),
        fault("empty reply", bad, reading(peer -> peer.finish())),
        fault("garbage", bad, ending("\0\1\2\3 no HTTP at all\r\n\r\n")),
        fault("another protocol", bad, ending("SSH-2.0-OpenSSH_9.6\r\n")),
        fault("garbage without end of line", bad, ending("x".repeat(100_000))),
        fault("half a status line", bad, ending("HTTP/1.1 2")),
        fault("header without colon", bad, ending(ok + "secret\r\n\r\n")),
        fault("unknown HTTP version", bad, ending("HTTP/9.9 200 OK\r\n\r\n")),
        fault("unasked for upgrade", bad, ending("HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n")),
        fault("Content-Length too long", bad, ending(ok + "Content-Length: 9\r\n\r\nshort")),
        fault("Content-Length is no number", bad, ending(ok + "Content-Length: x\r\n\r\n")),
        fault("Content-Length is negative", bad, ending(ok + "Content-Length: -1\r\n\r\n")),
        fault("chunk cut short", bad, chunked("5\r\nab")),
        fault("last chunk missing", bad, chunked("2\r\nab\r\n")),
        fault("chunk size is no number", bad, chunked("zz\r\nab\r\n0\r\n\r\n")),
        fault(
            "endless body",
            tooLarge,
            reading(
                peer -> {
                  peer.send(ok + "\r\n");
                  peer.sendForever("x".repeat(8192), Duration.ZERO);
                })),
        fault("announced too large", tooLarge, ending(ok + "Content-Length: 65537\r\n\r\n")),
        fault("gzip bomb", tooLarge, coded("gzip", gzip(new byte[10_000_000]))),
        fault("gzip that is none", bad, coded("gzip", "plain text")),
        fault("gzip cut short", bad, coded("gzip", gzip(new byte[1000]).substring(0, 15))),
        fault("gzip with a wrong checksum", bad, coded("gzip", spoilt(gzip(new byte[1000])))),
        fault("deflate that is none", bad, coded("deflate", "\u00ff\u00fe plain")),
        fault("unknown coding", bad, coded("br", "x")),
        fault("one coding upon another", bad, coded("gzip" + ", gzip".repeat(50), "x")),
        fault("64 KiB header", bad, ending(ok + "X: " + "y".repeat(65536) + "\r\n\r\n")),
        fault("10,000 headers", bad, ending(ok + "X: y\r\n".repeat(10_000) + "\r\n")),
        fault("endless head", bad, forever(ok, "X: yyyyyyyyyyy\r\n".repeat(100), Duration.ZERO)),
        fault("redirect loop", CallOutcome.Failed.class, redirecting("/again")),
        fault("redirect to another scheme", bad, redirecting("file:///etc/passwd")),
        fault("redirect to nowhere", bad, redirecting("http:///path")),
        fault("malformed redirect", bad, redirecting("http://[")),
        fault("slow drip of the body", late, forever(ok + "\r\n", "x", Duration.ofMillis(50))),
        fault("slow drip of the head", late, forever(ok + "X: ", "x", Duration.ofMillis(50))),
        fault("never answers", late, reading(peer -> {})),
        fault(
            "only interim responses",
            late,
            forever("", "HTTP/1.1 102 Processing\r\n\r\n", Duration.ofMillis(50))),
        tls("TLS handshake never answered", late, peer -> peer.awaitClose()),
        tls("TLS handshake answered in plain text", bad, peer -> peer.send(ok + "\r\n\r\n")),
        tls("closed in the TLS handshake", bad, peer -> peer.finish()),
        tls("reset in the TLS handshake", connection, peer -> peer.reset()));
  }

  private static Fault fault(String name, Class<?> outcome, Script script) {
    return new Fault(
        name, "http", script, outcome == CallOutcome.TimedOut.class ? SHORT : LONG, outcome);
  }

  private static Fault tls(String name, Class<?> outcome, Script script) {
    return new Fault(name, "https", script, fault(name, outcome, script).timeout(), outcome);
  }

  private static Script reading(Script then) {
    return peer -> {
      peer.readRequest();
      then.serve(peer);
    };
  }

  private static Script ending(String response) {
    return reading(
        peer -> {
          peer.send(response);
          peer.finish();
        });
  }

  private static Script chunked(String body) {
    return ending("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + body);
  }

  private static Script coded(String coding, String body) {
    return ending(RawServer.response("200 OK\r\nContent-Encoding: " + coding, body));
  }

  private static Script redirecting(String location) {
    return RawServer.always(RawServer.response("302 Found\r\nLocation: " + location, ""));
  }

  private static Script forever(String first, String again, Duration pause) {
    return reading(
        peer -> {
          peer.send(first);
          peer.sendForever(again, pause);
        });
  }

  private static String gzip(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
    return bytes.toString(ISO_8859_1);
  }

  private static String spoilt(String gzip) {
    return gzip.substring(0, gzip.length() - 6) + "\0\0" + gzip.substring(gzip.length() - 4);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void whenServerMisbehavesThenDocumentedOutcomeInTimeAndNothingIsLeft(Fault fault)
      throws Exception {
    try (RawServer server = RawServer.start(fault.script())) {
      String url = fault.scheme() + "://127.0.0.1:" + server.port() + "/";
      CallOutcome outcome = assertEnds(within(fault.timeout(), get(url)), fault.outcome());
      assertThat(String.valueOf(outcome.cause())).doesNotContain("secret", "passwd");
      await().until(() -> server.accepted() > 0 && server.open() == 0);
    }
  }

  @Test
  void whenConnectionIsRefusedThenConnectionFailed() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    assertEnds(
        within(LONG, get("http://127.0.0.1:" + port + "/")), CallOutcome.ConnectionFailed.class);
  }

  @Test
  void whenHostHasNoAddressThenConnectionFailed() throws Exception {
    assertEnds(within(LONG, get("http://nosuchhost.invalid/")), CallOutcome.ConnectionFailed.class);
  }

  @Test
  void whenServerAcceptsNothingThenTimedOut() throws Exception {
    List<Socket> queued = new ArrayList<>();
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      for (int i = 0; i < 2; i++) {
        queued.add(new Socket(full.getInetAddress(), full.getLocalPort()));
      }
      String url = "http://127.0.0.1:" + full.getLocalPort() + "/";
      assertEnds(within(SHORT, get(url)), CallOutcome.TimedOut.class);
    } finally {
      for (Socket socket : queued) {
        socket.close();
      }
    }
  }

  /** The breaker is half open for one call: it can only decide if the call gives it back. */
  private CallOutcome assertEnds(RestRequest request, Class<?> expected) throws Exception {
    CircuitBreaker breaker = client.breakers().of(request.origin());
    breaker.transitionToOpenState();
    breaker.transitionToHalfOpenState();
    InTime inTime = new InTime(request.timeout());
    long[] end = new long[1];
    CallOutcome outcome =
        client
            .send(guarded(request))
            .whenComplete((o, e) -> end[0] = System.nanoTime())
            .get(10, TimeUnit.SECONDS);
    assertThat(outcome).isInstanceOf(expected);
    inTime.assertEnded(end[0]);
    assertThat(breaker.getState())
        .isEqualTo(
            outcome.isOriginFailure() ? CircuitBreaker.State.OPEN : CircuitBreaker.State.CLOSED);
    await()
        .until(() -> client.poolStats().getLeased() == 0 && client.poolStats().getPending() == 0);
    return outcome;
  }
}
