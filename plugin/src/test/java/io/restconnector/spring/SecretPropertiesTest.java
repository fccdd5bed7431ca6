package io.restconnector.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.RestConnectorConfigurator;
import io.restconnector.RestConnectorSettings;
import io.restconnector.call.internal.RestCalls;
import io.restconnector.fixtures.Bpmn;
import io.restconnector.fixtures.RawServer;
import io.restconnector.fixtures.TestCertificates;
import io.restconnector.http.AccessSettings;
import io.restconnector.http.AuthenticationSettings;
import io.restconnector.http.ProxySettings;
import io.restconnector.spi.Secret;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.flowable.engine.RepositoryService;
import org.flowable.engine.RuntimeService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.autoconfigure.context.properties.ConfigurationPropertiesReportEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.env.EnvironmentEndpointAutoConfiguration;
import org.springframework.boot.actuate.context.properties.ConfigurationPropertiesReportEndpoint;
import org.springframework.boot.actuate.env.EnvironmentEndpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Secrets, authentications, TLS and proxy as properties of a Spring Boot application. */
class SecretPropertiesTest {

  private final ApplicationContextRunner settingsOnly =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  RestConnectorAutoConfiguration.class, SslAutoConfiguration.class));

  @Test
  void whenPropertiesAreSetThenSettingsFollow() {
    settingsOnly
        .withPropertyValues(
            "rest-connector.secrets.crm-password=0123",
            "rest-connector.authentications.crm.type=client-credentials",
            "rest-connector.authentications.crm.token-endpoint=https://idp.example/token",
            "rest-connector.authentications.crm.client-id=id",
            "rest-connector.authentications.crm.secret=crm-password",
            "rest-connector.authentications.crm.scope=a b",
            "rest-connector.authentications.crm.hosts=api.example.com,*.example.org",
            "rest-connector.authentications.old.type=api-key",
            "rest-connector.authentications.old.query-parameter=key",
            "rest-connector.authentications.old.secret=crm-password",
            "rest-connector.proxy.host=proxy.example",
            "rest-connector.proxy.port=3128",
            "rest-connector.proxy.username=ann",
            "rest-connector.proxy.password-secret=crm-password",
            "rest-connector.proxy.no-proxy=localhost,*.example.com")
        .run(
            context ->
                assertThat(access(context.getBean(RestConnectorSettings.class)))
                    .isEqualTo(
                        AccessSettings.defaults()
                            .withSecrets(Map.of("crm-password", Secret.of("0123")))
                            .withAuthentications(
                                Map.of(
                                    "crm",
                                    AuthenticationSettings.clientCredentials(
                                            URI.create("https://idp.example/token"),
                                            "id",
                                            "crm-password",
                                            "a b")
                                        .withHosts(List.of("api.example.com", "*.example.org")),
                                    "old",
                                    AuthenticationSettings.apiKeyQuery("key", "crm-password")))
                            .withProxy(
                                ProxySettings.of("proxy.example", 3128)
                                    .withCredentials("ann", "crm-password")
                                    .withNoProxy(List.of("localhost", "*.example.com")))));
  }

  @Test
  void whenSecretsAreFilesOfADirectoryThenTheyAreRead(@TempDir Path directory) throws Exception {
    Files.writeString(directory.resolve("rest-connector.secrets.crm"), "s3cret\n");
    settingsOnly
        .withInitializer(new ConfigDataApplicationContextInitializer())
        .withPropertyValues("spring.config.import=configtree:" + directory + "/")
        .run(
            context ->
                assertThat(access(context.getBean(RestConnectorSettings.class)).secrets())
                    .containsExactly(Map.entry("crm", Secret.of("s3cret"))));
  }

  @Test
  void whenYamlTakesASecretForANumberThenItIsRead(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("application.yml");
    Files.writeString(file, "rest-connector.secrets: {pin: 98765432, flag: true, text: '0123'}");
    settingsOnly
        .withInitializer(new ConfigDataApplicationContextInitializer())
        .withPropertyValues("spring.config.location=" + file)
        .run(
            context ->
                assertThat(access(context.getBean(RestConnectorSettings.class)).secrets())
                    .isEqualTo(
                        Map.of(
                            "pin", Secret.of("98765432"),
                            "flag", Secret.of("true"),
                            "text", Secret.of("0123"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rest-connector.authentications.crm.type=basic",
        "rest-connector.authentications.crm.type=s3cret",
        "rest-connector.authentications.crm.hosts=api.example.com",
        "rest-connector.authentications.crm.ssl-bundle=unknown",
        "rest-connector.proxy.host=only",
      })
  void whenAPropertyIsNoGoodThenStartFails(String property) {
    settingsOnly
        .withPropertyValues("rest-connector.secrets.crm=0-Known-Secret", property)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasStackTraceContaining("restConnectorSettings")
                    .hasMessageNotContaining("0-Known-Secret"));
  }

  @Test
  void whenABundleHasOptionsThenStartFails(@TempDir Path directory) throws Exception {
    TestCertificates certificates = new TestCertificates(directory);
    settingsOnly
        .withPropertyValues(
            "spring.ssl.bundle.jks.partner.truststore.location=file:" + certificates.trustStore(),
            "spring.ssl.bundle.jks.partner.truststore.password=changeit",
            "spring.ssl.bundle.jks.partner.options.enabled-protocols=TLSv1.2",
            "rest-connector.ssl-bundle=partner")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasStackTraceContaining("SSL bundle 'partner' has options, wanted none"));
  }

  @Test
  void whenAnApplicationRunsThenBundlesWorkAndActuatorHidesTheSecrets(@TempDir Path directory)
      throws Exception {
    TestCertificates certificates = new TestCertificates(directory);
    Path keys = certificates.clientKeyStore();
    String ok = RawServer.response("200 OK", "ok");
    try (RawServer server =
        RawServer.startMutualTls(certificates.validAndTrusting(), RawServer.always(ok))) {
      new ApplicationContextRunner()
          .withUserConfiguration(Application.class)
          .withConfiguration(
              AutoConfigurations.of(
                  EndpointAutoConfiguration.class,
                  EnvironmentEndpointAutoConfiguration.class,
                  ConfigurationPropertiesReportEndpointAutoConfiguration.class))
          .withPropertyValues(
              "spring.datasource.url=jdbc:h2:mem:secretProperties;DB_CLOSE_DELAY=60",
              "flowable.async-executor-activate=false",
              "management.endpoints.web.exposure.include=*",
              "spring.ssl.bundle.jks.partner.keystore.location=file:" + keys,
              "spring.ssl.bundle.jks.partner.keystore.password=changeit",
              "spring.ssl.bundle.jks.partner.keystore.type=PKCS12",
              "spring.ssl.bundle.jks.partner.truststore.location=file:" + certificates.trustStore(),
              "spring.ssl.bundle.jks.partner.truststore.password=changeit",
              "spring.ssl.bundle.jks.partner.truststore.type=PKCS12",
              "rest-connector.secrets.crm=0-Known-Secret",
              "rest-connector.authentications.crm.type=bearer",
              "rest-connector.authentications.crm.secret=crm",
              "rest-connector.authentications.crm.ssl-bundle=partner")
          .run(
              context -> {
                assertThat(context).hasNotFailed();
                var instance = call(context, server);
                assertThat(instance).containsEntry("restStatus", 200);
                assertThat(server.requests().get(0)).contains("Bearer 0-Known-Secret");

                JsonMapper json = JsonMapper.shared();
                assertThat(
                        json.writeValueAsString(
                            context.getBean(EnvironmentEndpoint.class).environment(null)))
                    .contains("rest-connector.secrets.crm")
                    .doesNotContain("0-Known-Secret");
                assertThat(
                        json.writeValueAsString(
                            context
                                .getBean(ConfigurationPropertiesReportEndpoint.class)
                                .configurationProperties()))
                    .doesNotContain("0-Known-Secret");
                assertThat(context.getBean(RestConnectorSettings.class).toString())
                    .contains("crm=***")
                    .doesNotContain("0-Known-Secret");
                assertThat(context.getBean(RestConnectorConfigurator.class).unwrap(RestCalls.class))
                    .isNotNull();
              });
    }
  }

  private static Map<String, Object> call(ApplicationContext context, RawServer server) {
    context
        .getBean(RepositoryService.class)
        .createDeployment()
        .addString(
            "p.bpmn20.xml",
            Bpmn.process(
                "p",
                """
                <startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="call"/>
                <serviceTask id="call" flowable:delegateExpression="${restGet}"/>
                <sequenceFlow sourceRef="call" targetRef="w"/><userTask id="w"/>
                """))
        .deploy();
    RuntimeService runtime = context.getBean(RuntimeService.class);
    String instance =
        runtime
            .createProcessInstanceBuilder()
            .processDefinitionKey("p")
            .variable("restUrl", server.url("/"))
            .variable("authentication", "crm")
            .start()
            .getId();
    return runtime.getVariables(instance);
  }

  private static AccessSettings access(RestConnectorSettings settings) {
    return settings.http().access();
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {}
}
