package io.restconnector.http.internal.transport;

import static io.restconnector.fixtures.TestRequests.request;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.fixtures.RawServer;
import io.restconnector.fixtures.TestRequests;
import io.restconnector.http.HttpSettings;
import io.restconnector.http.internal.RestClient;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedirectTest {

  private static final String OK = RawServer.response("200 OK", "ok");
  private static final List<Header> HEADERS =
      List.of(
          new BasicHeader("Authorization", "Bearer t"),
          new BasicHeader("Cookie", "a=b"),
          new BasicHeader("X-Api-Key", "k"),
          new BasicHeader("Content-Type", "text/plain"),
          new BasicHeader("Idempotency-Key", "i"),
          new BasicHeader("X-Auth-Token", "s"),
          new BasicHeader("Content-Language", "en"),
          new BasicHeader("Content-Digest", "d"),
          new BasicHeader("Content-Disposition", "d"),
          new BasicHeader("Digest", "d"),
          new BasicHeader("Last-Modified", "d"),
          new BasicHeader("X-Session-Key", "s"),
          new BasicHeader("X-Signature", "s"),
          new BasicHeader("If-Match", "e"),
          new BasicHeader("X-Name", "\u00e4\u20ac"),
          new BasicHeader("X-Other", "kept"));

  private final RestClient client = new RestClient(HttpSettings.defaults());

  @AfterEach
  void close() {
    client.close();
  }

  private CallOutcome call(String method, String url) throws Exception {
    byte[] body = "body".getBytes(UTF_8);
    return client.send(request(method, url, HEADERS, body)).get(10, TimeUnit.SECONDS);
  }

  private static RawServer redirecting(String status, String location) throws Exception {
    String redirect = RawServer.response(status + " Moved\r\nLocation: " + location, "");
    return RawServer.start(
        RawServer.replying(request -> request.contains(" /start ") ? redirect : OK));
  }

  @ParameterizedTest
  @CsvSource({
    "301, POST, GET, false",
    "302, POST, GET, false",
    "303, POST, GET, false",
    "303, PUT, GET, false",
    "303, DELETE, GET, false",
    "301, PUT, PUT, true",
    "302, PATCH, PATCH, true",
    "307, POST, POST, true",
    "308, POST, POST, true",
    "307, DELETE, DELETE, true"
  })
  void whenRedirectedThenMethodAndBodyAreThoseOfTheStatus(
      String status, String method, String expected, boolean withBody) throws Exception {
    try (RawServer server = redirecting(status, "/end?q=%20x")) {
      assertThat(call(method, server.url("/start"))).isInstanceOf(CallOutcome.Response.class);
      String second = server.requests().get(1);
      assertThat(second).startsWith(expected + " /end?q=%20x HTTP/1.1\r\n");
      assertThat(second.endsWith("\r\n\r\nbody")).isEqualTo(withBody);
      for (String content :
          List.of(
              "Content-Type", "-Language", "-Digest", "-Disposition", "Digest", "Last-Modified")) {
        assertThat(second.contains(content + ": ")).as(content).isEqualTo(withBody);
      }
      assertThat(second)
          .contains("X-Name: \u00c3\u00a4\u00e2\u0082\u00ac\r\n")
          .contains("Authorization: Bearer t", "Cookie: a=b", "X-Api-Key: k", "X-Other: kept")
          .containsOnlyOnce("\r\nHost: 127.0.0.1:" + server.port() + "\r\n");
    }
  }

  @ParameterizedTest
  @CsvSource({"302", "303", "307", "308"})
  void whenRedirectedToOtherOriginThenCredentialsStay(String status) throws Exception {
    try (RawServer other = RawServer.answering(OK);
        RawServer server = redirecting(status, other.url("/end"))) {
      assertThat(call("POST", server.url("/start"))).isInstanceOf(CallOutcome.Response.class);
      assertThat(other.requests()).hasSize(1);
      assertThat(other.requests().get(0))
          .doesNotContain("Authorization", "Cookie", "X-Api-Key", "X-Auth-Token")
          .contains(
              "X-Other: kept",
              "Idempotency-Key: i",
              "X-Session-Key: s",
              "X-Signature: s",
              "If-Match: e",
              "Host: 127.0.0.1:" + other.port());
    }
  }

  @Test
  void whenTheSettingsNameHeadersThenTheseAreDroppedForEachHopBehindAnotherOrigin()
      throws Exception {
    HttpSettings settings = HttpSettings.defaults().withRedirectDropHeaders(List.of("x-signature"));
    String ok = OK;
    try (RestClient named = new RestClient(settings);
        RawServer other =
            RawServer.start(
                RawServer.replying(
                    request ->
                        request.contains(" /end ")
                            ? RawServer.response("302 Moved\r\nLocation: last", "")
                            : ok));
        RawServer server = redirecting("307", other.url("/end"))) {
      RestRequest request = request("POST", server.url("/start"), HEADERS, "body".getBytes(UTF_8));
      assertThat(named.send(request).get(10, TimeUnit.SECONDS))
          .isInstanceOf(CallOutcome.Response.class);
      assertThat(other.requests()).hasSize(2);
      for (String hop : other.requests()) {
        assertThat(hop)
            .doesNotContain("Authorization", "Cookie", "X-Signature")
            .contains("X-Api-Key: k", "X-Auth-Token: s", "X-Other: kept");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "?page=2, /start?page=2",
    "/annual report.pdf, /annual%20report.pdf",
    "../../x/./y, /x/y",
    "//127.0.0.1:PORT/z, /z",
    "'x[1]|{2}', /x%5B1%5D%7C%7B2%7D"
  })
  void whenALocationIsAReferenceThenItIsFollowed(String location, String target) throws Exception {
    RawServer[] self = new RawServer[1];
    try (RawServer server =
        RawServer.start(
            RawServer.replying(
                request ->
                    request.startsWith("GET /start ")
                        ? RawServer.response(
                            "302 Moved\r\nLocation: "
                                + location.replace("PORT", "" + self[0].port()),
                            "")
                        : OK))) {
      self[0] = server;
      assertThat(call("GET", server.url("/start"))).isInstanceOf(CallOutcome.Response.class);
      assertThat(server.requests().get(1)).startsWith("GET " + target + " HTTP/1.1\r\n");
    }
  }

  @Test
  void whenTheHostHasAnUnderscoreThenItsRedirectIsFollowed() throws Exception {
    DnsResolver containers =
        new SystemDefaultDnsResolver() {
          @Override
          public InetAddress[] resolve(String host) {
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
          }
        };
    try (RestClient inContainer = new RestClient(HttpSettings.defaults(), containers);
        RawServer server = redirecting("302", "/end")) {
      RestRequest request = TestRequests.get("http://my_service:" + server.port() + "/start");
      assertThat(inContainer.send(request).get(10, TimeUnit.SECONDS))
          .isInstanceOf(CallOutcome.Response.class);
      assertThat(server.requests().get(1))
          .startsWith("GET /end ")
          .contains("Host: my_service:" + server.port());
    }
  }

  @Test
  void whenRedirectedInALoopThenFiveAreFollowed() throws Exception {
    try (RawServer server = redirecting("302", "/start")) {
      assertThat(call("GET", server.url("/start"))).isInstanceOf(CallOutcome.Failed.class);
      assertThat(server.requests()).hasSize(6);
    }
  }

  @Test
  void whenLocationHasOtherCharactersThenTheyArePercentEncoded() throws Exception {
    String utf8 = new String("/\u00fc".getBytes(UTF_8), ISO_8859_1);
    for (String location : List.of(utf8, "/\u00fc")) {
      try (RawServer server = redirecting("302", location)) {
        assertThat(call("GET", server.url("/start"))).isInstanceOf(CallOutcome.Response.class);
        assertThat(server.requests().get(1)).startsWith("GET /%C3%BC HTTP/1.1\r\n");
      }
    }
  }

  @Test
  void whenRedirectNamesNoLocationThenItIsTheResponse() throws Exception {
    try (RawServer server = RawServer.answering(RawServer.response("302 Found", ""))) {
      assertThat(call("GET", server.url("/start")))
          .isInstanceOfSatisfying(
              CallOutcome.Response.class, response -> assertThat(response.status()).isEqualTo(302));
    }
  }

  @Test
  void whenRedirectsAreOffThenRedirectIsTheResponse() throws Exception {
    try (RestClient strict = new RestClient(HttpSettings.defaults().withFollowRedirects(false));
        RawServer server = redirecting("302", "/end")) {
      CallOutcome outcome =
          strict.send(TestRequests.get(server.url("/start"))).get(10, TimeUnit.SECONDS);
      assertThat(outcome)
          .isInstanceOfSatisfying(
              CallOutcome.Response.class, response -> assertThat(response.status()).isEqualTo(302));
      assertThat(server.requests()).hasSize(1);
    }
  }
}
