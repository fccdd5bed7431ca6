package io.restconnector.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.webhook.Container.Running;
import jakarta.servlet.Filter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Senders that are answered before their body is in, and go on sending. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("StringConcatToTextBlock") // HTTP lines end with CRLF
class WebhookExchangeTest {

  private static final int PIECE = 16 * 1024;
  private static final int LIMIT = 4 * PIECE;
  private static final int BETWEEN_PIECES = 20;
  private static final int AT_ONCE = 120;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Filter SYNCHRONOUS =
      (request, response, chain) -> chain.doFilter(request, response);

  /** In seconds, so that a slow machine is not too late; a case of 408 takes as long. */
  private final WebhookEngine engine =
      WebhookEngine.with(
          WebhookSettings.defaults().withMaxBodySize(LIMIT).withBodyTimeout(Duration.ofSeconds(4)));

  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

  private final Map<Container, Running> running = new EnumMap<>(Container.class);
  private final Map<Container, Running> blocking = new EnumMap<>(Container.class);

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    engine.deploy(
        "open.channel",
        WebhookEngine.channel("open", "open", "\"action\": {\"type\": \"none\"}"),
        "busy.channel",
        WebhookEngine.channel(
            "busy",
            "busy",
            "\"action\": {\"type\": \"none\"}, \"rateLimit\": {\"limit\": 1, \"period\": \"PT1H\"}"));
    engine.post("busy", "{}");
    WebhookServlet servlet = new WebhookServlet(engine.engine);
    for (Container each : Container.values()) {
      running.put(each, each.start(servlet, List.of(), directory.resolve(each.name())));
      blocking.put(
          each, each.start(servlet, List.of(SYNCHRONOUS), directory.resolve("blocking" + each)));
    }
  }

  @AfterAll
  void stop() {
    clock.shutdownNow();
    for (Container each : Container.values()) {
      Objects.requireNonNull(running.get(each)).close();
      Objects.requireNonNull(blocking.get(each)).close();
    }
    engine.close();
  }

  static Stream<Arguments> answers() {
    return Stream.of(Container.values())
        .flatMap(
            container ->
                Stream.concat(
                    // A thread that waits for bytes looks at the time when some come.
                    Stream.of(
                        Arguments.of(408, container, false, "open", false, 1, 3),
                        Arguments.of(408, container, false, "open", true, 1, 3)),
                    Stream.of(false, true)
                        .flatMap(
                            isBlocking ->
                                Stream.of(
                                    Arguments.of(413, container, isBlocking, "open", false, 6, 8),
                                    Arguments.of(413, container, isBlocking, "open", true, 6, 8),
                                    Arguments.of(404, container, isBlocking, "nothing", true, 6, 8),
                                    Arguments.of(
                                        429, container, isBlocking, "busy", true, 6, 8)))));
  }

  /**
   * @param first how many pieces come before the answer
   * @param all how many there are; the limit is four
   */
  @ParameterizedTest(name = "{0} from {1}, blocking {2}, chunked {4}")
  @MethodSource("answers")
  void whenASenderGoesOnAfterItsAnswerThenItIsHeardToTheEnd(
      int status,
      Container container,
      boolean isBlocking,
      String path,
      boolean isChunked,
      int first,
      int all)
      throws Exception {
    try (Socket sender = connect(isBlocking ? blocking : running, container)) {
      begin(sender, path, isChunked, first, all);
      assertThat(statusLine(sender.getInputStream())).startsWith("HTTP/1.1 " + status);

      for (int i = first; i < all; i++) {
        clock
            .schedule(
                () -> {
                  sender.getOutputStream().write(piece(isChunked));
                  return true;
                },
                BETWEEN_PIECES,
                TimeUnit.MILLISECONDS)
            .get();
      }
      if (isChunked) {
        sender.getOutputStream().write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      }
      assertThat(new String(sender.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .containsIgnoringCase("Connection: close")
          .contains("\"status\":" + status);
    }
  }

  @ParameterizedTest
  @EnumSource(Container.class)
  void whenManySendersGoOnAtOnceThenEachHasItsAnswerAndOthersAreServed(Container container)
      throws Exception {
    List<Socket> senders = new ArrayList<>();
    try {
      for (int i = 0; i < AT_ONCE; i++) {
        Socket sender = connect(running, container);
        senders.add(sender);
        begin(sender, i % 3 == 0 ? "nothing" : "open", i % 2 == 0, 6, 8);
      }
      for (Socket sender : senders) {
        assertThat(statusLine(sender.getInputStream())).matches("HTTP/1.1 (404|413).*");
      }
      try (Socket other = connect(running, container)) {
        other
            .getOutputStream()
            .write(head("open", "Content-Length: 2\r\nConnection: close\r\n", "{}"));
        assertThat(statusLine(other.getInputStream())).startsWith("HTTP/1.1 200");
      }
      for (Socket sender : senders) {
        assertThat(new String(sender.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
            .contains("application/problem+json");
      }
    } finally {
      for (Socket sender : senders) {
        sender.close();
      }
    }
  }

  private static void begin(Socket sender, String path, boolean isChunked, int pieces, int all)
      throws IOException {
    String framing =
        isChunked ? "Transfer-Encoding: chunked\r\n" : "Content-Length: " + PIECE * all + "\r\n";
    sender.getOutputStream().write(head(path, framing, ""));
    for (int i = 0; i < pieces; i++) {
      sender.getOutputStream().write(piece(isChunked));
    }
  }

  private static byte[] head(String path, String framing, String body) {
    return ("POST /rest-connector/events/%s HTTP/1.1\r\nHost: x\r\n".formatted(path)
            + "Content-Type: application/json\r\n%s\r\n%s".formatted(framing, body))
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] piece(boolean isChunked) {
    String bytes = " ".repeat(PIECE);
    return (isChunked ? Integer.toHexString(PIECE) + "\r\n" + bytes + "\r\n" : bytes)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static String statusLine(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int each = in.read(); each >= 0 && each != '\n'; each = in.read()) {
      line.write(each);
    }
    return line.toString(StandardCharsets.US_ASCII).strip();
  }

  private static Socket connect(Map<Container, Running> containers, Container container)
      throws IOException {
    Running running = Objects.requireNonNull(containers.get(container));
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), running.port());
    socket.setSoTimeout((int) PATIENCE.toMillis());
    return socket;
  }
}
