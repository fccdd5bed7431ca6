package io.restconnector.webhook.internal.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.content.internal.JsonText;
import io.restconnector.spi.Secret;
import io.restconnector.webhook.internal.request.RefusedException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.flowable.common.engine.api.FlowableException;
import org.flowable.common.engine.api.delegate.Expression;
import org.flowable.common.engine.impl.el.ExpressionManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Values from expressions of a trigger, and whose fault it is where there is none. */
class EvaluatorTest {

  private static final ExpressionManager EXPRESSIONS =
      Triggers.expressions(
          Map.of(
              "bean", new FailingBean(), "noJson", new Object(), "list", Arrays.asList("a", null)));
  private static final RequestScope REQUEST =
      Triggers.request(
          JsonText.parse("{\"n\": 99999999999999.99, \"text\": \"t\", \"list\": [1, \"x\", {}]}"));

  private final Evaluator evaluator =
      new Evaluator(
          "k",
          EXPRESSIONS::createExpression,
          REQUEST,
          REQUEST.signing(name -> Secret.of("secret")));

  private static Expression expression(String text) {
    return EXPRESSIONS.createExpression(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"plain\"                     | \"plain\"",
        "\"${body.n}\"                 | 99999999999999.99",
        "\"n=${body.n}\"               | \"n=99999999999999.99\"",
        "\"${body.none}\"              | null",
        "[\"${path}\", {\"a\": \"${pathVariables.id}\"}, 5] | [\"a/7\",{\"a\":\"7\"},5]"
      })
  void whenATemplateIsEvaluatedThenItsExpressionsHaveTheirValues(String template, String json)
      throws Exception {
    assertThat(evaluator.template("p", JsonText.parse(template))).hasToString(json);
  }

  @Test
  void whenTheAnswerIsMadeThenItSeesTheResultAndMaySign() throws Exception {
    JsonNode result = JsonText.parse("\"${result.instance.id}\"");
    JsonNode signing = JsonText.parse("\"${hmac:hex('sha256', 's', body.text)}\"");
    Evaluator later = evaluator.withResult(JsonText.parse("{\"instance\": {\"id\": \"i-1\"}}"));

    assertThat(later.template("p", result)).hasToString("\"i-1\"");
    assertThat(later.signed("p", result)).hasToString("\"i-1\"");
    assertThatThrownBy(() -> evaluator.template("p", result))
        .isInstanceOf(RefusedException.class)
        .hasMessage("p of trigger k cannot be made from this request.");
    assertThat(evaluator.signed("p", signing).stringValue()).hasSize(64);
    assertThatThrownBy(() -> evaluator.template("p", signing))
        .isInstanceOf(FlowableException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "${body.text * 2}               | p of trigger k cannot be made from this request.",
        "${body.text.a.b}               | p of trigger k cannot be made from this request.",
        "${json:parse(body.text)}       | json:parse is given text that is no JSON: it is malformed.",
        "${hmac:hex('sha1', 's', body)} | hmac is given no text by this request."
      })
  void whenTheRequestIsAtFaultThenItIsRefused(String expression, String message) {
    assertThatThrownBy(() -> evaluator.signed("p", JsonText.parse("\"" + expression + "\"")))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith(message.substring(0, message.length() - 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"${bean.fail()}", "x${bean.fail()}", "${noJson}"})
  void whenTheApplicationIsAtFaultThenTheFailureIsNoRefusal(String expression) {
    assertThatThrownBy(() -> evaluator.template("p", JsonText.parse("\"" + expression + "\"")))
        .isInstanceOf(RuntimeException.class);
    if (expression.startsWith("${bean")) {
      assertThatThrownBy(() -> evaluator.list("each", expression(expression)))
          .isInstanceOf(FlowableException.class);
    }
  }

  @Test
  void whenAnExpressionGivesAListThenItsElementsAreAsAProcessHasThem() throws Exception {
    List<?> ofJson = evaluator.list("each", expression("${body.list}"));

    assertThat(ofJson.get(0)).isEqualTo(1L);
    assertThat(ofJson.get(1)).isEqualTo("x");
    assertThat(ofJson.get(2)).hasToString("{}");
    assertThat(evaluator.list("each", expression("${list}"))).isEqualTo(Arrays.asList("a", null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"${body}", "${body.text}", "${body.none}", "${params}"})
  void whenAnExpressionGivesNoListThenTheRequestIsRefused(String expression) {
    assertThatThrownBy(() -> evaluator.list("each", expression(expression)))
        .isInstanceOf(RefusedException.class)
        .hasMessage("each of trigger k gives no list in this request.");
  }

  @Test
  void whenAnExpressionForAListDoesNotSuitTheRequestThenItIsRefused() {
    assertThatThrownBy(() -> evaluator.list("each", expression("${body.text * 2}")))
        .isInstanceOf(RefusedException.class)
        .hasMessage("each of trigger k cannot be made from this request.");
  }
}
