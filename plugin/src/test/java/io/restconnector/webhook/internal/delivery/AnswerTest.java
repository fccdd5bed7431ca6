package io.restconnector.webhook.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.fixtures.TestDatabase;
import io.restconnector.webhook.WebhookEngine;
import io.restconnector.webhook.internal.request.WebhookResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a trigger that fired answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnswerTest {

  private final WebhookEngine engine = WebhookEngine.on(TestDatabase.H2);

  @AfterAll
  void close() {
    engine.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "text/plain                | '${body.x}'      | {\"x\": \"1158201444\"} | 200 | 1158201444",
        "text/plain                | '${body.x}'      | {\"x\": 25000000.0}     | 200 | 25000000",
        "text/plain                | '${body.x}'      | {\"x\": 99999999999999.99} | 200 | 99999999999999.99",
        "text/plain                | '${body.x}'      | {\"x\": true}           | 200 | true",
        "text/plain                | '${body.x}'      | {\"x\": null}           | 200 | ``",
        "text/plain                | 'a ${body.x} b'  | {\"x\": \"\\u20ac\\\"\"} | 200 | a €\" b",
        "text/plain                | 'fixed'          | {}                      | 200 | fixed",
        "text/plain                | 5                | {}                      | 200 | 5",
        "text/plain                | '${body.x}'      | {\"x\": {}}             | 400 | body of trigger answer is no text",
        "text/plain                | '${body.x}'      | {\"x\": []}             | 400 | body of trigger answer is no text",
        "text/plain; charset=utf-8 | '${body.x}'      | {\"x\": \"a\"}          | 200 | a",
        "TEXT/xml                  | '<a>${body.x}</a>' | {\"x\": 1}            | 200 | <a>1</a>",
        "application/octet-stream  | '${body.x}'      | {\"x\": \"a\"}          | 200 | a",
        "application/json          | '${body.x}'      | {\"x\": \"a\"}          | 200 | \"a\"",
        "application/problem+json  | {'a': '${body.x}'} | {\"x\": [1]}          | 200 | {\"a\":[1]}",
        "text/json                 | '${body.x}'      | {\"x\": \"a\"}          | 200 | \"a\""
      })
  void whenAnswerHeadersGiveTheTypeThenItSaysHowTheBodyIsSent(
      String type, String template, String sent, int status, String expected) {
    deploy(
        "\"answerHeaders\": {\"Content-Type\": \"%s\"}, \"body\": %s"
            .formatted(type, template.replace('\'', '"')));

    WebhookResponse answer = engine.post("answer", sent);

    assertThat(answer.status()).isEqualTo(status);
    if (status == 200) {
      assertThat(WebhookEngine.text(answer)).isEqualTo(expected);
      assertThat(answer.contentType()).isEqualTo(expected.isEmpty() ? null : type);
    } else {
      assertThat(WebhookEngine.text(answer)).contains(expected);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a                       | 200",
        "ä ÿ                     | 200",
        "a\\tb                   | 200",
        "a\\r\\nSet-Cookie: x=1  | 400",
        "a\\nb                   | 400",
        "a\\rb                   | 400",
        "a\\u0000b               | 400",
        "a\\u007fb               | 400",
        "a\\u0085b               | 400",
        "\\u20ac                 | 400",
        "\\ud800                 | 400"
      })
  void whenAHeaderComesByValueThenOnlyWhatCanStandInOneIsSent(String value, int status) {
    deploy("\"answerHeaders\": {\"X-Echo\": \"v=${body.x}\"}");

    WebhookResponse answer = engine.post("answer", "{\"x\": \"%s\"}".formatted(value));

    assertThat(answer.status()).isEqualTo(status);
    if (status == 400) {
      assertThat(answer.headers()).doesNotContainKey("X-Echo");
      assertThat(WebhookEngine.text(answer))
          .contains("answerHeaders.X-Echo of trigger answer is no value")
          .doesNotContain("Set-Cookie");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"x\": null}                | 200",
        "{}                           | 200",
        "{\"x\": {}}                  | 400",
        "{\"x\": [\"a\"]}             | 400",
        "{\"x\": \"text\"}            | 400",
        "{\"x\": \"\"}                | 400",
        "{\"x\": \" \"}               | 400",
        "{\"x\": \"text/plain; charset=latin1\"} | 400",
        "{\"x\": \"text/plain\"}      | 200",
        "{\"x\": \"application/json\"} | 200"
      })
  void whenTheTypeComesByValueThenItIsOneOrNothingIsSent(String sent, int status) {
    deploy("\"answerHeaders\": {\"content-type\": \"${body.x}\"}, \"body\": \"b\"");

    assertThat(engine.post("answer", sent).status()).isEqualTo(status);
  }

  @Test
  void whenAHeaderHasNoValueThenItIsLeftOutAndOthersHaveThem() {
    deploy(
        """
        "status": 201, "answerHeaders": {
          "Location": "https://h/orders/${body.id}", "X-None": "${body.none}", "X-Number": 5,
          "WebHook-Allowed-Origin": "${headers['webhook-request-origin']}"}
        """);

    WebhookResponse answer =
        engine.send(
            "POST",
            "answer",
            Map.of("content-type", "application/json", "webhook-request-origin", "example.com"),
            "{\"id\": 7.0}");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.headers())
        .containsOnly(
            Map.entry("Location", "https://h/orders/7.0"),
            Map.entry("X-Number", "5"),
            Map.entry("WebHook-Allowed-Origin", "example.com"));
  }

  private void deploy(String properties) {
    engine.deploy(
        "answer.channel",
        WebhookEngine.channel(
            "answer", "answer", "\"action\": {\"type\": \"none\"}, " + properties));
  }
}
