package io.restconnector.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.restconnector.fixtures.LoggedEvents;
import io.restconnector.fixtures.TestDatabase;
import io.restconnector.webhook.internal.request.WebhookResponse;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a sender sends stands in no answer that refuses it, and in no line of the connector's log.
 */
class SenderLeakTest {

  private static final String SECRET = "s3nderSecret";
  private static final String JSON = "application/json";
  private static LoggedEvents log;
  private static WebhookEngine engine;

  record Sent(String path, int status, Map<String, String> headers, String body) {
    @Override
    public String toString() {
      return path + " " + headers.keySet() + " " + status;
    }
  }

  @BeforeAll
  static void start() {
    log = LoggedEvents.of("io.restconnector").at(Level.TRACE).alone();
    engine = WebhookEngine.on(TestDatabase.H2);
    engine.deploy(
        "taken.bpmn20.xml",
        """
        <process id="taken"><startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="t"/>
          <userTask id="t" flowable:assignee="${n}"/></process>
        """,
        "typed.event",
        """
        {"key": "typed", "payload": [{"name": "amount", "type": "integer"}]}
        """);
    deploy("open/{name}", "\"action\": {\"type\": \"none\"}");
    deploy("cond", "\"condition\": \"${body.n.other > body.n}\", \"action\": {\"type\": \"none\"}");
    deploy("coerced", "\"condition\": \"${body.n + 1 > 2}\", \"action\": {\"type\": \"none\"}");
    deploy("template", "\"body\": {\"a\": \"${body.n + 1}\"}, \"action\": {\"type\": \"none\"}");
    deploy(
        "started",
        """
        "action": {"type": "startProcess", "processDefinitionKey": "taken",
          "variables": {"n": "${body.n}"}}
        """);
    deploy(
        "again",
        """
        "body": {"got": "${body.n}"}, "action": {"type": "none"},
        "deduplication": {"key": "${body.n}"}
        """);
    deploy("event", "\"channelEventKeyDetection\": {\"fixedValue\": \"typed\"}");
    deploy("unknown", "\"channelEventKeyDetection\": {\"jsonPointerExpression\": \"/n\"}");
  }

  private static void deploy(String path, String properties) {
    String key = path.replaceFirst("/.*", "");
    engine.deploy(key + ".channel", WebhookEngine.channel(key, path, properties));
  }

  private static Sent sent(String path, int status, String type, String body) {
    return new Sent(
        path,
        status,
        Map.of("content-type", type, "authorization", "Bearer " + SECRET, "cookie", SECRET),
        body);
  }

  static Stream<Sent> requests() {
    String field = "{\"n\": \"" + SECRET + "\"}";
    return Stream.of(
        sent("open/" + SECRET, 200, JSON, field),
        sent("nowhere/" + SECRET, 404, JSON, field),
        sent("open/%zz" + SECRET, 400, JSON, field),
        sent("open/%ff" + SECRET, 400, JSON, field),
        sent("open/a?" + SECRET + "=%zz", 400, JSON, field),
        sent("open/a", 400, JSON, "{\"n\": " + SECRET),
        sent("open/a", 400, JSON, "{\"" + SECRET + "\": 1, \"" + SECRET + "\": 2}"),
        sent("open/a", 400, JSON + "; charset=" + SECRET, field),
        sent("open/a", 400, "application/x-www-form-urlencoded", SECRET + "=%zz"),
        sent("open/a", 400, "multipart/form-data; boundary=" + SECRET, "--x" + SECRET),
        sent("open/a", 200, SECRET + "/" + SECRET, SECRET),
        sent("cond", 404, JSON, field),
        sent("coerced", 404, JSON, field),
        sent("template", 400, JSON, field),
        sent("started", 200, JSON, field),
        sent("started", 500, JSON, "{\"n\": \"" + SECRET.repeat(40) + "\"}"),
        sent("again", 200, JSON, field),
        sent("again", 200, JSON, field),
        sent("event", 400, JSON, "{\"amount\": \"" + SECRET + "\"}"),
        sent("unknown", 404, JSON, field));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void whenARequestIsRefusedThenTheAnswerRepeatsNothingOfIt(Sent sent) {
    WebhookResponse answer = engine.send("POST", sent.path(), sent.headers(), sent.body());

    assertThat(answer.status()).isEqualTo(sent.status());
    if (answer.status() >= 300) {
      assertThat(WebhookEngine.text(answer) + answer.headers()).doesNotContain(SECRET);
    }
  }

  @Test
  void whenEverythingIsLoggedThenNothingOfARequestIsThere() {
    requests().forEach(each -> engine.send("POST", each.path(), each.headers(), each.body()));

    assertThat(log.messages())
        .anyMatch(line -> line.contains("condition of webhook trigger"))
        .anyMatch(line -> line.contains("failed; nothing of it is committed"))
        .anyMatch(line -> line.contains("Preparing: insert into ACT_RC_DELIVERY"));
    assertThat(log.text()).doesNotContain(SECRET);
  }

  @AfterAll
  static void stop() {
    engine.close();
    log.close();
  }
}
