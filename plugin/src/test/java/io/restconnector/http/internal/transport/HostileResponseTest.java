package io.restconnector.http.internal.transport;

import static io.restconnector.fixtures.TestRequests.as;
import static io.restconnector.fixtures.TestRequests.get;
import static io.restconnector.http.internal.transport.HostilePieces.bytes;
import static io.restconnector.http.internal.transport.HostilePieces.chunked;
import static io.restconnector.http.internal.transport.HostilePieces.coded;
import static io.restconnector.http.internal.transport.HostilePieces.cut;
import static io.restconnector.http.internal.transport.HostilePieces.deflate;
import static io.restconnector.http.internal.transport.HostilePieces.flipped;
import static io.restconnector.http.internal.transport.HostilePieces.gzip;
import static io.restconnector.http.internal.transport.HostilePieces.joined;
import static io.restconnector.http.internal.transport.HostilePieces.members;
import static io.restconnector.http.internal.transport.HostilePieces.response;
import static io.restconnector.http.internal.transport.HostilePieces.withDictionary;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restconnector.fixtures.RawServer;
import io.restconnector.http.AccessSettings;
import io.restconnector.http.AuthenticationSettings;
import io.restconnector.http.HttpSettings;
import io.restconnector.http.internal.RestClient;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.Secret;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No response ends an I/O thread: after each, whatever its outcome, a call to a healthy server
 * succeeds on the same threads.
 */
class HostileResponseTest {

  private static final byte[] EMPTY = {};
  private static final byte[] TEXT = bytes("text ".repeat(1000));

  private static RestClient client;
  private static RawServer healthy;
  private static Set<Thread> ioThreads;

  record Hostile(String name, byte[] response, Class<?> outcome) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Hostile bad(String name, byte[] response) {
    return new Hostile(name, response, CallOutcome.BadResponse.class);
  }

  private static Hostile good(String name, byte[] response) {
    return new Hostile(name, response, CallOutcome.Response.class);
  }

  private static Hostile large(String name, byte[] response) {
    return new Hostile(name, response, CallOutcome.TooLarge.class);
  }

  static Stream<Hostile> hostile() {
    byte[] text = gzip(TEXT);
    byte[] bomb = gzip(new byte[20_000_000]);
    byte[] zlib = deflate(TEXT, false);
    return Stream.of(
        bad("8,000 empty members, once more", coded("gzip, gzip", gzip(members(EMPTY, 8000)))),
        bad("20,000 empty members", coded("gzip", members(EMPTY, 20_000))),
        bad("20,000 one-byte members", coded("gzip", members(bytes("x"), 20_000))),
        bad("1,200 one-byte members", coded("gzip", members(bytes("x"), 1200))),
        bad("x-gzip of members", coded("x-gzip", members(EMPTY, 8000))),
        bad("members in deflate", coded("gzip, deflate", deflate(members(EMPTY, 8000), false))),
        bad("members in bare deflate", coded("gzip, deflate", deflate(members(EMPTY, 8000), true))),
        bad(
            "members in three codings",
            coded("gzip, deflate, x-gzip", gzip(deflate(members(EMPTY, 8000), false)))),
        good("few members", coded("gzip", members(bytes("[1]"), 3))),
        good("members with padding", coded("gzip", joined(text, new byte[1000]))),
        good("members with garbage", coded("gzip", joined(text, bytes("garbage")))),
        bad("second member cut short", coded("gzip", joined(text, cut(text, 1)))),
        bad("second member malformed", coded("gzip", joined(text, flipped(text, 1)))),
        good(
            "deflate in gzip in deflate",
            coded("deflate, gzip, deflate", deflate(gzip(deflate(TEXT, false)), true))),
        bad("the other coding", coded("gzip", zlib)),
        bad("coding of another order", coded("deflate, gzip", deflate(gzip(TEXT), false))),
        bad("cut short", coded("gzip", cut(text, 9))),
        bad("trailer missing", coded("gzip", cut(text, 8))),
        bad("header only", coded("gzip", cut(text, text.length - 10))),
        bad("one byte", coded("gzip", bytes("\u001f"))),
        bad("wrong checksum", coded("gzip", flipped(text, 8))),
        bad("wrong length", coded("gzip", flipped(text, 1))),
        bad("flags of no meaning", coded("gzip", bytes("\u001f\u008b\b\u00ff" + "a".repeat(50)))),
        bad("endless name", coded("gzip", bytes("\u001f\u008b\b\b" + "a".repeat(100_000)))),
        good("empty body", coded("gzip", EMPTY)),
        bad("dictionary", coded("deflate", withDictionary(TEXT))),
        bad("deflate cut short", coded("deflate", cut(zlib, 5))),
        bad("deflate of noise", coded("deflate", bytes("\u00ff\u00fe\u00fd noise"))),
        good("deflate with garbage", coded("deflate", joined(zlib, bytes("garbage")))),
        large("bomb", coded("gzip", bomb)),
        large("bomb in gzip", coded("gzip, gzip", gzip(bomb))),
        large("bomb in deflate", coded("deflate", deflate(new byte[20_000_000], true))),
        bad("unknown coding", coded("br", TEXT)),
        bad("secret as a coding", coded("\"Bearer s3cret\"", TEXT)),
        bad("hundred codings", coded("gzip" + ", gzip".repeat(100), text)),
        bad("many headers", coded("gzip" + "\r\nContent-Encoding: gzip".repeat(100), text)),
        good("no codings", coded("identity, none, utf-8,,", TEXT)),
        good("repeated header", coded("gzip\r\nContent-Encoding: gzip", gzip(text))),
        bad("commas", coded(",".repeat(30_000), TEXT)),
        good("error whose body is undecodable", response("404 No\r\nContent-Encoding: br", TEXT)),
        bad(
            "head of a megabyte",
            response("200 OK" + ("\r\nX: " + "y".repeat(30_000)).repeat(30), TEXT)),
        bad("long header name", response("200 OK\r\n" + "x".repeat(40_000) + ": y", TEXT)),
        bad("blank header names", response("200 OK\r\n: y\r\n : z", TEXT)),
        bad("chunk size too large", chunked("ffffffffffffffff\r\n")),
        bad("chunk size negative", chunked("-1\r\nx\r\n0\r\n\r\n")),
        bad("chunk without size", chunked("\r\n\r\n")),
        bad("endless chunk extension", chunked("1;" + "x".repeat(100_000) + "\r\n")),
        bad("many trailers", chunked("0\r\n" + "X: y\r\n".repeat(10_000) + "\r\n")),
        good("chunks of one byte", chunked("1\r\nx\r\n".repeat(10_000) + "0\r\n\r\n")),
        bad(
            "two lengths",
            bytes("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 9\r\n\r\nx")),
        bad("redirect to no URL", response("302 F\r\nLocation: http://[", EMPTY)),
        bad(
            "redirect to a long URL",
            response("302 F\r\nLocation: x:" + "/..".repeat(9000), EMPTY)),
        bad("redirect to a host of dots", response("302 F\r\nLocation: http://...", EMPTY)),
        bad("redirect to no port", response("302 F\r\nLocation: http://h:99999999/", EMPTY)),
        bad("status 000", response("000 Nothing", EMPTY)),
        bad("status 199 for ever", bytes("HTTP/1.1 199 X\r\n\r\n".repeat(1000))));
  }

