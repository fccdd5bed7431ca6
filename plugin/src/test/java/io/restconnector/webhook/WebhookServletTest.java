package io.restconnector.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.fixtures.TestDatabase;
import io.restconnector.webhook.Container.Running;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a sender sees of a trigger's answer, byte by byte, through real containers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("StringConcatToTextBlock") // HTTP lines end with CRLF
class WebhookServletTest {

  private static final int PATIENCE = 30_000;

  private final WebhookEngine engine = WebhookEngine.on(TestDatabase.H2);
  private final Map<Container, Running> running = new EnumMap<>(Container.class);

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    deploy("plain", "'answerHeaders': {'Content-Type': 'text/plain'}, 'body': '${params.c}'");
    deploy(
        "charset",
        "'answerHeaders': {'content-type': 'text/plain; charset=utf-8'}, 'body': '${params.c}'");
    deploy("json", "'body': {'c': '${params.c}'}");
    deploy("typed", "'answerHeaders': {'Content-Type': '${params.t}'}, 'body': '${params.c}'");
    deploy("header", "'answerHeaders': {'X-Echo': '${params.c}'}");
    deploy("moved", "'status': 201, 'answerHeaders': {'Location': 'https://h/o/${params.c}'}");
    deploy("cookie", "'answerHeaders': {'Set-Cookie': 'a=${params.c}; Path=/'}");
    deploy("none", "'status': 204, 'answerHeaders': {'X-Echo': 'a', 'Content-Type': 'text/plain'}");
    deploy("reset", "'status': 205");
    deploy("unchanged", "'status': 304, 'answerHeaders': {'ETag': 'W/1'}");
    deploy("echo", "'body': ['${method}', '${path}', '${params}', '${body}']");
    deploy("echo2", "'body': '${body}'", "seg/{v}");
    deploy("handshake", "'method': 'OPTIONS', 'answerHeaders': {'Allow': 'POST'}");
    WebhookServlet servlet = new WebhookServlet(engine.engine);
    for (Container each : Container.values()) {
      running.put(each, each.start(servlet, List.of(), directory.resolve(each.name())));
    }
  }

  private void deploy(String key, String properties) {
    deploy(key, properties, key);
  }

  private void deploy(String key, String properties, String path) {
    engine.deploy(
        key + ".channel",
        WebhookEngine.channel(
            key, path, ("'action': {'type': 'none'}, " + properties).replace('\'', '"')));
  }

  @AfterAll
  void stop() {
    running.values().forEach(Running::close);
    engine.close();
  }

  static Stream<Arguments> exchanges() {
    return Stream.of(
            exchange("GET /plain?c=1158201444", "200", "text/plain", "1158201444"),
            exchange("GET /plain?c=%E2%82%AC", "200", "text/plain", "€"),
            exchange("GET /plain", "200", null, ""),
            exchange("GET /charset?c=%C3%A4", "200", "text/plain", "ä"),
            exchange("GET /json?c=%C3%A4", "200", "application/json", "{\"c\":\"ä\"}"),
            exchange("HEAD /json?c=a", "200", "application/json", ""),
            exchange("HEAD /plain?c=a", "200", "text/plain", ""),
            exchange("GET /typed?c=a&t=text/csv", "200", "text/csv", "a"),
            exchange("GET /typed?c=a", "200", "application/json", "\"a\""),
            exchange("GET /typed?c=a&t=", "400", "application/problem+json", null),
            exchange("GET /typed?c=a&t=%20", "400", "application/problem+json", null),
            exchange("GET /typed?c=a&t=x", "400", "application/problem+json", null),
            exchange("GET /typed?c=a&t=a/b%0d%0aX:y", "400", "application/problem+json", null),
            exchange("GET /typed?c=a&t=a/b&t=c/d", "400", "application/problem+json", null),
            exchange("GET /header?c=%C3%A4", "200", null, "", "X-Echo: ä"),
            exchange("GET /header?c=a%0d%0aX-Evil:%20b", "400", "application/problem+json", null),
            exchange("GET /header?c=%E2%82%AC", "400", "application/problem+json", null),
            exchange("GET /header?c=a&c=b", "400", "application/problem+json", null),
            exchange("GET /moved?c=7", "201", null, "", "Location: https://h/o/7"),
            exchange("GET /cookie?c=7", "200", null, "", "Set-Cookie: a=7; Path=/"),
            exchange("POST /none", "204", null, "", "X-Echo: a"),
            exchange("POST /reset", "205", null, ""),
            exchange("GET /unchanged", "304", null, "", "ETag: W/1"),
            exchange("OPTIONS /handshake", "200", null, "", "Allow: POST"),
            exchange("GET /handshake", "404", "application/problem+json", null),
            exchange("PATCH /echo/?a=1", "200", null, "[\"PATCH\",\"echo\",{\"a\":\"1\"},null]"),
            exchange("DELETE /echo", "200", null, "[\"DELETE\",\"echo\",{},null]"),
            exchange("GET /Echo", "404", "application/problem+json", null),
            exchange("GET /echo;jsessionid=1", "404", "application/problem+json", null),
            exchange("GET /seg/%E4%BD%A0", "200", null, "null"),
            exchange("GET /seg/a%20b+c", "200", null, "null"),
            exchange("GET /", "404", "application/problem+json", null))
        .flatMap(
            each ->
                Stream.of(Container.values())
                    .map(
                        container ->
                            Arguments.of(
                                container,
                                each.get()[0],
                                each.get()[1],
                                each.get()[2],
                                each.get()[3],
                                each.get()[4])));
  }

  private static Arguments exchange(
      String request,
      String status,
      @Nullable String type,
      @Nullable String body,
      String... headers) {
    return Arguments.of(request, status, type, body, List.of(headers));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("exchanges")
  void whenATriggerAnswersThenTheContainerSendsThatAndNothingElse(
      Container container,
      String request,
      String status,
      @Nullable String type,
      @Nullable String body,
      List<String> headers)
      throws IOException {
    String answer =
        ask(
            container,
            request.replaceFirst(" ", " /rest-connector/events")
                + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");

    int end = answer.indexOf("\r\n\r\n");
    String head = answer.substring(0, end + 2);
    String content = answer.substring(end + 4);
    assertThat(head).startsWith("HTTP/1.1 " + status).doesNotContain("X-Evil");
    headers.forEach(header -> assertThat(head).containsIgnoringCase("\r\n" + header + "\r\n"));
    if (type == null && !headers.isEmpty()) {
      assertThat(head).doesNotContainIgnoringCase("\r\ncontent-type:");
    }
    if (type != null) {
      // A container may add the charset that the bytes are in, and no other.
      assertThat(head.replace("; ", ";").replaceAll("(?i);charset=utf-8", ""))
          .containsIgnoringCase("\r\ncontent-type: " + type + "\r\n");
    }
    if (body != null) {
      assertThat(new String(content.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))
          .isEqualTo(body);
    } else {
      assertThat(content)
          .startsWith("{\"title\":")
          .doesNotContainPattern("Exception|io\\.restconnector|org\\.|\\bat [a-z]");
    }
  }

  private String ask(Container container, String request) throws IOException {
    int port = Objects.requireNonNull(running.get(container)).port();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
