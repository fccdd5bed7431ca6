package io.restconnector.webhook.internal.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.restconnector.fixtures.LoggedEvents;
import io.restconnector.fixtures.TestDatabase;
import io.restconnector.webhook.WebhookEngine;
import io.restconnector.webhook.internal.delivery.DeliveryMatrix;
import io.restconnector.webhook.internal.request.WebhookResponse;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests a trigger takes, and what becomes its event's payload. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MatchingTest {

  private static final String NONE = "\"action\": {\"type\": \"none\"}";

  private final WebhookEngine engine = WebhookEngine.on(TestDatabase.H2);

  MatchingTest() {
    engine.deploy(
        "strict.channel",
        WebhookEngine.channel(
            "strict",
            "strict/{id}/Part",
            """
            "method": ["POST", "PUT"], "headers": {"X-Event": "Settled"}, "params": {"v": "1"},
            "condition": "${body.amount > 0 && pathVariables.id != 'x'}", %s
            """
                .formatted(NONE)),
        "typed.event",
        """
        {"key": "typed", "payload": [
          {"name": "i", "type": "integer"}, {"name": "l", "type": "long"},
          {"name": "d", "type": "double"}, {"name": "b", "type": "boolean"},
          {"name": "s", "type": "string"}, {"name": "j", "type": "json"},
          {"name": "x-head", "type": "string", "header": true},
          {"name": "all", "isFullPayload": true}, {"name": "method", "type": "string"},
          {"name": "params", "type": "json"}]}
        """,
        "typed.channel",
        WebhookEngine.channel("typed", "typed", DeliveryMatrix.event("typed")),
        "typed.bpmn20.xml",
        """
        <process id="typed"><startEvent id="s"><extensionElements>
        <flowable:eventType>typed</flowable:eventType>%s</extensionElements></startEvent>
        <sequenceFlow sourceRef="s" targetRef="t"/><userTask id="t"/></process>
        """
            .formatted(outputs("i", "l", "d", "b", "s", "j", "x-head", "all", "method", "params")));
  }

  private static String outputs(String... names) {
    StringBuilder outputs = new StringBuilder();
    for (String name : names) {
      outputs.append(
          "<flowable:eventOutParameter source=\"%1$s\" target=\"%1$s\"/>".formatted(name));
    }
    return outputs.toString();
  }

  @AfterAll
  void close() {
    engine.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "POST   | strict/7/Part?v=1     | Settled | {\"amount\": 5}   | 200",
        "PUT    | strict/7/Part?v=1     | Settled | {\"amount\": 0.5} | 200",
        "POST   | strict/7/Part?v=0&v=1 | Settled | {\"amount\": 5}   | 200",
        "DELETE | strict/7/Part?v=1     | Settled | {\"amount\": 5}   | 404",
        "post   | strict/7/Part?v=1     | Settled | {\"amount\": 5}   | 404",
        "POST   | strict/7/part?v=1     | Settled | {\"amount\": 5}   | 404",
        "POST   | strict/7?v=1          | Settled | {\"amount\": 5}   | 404",
        "POST   | strict/7/Part/8?v=1   | Settled | {\"amount\": 5}   | 404",
        "POST   | strict/7/Part/?v=1    | Settled | {\"amount\": 5}   | 200",
        "POST   | strict/7/Part//?v=1   | Settled | {\"amount\": 5}   | 404",
        "POST   | strict/7/Part%2F?v=1  | Settled | {\"amount\": 5}   | 404",
        "POST   | /strict/7/Part?v=1    | Settled | {\"amount\": 5}   | 404",
        "POST   | strict//Part?v=1      | Settled | {\"amount\": 5}   | 404",
        "POST   | strict/7/./Part?v=1   | Settled | {\"amount\": 5}   | 404",
        "POST   | strict/7/Part         | Settled | {\"amount\": 5}   | 404",
        "POST   | strict/7/Part?v=2     | Settled | {\"amount\": 5}   | 404",
        "POST   | strict/7/Part?v=1     | settled | {\"amount\": 5}   | 404",
        "POST   | strict/7/Part?v=1     | Settled | {\"amount\": 0}   | 404",
        "POST   | strict/7/Part?v=1     | Settled | {\"amount\": \"a\"} | 404",
        "POST   | strict/7/Part?v=1     | Settled | [1]               | 404",
        "POST   | strict/x/Part?v=1     | Settled | {\"amount\": 5}   | 404"
      })
  void whenAnythingThatTheTriggerAsksForIsMissingThenItDoesNotMatch(
      String method, String path, String event, String body, int status) {
    assertThat(
            engine
                .send(
                    method,
                    path,
                    Map.of("content-type", "application/json", "x-event", event),
                    body)
                .status())
        .isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "application/json                | application/json                | 200",
        "application/json                | application/json; charset=utf-8 | 200",
        "application/json                | application/json;charset=UTF-8  | 200",
        "application/json                | Application/JSON                | 200",
        "application/json                | application/json ; a=\"b;c\"     | 200",
        "Application/Json                | application/json                | 200",
        "application/json                | application/problem+json        | 404",
        "application/json                | application/jsonx               | 404",
        "application/json                | text/plain                      | 404",
        "application/json                |                                 | 404",
        "application/json; charset=utf-8 | application/json; charset=utf-8 | 200",
        "application/json; charset=utf-8 | application/json                | 404",
        "application/json; charset=utf-8 | application/json; charset=x     | 404",
      })
  void whenATriggerWantsAContentTypeThenItsParametersCountWhereTheTriggerHasSome(
      String wanted, @Nullable String sent, int status) {
    engine.deploy(
        "contentType.channel",
        WebhookEngine.channel(
            "contentType",
            "contentType",
            "\"headers\": {\"Content-Type\": \"%s\"}, %s".formatted(wanted, NONE)));

    assertThat(
            engine
                .send(
                    "POST",
                    "contentType",
                    sent == null ? Map.of() : Map.of("content-type", sent),
                    null)
                .status())
        .isEqualTo(status);
  }

  @Test
  void whenAVariableIsLastThenATrailingSlashIsNoPartOfIt() {
    engine.deploy(
        "last.channel",
        WebhookEngine.channel(
            "last", "last/{id}", NONE + ", \"body\": [\"${pathVariables.id}\", \"${path}\"]"));

    assertThat(WebhookEngine.text(engine.send("GET", "last/7/", Map.of(), null)))
        .isEqualTo("[\"7\",\"last/7\"]");
  }

  @Test
  void whenAFormFieldIsThereThenItCountsAsAParameter() {
    engine.deploy(
        "form.channel",
        WebhookEngine.channel("form", "form", "\"params\": {\"kind\": \"new order\"}, " + NONE));
    Map<String, String> form = Map.of("content-type", "application/x-www-form-urlencoded");

    assertThat(engine.send("POST", "form", form, "kind=new+order").status()).isEqualTo(200);
    assertThat(engine.send("POST", "form", form, "kind=old").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "; charset=ISO-8859-1, name=Andr%E9, 200",
    "; charset=windows-1252, name=Andr%E9, 200",
    ", name=Andr%C3%A9, 200",
    ", name=Andr%E9, 400",
    "; charset=ISO-8859-1, name=Andr%C3%A9, 404"
  })
  void whenAFormNamesItsCharsetThenThatIsWhatIsPercentEncoded(
      @Nullable String charset, String form, int status) {
    engine.deploy(
        "charset.channel",
        WebhookEngine.channel("charset", "charset", "\"params\": {\"name\": \"André\"}, " + NONE));
    String type = "application/x-www-form-urlencoded" + (charset == null ? "" : charset);

    assertThat(engine.send("POST", "charset", Map.of("content-type", type), form).status())
        .isEqualTo(status);
  }

  @Test
  @Timeout(60)
  void whenAFormRepeatsOneNameUpToTheSizeLimitThenItIsReadInNoTime() {
    engine.deploy("many.channel", WebhookEngine.channel("many", "many", NONE));
    Map<String, String> form = Map.of("content-type", "application/x-www-form-urlencoded");

    assertThat(engine.send("POST", "many", form, "a&".repeat(512 * 1024)).status()).isEqualTo(200);
  }

  @Test
  void whenAConditionFailsThenItIsLoggedOnceForEachVersionAndWithoutTheRequest() {
    String failing =
        WebhookEngine.channel(
            "failing", "failing", "\"condition\": \"${body.a.b.c > 0}\", " + NONE);
    engine.deploy("failing.channel", failing);
    try (LoggedEvents log = LoggedEvents.of(Conditions.class)) {
      engine.post("failing", "{\"a\": \"secret\"}");
      engine.post("failing", "{\"a\": \"secret\"}");
      assertThat(log.events()).hasSize(1);
      engine.deploy("failing.channel", failing);
      engine.post("failing", "{\"a\": \"secret\"}");
      engine.post("failing", "{\"a\": \"secret\"}");

      assertThat(log.events()).hasSize(2);
      assertThat(log.events().get(0).getLevel()).isEqualTo(Level.WARN);
      assertThat(log.messages().get(0)).contains("failing").doesNotContain("secret");
    }
  }

  static Stream<Arguments> payloads() {
    return Stream.of(
        Arguments.of("{\"i\": 5}", "i", 5),
        Arguments.of("{\"i\": \"5\"}", "i", 5),
        Arguments.of("{\"i\": 5.0}", "i", 5),
        Arguments.of("{\"i\": null}", "i", null),
        Arguments.of("{\"l\": 9007199254740993}", "l", 9007199254740993L),
        Arguments.of("{\"d\": 1}", "d", 1.0),
        Arguments.of("{\"d\": 0.1}", "d", 0.1),
        Arguments.of("{\"d\": 99999999999999.99}", "d", new BigDecimal("99999999999999.99")),
        Arguments.of(
            "{\"d\": \"0.1000000000000000000001\"}",
            "d",
            new BigDecimal("0.1000000000000000000001")),
        Arguments.of("{\"s\": 25000000.0}", "s", "25000000"),
        Arguments.of("{\"s\": 19.0}", "s", "19.0"),
        Arguments.of("{\"s\": 1E-7}", "s", "0.0000001"),
        Arguments.of("{\"s\": 99999999999999.99}", "s", "99999999999999.99"),
        Arguments.of("{\"b\": \"true\"}", "b", true),
        Arguments.of("{\"s\": 5}", "s", "5"),
        Arguments.of("{\"s\": \"${1+1}\"}", "s", "${1+1}"),
        Arguments.of("{\"s\": \"a\\u0000b\"}", "s", "a\ufffdb"),
        Arguments.of("{\"j\": \"a\\u0000b\"}", "j", "a\ufffdb"),
        Arguments.of("\ufeff{\"i\": 5}", "i", 5),
        Arguments.of("{\"j\": 5}", "j", 5L),
        Arguments.of("{}", "x-head", "seen"),
        Arguments.of("{}", "method", "POST"));
  }

  @ParameterizedTest
  @MethodSource("payloads")
  void whenAPayloadValueFitsItsTypeThenTheProcessHasIt(String body, String name, Object expected) {
    assertThat(start(body).status()).isEqualTo(200);

    assertThat(lastVariables()).containsEntry(name, expected);
  }

  @Test
  void whenPayloadIsJsonThenTheProcessHasTheTree() {
    start("{\"j\": {\"k\": [1]}}");

    assertThat(lastVariables().get("j")).hasToString("{\"k\":[1]}");
    assertThat(lastVariables().get("all")).hasToString("{\"j\":{\"k\":[1]}}");
    assertThat(lastVariables().get("params")).hasToString("{\"q\":\"1\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"i\": \"text\"} | i is no number of that type: it is a string, wanted integer",
        "{\"i\": 5.5}      | i is no number of that type: it is a number, wanted integer",
        "{\"i\": 2147483648} | i is no number of that type",
        "{\"i\": true}     | i is no number of that type: it is a boolean",
        "{\"i\": []}       | i is no number of that type: it is a array",
        "{\"l\": 9223372036854775808} | l is no number of that type",
        "{\"d\": \"NaN\"}  | d is no number: it is a string, wanted double",
        "{\"d\": 1e-9999} | d is no number",
        "{\"d\": 1e-99999} | d is no number",
        "{\"d\": \"-1e-999999999\"} | d is no number",
        "{\"d\": 1e309}   | d is no number",
        "{\"d\": \"1,5\"}  | d is no number",
        "{\"b\": 1}        | b is no boolean: it is a number",
        "{\"b\": \"yes\"}  | b is no boolean",
        "{\"s\": {}}       | s is no single value: it is a object, wanted string",
        "{\"s\": []}       | s is no single value"
      })
  void whenAPayloadValueDoesNotFitItsTypeThenAnswerIs400AndNothingStarts(
      String body, String detail) {
    long before = engine.runtime().createProcessInstanceQuery().count();

    WebhookResponse response = start(body);

    assertThat(response.status()).isEqualTo(400);
    assertThat(WebhookEngine.text(response)).contains("The event payload " + detail);
    assertThat(engine.runtime().createProcessInstanceQuery().count()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"i\": 1e999999999}", "{\"d\": 1e999}"})
  void whenANumberIsBeyondEveryDoubleThenAnswerIs400(String body) {
    assertThat(start(body).status()).isEqualTo(400);
  }

  @Test
  void whenATemplateCannotBeFilledThenAnswerIs400() {
    engine.deploy(
        "unfilled.channel",
        WebhookEngine.channel(
            "unfilled", "unfilled", "\"body\": {\"a\": \"${body.a.b.c}\"}, " + NONE));

    WebhookResponse response = engine.post("unfilled", "{\"a\": \"secret\"}");

    assertThat(response.status()).isEqualTo(400);
    assertThat(WebhookEngine.text(response)).contains("unfilled").doesNotContain("secret");
  }

  @Test
  void whenTheBodyNamesAnEventThatIsNotDeployedThenAnswerIsNotMatch() {
    engine.deploy(
        "detected.channel",
        WebhookEngine.channel(
            "detected", "detected", "\"channelEventKeyDetection\": {\"jsonField\": \"event\"}"));

    assertThat(engine.post("detected", "{\"event\": \"typed\"}").status()).isEqualTo(200);
    assertThat(engine.post("detected", "{\"event\": \"nothing\"}").status()).isEqualTo(404);
    assertThat(engine.post("detected", "{}").status()).isEqualTo(404);
  }

  private WebhookResponse start(String body) {
    return engine.send(
        "POST", "typed?q=1", Map.of("content-type", "application/json", "x-head", "seen"), body);
  }

  private Map<String, Object> lastVariables() {
    return new HashMap<>(
        engine
            .runtime()
            .getVariables(
                engine
                    .runtime()
                    .createProcessInstanceQuery()
                    .processDefinitionKey("typed")
                    .list()
                    .stream()
                    .max(Comparator.comparingLong(i -> Long.parseLong(i.getId())))
                    .orElseThrow()
                    .getId()));
  }
}
