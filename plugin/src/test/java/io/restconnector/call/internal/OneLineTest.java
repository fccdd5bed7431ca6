package io.restconnector.call.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OneLineTest {

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r", "\t", "\0", "\u007f", "\u0085", "\u2028", "\u2029"})
  void whenTextHasAControlOrALineSeparatorThenItIsABlank(String control) {
    assertThat(OneLine.of(control + "a" + control + control + "\u00e4")).isEqualTo(" a  \u00e4");
  }

  @Test
  void whenTextIsTooLongThenItIsCutAndSaysSo() {
    String longest = "a".repeat(2000);

    assertThat(OneLine.of("")).isEmpty();
    assertThat(OneLine.of(longest)).isEqualTo(longest);
    assertThat(OneLine.of(longest + "b")).isEqualTo(longest + "\u2026");
  }
}
