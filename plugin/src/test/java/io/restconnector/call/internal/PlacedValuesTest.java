package io.restconnector.call.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values in a URL of the model, here between the marks ‹ and ›. */
class PlacedValuesTest {

  private static PlacedValues of(String marked) {
    PlacedValues url = new PlacedValues();
    for (String part : List.of(marked.split("(?=‹)|(?<=›)"))) {
      if (part.startsWith("‹")) {
        url.value("restUrl", part.substring(1, part.length() - 1));
      } else {
        url.text(part);
      }
    }
    return url;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.example.com/‹orders›/‹A-1›",
        "https://api.example.com/‹a/b›",
        "‹https://api.example.com/../x›",
        "‹https://api.example.com›/orders",
        "https://‹api.example.com›/orders",
        "https://‹eu›.example.com/orders",
        "https://api.example.com:‹8080›/",
        "https://api-‹eu›/x",
        "https://api.example.com‹/orders›",
        "https://api.example.com/a‹?b=c›",
        "https://api.example.com/a‹?b=c›&d=e",
        "https://api.example.com/a?b=‹c?d›",
        "https://api.example.com/‹...›/a",
        "https://api.example.com/‹a.›b"
      })
  void whenValuesStayInTheirPlacesThenTheUrlIsGood(String marked) throws Exception {
    PlacedValues url = of(marked);
    url.check();
    assertThat(url).hasToString(marked.replaceAll("[‹›]", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "https://api‹.evil.example/›.example.com/x, ends the host",
    "https://api.example.com‹.evil.example›/x, makes another host",
    "https://api.example.com‹pany›/x, makes another host",
    "https://api.example.com‹:80@evil›/x, makes another host",
    "https://a/‹..›/b, a dot segment",
    "https://a/x/‹%2e%2E›/b, a dot segment",
    "https://a/‹.›., a dot segment",
    "https://a/‹b/../..›/c, a dot segment",
    "https://a/‹..;x=y›/b, a dot segment",
    "https://a/‹b?c›/d, ends the path",
    "https://a/b‹#›/c, ends the URL"
  })
  void whenAValueLeavesItsPlaceThenItIsRefused(String marked, String problem) {
    assertThatThrownBy(() -> of(marked).check())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("restUrl is a String whose expression has ")
        .hasMessageContaining(problem);
  }

  @Test
  void whenTheValueIsOfTheParametersThenTheMessageSaysSo() {
    PlacedValues url = new PlacedValues();
    url.text("https://a/");
    url.value("restUrlParams", "..");

    assertThatThrownBy(url::check).hasMessageStartingWith("restUrlParams has a dot segment");
  }
}
