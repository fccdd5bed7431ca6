package io.restconnector.project.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "${now()}                        | now",
        "a ${f(g(1)) + f (2)} #{h()}     | f,g,h",
        "${a == 'it\\'s f()' && g()}     | g",
        "${not (a) and empty (b) or (c)} | ``",
        "${a.f(1)} ${a . f()} ${ns:f()}  | ``",
        "${'f()' == \"g()\"}             | ``",
        "f() {g()}                       | ``",
        "\\${f()}                        | ``",
        "${f}                            | ``",
      })
  void whenAFunctionIsCalledByItsNameAloneThenItIsFound(String text, String names) {
    assertThat(String.join(",", Functions.calledIn(text))).isEqualTo(names);
  }

  @Test
  void whenAFunctionIsCalledThenItIsAnError() {
    Faults faults = new Faults();

    assertThat(Functions.check("${f() + g()}", "the input a", Place.of("x"), faults)).isFalse();
    assertThat(faults.errors())
        .containsExactly(
            "x: the input a calls the function f(), which this engine does not have",
            "x: the input a calls the function g(), which this engine does not have");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "f()", "${a.f()}"})
  void whenNoneIsCalledThenNothingIsSaid(String text) {
    Faults faults = new Faults();

    assertThat(Functions.check(text, "a", Place.of("x"), faults)).isTrue();
    assertThat(faults.errors()).isEmpty();
  }
}
