package io.restconnector.http.internal.transport;

import static io.restconnector.fixtures.TestRequests.get;
import static io.restconnector.fixtures.TestRequests.within;
import static io.restconnector.http.internal.transport.HostilePieces.bytes;
import static io.restconnector.http.internal.transport.HostilePieces.cut;
import static io.restconnector.http.internal.transport.HostilePieces.deflate;
import static io.restconnector.http.internal.transport.HostilePieces.flipped;
import static io.restconnector.http.internal.transport.HostilePieces.gzip;
import static io.restconnector.http.internal.transport.HostilePieces.joined;
import static io.restconnector.http.internal.transport.HostilePieces.members;
import static io.restconnector.http.internal.transport.HostilePieces.repeated;
import static io.restconnector.http.internal.transport.HostilePieces.withDictionary;
import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.fixtures.RawServer;
import io.restconnector.http.HttpSettings;
import io.restconnector.http.internal.RestClient;
import io.restconnector.http.internal.body.ResponseBody;
import io.restconnector.spi.CallOutcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import tools.jackson.databind.JsonNode;

/**
 * Whatever pieces a response is made of, the call ends within its deadline as an outcome that can
 * be read, and a call to a healthy server that follows succeeds.
 */
@SuppressWarnings("NullAway") // what is set before the container is
class GeneratedResponsesTest {

  private static final byte[] EMPTY = {};
  private static final Duration TIMEOUT = Duration.ofMillis(200);

  /** Where the machine stands still. */
  private static final int PATIENCE = 60;

  private static volatile byte[] current = EMPTY;
  private static RestClient client;
  private static RawServer hostile;
  private static RawServer healthy;

  @BeforeContainer
  static void start() throws Exception {
    client = new RestClient(HttpSettings.defaults().withMaxResponseSize(1_000_000));
    healthy = RawServer.answering(RawServer.response("200 OK", "ok"));
    hostile =
        RawServer.start(
            peer -> {
              while (peer.readRequest().isPresent()) {
                byte[] response = current;
                peer.send(response);
                if (response.length % 8 != 0) {
                  peer.finish();
                }
              }
            });
  }

  @AfterContainer
  static void stop() {
    client.close();
    healthy.close();
    hostile.close();
  }

  /** Contents, coded a few times and spoilt. */
  @Provide
  Arbitrary<byte[]> bodies() {
    Arbitrary<byte[]> contents =
        Arbitraries.of(
            EMPTY,
            bytes("ok"),
            bytes("[" + "{},".repeat(1000) + "{}]"),
            bytes("[".repeat(5000)),
            bytes("{\"a\":".repeat(600) + "1" + "}".repeat(600)),
            bytes("1e999999999"),
            bytes("[1e999999999,-1E+99999,0." + "1".repeat(2000) + "]"),
            bytes("9".repeat(5000)),
            bytes("{\"" + "n".repeat(60_000) + "\":1}"),
            bytes("\"\\ud800\\udfff\\u0000\""),
            bytes("\u00ff\u00fe\u0000"),
            new byte[2_000_000],
            members(EMPTY, 5000),
            members(bytes("x"), 1100),
            joined(gzip(bytes("a")), new byte[100]),
            withDictionary(bytes("dictionary")));
    return Combinators.combine(contents, Arbitraries.integers().between(0, 9).list().ofMaxSize(4))
        .as(
            (content, steps) -> {
              byte[] body = content;
              for (int step : steps) {
                body = body.length > 300_000 ? gzip(body) : changed(body, step);
              }
              return body;
            });
  }

  private static byte[] changed(byte[] body, int step) {
    return switch (step) {
      case 0, 1, 2 -> gzip(body);
      case 3 -> deflate(body, true);
      case 4 -> deflate(body, false);
      case 5 -> cut(body, 1);
      case 6 -> cut(body, body.length / 2);
      case 7 -> flipped(body, 1 + body.length / 3);
      case 8 -> repeated(body, 3);
      default -> joined(body, bytes("rest"));
    };
  }

