package io.restconnector.content.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text in the characters of a URL. */
class PercentEncodingTest {

  @ParameterizedTest
  @CsvSource({
    "a-b._~, a-b._~, a-b._~",
    "a b/c, a%20b%2Fc, a%20b/c",
    "'ü?&#%25', %C3%BC%3F%26%23%2525, %C3%BC%3F%26%23%2525",
    "'[]\"', %5B%5D%22, %5B%5D%22"
  })
  void whenTextIsAComponentOrAPathThenItIsEncoded(String text, String component, String path)
      throws Exception {
    assertThat(PercentEncoding.component(text)).isEqualTo(component);
    assertThat(PercentEncoding.path(text)).isEqualTo(path);
  }

  @ParameterizedTest
  @CsvSource({
    "'http://h/a b?c=ü#d', 'http://h/a%20b?c=%C3%BC#d'",
    "http://h/%41%zz%4, http://h/%41%25zz%254",
    "http://h/[x], http://h/%5Bx%5D",
    "http://bücher.example:8080/ü, http://xn--bcher-kva.example:8080/%C3%BC",
    "http://h℀b/, http://h℀b/",
    "/bücher, /b%C3%BCcher"
  })
  void whenTextIsAUrlThenOnlyWhatItMayNotHoldIsEncoded(String url, String encoded)
      throws Exception {
    assertThat(PercentEncoding.url(url)).isEqualTo(encoded);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://straße.de/", "http://ς.gr/", "http://a\u200db/", "http://ẞ.de/"})
  void whenStandardsReadAHostDifferentlyThenItIsRefused(String url) {
    assertThatThrownBy(() -> PercentEncoding.url(url))
        .hasMessageContaining("two standards of host names")
        .message()
        .doesNotContain("http");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud83d", "a\ude00b"})
  void whenHalfOfACharacterIsThereThenItIsRefused(String text) {
    assertThatThrownBy(() -> PercentEncoding.component(text)).hasMessageContaining("surrogate");
    assertThatThrownBy(() -> PercentEncoding.url("http://h/" + text))
        .hasMessageContaining("surrogate");
  }
}
