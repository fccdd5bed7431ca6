package io.restconnector.http.internal.egress;

import static io.restconnector.fixtures.TestRequests.get;
import static io.restconnector.fixtures.TestRequests.guarded;
import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.call.internal.CallResult;
import io.restconnector.call.internal.ErrorCode;
import io.restconnector.call.internal.Inputs;
import io.restconnector.call.internal.InvalidInputException;
import io.restconnector.call.internal.RequestReader;
import io.restconnector.call.internal.RestAction;
import io.restconnector.fixtures.RawServer;
import io.restconnector.http.EgressSettings;
import io.restconnector.http.HttpSettings;
import io.restconnector.http.internal.RestClient;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ways around the guard, each from restUrl to the wire. */
class EgressBypassTest {

  private static final String OK = RawServer.response("200 OK", "ok");
  private static final String CLOSING = RawServer.response("200 OK\r\nConnection: close", "ok");
  private static final HttpSettings STANDARD = HttpSettings.defaults();
  private static final HttpSettings STRICT =
      STANDARD.withEgress(EgressSettings.defaults().withMode(EgressSettings.Mode.STRICT));

  /** Strict, but 127.0.0.1 is allowed, where the servers of the tests are. */
  private static final HttpSettings LOOPBACK =
      STRICT.withEgress(STRICT.egress().withAllow(List.of("127.0.0.1")));

  private static RawServer target;
  private static RestClient standard;
  private static RestClient strict;

  private final AtomicInteger lookUps = new AtomicInteger();

  @BeforeAll
  static void start() throws Exception {
    target = RawServer.answering(OK);
    standard = new RestClient(STANDARD);
    strict = new RestClient(STRICT);
  }

  @AfterAll
  static void close() {
    standard.close();
    strict.close();
    target.close();
  }

  @AfterEach
  void nothingWasSentToTheTarget() {
    assertThat(target.accepted()).isZero();
  }

