package io.restconnector.content.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JsonTextTest {

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of("", "it is empty"),
        Arguments.of(" \n", "it is empty"),
        Arguments.of("secret", "line 1, column 1: a word is neither true, false nor null"),
        Arguments.of("{\"a\":\n secret}", "line 2, column 2: a word is neither"),
        Arguments.of("{\"a\":1", "line 1, column 7: it ends too early"),
        Arguments.of("[1,2", "it ends too early"),
        Arguments.of("\"secret", "it ends too early"),
        Arguments.of("{\"a\":1 \"b\":2}", "line 1, column 8: a comma is missing"),
        Arguments.of("[1 2]", "a comma is missing"),
        Arguments.of("{\"a\" 1}", "a colon is missing"),
        Arguments.of("{a:1}", "line 1, column 2: a name in double quotes is missing"),
        Arguments.of("{\"a\":1,}", "a name in double quotes is missing"),
        Arguments.of("{'a':1}", "a name in double quotes is missing"),
        Arguments.of("[1}", "a bracket is closed that is not open"),
        Arguments.of("{} {}", "something follows the value"),
        Arguments.of("1 secret", "a word is neither"),
        Arguments.of("[\"a\nsecret\"]", "a control character in a string is not escaped"),
        Arguments.of("[\"\\secret\"]", "there is no such escape"),
        Arguments.of("[01]", "a number is malformed"),
        Arguments.of("[1.]", "there is an unexpected character"),
        Arguments.of("[&secret]", "line 1, column 2: there is an unexpected character"),
        Arguments.of("[\"a\", ${secret}]", "line 1, column"),
        Arguments.of("[".repeat(501), "it is nested too deep"),
        Arguments.of("1".repeat(1001), "it is nested too deep, or a name, text or number is too"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void whenTextIsNoJsonThenTheFaultNamesPlaceAndReasonAndNotTheText(String text, String fault) {
    assertThatExceptionOfType(JsonText.NoJsonException.class)
        .isThrownBy(() -> JsonText.parse(text))
        .satisfies(
            noJson -> {
              assertThat(noJson.fault()).contains(fault).doesNotContain("secret", "ackson");
              assertThat(noJson).hasMessage("a String that holds no JSON").hasNoCause();
            });
  }

  @Test
  void whenTextIsJsonThenItKeepsItsDigits() {
    assertThat(JsonText.parse(" [1.10, 99999999999999.99] "))
        .hasToString("[1.10,99999999999999.99]");
  }
}
