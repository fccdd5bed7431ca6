package io.restconnector.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One layer of escapes less, and where each character stood. */
class DecodedTextTest {

  private static List<Integer> starts(DecodedText text) {
    List<Integer> starts = new ArrayList<>();
    for (int i = 0; i <= text.text().length(); i++) {
      starts.add(text.start(i));
    }
    return starts;
  }

  private static DecodedText decoded(String text) {
    return Objects.requireNonNull(DecodedText.of(text).decoded());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a%62c             | abc",
        "%C3%A4%62         | \u00e4b",
        "%F0%9F%98%80      | \ud83d\ude00",
        "%E4b              | \u00e4b",
        "%E4%62            | \u00e4b",
        "%2561             | %61",
        "%6z%6             | ",
        "\\u0041\\u00e4    | A\u00e4",
        "\\/\\\"\\\\       | /\"\\",
        "a\\qb             | ",
        "&#65;&#x42;       | AB",
        "&#128512;         | \ud83d\ude00",
        "&lt;&gt;&amp;&quot;&apos; | <>&\"'",
        "&nbsp;&;          | ",
      })
  void whenATextHasEscapesThenOneLayerIsTakenOff(String text, String meant) {
    DecodedText decoded = DecodedText.of(text).decoded();

    assertThat(decoded == null ? null : decoded.text()).isEqualTo(meant);
  }

  @Test
  void whenControlsAreEscapedThenTheyAreMeant() {
    assertThat(decoded("\\b\\f\\n\\r\\t").text()).isEqualTo("\b\f\n\r\t");
  }

  @Test
  void whenCharactersAreEscapedThenEachStandsWhereItsEscapeBegins() {
    assertThat(starts(decoded("a%62c"))).containsExactly(0, 1, 4, 5);
    assertThat(starts(decoded("%C3%A4%62c"))).containsExactly(0, 6, 9, 10);
    assertThat(starts(decoded("%E4%62"))).containsExactly(0, 3, 6);
    assertThat(starts(decoded("%F0%9F%98%80&amp;"))).containsExactly(0, 0, 12, 17);
  }

  @Test
  void whenASecondLayerIsTakenOffThenThePlacesAreThoseOfTheFirstText() {
    DecodedText twice = Objects.requireNonNull(decoded("x%2562y").decoded());

    assertThat(twice.text()).isEqualTo("xby");
    assertThat(starts(twice)).containsExactly(0, 1, 6, 7);
    assertThat(twice.decoded()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "\\", "&", "a%b"})
  void whenATextHasWhatBeginsAnEscapeThenItMayBeEscaped(String text) {
    assertThat(DecodedText.mayBeEscaped(text)).isTrue();
  }

  @Test
  void whenATextHasNoneOfItThenItIsNotEscaped() {
    assertThat(DecodedText.mayBeEscaped("plain / text + 1")).isFalse();
    assertThat(DecodedText.of("plain / text + 1").decoded()).isNull();
  }
}
