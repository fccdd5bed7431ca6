package io.restconnector.webhook.internal.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.content.internal.JsonText;
import io.restconnector.spi.Secret;
import io.restconnector.webhook.internal.channel.ChannelTree;
import io.restconnector.webhook.internal.request.RefusedException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.flowable.common.engine.impl.el.ExpressionManager;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a process's answer takes along from the request. */
class DeferredAnswerTest {

  private static final ExpressionManager EXPRESSIONS = Triggers.expressions(Map.of());
  private static final JsonNode RESULT = JsonText.parse("{\"instance\": {\"id\": \"i-1\"}}");
  private static final RequestScope REQUEST =
      new RequestScope(
          "tenant",
          "POST",
          "a/7",
          Map.of("id", "7"),
          Map.of("several", List.of("x", "y"), "one", "1"),
          Map.of(),
          JsonText.parse(
              "{\"text\": \"${1 + 1} \\u20ac\", \"n\": 99999999999999.99, \"tree\": {\"a\": [1]}}"));

  private static DeferredAnswer of(String properties) throws Exception {
    AnswerTemplate template =
        AnswerTemplate.read(
            new ChannelTree(Triggers.tree(properties)), new TriggerExpressions(EXPRESSIONS));
    Evaluator evaluator =
        new Evaluator(
            "k",
            EXPRESSIONS::createExpression,
            REQUEST,
            REQUEST.signing(name -> Secret.of("secret")));
    return DeferredAnswer.of(Triggers.read("tenant", Triggers.NONE), template, evaluator);
  }

  private static JsonNode body(DeferredAnswer answer) throws RefusedException {
    return answer
        .evaluator(EXPRESSIONS, name -> Secret.of("secret"), RESULT)
        .signed("body", Objects.requireNonNull(answer.template().body()));
  }

  @Test
  void whenExpressionsDoNotSeeTheResultThenTheirValuesAreTakenAndNothingElseOfTheRequest()
      throws Exception {
    DeferredAnswer answer =
        of(
            """
            'status': 201, 'body': {'a': ['${body.n}'], 'b': '${path} and ${body.text}', 'c': 5},
            'answerHeaders': {'X-Id': '${pathVariables.id}', 'X-Fixed': 'f'}""");

    assertThat(answer.values())
        .containsOnlyKeys("${body.n}", "${path}", "${body.text}", "${pathVariables.id}");
    assertThat(answer.scope()).isEmpty();
    assertThat(answer.triggerKey()).isEqualTo("k");
    assertThat(answer.tenantId()).isEqualTo("tenant");
  }

  @Test
  void whenAnExpressionSeesTheResultThenWhatElseItLooksAtIsTakenAlong() throws Exception {
    DeferredAnswer answer = of("'body': '${result.instance.id == params.one ? path : unknown}'");

    assertThat(answer.values()).isEmpty();
    assertThat(answer.scope()).containsOnlyKeys("params", "path");
  }

  @Test
  void whenItIsKeptAsTextThenTheTextIsAsciiAndTheAnswerIsTheSame() throws Exception {
    DeferredAnswer answer =
        of(
            """
            'status': 201, 'answerHeaders': {'X': '${result.instance.id}'},
            'body': {'text': '${body.text}', 'n': '${body.n}', 'tree': '${body.tree}',
                     'both': '${params.several[1]} ${result.instance.id}',
                     'list': '${result == null ? 0 : params.several}',
                     'sub': '${result == null ? 0 : body.tree.a}'}""");
    String text = answer.text();

    DeferredAnswer read = DeferredAnswer.parse(text);

    assertThat(text).matches("\\p{ASCII}*");
    assertThat(read.values())
        .containsOnlyKeys("${body.text}", "${body.n}", "${body.tree}", "${params.several[1]}");
    assertThat(read.template().status()).isEqualTo(201);
    assertThat(read.template().headers()).isEqualTo(answer.template().headers());
    assertThat(read.scope().get("params")).isInstanceOf(Map.class);
    for (DeferredAnswer each : List.of(answer, read)) {
      // What the sender wrote is a value, and never an expression.
      assertThat(body(each))
          .isEqualTo(
              JsonText.parse(
                  """
                  {"text": "${1 + 1} \\u20ac", "n": 99999999999999.99, "tree": {"a": [1]},
                   "both": "y i-1", "list": ["x", "y"], "sub": [1]}"""));
    }
  }

  @Test
  void whenThereIsNoBodyThenThereIsNoneLater() throws Exception {
    DeferredAnswer answer = of("'answerHeaders': {'X': '${result.instance.id}'}");

    assertThat(DeferredAnswer.parse(answer.text()).template().body()).isNull();
  }

  @Test
  void whenAnExpressionSignsWhatTheRequestHasThenItIsSignedNow() throws Exception {
    DeferredAnswer answer = of("'body': '${hmac:hex(\\\"sha256\\\", \\\"s\\\", path)}'");

    assertThat(answer.values().values()).allMatch(each -> each.stringValue().length() == 64);
    assertThat(body(DeferredAnswer.parse(answer.text())).stringValue()).hasSize(64);
  }

  @Test
  void whenTheRequestDoesNotSuitTheAnswerThenItIsRefusedNow() {
    assertThatThrownBy(() -> of("'body': {'a': '${body.text * 2}'}"))
        .isInstanceOf(RefusedException.class)
        .hasMessage("respond.body of trigger k cannot be made from this request.");
    assertThatThrownBy(() -> of("'answerHeaders': {'X': '${body.text * 2}'}"))
        .hasMessage("respond.answerHeaders.X of trigger k cannot be made from this request.");
  }
}
