package io.restconnector.call.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailureTextTest {

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r", "\t", "\0", "\u007f", "\u0085", "\u2028", "\u2029"})
  void whenTextHasAControlOrALineSeparatorThenItIsABlank(String control) {
    assertThat(FailureText.oneLine(control + "a" + control + control + "\u00e4"))
        .isEqualTo(" a  \u00e4");
  }

  @Test
  void whenTextIsTooLongThenItIsCutAndSaysSo() {
    String longest = "a".repeat(2000);

    assertThat(FailureText.oneLine("")).isEmpty();
    assertThat(FailureText.oneLine(longest)).isEqualTo(longest);
    assertThat(FailureText.oneLine(longest + "b")).isEqualTo(longest + "\u2026");
  }
}
