package io.restconnector.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.InvalidSettingsException;
import io.restconnector.http.OutboundProxy;
import io.restconnector.http.ProxySettings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Either the JVM's proxy, or one that is named, or none. */
class ProxyPropertiesTest {

  @Test
  void whenNothingIsGivenThenThereIsNoProxy() {
    assertThat(new ProxyProperties(false, null, null, null, null, null).toSettings()).isNull();
  }

  @Test
  void whenAProxyIsNamedThenItIsThat() {
    assertThat(
            new ProxyProperties(false, "proxy", 3128, "bob", "key", List.of("localhost"))
                .toSettings())
        .isEqualTo(new ProxySettings("proxy", 3128, "bob", "key", List.of("localhost")));
  }

  @ParameterizedTest
  @CsvSource({
    "h, , , , ",
    ", 1, , , ",
    ", , user, , ",
    ", , , key, ",
    ", , , , localhost",
  })
  void whenOnlyAPartIsGivenThenTheMessageNamesThePropertyAndTheMissing(
      @Nullable String host,
      @Nullable Integer port,
      @Nullable String user,
      @Nullable String secret,
      @Nullable String noProxy) {
    List<String> direct = noProxy == null ? null : List.of(noProxy);
    assertThatThrownBy(
            () -> new ProxyProperties(false, host, port, user, secret, direct).toSettings())
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageStartingWith("rest-connector.proxy: ")
        .hasMessageContaining("wants a host")
        .hasNoCause();
  }

  @ParameterizedTest
  @CsvSource({"h, , , ", ", 1, , ", ", , user, ", ", , , localhost"})
  void whenTheJvmsProxyIsWantedThenNothingMayStandBesideIt(
      @Nullable String host,
      @Nullable Integer port,
      @Nullable String user,
      @Nullable String noProxy) {
    List<String> direct = noProxy == null ? null : List.of(noProxy);
    assertThatThrownBy(() -> new ProxyProperties(true, host, port, user, null, direct).toSettings())
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessage(
            "rest-connector.proxy: system is for the JVM's proxy, and beside it is nothing");
  }

  @Test
  void whenTheJvmsProxyIsWantedThenItsSystemPropertiesCount() {
    OutboundProxy ofJvm = new ProxyProperties(true, null, null, null, null, null).toSettings();

    assertThat(ofJvm).isNotInstanceOf(ProxySettings.class);
  }
}
