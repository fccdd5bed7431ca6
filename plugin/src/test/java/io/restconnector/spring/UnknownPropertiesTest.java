package io.restconnector.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.RestConnectorSettings;
import io.restconnector.http.AuthenticationSettings;
import io.restconnector.spi.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.FileSystemResource;

class UnknownPropertiesTest {

  @ParameterizedTest
  @CsvSource({
    "authentications.crm.host, authentications.crm.hosts",
    "authentications.crm.host[0], authentications.crm.hosts",
    "authentications.crm.allowedHosts, authentications.crm.hosts",
    "authentications[crm.eu].host, authentications.crm.eu.hosts",
    "authentications.crm.eu.hosts, authentications.crm.hosts",
    "authentications.crm.hosts.first, authentications.crm.hosts",
    "authentications.crm.hosts[0].name, authentications.crm.hosts",
    "authentications.crm.type.name, authentications.crm.type",
    "authentication.crm.type, authentications.crm.type",
    "secret.crm, secrets.crm",
    "secret.crm.pin, secrets.crm.pin",
    "timeout, default-timeout",
    "default-timeouts, default-timeout",
    "DEFAULT_TIMEOUTS, default-timeout",
    "max-attempts, retry.max-attempts",
    "webhook.path, webhooks.path",
    "workers.enabled, worker.enabled",
    "proxy.nonProxy, proxy.no-proxy",
    "egress.allowed[0], egress.allow",
    "enable, enabled",
    "webhook.enabled, webhooks.enabled",
    "webhooks.enable, webhooks.enabled",
    "access.ssl-bundle, ssl-bundle",
    "http.ssl-bundle, ssl-bundle",
    "ssl-bundles, ssl-bundle",
  })
  void whenAPropertyIsUnknownThenTheNearestIsNamed(String slip, String nearest) {
    assertThatThrownBy(() -> bind(Map.of("rest-connector." + slip, "0-Secret")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is no property of the REST connector")
        .hasMessageEndingWith("the nearest one is rest-connector." + nearest)
        .hasMessageNotContaining("0-Secret")
        .hasNoCause();
  }

  @Test
  void whenTwoAreUnknownThenBothAreNamed() {
    assertThatThrownBy(
            () -> bind(Map.of("rest-connector.time-out", 1, "rest-connector.proxy.hosts", "a")))
        .hasMessageContaining("rest-connector.time-out")
        .hasMessageContaining("rest-connector.proxy.hosts");
  }

  @Test
  void whenPropertiesAreWrittenInOtherFormsThenTheyAreKnown() {
    RestConnectorSettings settings =
        bind(
            Map.of(
                "rest-connector.maxConnections", "7",
                "rest-connector.max_connections_per_host", "3",
                "rest-connector.DEFAULT-TIMEOUT", "5s",
                "rest-connector.secrets.crm.pin", "0123",
                "rest-connector.secrets.crm", "a",
                "rest-connector.secrets[My Key/1]", "b",
                "rest-connector.authentications[crm.eu].ssl-bundle", "partner",
                "rest-connector.egress.deny[0]", "10.0.0.0/8",
                "rest-connector.egress.deny[1]", "evil.example",
                "rest-connectors.unknown", "of another"));

    assertThat(settings.http().maxConnections()).isEqualTo(7);
    assertThat(settings.http().maxConnectionsPerHost()).isEqualTo(3);
    assertThat(settings.http().defaultTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.http().access().secrets())
        .isEqualTo(
            Map.of(
                "crm", Secret.of("a"), "crm.pin", Secret.of("0123"), "My Key/1", Secret.of("b")));
    assertThat(settings.http().access().authentications()).containsOnlyKeys("crm.eu");
    assertThat(settings.http().egress().deny()).containsExactly("10.0.0.0/8", "evil.example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RESTCONNECTOR_AUTHENTICATIONS_CRM_HOST",
        "REST_CONNECTOR_AUTHENTICATIONS_CRM_HOST",
        "REST_CONNECTOR_AUTHENTICATIONS_CRM_HOST_0",
        "RESTCONNECTOR_AUTHENTICATIONS_CRM_TYP",
        "rest_connector_authentications_crm_host",
      })
  void whenAVariableOfAnAuthenticationIsUnknownThenItIsNamed(String variable) {
    assertThatThrownBy(() -> bindEnvironment(Map.of(variable, "0-Secret")))
        .hasMessageContaining(variable + " is no property of the REST connector")
        .hasMessageMatching(
            "(?i).*the nearest one is REST_?CONNECTOR_AUTHENTICATIONS_CRM_(HOSTS|TYPE)")
        .hasMessageNotContaining("0-Secret");
  }

  @Test
  void whenVariablesOfTheEnvironmentHaveThePrefixThenWhatIsOursIsReadAndTheRestIsLeftAlone() {
    Map<String, Object> variables = new HashMap<>();
    for (String service : List.of("REST_CONNECTOR", "RESTCONNECTOR", "REST_CONNECTOR_WEBHOOKS")) {
      variables.put(service + "_SERVICE_HOST", "10.0.0.1");
      variables.put(service + "_SERVICE_PORT", "80");
      variables.put(service + "_PORT", "tcp://10.0.0.1:80");
      variables.put(service + "_PORT_80_TCP_ADDR", "10.0.0.1");
    }
    variables.put("REST_CONNECTOR_CRM_PASSWORD", "x");
    variables.put("REST_CONNECTOR_DEFAULT_TIMEOUT", "5s");
    variables.put("RESTCONNECTOR_MAXCONNECTIONS", "7");
    variables.put("RESTCONNECTOR_SECRETS_CRM", "s");
    variables.put("RESTCONNECTOR_AUTHENTICATIONS_CRM_TYPE", "bearer");
    variables.put("RESTCONNECTOR_AUTHENTICATIONS_CRM_SECRET", "crm");
    variables.put("RESTCONNECTOR_AUTHENTICATIONS_CRM_HOSTS_0", "crm.example.com");
    variables.put("RESTCONNECTOR_AUTHENTICATIONS_CRM_SSLBUNDLE", "partner");

    RestConnectorSettings settings = bindEnvironment(variables);

    assertThat(settings.http().defaultTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.http().maxConnections()).isEqualTo(7);
    assertThat(settings.http().access().secrets()).containsOnlyKeys("crm");
    assertThat(settings.http().access().authentications())
        .isEqualTo(
            Map.of(
                "crm",
                AuthenticationSettings.bearer("crm")
                    .withHosts(List.of("crm.example.com"))
                    .withSslBundle("partner")));
  }

  @Test
  void whenSectionsOfAFileAreEmptyThenNothingIsSet(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("application.yml");
    Files.writeString(
        file, "rest-connector:\n  secrets: {}\n  circuit-breaker: {}\n  egress.allow: []\n");
    StandardEnvironment environment = new StandardEnvironment();
    new YamlPropertySourceLoader()
        .load("file", new FileSystemResource(file))
        .forEach(environment.getPropertySources()::addFirst);

    assertThat(BoundSettings.of(environment)).isEqualTo(RestConnectorSettings.defaults());
  }

  @Test
  void whenTheStatusOfTheEnvironmentIsNoneThenItsValueIsNotShown() {
    assertThatThrownBy(() -> bind(Map.of("EVENT_NOT_MATCH_STATUS", "0-Secret")))
        .hasMessage("EVENT_NOT_MATCH_STATUS is no status, wanted 200 to 599")
        .hasNoCause();
    assertThatCode(() -> bind(Map.of("EVENT_NOT_MATCH_STATUS", "202"))).doesNotThrowAnyException();
  }

  private static RestConnectorSettings bind(Map<String, Object> properties) {
    StandardEnvironment environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
    return BoundSettings.of(environment);
  }

  private static RestConnectorSettings bindEnvironment(Map<String, Object> variables) {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .replace(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
            new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
    return BoundSettings.of(environment);
  }
}
