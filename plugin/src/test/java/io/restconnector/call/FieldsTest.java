package io.restconnector.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.call.CallEngine.Outcome;
import io.restconnector.call.internal.RestAction;
import io.restconnector.content.internal.JsonText;
import io.restconnector.content.internal.JsonValues;
import io.restconnector.fixtures.RawServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs given as fields: literals, expressions, JSON templates. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FieldsTest {

  /** What the checks at deployment refuse. */
  private static final List<String> MALFORMED = List.of("${", "${}", "${1 +}", "${v} #{v}");

  private RawServer server;
  private CallEngine engine;
  private int deployed;

  @BeforeAll
  void start() throws Exception {
    server = RawServer.answering("HTTP/1.1 204 No Content\r\n\r\n");
    engine = CallEngine.start();
  }

  @AfterAll
  void stop() {
    engine.close();
    server.close();
  }

  private Outcome post(Map<String, Object> variables, String... fields) {
    String id = "p" + deployed++;
    String binding =
        deployed % 2 == 0
            ? CallEngine.byClass(RestAction.POST)
            : CallEngine.byExpression(RestAction.POST);
    Map<String, Object> all = new HashMap<>(variables);
    all.putIfAbsent("restUrl", server.url("/variable"));
    return engine.deploy(id, binding, fields).run(id, all);
  }

  private String sent(Map<String, Object> variables, String... fields) {
    int before = server.requests().size();
    assertThat(post(variables, fields).error()).isNull();
    assertThat(server.requests()).hasSize(before + 1);
    return server.requests().get(before);
  }

  private String body(Map<String, Object> variables, String template) {
    String request = sent(variables, CallEngine.string("requestPayload", template));
    return request.substring(request.indexOf("\r\n\r\n") + 4);
  }

  @Test
  void whenThereIsAFieldThenTheVariableIsNotLookedAt() {
    assertThat(sent(Map.of(), CallEngine.string("restUrl", server.url("/field"))))
        .startsWith("POST /field ");
    assertThat(
            sent(
                Map.of("id", 7, "timeout", "nonsense", "params", Map.of("a", 7)),
                CallEngine.expression("restUrl", server.url("/${id}")),
                CallEngine.expression("timeout", "${1000 * 5}"),
                CallEngine.string("circuitBreaker", "false"),
                CallEngine.expression("restUrlEncoded", "${id == 7}"),
                CallEngine.expression("restUrlParams", "${params}")))
        .startsWith("POST /7?a=7 ");
  }

  @Test
  void whenAFieldIsNullThenTheDefaultHolds() {
    assertThat(
            sent(
                Map.of("requestHeaders", "nonsense"),
                CallEngine.expression("requestHeaders", "${null}")))
        .startsWith("POST /variable ");
  }

  @Test
  void whenALeafIsOneExpressionThenItsValueKeepsItsType() {
    Map<String, Object> variables = new HashMap<>();
    variables.put("n", 5);
    variables.put("t", true);
    variables.put("l", List.of(1, "x"));
    variables.put("none", null);
    assertThat(
            body(
                variables,
                """
                {"n":"${n}","t":"${t}","l":"${l}","none":"${none}","d":["${n + 0.5}"],"k${n}":"x"}
                """))
        .isEqualTo(
            "{\"n\":5,\"t\":true,\"l\":[1,\"x\"],\"none\":null,\"d\":[5.5],\"k${n}\":\"x\"}");
  }

  @Test
  void whenALeafHoldsMoreThanAnExpressionThenItIsTextWithItsWhiteSpace() {
    Map<String, Object> variables = new HashMap<>();
    variables.put("n", 5);
    variables.put("none", null);
    assertThat(
            body(
                variables,
                "[\" ${n} \",\"\\t${n}\\n\",\"a ${n} b ${none}c\",\"  a\",\"${n}${n}\","
                    + "\"\\u0001${n}\",\" ${none} \",\"\\u00a0${n}\"]"))
        .isEqualTo(
            "[\" 5 \",\"\\t5\\n\",\"a 5 b c\",\"  a\",\"55\",\"\\u0001\" ,\" \" ,\"\"]"
                .replace("\"\\u0001\" ", "\"\\u00015\"")
                .replace("\" \" ", "\"  \"")
                .replace(",\"\"]", ",\"\u00c2\u00a05\"]"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\",\"admin\":true,\"x\":\"",
        "\\",
        "\\\"}",
        "${1+1}",
        "#{1+1}",
        "}]",
        "\u0000\n\u2028",
        "</flowable:string>"
      })
  void whenAValueHoldsSyntaxThenItStaysInItsPlace(String value) {
    Map<String, Object> variables = Map.of("v", value);
    String request =
        sent(
            variables,
            CallEngine.string("requestPayload", "{\"whole\":\"${v}\",\"part\":\"<${v}>\"}"));
    var json =
        JsonText.parse(
            new String(
                request
                    .substring(request.indexOf("\r\n\r\n") + 4)
                    .getBytes(StandardCharsets.ISO_8859_1),
                StandardCharsets.UTF_8));
    assertThat(json.size()).isEqualTo(2);
    assertThat(json.get("whole").stringValue()).isEqualTo(value);
    assertThat(json.get("part").stringValue()).isEqualTo("<" + value + ">");
  }

  @Test
  void whenTextMeetsAnExpressionInAHeaderOrParamThenItIsOnlyText() {
    assertThat(
            sent(
                Map.of("v", "${1+1}"),
                CallEngine.string("requestHeaders", "{\"X-A\":\"Bearer ${v}\"}"),
                CallEngine.string("restUrlParams", "{\"q\":\"${v}\",\"r\":\"#{v}\"}")))
        .startsWith(
            "POST /variable?q=%24%7B1%2B1%7D&r=%23%7Bv%7D HTTP/1.1\r\nX-A: Bearer ${1+1}\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${nowhere}",
        "a ${nowhere} b",
        "${nowhere.b}",
        "${v.none.more.size()}",
        "${v.substring(99)}",
        "${",
        "${}",
        "${1 +}",
        "${v} #{v}",
        "${cyclic} x",
        "${execution}"
      })
  void whenAnExpressionCannotBeEvaluatedThenTheErrorIsInvalidInput(String expression) {
    Map<String, Object> cyclic = new HashMap<>();
    cyclic.put("self", new ArrayList<>(List.of(cyclic)));
    int before = server.requests().size();
    String id = "bad" + deployed++;
    CallEngine deployer = MALFORMED.contains(expression) ? engine.unchecked() : engine;
    deployer.deploy(
        id,
        CallEngine.byExpression(RestAction.POST),
        CallEngine.string("requestPayload", "{\"a\":\"" + expression + "\"}"));
    var instance =
        engine
            .runtime()
            .createProcessInstanceBuilder()
            .processDefinitionKey(id)
            .variable("restUrl", server.url("/x"))
            .variable("v", "secret")
            .transientVariable("cyclic", cyclic)
            .start();

    Outcome outcome = engine.outcome(instance.getId());

    assertThat(outcome.code()).isEqualTo("INVALID_INPUT");
    assertThat(outcome.error())
        .contains("activity 'call'", "requestPayload is ", "wanted JSON")
        .doesNotContain("secret");
    assertThat(server.requests()).hasSize(before);
  }

  @Test
  void whenAnExpressionFieldCannotBeEvaluatedThenTheErrorIsInvalidInput() {
    Outcome outcome = post(Map.of(), CallEngine.expression("restUrl", "${nowhere}"));
    assertThat(outcome.code()).isEqualTo("INVALID_INPUT");
    assertThat(outcome.error()).contains("restUrl is the expression ${nowhere}");
  }

  @Test
  void whenATemplateGetsTooDeepThenTheErrorIsInvalidInput() {
    Object deep = List.of();
    for (int i = 1; i < 500; i++) {
      deep = List.of(deep);
    }
    Map<String, Object> variables = new HashMap<>();
    variables.put("deep", JsonValues.of(deep));
    assertThat(body(variables, "\"${deep}\"")).hasSize(1000);
    assertThat(post(variables, CallEngine.string("requestPayload", "[\"${deep}\"]")).code())
        .isEqualTo("INVALID_INPUT");
  }
}
