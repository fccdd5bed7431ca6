package io.restconnector.http.internal.transport;

import static io.restconnector.fixtures.TestRequests.request;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.fixtures.RawServer;
import io.restconnector.http.HttpSettings;
import io.restconnector.http.internal.RestClient;
import io.restconnector.http.internal.body.RequestBody;
import io.restconnector.http.internal.body.ResponseBody;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.message.BasicHeader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** The exact bytes of requests. */
class WireTest {

  private static final RestClient CLIENT = new RestClient(HttpSettings.defaults());
  private static final String COMMON =
      String.join(
          "\r\n",
          "Accept: application/json, */*;q=0.8",
          "Accept-Encoding: gzip, deflate",
          "Host: 127.0.0.1:0",
          "%sConnection: keep-alive",
          "User-Agent: flowable-rest-connector/dev",
          "",
          "");

  @AfterAll
  static void close() {
    CLIENT.close();
  }

  private static CallOutcome.Response exchange(RestRequest request) throws Exception {
    CallOutcome outcome = CLIENT.send(request).get(10, TimeUnit.SECONDS);
    assertThat(outcome).isInstanceOf(CallOutcome.Response.class);
    return (CallOutcome.Response) outcome;
  }

  private static String sent(String method, String path, @Nullable RequestBody body)
      throws Exception {
    try (RawServer server = RawServer.answering("HTTP/1.1 204 No Content\r\n\r\n")) {
      exchange(
          body == null
              ? request(method, server.url(path), List.of(), null)
              : request(
                  method,
                  server.url(path),
                  List.of(new BasicHeader("Content-Type", body.contentType())),
                  body.bytes()));
      return server.requests().get(0).replace(":" + server.port(), ":0");
    }
  }

