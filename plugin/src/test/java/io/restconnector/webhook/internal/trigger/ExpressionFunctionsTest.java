package io.restconnector.webhook.internal.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.spi.Secret;
import io.restconnector.webhook.WebhookEngine;
import io.restconnector.webhook.internal.request.WebhookResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The functions of triggers' expressions. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExpressionFunctionsTest {

  private static final String SECRET = "not-for-anybody";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String NONE = "\"action\": {\"type\": \"none\"}";

  private final WebhookEngine engine =
      WebhookEngine.with(Map.of("zoom", Secret.of(SECRET), "empty", Secret.of("")));

  @AfterAll
  void close() {
    engine.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "${json:parse(params.payload).type}          | {\"type\":\"block\"}    | 200 | \"block\"",
        "${json:parse(params.payload)}               | {\"a\":[1,{}]}           | 200 | {\"a\":[1,{}]}",
        "${json:parse(params.payload)}               | 99999999999999.99        | 200 | 99999999999999.99",
        "${json:parse(params.payload)}               | \"text\"                 | 200 | \"text\"",
        "${json:parse(params.payload)}               | null                     | 200 | null",
        "${json:parse(params.payload)}               | true                     | 200 | true",
        "x${json:parse(params.payload).n}            | {\"n\":25000000.0}       | 200 | \"x25000000\"",
        "${json:parse(params.payload).a.b[1]}        | {\"a\":{\"b\":[1,2]}}    | 200 | 2",
        "${json:parse(json:parse(params.payload).p).q} | {\"p\":\"{\\\"q\\\":1}\"} | 200 | 1",
        "${json:parse(params.payload)}               | {\"a\":                  | 400 | it is malformed",
        "${json:parse(params.payload)}               | {} {}                    | 400 | it is malformed",
        "${json:parse(params.payload)}               | text                     | 400 | it is malformed",
        "${json:parse(params.payload)}               | {\"a\":1,\"a\":2}        | 400 | duplicate key",
        "${json:parse(params.payload)}               | ``                       | 400 | it is empty",
        "${json:parse(params.none)}                  | {}                       | 400 | is given no text",
        "${json:parse(5)}                            | {}                       | 400 | is given no text",
        "${json:parse(params)}                       | {}                       | 400 | is given no text"
      })
  void whenAFormFieldHoldsJsonThenItIsRead(
      String expression, String payload, int status, String expected) {
    deploy("form", "\"body\": \"%s\", %s".formatted(expression, NONE));

    WebhookResponse answer = form("form", payload);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(WebhookEngine.text(answer)).contains(expected);
  }

  @Test
  void whenTextIsReadInEveryPlaceThenEachHasIt() {
    engine.deploy(
        "p.bpmn20.xml",
        """
        <process id="p"><startEvent id="a"/><sequenceFlow sourceRef="a" targetRef="t"/>
        <userTask id="t"/></process>
        """);
    deploy(
        "places",
        """
        "condition": "${json:parse(params.payload).type == 'x'}",
        "each": "${json:parse(params.payload).list}",
        "deduplication": {"key": "${json:parse(params.payload).id}"},
        "answerHeaders": {"X-Id": "${json:parse(params.payload).id}"},
        "action": {"type": "startProcess", "processDefinitionKey": "p",
                   "variables": {"n": "${item}", "all": "${json:parse(params.payload)}"}}
        """);

    WebhookResponse answer =
        form("places", "{\"type\":\"x\",\"id\":7,\"list\":[99999999999999.99]}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers()).containsEntry("X-Id", "7");
    Map<String, Object> variables =
        engine
            .runtime()
            .getVariables(engine.runtime().createProcessInstanceQuery().singleResult().getId());
    assertThat(variables.get("n")).hasToString("99999999999999.99");
    assertThat(variables.get("all"))
        .hasToString("{\"type\":\"x\",\"id\":7,\"list\":[99999999999999.99]}");
  }

  @Test
  void whenAConditionCannotReadTheTextThenOthersOnThePathAreAskedAndElseItIsAnswered400() {
    deploy("unread", "\"condition\": \"${json:parse(params.payload).type == 'x'}\", " + NONE);
    engine.deploy(
        "other.channel",
        WebhookEngine.channel(
            "other", "unread", "\"params\": {\"payload\": \"ping\"}, \"status\": 203, " + NONE));

    assertThat(form("unread", "{\"type\":\"x\"}").status()).isEqualTo(200);
    assertThat(form("unread", "{\"type\":\"y\"}").status()).isEqualTo(404);
    assertThat(form("unread", "ping").status()).isEqualTo(203);
    WebhookResponse answer = form("unread", "pong");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(WebhookEngine.text(answer)).contains("json:parse").doesNotContain("pong");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // By openssl dgst -hmac.
        "${hmac:hex('sha1', 'zoom', body.t)}      | 200 | %HEX1",
        "${hmac:hex('sha256', 'zoom', body.t)}    | 200 | %HEX256",
        "${hmac:hex(body.a, body.s, body.t)}      | 200 | %HEX256",
        "${hmac:base64('sha256', 'zoom', body.t)} | 200 | %BASE64",
        "${hmac:hex('sha256', 'zoom', body.n)}    | 200 | ``",
        "${hmac:hex('sha256', 'zoom', body.none)} | 400 | hmac is given no text",
        "${hmac:hex('sha256', 'zoom', body)}      | 400 | hmac is given no text",
        "${hmac:hex('sha256', body.none, body.t)} | 500 | The request failed",
        "${hmac:hex('sha256', body.t, body.t)}    | 500 | The request failed",
        "${hmac:hex(body.t, 'zoom', body.t)}      | 500 | The request failed"
      })
  void whenAnAnswerSignsThenItIsTheHmac(String expression, int status, String expected) {
    deploy("signing", "\"body\": \"%s\", %s".formatted(expression, NONE));

    WebhookResponse answer =
        engine.post("signing", "{\"t\": \"plain€\", \"n\": 5, \"a\": \"sha256\", \"s\": \"zoom\"}");

    assertThat(answer.status()).isEqualTo(status);
    assertThat(WebhookEngine.text(answer))
        .contains(
            expected
                .replace("%HEX1", "60f4be5028ea327ac76706422fa7307414044c36")
                .replace(
                    "%HEX256", "40160398c6be9206bf24f011f560943b21116edec0e7839d87da5ce0d5499ad8")
                .replace("%BASE64", "QBYDmMa+kga/JPAR9WCUOyERbt7A54Odh9pc4NVJmtg="))
        .doesNotContain(SECRET);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'body': '${hmac:hex(\\\"md5\\\", \\\"zoom\\\", body)}'     | wanted as algorithm one of",
        "'body': '${hmac:base64(\\\"SHA256\\\", \\\"zoom\\\", body)}' | wanted as algorithm one of",
        "'body': ['a${hmac:hex(\\\"\\\", \\\"zoom\\\", body)}']     | wanted as algorithm one of",
        "'body': '${hmac:hex(\\\"sha256\\\", \\\"nobody\\\", body)}' | hmac names what is no usable secret",
        "'body': '${true ? hmac:hex(\\\"sha256\\\", \\\"empty\\\", body) : 1}' | hmac names what is no usable",
        "'answerHeaders': {'X': '${hmac:hex(\\\"sha256\\\", \\\"nobody\\\", body)}'} | hmac names what",
        "'condition': '${hmac:hex(\\\"sha256\\\", \\\"zoom\\\", body) == 1}' | wanted hmac only in body",
        "'each': '${hmac:hex(\\\"sha256\\\", \\\"zoom\\\", body)}'  | wanted hmac only in body",
        "'payload': {'x': '${hmac:base64(\\\"sha256\\\", \\\"zoom\\\", body)}'} | wanted hmac only in body",
        "'payload': {'x': 'a ${[hmac:hex(\\\"sha256\\\", \\\"zoom\\\", body)]} b'} | payload.x is",
        "'deduplication': {'key': '${hmac:hex(\\\"sha256\\\", \\\"zoom\\\", body)}'} | wanted hmac only in body"
      })
  void whenAFileSignsWhereOrByWhatItCannotThenItIsNotDeployed(String properties, String message) {
    assertThatThrownBy(() -> deploy("wrong", properties.replace('\'', '"') + ", " + NONE))
        .hasMessageContaining(message)
        .hasMessageNotContaining(SECRET);
  }

  @Test
  void whenAVariableWouldSignThenTheFileIsNotDeployed() {
    assertThatThrownBy(
            () ->
                deploy(
                    "wrong",
                    """
                    "action": {"type": "startProcess", "processDefinitionKey": "p",
                               "variables": {"x": "${hmac:hex('sha256', 'zoom', body)}"}}
                    """))
        .hasMessageContaining("action.variables.x is")
        .hasMessageContaining("hmac only in body and answerHeaders");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${variableContainer}",
        "${variableContainer.secrets}",
        "${variableContainer.secrets()}",
        "${variableContainer.getVariable('secrets')}",
        "${variableContainer.variableNames}",
        "${hmac}",
        "${secrets}"
      })
  void whenAnAnswerAsksForTheSecretThenItDoesNotGetIt(String expression) {
    deploy("asking", "\"body\": \"a%s\", %s".formatted(expression, NONE));

    assertThat(WebhookEngine.text(engine.post("asking", "{}"))).doesNotContain(SECRET);
  }

  private void deploy(String key, String properties) {
    engine.deploy(key + ".channel", WebhookEngine.channel(key, key, properties));
  }

  private WebhookResponse form(String path, String payload) {
    return engine.send(
        "POST",
        path,
        Map.of("content-type", FORM),
        "payload=" + URLEncoder.encode(payload, StandardCharsets.UTF_8));
  }
}
