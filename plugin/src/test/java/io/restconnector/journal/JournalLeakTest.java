package io.restconnector.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.restconnector.RestConnector;
import io.restconnector.RestConnectorSettings;
import io.restconnector.call.CallEngine;
import io.restconnector.call.internal.RestAction;
import io.restconnector.fixtures.RawServer;
import io.restconnector.http.AccessSettings;
import io.restconnector.http.AuthenticationSettings;
import io.restconnector.http.HttpSettings;
import io.restconnector.spi.Secret;
import io.restconnector.webhook.Webhooks;
import java.io.IOException;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Secrets stand wherever they can, and no entry, explanation or line of the log shows one. */
class JournalLeakTest {

  private static final String SECRET = "0-Known/Secret+\"1";
  private static final String HIDDEN = "Hidden-By-Name";

  private static final List<String> FOUND_BY_NOBODY =
      List.of(
          SECRET,
          "0-Known\\/Secret",
          URLEncoder.encode(SECRET, UTF_8),
          Base64.getEncoder().encodeToString(SECRET.getBytes(UTF_8)).replace("=", ""),
          Base64.getEncoder().encodeToString(("ann:" + SECRET).getBytes(UTF_8)),
          HIDDEN);

  /** What of the base64 of a longer text shows the secret, wherever it stands in there. */
  private static List<String> inBase64() {
    List<String> inside = new ArrayList<>();
    for (String before : List.of("", "x", "xy")) {
      String encoded = Base64.getEncoder().encodeToString((before + SECRET + "z").getBytes(UTF_8));
      inside.add(encoded.substring(4, encoded.length() - 8));
    }
    return inside;
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private static CallEngine engine(JournalSettings.Capture capture) {
    return CallEngine.start(
        RestConnectorSettings.defaults()
            .withOperations(new OperationsSettings(true))
            .withJournal(
                JournalSettings.defaults()
                    .withCapture(capture)
                    .withRedact(List.of("X-Person", "person")))
            .withHttp(
                HttpSettings.defaults()
                    .withAccess(
                        AccessSettings.defaults()
                            .withSecrets(
                                Map.of(
                                    "key", Secret.of(SECRET),
                                    "plain", Secret.of("1-Plain-Secret")))
                            .withAuthentications(
                                Map.of(
                                    "basic", AuthenticationSettings.basic("ann", "key"),
                                    "header", AuthenticationSettings.apiKeyHeader("X-Crm", "plain"),
                                    "query", AuthenticationSettings.apiKeyQuery("crm", "key"))))));
  }

  private static String escaped() {
    return "0-Known\\u002fSecret+\\\"1";
  }

  private static final String JSON =
      """
      {"a": "%s", "b": "%s", "person": "%s", "c": 1, "d": {"person": ["x", {"y": ["%s"]}]},
       "e": ["%s", "%s", "%s"], "ok": "visible"}
      """
          .formatted(
              SECRET.replace("\"", "\\\""),
              escaped(),
              HIDDEN,
              HIDDEN,
              base64(SECRET),
              base64("x" + SECRET + "z"),
              base64("xy" + SECRET + "z"));

  private static final String MULTIPART =
      """
      --b
      Content-Disposition: form-data; name="person"

      %s
      --b
      Content-Disposition: form-data; name="a"

      %s
      --b--
      """
          .formatted(HIDDEN, SECRET)
          .replace("\n", "\r\n");

  private static final String XML =
      "<a><person>%s</person><b c=\"%s\">%s</b></a>"
          .formatted(HIDDEN, "0-Known%2fSecret%2b%221", base64("ann:" + SECRET));

  @ParameterizedTest
  @EnumSource(JournalSettings.Capture.class)
  void whenSecretsStandEverywhereThenNothingShowsOne(JournalSettings.Capture capture)
      throws IOException {
    Logger log = (Logger) LoggerFactory.getLogger("io.restconnector");
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    Level level = log.getLevel();
    lines.start();
    log.setLevel(Level.DEBUG);
    log.addAppender(lines);
    String shown;
    try (RawServer server =
            RawServer.answering(
                RawServer.response(
                    String.join(
                        "\r\n",
                        "404 Not Found",
                        "X-Echo: " + SECRET,
                        "Set-Cookie: a=" + HIDDEN,
                        "X-Person: " + HIDDEN,
                        "Link: </next?of=" + HIDDEN + ">",
                        "Content-Type: application/json"),
                    JSON));
        CallEngine engine = engine(capture)) {
      shown = calls(engine, server) + requests(engine);
      assertThat(shown).contains("4xx");
      String journal = json(RestConnector.of(engine.engine).journal().calls());
      assertThat(journal.contains("visible")).isEqualTo(capture == JournalSettings.Capture.BODIES);
      assertThat(journal.contains("x-echo")).isEqualTo(capture != JournalSettings.Capture.METADATA);
    } finally {
      log.detachAppender(lines);
      log.setLevel(level);
    }
    String logged =
        lines.list.stream()
            .map(ILoggingEvent::getFormattedMessage)
            .collect(Collectors.joining("\n"));
    assertThat(logged).contains("POST http://", "refused a request", "REST connector: webhook");
    for (String secret : FOUND_BY_NOBODY) {
      assertThat(shown).doesNotContain(secret);
    }
    assertThat(shown).doesNotContain("0-Known", "1-Plain-Secret");
    assertThat(shown).doesNotContain(inBase64());
    // The messages of errors name the URL as the task has it.
    String ofTheJournal =
        lines.list.stream()
            .filter(line -> !line.getLoggerName().startsWith("io.restconnector.call"))
            .map(ILoggingEvent::getFormattedMessage)
            .collect(Collectors.joining("\n"));
    assertThat(ofTheJournal)
        .doesNotContain(FOUND_BY_NOBODY)
        .doesNotContain("0-Known", "1-Plain-Secret");
  }

  private static String calls(CallEngine engine, RawServer server) {
    engine.deploy(
        "p",
        CallEngine.byExpression(RestAction.POST),
        CallEngine.expression("authentication", "${authentication}"));
    for (String authentication : List.of("basic", "header", "query")) {
      Map<String, Object> variables = new HashMap<>();
      variables.put("authentication", authentication);
      variables.put("restUrl", server.url("/%30-Known%2FSecret%2B%221") + "?q=" + HIDDEN);
      variables.put("requestPayload", JsonMapper.shared().readTree(JSON));
      variables.put(
          "requestHeaders",
          Map.of("X-Person", HIDDEN, "Cookie", "a=" + HIDDEN, "X-Echo", "1-Plain-Secret"));
      engine.run("p", variables);
    }
    RestConnector connector = RestConnector.of(engine.engine);
    assertThat(connector.journal().calls()).hasSize(3);
    StringBuilder shown = new StringBuilder(json(connector.journal().calls()));
    for (String authentication : List.of("basic", "header", "query")) {
      Map<String, Object> variables = new HashMap<>();
      variables.put("authentication", authentication);
      variables.put("restUrl", server.url("/%30-Known%2FSecret%2B%221") + "?person=" + HIDDEN);
      variables.put("requestPayload", JsonMapper.shared().readTree(JSON));
      variables.put("requestHeaders", Map.of("X-Person", HIDDEN, "X-Echo", "1-Plain-Secret"));
      shown.append(json(connector.preview("p", "call", variables)));
      shown.append(json(connector.send("p", "call", variables)));
    }
    return shown + json(connector.overview()) + json(connector.deadLetters(null));
  }

  private static String requests(CallEngine engine) {
    engine
        .engine
        .getRepositoryService()
        .createDeployment()
        .addString(
            "a.channel",
            """
            {"key": "a", "channelType": "inbound", "type": "webhook", "path": "in/{x}",
             "authentication": {"type": "api-key", "header": "X-Mine", "secret": "key"},
             "action": {"type": "message", "name": "m", "correlationKey": "${body.a}"}}
            """)
        .addString(
            "b.channel",
            """
            {"key": "b", "channelType": "inbound", "type": "webhook", "path": "in/{x}",
             "signature": {"scheme": "hmac", "header": "X-Own", "secret": "key"},
             "action": {"type": "none"}}
            """)
        .deploy();
    Map<String, List<String>> headers =
        Map.of(
            "Content-Type", List.of("application/json"),
            "X-Mine", List.of(SECRET),
            "X-Own", List.of(HIDDEN),
            "X-Person", List.of(HIDDEN),
            "Authorization", List.of("Basic " + HIDDEN),
            "Proxy-Authorization", List.of(HIDDEN),
            "X-Echo", List.of("see " + SECRET));
    Webhooks.of(engine.engine)
        .answer(
            "POST", "in/%30-Known%2FSecret%2B%221?person=" + HIDDEN, headers, JSON.getBytes(UTF_8));
    Webhooks.of(engine.engine)
        .answer(
            "POST",
            "in/1-Plain%2DSecret",
            Map.of(
                "Content-Type", List.of("application/x-www-form-urlencoded"),
                "X-Mine", List.of("wrong")),
            ("a=" + URLEncoder.encode(SECRET, UTF_8) + "&person=" + HIDDEN + "&token=" + HIDDEN)
                .getBytes(UTF_8));
    for (List<String> typed :
        List.of(
            List.of("multipart/form-data; boundary=b", MULTIPART),
            List.of("application/xml", XML),
            List.of("text/plain", SECRET + " " + base64(SECRET)))) {
      Webhooks.of(engine.engine)
          .answer(
              "POST",
              "in/2",
              Map.of("Content-Type", List.of(typed.get(0)), "X-Mine", List.of(SECRET)),
              typed.get(1).getBytes(UTF_8));
    }
    Webhooks.of(engine.engine)
        .answer(
            "POST",
            "mistyped",
            Map.of("X-Mine", List.of(HIDDEN), "X-Own", List.of(HIDDEN)),
            new byte[0]);
    RestConnector connector = RestConnector.of(engine.engine);
    assertThat(connector.journal().requests()).hasSize(6);
    return json(connector.journal().requests())
        + json(connector.explain(new SampleRequest("POST", "in/1", headers, JSON.getBytes(UTF_8))))
        + json(connector.triggers());
  }

  private static String json(Object value) {
    return JsonMapper.shared().writeValueAsString(value);
  }
}
