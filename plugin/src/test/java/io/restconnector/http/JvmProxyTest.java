package io.restconnector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JvmProxyTest {

  private static JvmProxy of(String... namesAndValues) {
    Properties system = new Properties();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      system.setProperty(namesAndValues[i], namesAndValues[i + 1]);
    }
    return JvmProxy.of(system);
  }

  @Test
  void whenOneSchemeHasAProxyThenTheOtherIsCalledDirectly() {
    JvmProxy proxy = of("https.proxyHost", "p", "https.proxyPort", "3128");
    assertThat(proxy.proxyOf("HTTPS", "a.example")).hasToString("http://p:3128");
    assertThat(proxy.proxyOf("http", "a.example")).isNull();
    assertThat(of().proxyOf("http", "a.example")).isNull();
    assertThat(of("http.proxyHost", "").proxyOf("http", "a.example")).isNull();
  }

  @Test
  void whenThereIsNoPortThenItIsThatOfTheScheme() {
    JvmProxy proxy = of("http.proxyHost", "P", "https.proxyHost", "q");
    assertThat(proxy.proxyOf("http", "a.example")).hasToString("http://P:80");
    assertThat(proxy.proxyOf("https", "a.example")).hasToString("http://q:443");
    assertThat(proxy.hosts()).containsExactlyInAnyOrder("p", "q");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "- localhost true",
        "- 127.0.0.1 true",
        "- 127.9.9.9 true",
        "- ::1 true",
        "- [::1] true",
        "- a.example false",
        "*.example.com|10.* a.example.com true",
        "*.example.com|10.* A.EXAMPLE.COM true",
        "*.example.com|10.* example.com false",
        "*.example.com|10.* 10.1.2.3 true",
        "*.example.com|10.* 110.1.2.3 false",
        "*.example.com|10.* localhost false",
        "*example.com badexample.com true",
        "a.example||b.example b.example true",
        "a.example b.a.example false",
        "* any.example true",
        "a*b ab false"
      })
  void whenAHostIsNamedThenItIsCalledDirectly(String nonProxyHosts, String host, boolean direct) {
    JvmProxy proxy =
        nonProxyHosts.equals("-")
            ? of("http.proxyHost", "p")
            : of("http.proxyHost", "p", "http.nonProxyHosts", nonProxyHosts);
    assertThat(proxy.proxyOf("http", host) == null).isEqualTo(direct);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65536", "x", "-1", "123456"})
  void whenThePortIsNoneThenTheMessageNamesTheProperty(String port) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of("https.proxyHost", "p", "https.proxyPort", port))
        .withMessage("the system property https.proxyPort is no port from 1 to 65535");
  }
}