  /** As a process calls it. */
  private static CallResult call(RestClient client, String url) throws Exception {
    Inputs inputs = new Inputs(name -> name.equals("restUrl") ? new Inputs.Input(url, null) : null);
    try {
      RestRequest request = new RequestReader(STANDARD).read(RestAction.GET, inputs);
      CallOutcome outcome = client.send(request).get(10, TimeUnit.SECONDS);
      return CallResult.of(RestAction.GET, request, outcome);
    } catch (InvalidInputException invalid) {
      return CallResult.of(RestAction.GET, "call", invalid);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.0.0.2",
        "localhost",
        "LOCALHOST",
        "LocalHost",
        "2130706433",
        "017700000001",
        "0x7f000001",
        "0X7F000001",
        "127.1",
        "127.0.1",
        "0177.0.0.1",
        "0177.0.0.01",
        "00000177.0.0.1",
        "0x7f.0.0.1",
        "0x7f.1",
        "0x7f.0x0.0x0.0x1",
        "127.0x0.1",
        "127.0.0.01",
        "127.0.0.1.",
        "127.0.0.1..",
        "2130706433.",
        "127.000.000.001",
        "4294967297",
        "127.0.0.257",
        "0",
        "0.0.0.0",
        "00.0.0.0",
        "0x0",
        "１２７.０.０.１",
        "127。0。0。1",
        "127．0．0．1",
        "①②⑦.⓪.⓪.①",
        "𝟏𝟐𝟕.𝟎.𝟎.𝟏",
        "０x7f.1",
        "ⓛocalhost",
        "[::1]",
        "[0:0:0:0:0:0:0:1]",
        "[0000:0000:0000:0000:0000:0000:0000:0001]",
        "[::0001]",
        "[::]",
        "[::127.0.0.1]",
        "[::7f00:1]",
        "[::ffff:127.0.0.1]",
        "[::FFFF:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[0:0:0:0:0:ffff:127.0.0.1]",
        "[::ffff:0:127.0.0.1]",
        "[64:ff9b::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[2001:0:7f00:1::]",
        "[fe80::1%25lo]",
        "[::1%25lo]",
        "[::1%251]",
        "127.0.0.1%00.example.com",
        "127.0.0.1%2f",
        "%31%32%37.0.0.1",
        "user@127.0.0.1",
        "example.com@127.0.0.1",
        "[fd00::1]",
        "[ff02::1]",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.0.1",
        "100.64.0.1"
      })
  void whenAPrivateAddressIsSpelledInWhateverWayThenStrictDeniesIt(String host) throws Exception {
    CallResult result = call(strict, "http://" + host + ":" + target.port() + "/?q=secret");

    assertThat(result.error()).isEqualTo(ErrorCode.INVALID_INPUT);
    assertThat(result.message()).doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "2852039166",
        "025177524776",
        "0xa9fea9fe",
        "0xA9.0xFE.0xA9.0xFE",
        "0251.0376.0251.0376",
        "169.254.43518",
        "169.16689662",
        "169.254.169.254.",
        "１６９.２５４.１６９.２５４",
        "[::169.254.169.254]",
        "[::ffff:169.254.169.254]",
        "[::ffff:a9fe:a9fe]",
        "[::ffff:0:a9fe:a9fe]",
        "[64:ff9b::a9fe:a9fe]",
        "[64:ff9b:1::a9fe:a9fe]",
        "[2002:a9fe:a9fe::]",
        "[2001:0:a9fe:a9fe::]",
        "[fe80::a9fe:a9fe]",
        "[fd00:ec2::254]",
        "[fd00:0ec2:0::0254]",
        "[fd20:ce::254]",
        "[fd00:42::42]",
        "[fd00:a9fe:a9fe::1]",
        "169.254.170.2",
        "100.100.100.200",
        "168.63.129.16"
      })
  void whenMetadataIsSpelledInWhateverWayThenTheDefaultDeniesIt(String host) throws Exception {
    CallResult result = call(standard, "http://" + host + "/latest/meta-data/");

    assertThat(result.error()).isEqualTo(ErrorCode.INVALID_INPUT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "LOCALHOST", "[::ffff:127.0.0.1]"})
  void whenAnAddressIsPrivateThenTheDefaultAllowsIt(String host) throws Exception {
    try (RawServer server = RawServer.answering(OK)) {
      assertThat(call(standard, "http://" + host + ":" + server.port() + "/").outputs())
          .containsEntry("restStatus", 200);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void whenRedirectedToMetadataThenTheDefaultDeniesIt(int status) throws Exception {
    CallResult result = redirected(standard, status, "http://169.254.169.254/latest?token=secret");

    assertThat(result.error()).isEqualTo(ErrorCode.INVALID_INPUT);
    assertThat(result.message())
        .contains("was redirected to a host")
        .doesNotContain("169.254", "secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://2852039166/",
        "http://0xa9fea9fe/",
        "http://0251.0376.0251.0376/",
        "http://[::ffff:169.254.169.254]/",
        "http://[fd00:ec2::254]/",
        "//169.254.169.254/",
        "https://169.254.169.254/"
      })
  void whenRedirectedToOtherSpellingsOfMetadataThenNoneIsReached(String location) throws Exception {
    // The redirect strategy takes what has no host in URI's eyes for no redirect target at all.
    assertThat(redirected(standard, 302, location).error())
        .isIn(ErrorCode.INVALID_INPUT, ErrorCode.BAD_GATEWAY);
  }

  @Test
  void whenRedirectedFromAllowedToPrivateHostThenStrictDeniesIt() throws Exception {
    try (RestClient client = new RestClient(LOOPBACK)) {
      String location = "http://[::1]:" + target.port() + "/";

      assertThat(redirected(client, 302, location).error()).isEqualTo(ErrorCode.INVALID_INPUT);
    }
  }

  private static CallResult redirected(RestClient client, int status, String location)
      throws Exception {
    String redirect = RawServer.response(status + " Moved\r\nLocation: " + location, "");
    try (RawServer server = RawServer.answering(redirect)) {
      CallResult result = call(client, server.url("/"));
      assertThat(server.requests()).hasSize(1);
      return result;
    }
  }

  @Test
  void whenANameIsBoundToAnotherAddressBetweenCallsThenTheSecondIsDenied() throws Exception {
    try (RawServer server = RawServer.answering(CLOSING);
        RestClient client = client(LOOPBACK, "127.0.0.1", "127.0.0.2")) {
      String url = "http://rebound.test:" + server.port() + "/";

      assertThat(call(client, url).outputs()).containsEntry("restStatus", 200);
      assertThat(call(client, url).error()).isEqualTo(ErrorCode.INVALID_INPUT);
      assertThat(server.accepted()).isEqualTo(1);
    }
  }

  @Test
  void whenAConnectionIsKeptAliveThenItsNameIsResolvedOnce() throws Exception {
    try (RawServer server = RawServer.answering(OK);
        RestClient client = client(LOOPBACK, "127.0.0.1", "127.0.0.2")) {
      String url = "http://rebound.test:" + server.port() + "/";
      call(client, url);

      assertThat(call(client, url).outputs()).containsEntry("restStatus", 200);
      assertThat(server.accepted()).isEqualTo(1);
      assertThat(lookUps).hasValue(1);
    }
  }

  @Test
  void whenOneAddressOfANameIsDeniedThenTheOtherIsCalled() throws Exception {
    try (RawServer server = RawServer.answering(OK);
        RestClient client = client(LOOPBACK, "127.0.0.2 127.0.0.1")) {
      assertThat(call(client, "http://both.test:" + server.port() + "/").outputs())
          .containsEntry("restStatus", 200);
    }
  }

  @Test
  void whenEveryAddressOfANameIsDeniedThenTheMessageNamesTheNameOnly() throws Exception {
    try (RestClient client = client(STRICT, "127.0.0.1 127.0.0.2")) {
      CallResult result = call(client, "http://inner.test:" + target.port() + "/a?q=secret");

      assertThat(result.error()).isEqualTo(ErrorCode.INVALID_INPUT);
      assertThat(result.message()).contains("inner.test").doesNotContain("secret", "127.0.0");
    }
  }

  @Test
  void whenCallsAreDeniedThenTheBreakerDoesNotCountThem() throws Exception {
    RestRequest request = guarded(get("http://127.0.0.1:" + target.port() + "/"));

    assertThat(strict.send(request).get(10, TimeUnit.SECONDS))
        .isInstanceOf(CallOutcome.EgressDenied.class);
    assertThat(strict.breakers().of(request.origin()).getMetrics().getNumberOfBufferedCalls())
        .isZero();
  }

  /** A client for which every name has these addresses, another answer at every look-up. */
  private RestClient client(HttpSettings settings, String... answers) {
    return new RestClient(
        settings,
        new SystemDefaultDnsResolver() {
          @Override
          public InetAddress[] resolve(String host) throws UnknownHostException {
            if (!host.endsWith(".test")) {
              return super.resolve(host);
            }
            int index = Math.min(lookUps.getAndIncrement(), answers.length - 1);
            String[] texts = answers[index].split(" ", -1);
            InetAddress[] addresses = new InetAddress[texts.length];
            for (int i = 0; i < texts.length; i++) {
              addresses[i] = InetAddress.getByName(texts[i]);
            }
            return addresses;
          }
        });
  }
}
