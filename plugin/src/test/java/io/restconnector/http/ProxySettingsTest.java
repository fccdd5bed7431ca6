package io.restconnector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which hosts a proxy is for, and what is no proxy. */
class ProxySettingsTest {

  @Test
  void whenAHostIsExceptedThenItIsCalledDirectly() {
    ProxySettings proxy =
        ProxySettings.of("Proxy.example", 3128).withNoProxy(List.of("localhost", "*.corp.example"));

    assertThat(proxy.proxyOf("https", "LOCALHOST")).isNull();
    assertThat(proxy.proxyOf("http", "a.corp.example")).isNull();
    assertThat(proxy.proxyOf("https", "corp.example")).hasToString("http://Proxy.example:3128");
    assertThat(proxy.hosts()).containsExactly("proxy.example");
  }

  @ParameterizedTest
  @CsvSource({
    ", 1, , , wants a host",
    "https://user:secret@h, 1, , , wants a host",
    "h, 0, , , wants a host",
    "h, 65536, , , wants a host",
    "h, , , , wants a host",
    "h, 1, user, , wants both username and password-secret",
    "h, 1, , secret, wants both username and password-secret",
    "h, 1, a:b, secret, username holds a colon"
  })
  @SuppressWarnings("NullAway") // a binder may leave them out
  void whenSomethingIsMissingOrWrongThenTheMessageQuotesNothing(
      @Nullable String host,
      @Nullable Integer port,
      @Nullable String user,
      @Nullable String secret,
      String message) {
    assertThatThrownBy(() -> new ProxySettings(host, port, user, secret, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .message()
        .doesNotContain("user:secret", "a:b");
  }
}