  @Provide
  Arbitrary<byte[]> responses() {
    Arbitrary<String> status =
        Arbitraries.of(
            "HTTP/1.1 200 OK",
            "HTTP/1.1 200 OK",
            "HTTP/1.1 200",
            "HTTP/1.0 200 OK",
            "HTTP/1.1 204 None",
            "HTTP/1.1 304 Same",
            "HTTP/1.1 302 Found",
            "HTTP/1.1 307 Again",
            "HTTP/1.1 404 No",
            "HTTP/1.1 503 Busy",
            "HTTP/1.1 401 Who",
            "HTTP/1.1 407 Proxy",
            "HTTP/1.1 100 Go on",
            "HTTP/1.1 101 Switch",
            "HTTP/1.1 103 Hints",
            "HTTP/1.1 999 X",
            "HTTP/2 200",
            "HTTP/1.1 -1",
            "\r\nHTTP/1.1 200 OK",
            "ICY 200 OK",
            "garbage",
            "");
    Arbitrary<List<String>> headers =
        Arbitraries.of(
                "Content-Encoding: gzip",
                "Content-Encoding: gzip",
                "Content-Encoding: gzip, gzip",
                "Content-Encoding: deflate",
                "Content-Encoding: deflate, x-gzip",
                "Content-Encoding: br",
                "Content-Encoding: ,,;=\"",
                "Content-Encoding",
                "Content-Type: application/json",
                "Content-Type: application/json;charset=UTF-7",
                "Content-Type: text/xml;charset=\"",
                "Content-Type: ;;;",
                "Location: /",
                "Location: http://[",
                "Location: ?" + "a".repeat(9000),
                "Location: %zz",
                "Location: http://h:99999999/",
                "Location: mailto:x",
                "Location:",
                "Location: //\u0000/",
                "Connection: close",
                "Connection: keep-alive, upgrade",
                "Upgrade: h2c",
                "Keep-Alive: timeout=-1",
                "Keep-Alive: timeout=99999999999999",
                "Retry-After: -1",
                "Set-Cookie: a=\"",
                "WWW-Authenticate: Basic realm=\"",
                "X: " + "y".repeat(20_000),
                " folded",
                ": nameless",
                "X\u0000: \u00ff",
                "Transfer-Encoding: gzip, chunked",
                "Content-Length: -5",
                "Content-Length: 1e9",
                "Content-Length: 99999999999999999999",
                "Trailer: X")
            .list()
            .ofMaxSize(4);
    Arbitrary<Integer> framing = Arbitraries.integers().between(0, 7);
    return Combinators.combine(status, headers, framing, bodies()).as(this::response);
  }

  private byte[] response(String status, List<String> headers, int framing, byte[] body) {
    byte[] head = bytes(status + "\r\n" + String.join("\r\n", headers) + "\r\n");
    if (headers.isEmpty()) {
      head = bytes(status + "\r\n");
    }
    byte[] blank = bytes("\r\n");
    String size = Integer.toHexString(body.length);
    return switch (framing) {
      case 0, 1, 2 -> joined(head, bytes("Content-Length: " + body.length + "\r\n\r\n"), body);
      case 3 -> joined(head, bytes("Content-Length: " + body.length / 2 + "\r\n\r\n"), body);
      case 4 ->
          joined(
              head,
              bytes("Transfer-Encoding: chunked\r\n\r\n" + size + "\r\n"),
              body,
              bytes("\r\n0\r\n\r\n"));
      case 5 -> joined(head, bytes("Transfer-Encoding: chunked\r\n\r\n" + size + "g\r\n"), body);
      case 6 -> joined(head, blank, body);
      default -> joined(head, body);
    };
  }

  private static void check(byte[] response) throws Exception {
    current = response;
    CompletableFuture<CallOutcome> call = client.send(within(TIMEOUT, get(hostile.url("/"))));
    CallOutcome outcome = call.get(PATIENCE, TimeUnit.SECONDS);
    if (outcome instanceof CallOutcome.Response answer) {
      Object value = ResponseBody.decode(answer);
      if (value instanceof JsonNode json) {
        assertThat(json.toString()).isNotEmpty();
      }
    }
    CallOutcome next = client.send(get(healthy.url("/"))).get(PATIENCE, TimeUnit.SECONDS);
    assertThat(next).isInstanceOf(CallOutcome.Response.class);
    assertThat(client.isAlive()).isTrue();
  }

  @Property(tries = 200, shrinking = ShrinkingMode.OFF)
  void whenAResponseIsMadeOfHostilePiecesThenTheCallEndsAndTheNextSucceeds(
      @ForAll("responses") byte[] response) throws Exception {
    check(response);
  }

  @Property(tries = 10_000, shrinking = ShrinkingMode.OFF)
  @Tag("cluster")
  void whenTenThousandResponsesAreMadeOfHostilePiecesThenEachCallEndsAndTheNextSucceeds(
      @ForAll("responses") byte[] response) throws Exception {
    check(response);
  }
}