  @BeforeAll
  static void start() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    client = new RestClient(HttpSettings.defaults());
    healthy = RawServer.answering(RawServer.response("200 OK", "ok"));
    assertHealthy();
    ioThreads =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("rest-connector-io"))
            .filter(thread -> !before.contains(thread))
            .collect(Collectors.toSet());
  }

  @AfterAll
  static void stop() {
    client.close();
    healthy.close();
  }

  private static void assertHealthy() throws Exception {
    CallOutcome next = client.send(get(healthy.url("/"))).get(20, TimeUnit.SECONDS);
    assertThat(next).isInstanceOf(CallOutcome.Response.class);
  }

  private static RawServer.Script sending(byte[] response) {
    return peer -> {
      peer.readRequest();
      peer.send(response);
      peer.finish();
    };
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void whenAResponseIsHostileThenItHasAnOutcomeAndTheNextCallSucceeds(Hostile hostile)
      throws Exception {
    try (RawServer server = RawServer.start(sending(hostile.response()))) {
      for (int i = 0; i < 3; i++) { // each I/O thread meets it
        CallOutcome outcome = client.send(get(server.url("/"))).get(20, TimeUnit.SECONDS);
        assertThat(outcome).isInstanceOf(hostile.outcome());
        assertThat(String.valueOf(outcome.cause())).doesNotContain("s3cret", "br\"");
      }
    }
    assertHealthy();
    assertThat(ioThreads).allMatch(Thread::isAlive);
    await().until(() -> client.budget().isUnused());
  }

  static Stream<byte[]> tokens() {
    String deep = "[".repeat(100_000);
    return Stream.of(
        coded("gzip, gzip", gzip(members(EMPTY, 8000))),
        coded("gzip", members(bytes("x"), 20_000)),
        response("200 OK", bytes(deep)),
        response("200 OK", bytes("{\"access_token\":" + deep)),
        response(
            "200 OK", bytes("{\"access_token\":\"t\",\"expires_in\":" + "9".repeat(900) + "}x")),
        response("200 OK", bytes("{\"" + "n".repeat(60_000) + "\":1}")),
        response("200 OK", bytes("{},".repeat(100_000))),
        response("400 No", bytes("[" + "{},".repeat(100_000) + "{}]")),
        response("302 F\r\nLocation: http://[", EMPTY));
  }

  @ParameterizedTest
  @MethodSource("tokens")
  void whenATokenResponseIsHostileThenThereIsNoTokenAndTheNextCallSucceeds(byte[] token)
      throws Exception {
    try (RawServer idp = RawServer.start(sending(token));
        RestClient calling = new RestClient(settings(idp.url("/")))) {
      for (int i = 0; i < 3; i++) {
        CallOutcome outcome =
            calling.send(as("crm", get(healthy.url("/")))).get(20, TimeUnit.SECONDS);
        assertThat(outcome).isInstanceOf(CallOutcome.TokenUnavailable.class);
      }
      assertThat(calling.send(get(healthy.url("/"))).get(20, TimeUnit.SECONDS))
          .isInstanceOf(CallOutcome.Response.class);
      assertThat(calling.isAlive()).isTrue();
      await().until(() -> calling.budget().isUnused());
    }
  }

  private static HttpSettings settings(String tokenEndpoint) {
    AuthenticationSettings crm =
        AuthenticationSettings.clientCredentials(URI.create(tokenEndpoint), "id", "s", null);
    return HttpSettings.defaults()
        .withAccess(
            AccessSettings.defaults()
                .withSecrets(Map.of("s", Secret.of("s3cret")))
                .withAuthentications(Map.of("crm", crm)));
  }
}
