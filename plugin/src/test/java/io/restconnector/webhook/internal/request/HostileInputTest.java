package io.restconnector.webhook.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.fixtures.LoopbackTomcat;
import io.restconnector.fixtures.TestDatabase;
import io.restconnector.webhook.WebhookEngine;
import io.restconnector.webhook.WebhookServlet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes on the wire against a real container; a trigger tells what it has seen. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("StringConcatToTextBlock") // HTTP lines end with CRLF
class HostileInputTest {

  private static final int TIMEOUT = 1_000;

  private final WebhookEngine engine = WebhookEngine.on(TestDatabase.H2);
  private LoopbackTomcat container;

  @BeforeAll
  void start(@TempDir Path directory) throws LifecycleException {
    engine.deploy(
        "echo.channel",
        WebhookEngine.channel(
            "echo",
            "echo/{name}",
            """
            "action": {"type": "none"},
            "body": {"name": "${pathVariables.name}", "body": "${body}", "params": "${params}"}
            """));
    container = new LoopbackTomcat(directory);
    Tomcat tomcat = container.tomcat;
    tomcat.getConnector().setProperty("connectionTimeout", String.valueOf(TIMEOUT));
    tomcat.getConnector().setEncodedSolidusHandling("passthrough");
    ErrorReportValve ownErrors = new ErrorReportValve();
    ownErrors.setShowReport(false);
    tomcat.getHost().getPipeline().addValve(ownErrors);
    Tomcat.addServlet(container.context, "webhooks", new WebhookServlet(engine.engine));
    container.context.addServletMappingDecoded("/rest-connector/events/*", "webhooks");
    container.start();
  }

  @AfterAll
  void stop() throws LifecycleException {
    container.close();
    engine.close();
  }

