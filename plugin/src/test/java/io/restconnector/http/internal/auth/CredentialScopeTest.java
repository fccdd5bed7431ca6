package io.restconnector.http.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries as they are read. What a modeler makes of a URL is tested where it is read. */
class CredentialScopeTest {

  @ParameterizedTest
  @CsvSource({
    "A.test, https, a.test, 443",
    "a.test:8443, https, a.test, 8443",
    "*.A.test, https, *.a.test, 443",
    "HTTP://my_host, http, my_host, 80",
    "http://a.test:8080, http, a.test, 8080",
    "https://[::1], https, 0:0:0:0:0:0:0:1, 443",
    "[::1]:8443, https, 0:0:0:0:0:0:0:1, 8443",
    "::1, https, 0:0:0:0:0:0:0:1, 443",
    "a.test:65535, https, a.test, 65535",
  })
  void whenAnEntryNamesAPlaceThenItIsReadInItsOneSpelling(
      String entry, String scheme, String host, int port) {
    assertThat(CredentialScope.parse(List.of(entry)))
        .containsExactly(new CredentialScope(scheme, host, port));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "a.*",
        "a..test",
        "http://*.a.test",
        "ftp://a.test",
        "http://a.test/",
        "http://ann:geheim@a.test",
        "a.test:0",
        "a.test:65536",
        "a.test:",
        "[::1",
        "::1::2",
      })
  void whenAnEntryIsNoneThenItsPlaceIsNamedAndItIsNotQuoted(String entry) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CredentialScope.parse(List.of("a.test", entry)))
        .withMessageStartingWith("hosts[1] is neither a host such as")
        .satisfies(refused -> assertThat(refused).hasMessageNotContaining("geheim"));
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.test/, true",
    "http://a.test/, false",
    "http://LOCALHOST:8080/, true",
    "http://127.9.9.9/, true",
    "http://[0::1]/, true",
    "http://[::2]/, false",
    "http://127.0.0.1.evil.test/, false",
    "http://localhost.evil.test/, false",
    "mailto:a@b.test, false",
  })
  void whenNothingIsSaidThenOnlyTlsAndThisMachineAreConfidential(URI url, boolean isConfidential) {
    assertThat(CredentialScope.isConfidential(url)).isEqualTo(isConfidential);
  }

  @Test
  void whenAUrlHasNoHostThenNoScopeContainsIt() {
    assertThat(
            CredentialScope.parse(List.of("a.test")).get(0).contains(URI.create("mailto:a@a.test")))
        .isFalse();
  }
}