  private static String latin1(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "DELETE", "OPTIONS", "TRACE"})
  void whenMethodExpectsNoBodyThenNothingIsSaidAboutOne(String method) throws Exception {
    assertThat(sent(method, "/a%20b;c/%C3%BC?q=%2B&q=a'b", null))
        .isEqualTo(method + " /a%20b;c/%C3%BC?q=%2B&q=a'b HTTP/1.1\r\n" + COMMON.formatted(""));
  }

  /** RFC 9110 §8.6: a method that gives meaning to a body says that there is none. */
  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH"})
  void whenMethodExpectsABodyAndHasNoneThenContentLengthIsZero(String method) throws Exception {
    assertThat(sent(method, "/", null))
        .isEqualTo(method + " / HTTP/1.1\r\n" + COMMON.formatted("Content-Length: 0\r\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json | {\"a\":[1,2.5,\"\u00fc\"],\"b\":null} | {\"a\":[1,2.5,\"\u00fc\"],\"b\":null}",
        "application/problem+json | true | true",
        "application/x-www-form-urlencoded | {\"a b\":\"1+\u00fc&\",\"n\":[1,null,true],\"x\":null} | a+b=1%2B%C3%BC%26&n=1&n=true",
      })
  void whenPayloadIsSentThenBytesAreThoseOfItsType(String type, String payload, String body)
      throws Exception {
    RequestBody encoded = RequestBody.encode(type, JsonMapper.shared().readTree(payload));
    assertThat(sent("POST", "/p", encoded))
        .isEqualTo(
            "POST /p HTTP/1.1\r\nContent-Type: %s\r\n".formatted(type)
                + COMMON.formatted("Content-Length: " + latin1(body).length() + "\r\n")
                + latin1(body));
  }

  @Test
  void whenCharsetIsNamedThenBytesAreInThatCharset() throws Exception {
    String text = RequestBody.text("text/xml; charset=ISO-8859-1", "<\u00fc/>").contentType();
    assertThat(text).isEqualTo("text/xml; charset=ISO-8859-1");
    assertThat(sent("PUT", "/", RequestBody.text(text, "<\u00fc/>"))).endsWith("\r\n\r\n<\u00fc/>");
    assertThat(
            sent(
                "PUT",
                "/",
                RequestBody.encode(
                    "application/json;charset=utf-16be", JsonMapper.shared().readTree("[7]"))))
        .endsWith("\r\n\r\n\0[\0007\0]");
    assertThat(sent("PUT", "/", RequestBody.text("text/plain", "\u00fc")))
        .endsWith("\r\n\r\n" + latin1("\u00fc"));
  }

  @Test
  void whenBodyIsBinaryThenItIsSentAsItIs() throws Exception {
    byte[] bytes = {0, -1, 13, 10, 127};
    assertThat(sent("PUT", "/", new RequestBody("image/png", bytes)))
        .endsWith(
            "Content-Type: image/png\r\n"
                + COMMON.formatted("Content-Length: 5\r\n")
                + new String(bytes, ISO_8859_1));
  }

  @Test
  void whenBodyIsMultipartThenPartsAreAsRfc7578WantsThem() throws Exception {
    RequestBody body =
        RequestBody.encode(
            "multipart/form-data; boundary=b0undary",
            JsonMapper.shared()
                .readTree(
                    """
                    {"te\\"xt":"\u00fc","n":[1,2],
                     "file":{"filename":"\u00e4 \\"b\\".txt","contentType":"text/csv","base64":"AP8="}}
                    """));
    assertThat(sent("POST", "/", body))
        .contains("Content-Type: multipart/form-data; boundary=b0undary\r\n")
        .endsWith(
            "\r\n\r\n"
                + part("name=\"te%22xt\"", "text/plain; charset=UTF-8", "\u00fc")
                + part("name=\"n\"", "text/plain; charset=UTF-8", "1")
                + part("name=\"n\"", "text/plain; charset=UTF-8", "2")
                + part("name=\"file\"; filename=\"\u00e4 %22b%22.txt\"", "text/csv", "BYTES")
                    .replace("BYTES", "\0\u00ff")
                + "--b0undary--\r\n");
  }

  private static String part(String disposition, String type, String value) {
    return latin1(
        "--b0undary\r\nContent-Disposition: form-data; %s\r\nContent-Type: %s\r\n\r\n%s\r\n"
            .formatted(disposition, type, value));
  }

  @Test
  void whenBoundaryIsNotNamedThenOneIsMade() throws Exception {
    RequestBody body =
        RequestBody.encode("multipart/form-data", JsonMapper.shared().readTree("{\"a\":1}"));
    assertThat(body.contentType()).startsWith("multipart/form-data; boundary=");
    String boundary = body.contentType().replaceFirst(".*boundary=", "");
    assertThat(new String(body.bytes(), UTF_8)).startsWith("--" + boundary + "\r\n");
  }

  @Test
  void whenHeaderIsNotAsciiThenItIsUtf8BothWays() throws Exception {
    String answer = latin1("HTTP/1.1 204 No Content\r\nX-Back: \u20ac\r\n\r\n");
    try (RawServer server = RawServer.answering(answer)) {
      CallOutcome.Response response =
          exchange(
              request(
                  "GET",
                  server.url("/"),
                  List.of(new BasicHeader("X-Name", "\u00fc\u20ac")),
                  null));
      assertThat(server.requests().get(0)).contains("X-Name: " + latin1("\u00fc\u20ac") + "\r\n");
      assertThat(response.header("x-back")).isEqualTo("\u20ac");
    }
  }

  @Test
  void whenUserNamesOwnAcceptEncodingOrAgentThenTheseAreSent() throws Exception {
    try (RawServer server = RawServer.answering(RawServer.response("200 OK", ""))) {
      exchange(
          request(
              "GET",
              server.url("/"),
              List.of(
                  new BasicHeader("Accept-Encoding", "identity"),
                  new BasicHeader("User-Agent", "me")),
              null));
      assertThat(server.requests().get(0))
          .containsOnlyOnce("Accept-Encoding: identity\r\n")
          .containsOnlyOnce("User-Agent: me\r\n");
    }
  }

  @ParameterizedTest
  @CsvSource({"HEAD, 200 OK", "GET, 304 Not Modified", "GET, 204 No Content"})
  void whenResponseHasLengthButNoBodyThenItEndsWithItsHead(String method, String status)
      throws Exception {
    String length =
        status.startsWith("204") ? "" : "Content-Length: 5\r\nContent-Encoding: gzip\r\n";
    try (RawServer server = RawServer.answering("HTTP/1.1 " + status + "\r\n" + length + "\r\n")) {
      for (int i = 0; i < 2; i++) {
        var response = exchange(request(method, server.url("/"), List.of(), null));
        assertThat(response.length()).isZero();
      }
      assertThat(server.accepted()).isEqualTo(1);
    }
  }

  @Test
  void whenInterimResponsesComeThenTheFinalOneCounts() throws Exception {
    try (RawServer server =
        RawServer.answering(
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
                + RawServer.response("201 Created", "final"))) {
      var response = exchange(request("GET", server.url("/"), List.of(), null));
      assertThat(response.status()).isEqualTo(201);
      assertThat(ResponseBody.text(response)).isEqualTo("final");
    }
  }

  @Test
  void whenServerAnswersBeforeItReadTheBodyThenThatIsTheResponse() throws Exception {
    try (RawServer server =
        RawServer.start(
            peer -> {
              peer.readHead();
              peer.send("HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
            })) {
      var response = exchange(request("POST", server.url("/"), List.of(), new byte[8_000_000]));
      assertThat(response.status()).isEqualTo(413);
    }
  }
}
