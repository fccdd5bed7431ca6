package io.restconnector.webhook.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.fixtures.TestDatabase;
import io.restconnector.webhook.WebhookEngine;
import io.restconnector.webhook.internal.request.WebhookResponse;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that no database keeps, in every place that leads into one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class HostileTextMatrix {

  private static final String NUL = "\\u0000";
  private static final String HIGH = "\\ud800";
  private static final String LOW = "\\udfff";
  private static final String PROCESS =
      """
      <signal id="sig" name="sig"/><message id="msg" name="msg"/>
      <process id="held"><startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="t"/>
        <startEvent id="e"><extensionElements><flowable:eventType>told</flowable:eventType>
          <flowable:eventOutParameter source="text" target="text"/>
          <flowable:eventOutParameter source="json" target="json"/>
          <flowable:eventOutParameter source="header" target="header"/></extensionElements>
        </startEvent><sequenceFlow sourceRef="e" targetRef="t"/><userTask id="t"/></process>
      """;

  private final WebhookEngine engine;

  HostileTextMatrix(TestDatabase database) {
    engine = WebhookEngine.on(database);
  }

  @BeforeAll
  void deploy() {
    engine.deploy(
        "told.event",
        """
        {"key": "told", "payload": [{"name": "id", "type": "string", "correlationParameter": true},
          {"name": "text", "type": "string"}, {"name": "json", "type": "json"},
          {"name": "header", "type": "string"}]}
        """,
        "held.bpmn20.xml",
        PROCESS,
        "detected.channel",
        WebhookEngine.channel(
            "detected", "detected", "\"channelEventKeyDetection\": {\"jsonField\": \"key\"}"),
        "told.channel",
        WebhookEngine.channel(
            "told",
            "told",
            """
            "payload": {"header": "${headers['x-text']}"},
            "channelEventKeyDetection": {"fixedValue": "told"}
            """),
        "variables.channel",
        WebhookEngine.channel(
            "variables",
            "variables",
            """
            "body": {"all": "${body}"}, "deduplication": {"key": "${body.id}"},
            "action": {"type": "startProcess", "processDefinitionKey": "held",
              "variables": {"text": "${body.text}", "json": "${body}"}}
            """),
        "whole.channel",
        WebhookEngine.channel(
            "whole",
            "whole",
            "\"deduplication\": {\"key\": \"${body}\"}, \"action\": {\"type\": \"none\"}"));
    deployAction("process", "startProcess", "\"processDefinitionKey\": \"${body.key}\"");
    deployAction(
        "name", "startProcess", "\"processDefinitionKey\": \"held\", \"name\": \"${body.key}\"");
    deployAction(
        "business",
        "startProcess",
        "\"processDefinitionKey\": \"held\", \"businessKey\": \"${body.key}\"");
    deployAction("signal", "signal", "\"name\": \"${body.key}\"");
    deployAction("message", "message", "\"name\": \"${body.key}\", \"correlationKey\": \"a\"");
    deployAction("correlation", "message", "\"name\": \"a\", \"correlationKey\": \"${body.key}\"");
    deployAction("start", "startMessage", "\"name\": \"${body.key}\"");
    deployAction(
        "startBusiness", "startMessage", "\"name\": \"msg\", \"businessKey\": \"${body.key}\"");
  }

  private void deployAction(String path, String type, String arguments) {
    engine.deploy(
        path + ".channel",
        WebhookEngine.channel(
            path, path, "\"action\": {\"type\": \"%s\", %s}".formatted(type, arguments)));
  }

  @AfterAll
  void close() {
    engine.close();
  }

  static Stream<String> keys() {
    return Stream.of(
            "detected {'key': '%s'}",
            "told {'id': '%s'}",
            "variables {'id': '%s'}",
            "whole '%s'",
            "process {'key': '%s'}",
            "name {'key': '%s'}",
            "business {'key': '%s'}",
            "signal {'key': '%s'}",
            "message {'key': '%s'}",
            "correlation {'key': '%s'}",
            "start {'key': '%s'}",
            "startBusiness {'key': '%s'}")
        .flatMap(place -> Stream.of(NUL, HIGH, LOW, "a" + LOW + HIGH).map(place::formatted));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void whenAKeyHasWhatNoDatabaseKeepsThenTheRequestIsRefused(String pathAndBody) {
    int space = pathAndBody.indexOf(' ');
    WebhookResponse answer =
        engine.post(
            pathAndBody.substring(0, space), pathAndBody.substring(space + 1).replace('\'', '"'));

    assertThat(answer.status()).describedAs(WebhookEngine.text(answer)).isEqualTo(400);
    assertThat(answer.contentType()).isEqualTo("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(strings = {NUL, HIGH, LOW})
  void whenAValueHasWhatNoDatabaseKeepsThenItIsStoredWithTheReplacementCharacter(String text) {
    for (String path : new String[] {"variables", "told"}) {
      WebhookResponse answer =
          engine.send(
              "POST",
              path,
              Map.of("content-type", "application/json", "x-text", "a\0\ud800"),
              "{\"id\": \"%s\", \"text\": \"a%sb\", \"json\": {\"a%sb\": \"a%sb\"}}"
                  .formatted(path + text.length(), text, text, text));

      assertThat(answer.status()).describedAs(WebhookEngine.text(answer)).isEqualTo(200);
    }
    assertThat(engine.runtime().createVariableInstanceQuery().variableName("text").list())
        .isNotEmpty()
        .allSatisfy(variable -> assertThat(variable.getValue()).isEqualTo("a\ufffdb"));
    assertThat(engine.runtime().createVariableInstanceQuery().variableName("json").list())
        .isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {NUL, HIGH, LOW})
  void whenATextAnswerHasWhatNoDatabaseKeepsThenTheDeliveryIsAnsweredTheSameAgain(String text) {
    engine.deploy(
        "plain.channel",
        WebhookEngine.channel(
            "plain",
            "plain",
            """
            "answerHeaders": {"Content-Type": "text/plain"}, "body": "${body.text}",
            "deduplication": {"key": "${body.text.length()}-${body.id}"},
            "action": {"type": "none"}
            """));
    String request = "{\"id\": \"%s\", \"text\": \"a%sb\"}".formatted(text.substring(1), text);
    for (int i = 0; i < 2; i++) {
      WebhookResponse answer = engine.post("plain", request);

      assertThat(answer.status()).describedAs(WebhookEngine.text(answer)).isEqualTo(200);
      assertThat(WebhookEngine.text(answer)).isEqualTo("a\ufffdb");
    }
  }

  @Test
  void whenKeysDifferInTypeOrTextThenTheyAreDifferentDeliveries() {
    engine.deploy(
        "typed.channel",
        WebhookEngine.channel(
            "typed",
            "typed",
            """
            "body": {"first": "${body.key}"}, "deduplication": {"key": "${body.key}"},
            "action": {"type": "none"}
            """));
    for (String key :
        new String[] {"1", "\"1\"", "true", "\"true\"", "\"?\"", "\"\\ufffd\"", "\"NUMBER\""}) {
      assertThat(WebhookEngine.text(engine.post("typed", "{\"key\": %s}".formatted(key))))
          .isEqualTo("{\"first\":%s}".formatted(key.replace("\\ufffd", "\ufffd")));
    }
  }
}
