package io.restconnector.call.internal;

import static io.restconnector.call.internal.TestTasks.ofText;
import static io.restconnector.call.internal.TestTasks.probe;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlCheckTest {

  private static @Nullable String refusal(String task, String... wrong) {
    return new UrlCheck(probe(RestAction.GET, ofText(task)), Set.of(wrong)).refusal();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "timeout=1",
        "restUrl=https://h/x",
        "restUrl:=${a}",
        "restUrl:=${a}/x",
        "restUrl:=${scheme}://h/x",
        "restUrl:=http${s}://h/x",
        "restUrl:=https://h:${port}/${a}?b=${c}&d=${e}",
        "restUrl:=https://[${address}]/x",
        "restUrl=https://h/{a}/{+b}",
        "restUrl=https://h/{a} ; restUrlParams:=${params}",
        "restUrl=https://h/{a} ; restUrlParams={\"a\":\"${b}\"}",
        "restUrl=https://h/a b ; restUrlEncoded:=${encoded}",
        "restUrl=https://h/a%20b ; restUrlEncoded=false",
      })
  void whenSomeValuesMakeAUrlThenItIsNotRefused(String task) {
    assertThat(refusal(task)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "restUrl=/x                                   | its scheme is another or none",
        "restUrl=https://h/${a}                       | wanted flowable:expression",
        "restUrl:=ftp://h/${a}                        | its scheme is another or none",
        "restUrl:=https://u@h/${a}                    | it holds user info",
        "restUrl:=https://h:99999/${a}                | its host or port is malformed",
        "restUrl=https://h/{a} ; restUrlParams={}     | no value for the placeholder {a}",
        "restUrl=https://h/{a} ; restUrlParams={\"a\":{}} | a JSON OBJECT, wanted a scalar",
        "restUrl=https://h/a b ; restUrlEncoded=false | it holds characters",
      })
  void whenNoValueMakesAUrlThenItIsRefusedAsTheRuntimeDoes(String task, String said) {
    assertThat(refusal(task)).startsWith("restUrl").contains(said);
  }

  @Test
  void whenOtherInputsAreWrongByThemselvesThenTheUrlIsNotBlamed() {
    assertThat(refusal("restUrl=https://h/{a} ; restUrlParams={}", "restUrlParams")).isNull();
    assertThat(refusal("restUrl=https://h/a b ; restUrlEncoded=false", "restUrlEncoded")).isNull();
    assertThat(refusal("restUrl=https://h/x ; restUrlEncoded=no")).contains("restUrlEncoded");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "restUrl:=https://${a}/x       | https://1111/x",
        "restUrl:=${a}/${b}            | https://host.invalid/1111",
        "restUrl=https://h/x           | https://h/x",
        "restUrl:=${a}                 | https://host.invalid",
        "timeout=1                     | https://host.invalid",
      })
  void whenTheLikelyUrlIsAskedThenItHasTheLikelyValues(String task, String url) throws Exception {
    Inputs.Source likely = new UrlCheck(probe(RestAction.GET, ofText(task)), Set.of()).likely();

    assertThat(new Inputs(likely).raw("restUrl")).isEqualTo(url);
  }

  @Test
  void whenTheModelHasNoUrlThenItsOtherInputsAreKept() throws Exception {
    Inputs.Source likely =
        new UrlCheck(
                probe(
                    RestAction.GET,
                    ofText("restUrl:=${a} ; restUrlParams={\"a\":1} ; restUrlEncoded:=${b}")),
                Set.of())
            .likely();

    assertThat(likely.find("restUrlParams")).isNotNull();
    assertThat(likely.find("restUrlEncoded")).isNull();
    assertThat(likely.find("timeout")).isNull();
  }

  @Test
  void whenAUrlIsGuessedThenEachExpressionHasAValueAndEachPlaceholder() throws Exception {
    Inputs.Source source =
        new UrlCheck(probe(RestAction.GET, ofText("restUrl:=https://${a}/{b}?c=${d}")), Set.of())
            .source(List.of("h"));

    assertThat(new Inputs(source).raw("restUrl")).isEqualTo("https://h/{b}?c=1111");
    assertThat(Objects.requireNonNull(source.find("restUrlParams")).value())
        .isEqualTo(UrlGuesses.placeholders("https://${a}/{b}?c=${d}"));
  }
}