  static Stream<Arguments> requests() {
    String deep = "[".repeat(10_000) + "]".repeat(10_000);
    return Stream.of(
        request("JSON", post("/echo/a", "application/json", "{\"a\": 1}"), 200, "{\"a\":1}"),
        request(
            "structured suffix",
            post("/echo/a", "application/cloudevents+json", "[1]"),
            200,
            "[1]"),
        request("empty body", post("/echo/a", "application/json", ""), 200, "\"body\":null"),
        request("text", post("/echo/a", "text/plain", "häl"), 200, "häl"),
        request("binary", post("/echo/a", "application/octet-stream", "abc"), 200, "YWJj"),
        request("no type", post("/echo/a", null, "abc"), 200, "\"body\":\"abc\""),
        request(
            "form",
            post("/echo/a", "application/x-www-form-urlencoded", "a=1&b=x+%C3%A4&a=2"),
            200,
            "{\"a\":[\"1\",\"2\"],\"b\":\"x ä\"}"),
        request(
            "multipart",
            post(
                "/echo/a",
                "multipart/form-data; boundary=xx",
                "--xx\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\nv\r\n--xx--\r\n"),
            200,
            "{\"n\":\"v\"}"),
        request(
            "multipart with a long file name",
            post(
                "/echo/a",
                "multipart/form-data; boundary=xx",
                "--xx\r\nContent-Disposition: form-data; name=\"n\"; filename=\""
                    + "\\\"f".repeat(100_000)
                    + "\"\r\n\r\nv\r\n--xx--\r\n"),
            200,
            "\"base64\":\"dg==\""),
        request(
            "expression in a body",
            post("/echo/a", "application/json", "{\"a\": \"${1+1}\"}"),
            200,
            "${1+1}"),
        request("expression in the path", get("/echo/$%7B1+1%7D"), 200, "\"name\":\"${1+1}\""),
        request("expression in the query", get("/echo/a?q=$%7B1+1%7D"), 200, "\"q\":\"${1 1}\""),
        request(
            "chunked",
            "POST /rest-connector/events/echo/a HTTP/1.1\r\nHost: x\r\n"
                + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "3\r\n[1,\r\n2\r\n2]\r\n0\r\n\r\n",
            200,
            "[1,2]"),
        request(
            "expect continue",
            "POST /rest-connector/events/echo/a HTTP/1.1\r\nHost: x\r\n"
                + "Content-Type: application/json\r\nContent-Length: 3\r\n"
                + "Expect: 100-continue\r\n\r\n[1]",
            100,
            "HTTP/1.1 200"),
        request(
            "unknown method",
            "FROB /rest-connector/events/echo/a HTTP/1.1\r\nHost: x\r\n\r\n",
            200,
            "\"name\":\"a\""),
        request("encoded slash", get("/echo/a%2Fb"), 200, "\"name\":\"a/b\""),
        request("encoded dots", get("/echo/%2e%2e"), 404, ""),
        request(
            "encoded slash with a body", post("/echo/a%2Fb", null, "a"), 200, "\"name\":\"a/b\""),
        request(
            "encoded way out with a body",
            post("/echo/a%2F..%2F..%2F..%2Fx", null, "a"),
            200,
            "\"name\":\"a/../../../x\""),
        request("no such path with a body", post("/nothing/%20", null, "a"), 404, "No trigger"),
        request("malformed JSON", post("/echo/a", "application/json", "{\"a\": "), 400, "JSON"),
        request("trailing JSON", post("/echo/a", "application/json", "{} {}"), 400, "JSON"),
        request("deep JSON", post("/echo/a", "application/json", deep), 400, "JSON"),
        request(
            "duplicate keys",
            post("/echo/a", "application/json", "{\"a\":1,\"a\":2}"),
            400,
            "JSON"),
        request("bad UTF-8", bytes("/echo/a", "application/json", "\"\u00ff\""), 400, "UTF-8"),
        request(
            "wrong charset", bytes("/echo/a", "application/json; charset=utf-16", "[1]"), 400, ""),
        request(
            "unknown charset", post("/echo/a", "text/plain; charset=x-none", "a"), 400, "charset"),
        request(
            "broken form", post("/echo/a", "application/x-www-form-urlencoded", "a=%zz"), 400, ""),
        request("broken query", get("/echo/a?q=%25%zz"), 400, ""),
        request(
            "multipart without boundary",
            post("/echo/a", "multipart/form-data", "x"),
            400,
            "multipart"),
        request(
            "multipart cut short",
            post(
                "/echo/a",
                "multipart/form-data; boundary=xx",
                "--xx\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\nv"),
            400,
            "multipart"),
        request("no such path", get("/nothing"), 404, "No trigger matches"),
        request("endpoint itself", get("/"), 404, "No trigger matches"),
        request("traversal inside", get("/x/../echo/a"), 404, ""),
        request("traversal outside", get("/../../../etc/passwd"), 400, ""),
        request("repeated slashes", get("//echo//a"), 404, ""),
        request("matrix parameter", get("/echo;v=1/a"), 404, ""),
        request(
            "body too large",
            "POST /rest-connector/events/echo/a HTTP/1.1\r\nHost: x\r\n"
                + "Content-Type: application/json\r\nContent-Length: 1048577\r\n\r\n",
            413,
            "1048576"),
        request(
            "body too large, not announced",
            "POST /rest-connector/events/echo/a HTTP/1.1\r\n"
                + "Host: x\r\nTransfer-Encoding: chunked\r\n\r\n100001\r\n"
                + "a".repeat(0x100001)
                + "\r\n0\r\n\r\n",
            413,
            "1048576"),
        // Tomcat itself answers for a body that it cannot read.
        request(
            "body that stops half-way",
            "POST /rest-connector/events/echo/a HTTP/1.1\r\nHost: x\r\n"
                + "Content-Type: application/json\r\nContent-Length: 10\r\n\r\n[1",
            400,
            ""),
        request(
            "bad chunk",
            "POST /rest-connector/events/echo/a HTTP/1.1\r\nHost: x\r\n"
                + "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
            400,
            ""),
        request(
            "huge header",
            "GET /rest-connector/events/echo/a HTTP/1.1\r\nHost: x\r\nX: "
                + "a".repeat(20_000)
                + "\r\n\r\n",
            400,
            ""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("requests")
  void whenRequestComesThenAnswerIsTheDocumentedOne(
      String name, byte[] request, int status, String expected) throws IOException {
    String answer = exchange(request);

    assertThat(answer).startsWith("HTTP/1.1 " + status).contains(expected);
    assertThat(answer).doesNotContain("Exception").doesNotContain("\tat ");
  }

  @Test
  void whenSenderTricklesItsBodyThenContainerEndsIt() throws IOException {
    try (Socket socket = connect()) {
      socket
          .getOutputStream()
          .write(
              "POST /rest-connector/events/echo/a HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\na"
                  .getBytes(StandardCharsets.US_ASCII));

      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 408");
    }
  }

  private static Arguments request(String name, String request, int status, String expected) {
    return request(name, request.getBytes(StandardCharsets.UTF_8), status, expected);
  }

  private static Arguments request(String name, byte[] request, int status, String expected) {
    return Arguments.of(name, request, status, expected);
  }

  private static String get(String path) {
    return "GET /rest-connector/events" + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
  }

  private static String post(String path, @Nullable String type, String body) {
    return "POST /rest-connector/events"
        + path
        + " HTTP/1.1\r\nHost: x\r\n"
        + (type == null ? "" : "Content-Type: " + type + "\r\n")
        + "Content-Length: "
        + body.getBytes(StandardCharsets.UTF_8).length
        + "\r\n\r\n"
        + body;
  }

  /** One byte for each char. */
  private static byte[] bytes(String path, String type, String body) {
    return ("POST /rest-connector/events"
            + path
            + " HTTP/1.1\r\nHost: x\r\nContent-Type: "
            + type
            + "\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body)
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Sends, says that nothing more comes, and reads to the end. */
  private String exchange(byte[] request) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(request);
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), container.port());
    socket.setSoTimeout(20 * TIMEOUT);
    return socket;
  }
}
