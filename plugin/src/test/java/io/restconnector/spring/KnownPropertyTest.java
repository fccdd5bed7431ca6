package io.restconnector.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** Names of properties, as a source may write them. */
class KnownPropertyTest {

  private static final List<KnownProperty> ALL = KnownProperty.all();

  @ParameterizedTest
  @CsvSource({
    "rest-connector.default-timeout, true",
    "rest-connector.defaulttimeout, true",
    "rest-connector.default-timeouts, false",
    "rest-connector.default-timeout.x, false",
    "rest-connector.secrets.crm, true",
    "rest-connector.secrets.crm.eu, true",
    "rest-connector.secrets, false",
    "rest-connector.authentications.a.hosts, true",
    "rest-connector.authentications.a.hosts[0], true",
    "rest-connector.authentications.a.hosts.x, false",
    "rest-connector.authentications.a.hosts[0].x, false",
    "rest-connector.authentications.a.host, false",
    "rest-connector.authentications.hosts, false",
    "rest-connector.webhooks.max-body-size, true",
    "other.default-timeout, false"
  })
  void whenANameIsThatOfAPropertyThenItIsKnown(String name, boolean isKnown) {
    ConfigurationPropertyName property = ConfigurationPropertyName.of(name);
    assertThat(ALL.stream().anyMatch(each -> each.isNamed(property))).isEqualTo(isKnown);
  }

  @ParameterizedTest
  @CsvSource({
    "rest-connector.webhooks, true",
    "rest-connector.authentications.a, true",
    "rest-connector.webhook, false",
    "rest-connector.default-timeout, false"
  })
  void whenANameIsThatOfAGroupThenPropertiesAreBelow(String name, boolean isGroup) {
    ConfigurationPropertyName property = ConfigurationPropertyName.of(name);
    assertThat(ALL.stream().anyMatch(each -> each.isBelow(property))).isEqualTo(isGroup);
  }

  @ParameterizedTest
  @CsvSource({
    "secrets, rest-connector.secret.crm.eu, rest-connector.secrets.crm.eu",
    "default-timeout, rest-connector.timeout, rest-connector.default-timeout"
  })
  void whenANameIsNearThenItsKeysAreThoseThatWereWritten(
      String second, String written, String like) {
    KnownProperty known =
        ALL.stream().filter(each -> each.path().get(1).equals(second)).findFirst().orElseThrow();
    assertThat(known.like(ConfigurationPropertyName.of(written))).isEqualTo(like);
  }
}
