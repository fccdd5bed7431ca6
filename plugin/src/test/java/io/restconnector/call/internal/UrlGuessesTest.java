package io.restconnector.call.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlGuessesTest {

  private static final String BASE = "https://host.invalid";

  @Test
  void whenThereIsNoExpressionThenTheUrlIsTriedOnce() {
    assertThat(UrlGuesses.of(0, false, BASE)).containsExactly(List.of());
  }

  @Test
  void whenAnExpressionBeginsTheUrlThenItGivesAtLeastTheScheme() {
    assertThat(UrlGuesses.of(1, true, BASE))
        .containsExactly(List.of(BASE), List.of("https"), List.of(BASE + "/"));
  }

  @Test
  void whenAnExpressionComesLaterThenTheLikelyValueIsTriedFirst() {
    assertThat(UrlGuesses.of(1, false, BASE))
        .startsWith(List.of(DeployedInputs.GUESS))
        .contains(List.of(""), List.of("?a=b"), List.of("://host.invalid"))
        .doesNotContain(List.of(BASE));
  }

  @ParameterizedTest
  @CsvSource({"2, true, 27", "3, true, 243", "3, false, 729", "4, false, 729", "9, false, 729"})
  void whenThereAreManyExpressionsThenTheTriesAreBounded(
      int expressions, boolean isLeading, int tries) {
    List<List<String>> guesses = UrlGuesses.of(expressions, isLeading, BASE);

    assertThat(guesses).hasSize(tries).doesNotHaveDuplicates();
    assertThat(guesses).allSatisfy(guess -> assertThat(guess).hasSize(expressions));
    assertThat(guesses)
        .allSatisfy(
            guess ->
                assertThat(guess.subList(Math.min(3, expressions) - 1, expressions))
                    .containsOnly(guess.get(Math.min(3, expressions) - 1)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://h/x         | {}",
        "https://h/{a}/{+b}  | {'a':'1111','b':'1111'}",
        "https://h/{a}{a}    | {'a':'1111'}",
        "https://h/{}{ c }   | {'':'1111',' c ':'1111'}",
        "https://h/{a{b}     | {'b':'1111'}",
      })
  void whenAUrlHasPlaceholdersThenEachHasAValue(String restUrl, String params) {
    assertThat(UrlGuesses.placeholders(restUrl)).hasToString(params.replace('\'', '"'));
  }
}
