package io.restconnector.webhook.internal.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.webhook.internal.channel.InvalidTriggerException;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The expressions of one channel file. */
class TriggerExpressionsTest {

  private static final String SIGNING = "${hmac:hex('sha256', 's', body)}";

  private final TriggerExpressions expressions =
      new TriggerExpressions(Triggers.expressions(Map.of()));

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }

  @Test
  void whenATemplateHoldsExpressionsThenEachIsParsedOnceByItsText() throws Exception {
    expressions.parseAll(
        "p",
        json(
            """
            {"a": "x ${body.a} y ${params.q}", "b": [[" ${body.a} "], 1, null, "plain"],
             "${not.a.value}": true}
            """));

    assertThat(expressions.byText()).containsOnlyKeys("${body.a}", "${params.q}");
    assertThat(
            Objects.requireNonNull(expressions.byText().get("${params.q}"))
                .getValue(Triggers.request(null)))
        .isEqualTo("1");
    assertThat(expressions.secretNames()).isEmpty();
  }

  @Test
  void whenOneDoesNotParseThenItsPlaceIsNamed() {
    assertThatThrownBy(
            () -> expressions.parseAll("p", json("{\"a\": {\"b\": [\"ok\", \"${1 +}\"]}}")))
        .isInstanceOf(InvalidTriggerException.class)
        .hasMessage("p.a.b is \"${1 +}\", wanted an expression that parses")
        .hasCauseInstanceOf(RuntimeException.class);
  }

  @Test
  void whenATemplateSignsThenItMustBeThatOfAnAnswer() throws Exception {
    JsonNode template = json("[\"" + SIGNING + "\"]");
    assertThatThrownBy(() -> expressions.parseAll("p", template))
        .hasMessage("p is \"" + SIGNING + "\", wanted hmac only in body and answerHeaders");
    expressions.parseAnswer("p", template);

    assertThat(expressions.secretNames()).containsExactly("s");
    assertThat(expressions.byText()).containsOnlyKeys(SIGNING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"${body.a}\"", "\" ${body.a}\\n\""})
  void whenAPropertyIsOneExpressionThenItIsParsed(String leaf) throws Exception {
    assertThat(expressions.parse("p", json(leaf)).getValue(Triggers.request(json("{\"a\": 5}"))))
        .hasToString("5");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"x${body}\" | an expression ${…} without text around it",
        "\"${body}${body}\" | an expression ${…} without text around it",
        "\"body\" | an expression ${…} without text around it",
        "\"\" | an expression ${…} without text around it",
        "5 | an expression ${…} without text around it",
        "[\"${body}\"] | an expression ${…} without text around it",
        "\"${1 +}\" | an expression that parses",
        "\"${hmac:hex('sha256', 's', body)}\" | hmac only in body and answerHeaders"
      })
  void whenAPropertyIsNotOneExpressionThenTheMessageSaysWhatIsWanted(String leaf, String wanted) {
    assertThatThrownBy(() -> expressions.parse("p", json(leaf)))
        .isInstanceOf(InvalidTriggerException.class)
        .hasMessage("p is " + leaf + ", wanted " + wanted);
  }
}
