package io.restconnector.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.RestConnectorSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.autoconfigure.context.properties.ConfigurationPropertiesReportEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.env.EnvironmentEndpointAutoConfiguration;
import org.springframework.boot.actuate.context.properties.ConfigurationPropertiesReportEndpoint;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.env.EnvironmentEndpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Actuator's endpoints show of the settings where an operator lets them show all values. */
class SecretSanitizingAutoConfigurationTest {

  private static final String SECRET = "0-Known-Secret";

  private final ApplicationContextRunner application =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  RestConnectorAutoConfiguration.class,
                  SecretSanitizingAutoConfiguration.class,
                  EndpointAutoConfiguration.class,
                  EnvironmentEndpointAutoConfiguration.class,
                  ConfigurationPropertiesReportEndpointAutoConfiguration.class))
          .withPropertyValues(
              "management.endpoints.web.exposure.include=*",
              "management.endpoint.env.show-values=always",
              "management.endpoint.configprops.show-values=always",
              "rest-connector.secrets.crm=" + SECRET + "1",
              "rest-connector.secrets.crm.eu.pin=" + SECRET + "2",
              "restConnector.secrets[My Key/1]=" + SECRET + "3",
              "rest-connector.authentications.crm.type=client-credentials",
              "rest-connector.authentications.crm.client-id=order-process",
              "rest-connector.authentications.crm.secret=" + SECRET + "4",
              "rest-connector.authentications.crm.token-endpoint=https://i/?k=" + SECRET + "5",
              "rest-connector.authentications[crm.eu].type=basic",
              "rest-connector.authentications[crm.eu].username=ann",
              "rest-connector.authentications[crm.eu].secret=" + SECRET + "6",
              "rest-connector.authentications.crm.properties.access-key=" + SECRET + "10",
              "rest-connector.endpoints.[APS Base].url=https://aps.example",
              "rest-connector.endpoints.[APS Base].headers.X-Api-Key=" + SECRET + "11",
              "restConnector.endpoints.2002.url=https://aps.example",
              "restConnector.endpoints.2002.headers[Authorization]=" + SECRET + "12",
              "rest-connector.proxy.host=proxy.example",
              "rest-connector.proxy.port=3128",
              "rest-connector.proxy.username=bob",
              "rest-connector.proxy.passwordSecret=" + SECRET + "7",
              "rest-connector.default-timeout=7s")
          .withInitializer(
              context ->
                  context
                      .getEnvironment()
                      .getPropertySources()
                      .addLast(
                          new SystemEnvironmentPropertySource(
                              "test-" + StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                              Map.of(
                                  "REST_CONNECTOR_ENDPOINTS_CRM_URL", "https://crm.example",
                                  "REST_CONNECTOR_ENDPOINTS_CRM_HEADERS_KEY", SECRET + "13",
                                  "REST_CONNECTOR_SECRETS_OLD", SECRET + "8",
                                  "RESTCONNECTOR_SECRETS_OLDER", SECRET + "9"))));

  @Test
  void whenValuesAreShownThenThoseOfTheSettingsAreAndSecretsAreNot() {
    application.run(
        context -> {
          JsonNode shown = properties(context);

          assertThat(shown.at("/defaultTimeout").asString()).isEqualTo("PT7S");
          assertThat(shown.at("/maxConnections").asInt()).isEqualTo(200);
          assertThat(shown.at("/webhooks/path").asString()).isEqualTo("/rest-connector/events");
          assertThat(shown.at("/proxy/host").asString()).isEqualTo("proxy.example");
          assertThat(shown.at("/endpoints/APS Base/url").asString())
              .isEqualTo("https://aps.example");
          assertThat(shown.at("/endpoints/APS Base/headers/X-Api-Key").asString())
              .isEqualTo("******");
          assertThat(shown.at("/authentications/crm/clientId").asString())
              .isEqualTo("order-process");
          assertThat(shown.toString()).contains("\"crm\"", "crm.eu", "crm.eu.pin", "My Key/1");
          assertThat(configprops(context).toString()).contains("******").doesNotContain(SECRET);
        });
  }

  @Test
  void whenTheEnvironmentIsShownThenItsSecretsAreNot() {
    application.run(
        context ->
            assertThat(
                    JsonMapper.shared()
                        .writeValueAsString(
                            context.getBean(EnvironmentEndpoint.class).environment(null)))
                .contains("rest-connector.secrets.crm", "REST_CONNECTOR_SECRETS_OLD", "3128", "7s")
                .doesNotContain(SECRET));
  }

  @Test
  void whenTheConnectorIsDisabledThenTheEnvironmentStillHidesItsSecrets() {
    application
        .withPropertyValues("rest-connector.enabled=false")
        .run(
            context -> {
              assertThat(context).doesNotHaveBean(RestConnectorProperties.class);
              assertThat(
                      JsonMapper.shared()
                          .writeValueAsString(
                              context.getBean(EnvironmentEndpoint.class).environment(null)))
                  .doesNotContain(SECRET);
            });
  }

  @Test
  void whenTheApplicationHasSettingsOfItsOwnThenThePropertiesAreNotBound() {
    application
        .withBean(RestConnectorSettings.class, RestConnectorSettings::defaults)
        .withPropertyValues("rest-connector.default-timeout=never")
        .run(
            context ->
                assertThat(context)
                    .hasNotFailed()
                    .hasSingleBean(RestConnectorSettings.class)
                    .doesNotHaveBean(RestConnectorProperties.class));
  }

  @Test
  void whenTheApplicationNamesAFunctionOfItsOwnThenTheConnectorsBacksOff() {
    SanitizingFunction own = data -> data;
    application
        .withBean("restConnectorSanitizingFunction", SanitizingFunction.class, () -> own)
        .run(context -> assertThat(context.getBean(SanitizingFunction.class)).isSameAs(own));
  }

  @Test
  void whenThereIsNoActuatorThenThereIsNoFunction() {
    new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(SecretSanitizingAutoConfiguration.class))
        .withClassLoader(new FilteredClassLoader(SanitizingFunction.class))
        .run(
            context ->
                assertThat(context)
                    .hasNotFailed()
                    .doesNotHaveBean("restConnectorSanitizingFunction"));
  }

  @Test
  void whenThePropertiesArePrintedThenTheyShowNoSecret() {
    application.run(
        context -> {
          assertThat(context.getBean(RestConnectorProperties.class).toString())
              .doesNotContain(SECRET);
          assertThat(context.getBean(RestConnectorSettings.class).http().access().endpoints())
              .hasSize(2)
              .extracting(Object::toString)
              .asString()
              .doesNotContain(SECRET);
        });
  }

  private static JsonNode properties(AssertableApplicationContext context) {
    for (JsonNode bean : configprops(context).findValue("beans")) {
      if (bean.path("prefix").asString().equals("rest-connector")) {
        return bean.get("properties");
      }
    }
    throw new AssertionError(configprops(context));
  }

  private static JsonNode configprops(AssertableApplicationContext context) {
    return JsonMapper.shared()
        .valueToTree(
            context.getBean(ConfigurationPropertiesReportEndpoint.class).configurationProperties());
  }
}
