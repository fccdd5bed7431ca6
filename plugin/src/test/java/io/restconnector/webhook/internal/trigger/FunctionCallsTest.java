package io.restconnector.webhook.internal.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an expression calls and looks at, before it is evaluated. */
class FunctionCallsTest {

  private final FunctionCalls calls = new FunctionCalls();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "${body.a}                                   | false | -",
        "${json:parse(params.p).a}                   | false | -",
        "hmac:hex is text                            | false | -",
        "${hmac:hex('sha256', 's', body)}            | true  | -",
        "${hmac:base64('sha512', name, body)}        | true  | -",
        "${hmac:hex(algorithm, 's', body)}           | true  | -",
        "${hmac:hex('sha256', 's', body)}            | false | hmac only in body and answerHeaders",
        "${a ? 1 : (b + hmac:hex('md5', 's', c))}    | false | hmac only in body and answerHeaders",
        "${hmac:hex('md5', 's', body)}               | true  | as algorithm one of [sha1, sha256, sha384, sha512]",
        "${hmac:hex('SHA256', 's', body)}            | true  | as algorithm one of [sha1, sha256, sha384, sha512]",
        "x${list[hmac:base64('md5', 's', body)]}     | true  | as algorithm one of [sha1, sha256, sha384, sha512]"
      })
  void whenAnExpressionSignsThenItMayOnlyInAnswersAndByAKnownAlgorithm(
      String expression, boolean maySign, @Nullable String problem) {
    assertThat(calls.problemOf(expression, maySign)).isEqualTo(problem);
  }

  @Test
  void whenOneExpressionIsWrongThenTheNextIsLookedAtAnew() {
    calls.problemOf("${hmac:hex('md5', 's', body)}", true);

    assertThat(calls.problemOf("${body}", false)).isNull();
  }

  @Test
  void whenSecretsStandInExpressionsAsTheyAreThenTheirNamesAreKnown() {
    calls.problemOf("${hmac:hex('sha256', 'one', hmac:base64('sha1', 'two', body))}", true);
    calls.problemOf("${hmac:hex('sha256', params.name, 'three')}", true);
    calls.problemOf("${body['four']}", true);

    assertThat(calls.secretNames()).containsExactlyInAnyOrder("one", "two");
  }

  @Test
  void whenAnExpressionNamesVariablesThenTheyAreSeenAndTheirPropertiesAreNot() {
    assertThat(FunctionCalls.names("${body.item + params['result'] + json:parse(x).y} ${z}"))
        .containsExactlyInAnyOrder("body", "params", "x", "z");
    assertThat(FunctionCalls.sees("${result.instance.id}", "result")).isTrue();
    assertThat(FunctionCalls.sees("${body.result == 'result'}", "result")).isFalse();
    assertThat(FunctionCalls.sees("result", "result")).isFalse();
  }
}
