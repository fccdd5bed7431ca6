package io.restconnector.http.internal.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Host names as settings list them, and as URLs hold them. */
class HostPatternsTest {

  @ParameterizedTest
  @CsvSource({
    "api.example.com, API.Example.com, true",
    "api.example.com, www.api.example.com, false",
    "*.example.com, a.b.example.com, true",
    "*.Example.com, a.example.COM, true",
    "*.example.com, example.com, false",
    "*.example.com, evilexample.com, false"
  })
  void whenAHostFitsThenThePatternMatches(String pattern, String host, boolean isMatch) {
    assertThat(HostPatterns.match(List.of("other", pattern), host)).isEqualTo(isMatch);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://user:password@host", "a b", "*", "*.", "a/b", "*.*.com", ""})
  void whenAnEntryIsNoHostThenItIsRefusedByItsPlace(String entry) {
    assertThatThrownBy(() -> HostPatterns.check("no-proxy", List.of("ok", entry)))
        .hasMessageStartingWith("no-proxy[1] is not a host")
        .message()
        .doesNotContain("password");
  }

  @Test
  void whenAHostIsAnAddressThenItIsOneToo() {
    assertThat(HostPatterns.isHost("::1")).isTrue();
    assertThat(HostPatterns.isHost("127.0.0.1")).isTrue();
    assertThat(HostPatterns.isHost("*.example.com")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "http://my_service:81/x, my_service, 81",
    "https://h, h, 443",
    "HTTP://h, h, 80",
    "http://[::1]:8080/, ::1, 8080",
    "http:/path, , 80",
    "http://a:b:c/, , 80"
  })
  void whenAUrlNamesAHostThenItIsThatOfTheClient(String url, String host, int port) {
    assertThat(HostPatterns.hostOf(URI.create(url))).isEqualTo(host);
    assertThat(HostPatterns.portOf(URI.create(url))).isEqualTo(port);
  }
}
