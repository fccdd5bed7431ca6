package io.restconnector.http.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocationTest {

  /** All of RFC 3986 §5.4, without the fragments, which are not sent. */
  @ParameterizedTest
  @CsvSource({
    "g:h, g:h",
    "g, http://a/b/c/g",
    "./g, http://a/b/c/g",
    "g/, http://a/b/c/g/",
    "/g, http://a/g",
    "//g, http://g",
    "?y, http://a/b/c/d;p?y",
    "g?y, http://a/b/c/g?y",
    "#s, http://a/b/c/d;p?q",
    "g#s, http://a/b/c/g",
    "g?y#s, http://a/b/c/g?y",
    ";x, http://a/b/c/;x",
    "g;x, http://a/b/c/g;x",
    "g;x?y#s, http://a/b/c/g;x?y",
    "'', http://a/b/c/d;p?q",
    "., http://a/b/c/",
    "./, http://a/b/c/",
    ".., http://a/b/",
    "../, http://a/b/",
    "../g, http://a/b/g",
    "../.., http://a/",
    "../../, http://a/",
    "../../g, http://a/g",
    "../../../g, http://a/g",
    "../../../../g, http://a/g",
    "/./g, http://a/g",
    "/../g, http://a/g",
    "g., http://a/b/c/g.",
    ".g, http://a/b/c/.g",
    "g.., http://a/b/c/g..",
    "..g, http://a/b/c/..g",
    "./../g, http://a/b/g",
    "./g/., http://a/b/c/g/",
    "g/./h, http://a/b/c/g/h",
    "g/../h, http://a/b/c/h",
    "g;x=1/./y, http://a/b/c/g;x=1/y",
    "g;x=1/../y, http://a/b/c/y",
    "g?y/./x, http://a/b/c/g?y/./x",
    "g?y/../x, http://a/b/c/g?y/../x",
    "g#s/./x, http://a/b/c/g",
    "g#s/../x, http://a/b/c/g",
    "http:g, http:g"
  })
  void whenAReferenceIsResolvedThenItIsAsTheRfcSays(String reference, String target) {
    assertThat(Location.resolve("http://a/b/c/d;p?q", reference)).isEqualTo(target);
  }

  @ParameterizedTest
  @CsvSource({
    "https://h, g, https://h/g",
    "https://h, ?x, https://h?x",
    "https://h?q, g, https://h/g",
    "https://h/api/items/list?page=1, ?page=2, https://h/api/items/list?page=2",
    "https://h/a/../b, '', https://h/a/../b",
    "https://h/a, /annual report.pdf, https://h/annual%20report.pdf",
    "https://h/a, '/a[1]|b', https://h/a%5B1%5D%7Cb",
    "https://h/a, /\u00fc?q=\u20ac, https://h/%C3%BC?q=%E2%82%AC",
    "https://h/a, /a%20b%2F%zz, https://h/a%20b%2F%25zz",
    "https://h/a, '/x?u=https://o/p?a={b}', https://h/x?u=https://o/p?a=%7Bb%7D",
    "https://h/a, report 10:30.pdf, https://h/report%2010:30.pdf",
    "https://h/a, 1:2, https://h/1:2",
    "https://h/a, '  /b  ', https://h/b",
    "https://h/a, HTTP://H2:81/x, http://H2:81/x",
    "https://h/a, //b\u00fccher.example/x, https://xn--bcher-kva.example/x",
    "https://h/a, http://[::1]:81/x, http://[::1]:81/x",
    "https://h/a, \\b, https://h/%5Cb",
    "https://h/a, '/x?a=1&b=%2B+', https://h/x?a=1&b=%2B+",
    "https://my_service/a, b, https://my_service/b"
  })
  void whenALocationIsGivenThenItIsEncodedAsRestUrlIs(String base, String location, String target)
      throws Exception {
    assertThat(Location.resolve(URI.create(base), location)).hasToString(target);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://h/x",
        "javascript:alert(1)",
        "http:g",
        "https:///x",
        "http://",
        "mailto:a@b",
        "http://h:99999/x",
        "http://h:x/",
        "http://a b/",
        "http://stra\u00dfe.example/",
        "//[x]/",
        "/\ud800",
        "http:\\\\h\\x",
        "http://user:pass@h/x",
        "//user@h/x",
        "http://a..b/"
      })
  void whenALocationIsNoHttpUrlThenItLeadsNowhere(String location) {
    assertThatExceptionOfType(UnusableLocationException.class)
        .isThrownBy(() -> Location.resolve(URI.create("https://h/a"), location));
  }
}
