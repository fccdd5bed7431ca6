package io.restconnector.webhook.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.webhook.Container;
import io.restconnector.webhook.Container.Running;
import io.restconnector.webhook.WebhookEngine;
import io.restconnector.webhook.WebhookServlet;
import io.restconnector.webhook.WebhookSettings;
import jakarta.servlet.Filter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
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

/** Senders that take their time, in real containers with 20 threads. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("StringConcatToTextBlock") // HTTP lines end with CRLF
class SlowBodyTest {

  private static final Duration BODY_TIMEOUT = Duration.ofMillis(300);
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final int SENDERS = 30;
  private static final int BETWEEN_BYTES = 40;
  private static final String LENGTH = "Content-Length: 1000\r\n";
  private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";
  private static final Filter SYNCHRONOUS =
      (request, response, chain) -> chain.doFilter(request, response);

  private final WebhookEngine engine =
      WebhookEngine.with(WebhookSettings.defaults().withBodyTimeout(BODY_TIMEOUT));
  private final WebhookEngine patient =
      WebhookEngine.with(WebhookSettings.defaults().withBodyTimeout(Duration.ofMinutes(5)));
  private final Map<Container, Running> containers = new EnumMap<>(Container.class);
  private final ScheduledExecutorService drip = Executors.newSingleThreadScheduledExecutor();

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    for (WebhookEngine each : List.of(engine, patient)) {
      each.deploy(
          "slow.channel",
          WebhookEngine.channel(
              "slow", "slow/{name}", "\"action\": {\"type\": \"none\"}, \"body\": \"${body}\""));
    }
    for (Container container : Container.values()) {
      containers.put(
          container,
          container.start(
              new WebhookServlet(engine.engine), List.of(), directory.resolve(container.name())));
    }
  }

  @AfterAll
  void stop() throws Exception {
    drip.shutdownNow();
    for (Running each : containers.values()) {
      each.close();
    }
    engine.close();
    patient.close();
  }

  static Stream<Arguments> bodies() {
    return Stream.of(Container.values())
        .flatMap(
            container ->
                Stream.of(
                    Arguments.of(container, "nothing comes", LENGTH, "", ""),
                    Arguments.of(container, "a byte now and then", LENGTH, "", "1"),
                    Arguments.of(container, "it stops half-way", LENGTH, "[".repeat(500), ""),
                    Arguments.of(
                        container, "longer than what comes", LENGTH, "[1]" + " ".repeat(996), ""),
                    Arguments.of(
                        container, "expectation", LENGTH + "Expect: 100-continue\r\n", "", ""),
                    Arguments.of(container, "no chunk comes", CHUNKED, "", ""),
                    Arguments.of(container, "a chunk now and then", CHUNKED, "", "1\r\n1\r\n"),
                    Arguments.of(container, "a long chunk header", CHUNKED, "1;a=", "b"),
                    Arguments.of(container, "a slow chunk", CHUNKED, "100\r\n", "1"),
                    Arguments.of(container, "no last chunk", CHUNKED, "3\r\n[1]\r\n", ""),
                    Arguments.of(container, "a slow trailer", CHUNKED, "3\r\n[1]\r\n0\r\nA: ", "b"),
                    Arguments.of(container, "the last line is missing", CHUNKED, "0\r\n", "")));
  }

  /**
   * @param now what comes with the head
   * @param later what comes again and again
   */
  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("bodies")
  void whenABodyDoesNotComeInTimeThenItIsAnswered408AndTheConnectionIsClosed(
      Container container, String name, String framing, String now, String later) throws Exception {
    Running running = Objects.requireNonNull(containers.get(container));
    try (Socket sender = send(running, "slow/a", framing, now, later)) {
      String answer = new String(sender.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(answer.replaceFirst("HTTP/1.1 100 .*\r\n\r\n", ""))
          .startsWith("HTTP/1.1 408")
          .containsIgnoringCase("Connection: close")
          .containsIgnoringCase("Content-Type: application/problem+json")
          .contains("The body did not arrive in time.");
    }
    assertThat(post(running, "[1]").body()).isEqualTo("[1]");
  }

  @ParameterizedTest
  @EnumSource(Container.class)
  void whenNoTriggerWantsASlowBodyThenItIsAnsweredAndTheConnectionIsClosed(Container container)
      throws Exception {
    Running running = Objects.requireNonNull(containers.get(container));
    for (String framing : List.of(LENGTH, CHUNKED)) {
      for (String later : List.of("", "1\r\n1\r\n")) {
        try (Socket sender = send(running, "nothing", framing, "", later)) {
          assertThat(new String(sender.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
              .startsWith("HTTP/1.1 404")
              .containsIgnoringCase("Connection: close");
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Container.class)
  void whenMoreSendersThanThreadsAreSlowThenAnotherRequestIsAnswered(
      Container container, @TempDir Path directory) throws Exception {
    List<Socket> senders = new ArrayList<>();
    try (Running running =
        container.start(new WebhookServlet(patient.engine), List.of(), directory)) {
      for (int i = 0; i < SENDERS; i++) {
        senders.add(send(running, "slow/a", LENGTH, "", "1"));
        senders.add(send(running, "slow/a", CHUNKED, "", "1\r\n1\r\n"));
        senders.add(send(running, "nothing", LENGTH, "", "1"));
        senders.add(send(running, "nothing", CHUNKED, "", "1\r\n1\r\n"));
      }
      for (int i = 0; i < SENDERS; i++) {
        assertThat(post(running, "[1]").body()).isEqualTo("[1]");
      }
    } finally {
      for (Socket sender : senders) {
        sender.close();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Container.class)
  void whenAFilterKnowsNoAsynchronousRequestsThenSlowSendersDoNotHoldAllThreads(
      Container container, @TempDir Path directory) throws Exception {
    List<Socket> senders = new ArrayList<>();
    try (Running running =
        container.start(new WebhookServlet(engine.engine), List.of(SYNCHRONOUS), directory)) {
      for (int i = 0; i < SENDERS; i++) {
        senders.add(send(running, "slow/a", LENGTH, "", "1"));
        senders.add(send(running, "slow/a", CHUNKED, "", "1\r\n1\r\n"));
      }
      for (int i = 0; i < SENDERS; i++) {
        try (Socket sender = connect(running)) {
          sender
              .getOutputStream()
              .write(
                  ("POST /rest-connector/events/slow/a HTTP/1.1\r\nHost: x\r\n"
                          + "Content-Type: application/json\r\nContent-Length: 3\r\n"
                          + "Connection: close\r\n\r\n[1]")
                      .getBytes(StandardCharsets.US_ASCII));
          assertThat(new String(sender.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
              .startsWith("HTTP/1.1 200");
        }
      }
      for (Socket sender : senders) {
        assertThat(new String(sender.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
            .matches("(?s)HTTP/1.1 (408|503) .*");
      }
    } finally {
      for (Socket sender : senders) {
        sender.close();
      }
    }
  }

  private Socket send(Running running, String path, String framing, String now, String later)
      throws IOException {
    Socket socket = connect(running);
    String head =
        "POST /rest-connector/events/%s HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n%s\r\n%s"
            .formatted(path, framing, now);
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    if (!later.isEmpty()) {
      byte[] bytes = later.getBytes(StandardCharsets.US_ASCII);
      // Ends with the first byte that the socket does not take.
      drip.scheduleAtFixedRate(
          () -> {
            try {
              socket.getOutputStream().write(bytes);
            } catch (IOException closed) {
              throw new IllegalStateException(closed);
            }
          },
          BETWEEN_BYTES,
          BETWEEN_BYTES,
          TimeUnit.MILLISECONDS);
    }
    return socket;
  }

  private static Socket connect(Running running) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), running.port());
    socket.setSoTimeout((int) PATIENCE.toMillis());
    return socket;
  }

  private static HttpResponse<String> post(Running running, String json) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(
                    URI.create(
                        "http://127.0.0.1:%d/rest-connector/events/slow/a"
                            .formatted(running.port())))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build(),
            BodyHandlers.ofString());
  }
}
