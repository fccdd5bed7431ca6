package io.restconnector.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.RestConnectorConfigurator;
import io.restconnector.RestConnectorSettings;
import io.restconnector.call.internal.RestCalls;
import io.restconnector.fixtures.PlainEngines;
import io.restconnector.fixtures.TestDatabase;
import io.restconnector.webhook.WebhookServlet;
import org.assertj.core.util.Throwables;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.RepositoryService;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.spring.ProcessEngineFactoryBean;
import org.flowable.spring.SpringProcessEngineConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** What an application may turn off, replace, or have twice. */
class SwitchesAndBackOffTest {

  private static final String CHANNEL =
      """
      {"key": "ping", "channelType": "inbound", "type": "webhook", "path": "ping",
       "action": {"type": "none"}}
      """;

  private final WebApplicationContextRunner application =
      new WebApplicationContextRunner()
          .withUserConfiguration(Application.class)
          .withPropertyValues(
              "spring.datasource.url=" + TestDatabase.H2.url(),
              "flowable.async-executor-activate=false");

  private final WebApplicationContextRunner connectorOnly =
      new WebApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  RestConnectorAutoConfiguration.class,
                  DisabledConnectorAutoConfiguration.class,
                  WebhookServletConfiguration.class,
                  RestConnectorOperationsAutoConfiguration.class));

  @ParameterizedTest
  @ValueSource(strings = {"false", "off"})
  void whenTheConnectorIsDisabledThenTheEngineHasNoneAndChannelsCanStillBeDeployed(String value) {
    application
        .withPropertyValues("rest-connector.enabled=" + value)
        .run(
            context -> {
              assertThat(context)
                  .hasNotFailed()
                  .doesNotHaveBean(RestConnectorSettings.class)
                  .doesNotHaveBean(RestConnectorConfigurator.class)
                  .doesNotHaveBean("restGet")
                  .doesNotHaveBean("restConnectorWebhooks")
                  .doesNotHaveBean("restConnectorMeters");
              assertThat(connectors(context.getBean(ProcessEngine.class))).isZero();
              context
                  .getBean(RepositoryService.class)
                  .createDeployment()
                  .addString("ping.channel", CHANNEL)
                  .deploy();
            });
  }

  @Test
  void whenTheConnectorIsDisabledThenItsOtherPropertiesAreNotRead() {
    connectorOnly
        .withPropertyValues("rest-connector.enabled=false", "rest-connector.default-timeout=25h")
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void whenWebhooksAreDisabledThenThereIsNoServletAndTheRestIsThere() {
    application
        .withPropertyValues("rest-connector.webhooks.enabled=false")
        .run(
            context -> {
              assertThat(context)
                  .hasNotFailed()
                  .doesNotHaveBean("restConnectorWebhooks")
                  .doesNotHaveBean("restConnectorWebhookForms")
                  .hasBean("restGet");
              assertThat(connectors(context.getBean(ProcessEngine.class))).isEqualTo(1);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"rest-connector.enabled", "rest-connector.webhooks.enabled"})
  void whenASwitchIsNeitherTrueNorFalseThenTheStartFailsAndNamesIt(String name) {
    connectorOnly
        .withPropertyValues(name + "=4-Secret")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasStackTraceContaining(name + " is not true or false")
                    .satisfies(
                        failure ->
                            assertThat(Throwables.getStackTrace(failure))
                                .doesNotContain("4-Secret")));
  }

  /** How many connectors work in an engine. */
  private static long connectors(ProcessEngine engine) {
    return ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration())
        .getAllConfigurators().stream()
            .filter(
                each ->
                    each instanceof RestConnectorConfigurator c
                        && c.unwrap(RestCalls.class) != null)
            .count();
  }

  @Test
  void whenThereAreTwoEnginesThenTheApplicationStartsAndBothHaveTheConnector() {
    connectorOnly
        .withUserConfiguration(TwoEngines.class)
        .run(
            context -> {
              assertThat(context)
                  .hasNotFailed()
                  .hasBean("restGet")
                  .doesNotHaveBean("restConnectorWebhooks");
              assertThat(context.getBeansOfType(ProcessEngine.class).values())
                  .hasSize(2)
                  .allSatisfy(engine -> assertThat(connectors(engine)).isEqualTo(1));
            });
  }

  @Test
  void whenOneOfTwoEnginesIsPrimaryThenWebhooksAreForIt() {
    application
        .withUserConfiguration(TwoEnginesOnePrimary.class)
        .run(
            context -> {
              assertThat(context).hasNotFailed().hasBean("restConnectorWebhooks");
              assertThat(context.getBeansOfType(ProcessEngine.class).values())
                  .hasSize(2)
                  .allSatisfy(engine -> assertThat(connectors(engine)).isEqualTo(1));
            });
  }

  @Test
  void whenThereAreTwoConfiguratorsThenTheApplicationGivesThemToItsEnginesByItself() {
    connectorOnly
        .withUserConfiguration(TwoConfigurators.class)
        .run(
            context ->
                assertThat(context)
                    .hasNotFailed()
                    .hasBean("restGet")
                    .doesNotHaveBean("restConnectorConfigurator")
                    .doesNotHaveBean("restConnectorEngineConfigurer")
                    .doesNotHaveBean("restConnectorWorkerLifecycle")
                    .doesNotHaveBean("restConnectorMeters"));
  }

  @Test
  void whenThereAreTwoSettingsThenTheApplicationMakesItsConfiguratorsByItself() {
    connectorOnly
        .withBean("first", RestConnectorSettings.class, RestConnectorSettings::defaults)
        .withBean("second", RestConnectorSettings.class, RestConnectorSettings::defaults)
        .run(
            context ->
                assertThat(context)
                    .hasNotFailed()
                    .hasBean("restGet")
                    .doesNotHaveBean(RestConnectorConfigurator.class)
                    .doesNotHaveBean("restConnectorSettings"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "restGet",
        "restHead",
        "restPost",
        "restPut",
        "restPatch",
        "restDelete",
        "restOptions",
        "restTrace",
        "restConnectorEngineConfigurer",
        "restConnectorWorkerLifecycle",
        "restConnectorWebhooks",
        "restConnectorWebhookForms",
        "restConnectorMeters",
        "restConnectorHealthIndicator",
      })
  void whenTheApplicationHasABeanOfThatNameThenItIsTheOne(String name) {
    // To the connector it is one of the application's, whatever it is.
    var servlets = connectorOnly.withUserConfiguration(OneEngine.class);
    (name.contains("Webhook") ? servlets : connectorOnly)
        .withBean(name, Object.class, () -> "the application's")
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(context.getBean(name)).isEqualTo("the application's");
            });
  }

  @Test
  void whenTheApplicationHasSettingsOrAConfiguratorThenThereIsNoOther() {
    RestConnectorSettings settings = RestConnectorSettings.defaults();
    RestConnectorConfigurator configurator = new RestConnectorConfigurator(settings);
    connectorOnly
        .withBean("mine", RestConnectorSettings.class, () -> settings)
        .withBean("own", RestConnectorConfigurator.class, () -> configurator)
        .run(
            context -> {
              assertThat(context.getBean(RestConnectorSettings.class)).isSameAs(settings);
              assertThat(context.getBean(RestConnectorConfigurator.class)).isSameAs(configurator);
            });
  }

  @Test
  void whenTheApplicationRegistersAWebhookServletThenThereIsNoOther() {
    connectorOnly
        .withUserConfiguration(OneEngine.class, OwnServlet.class)
        .run(
            context ->
                assertThat(context)
                    .hasNotFailed()
                    .hasBean("hooks")
                    .doesNotHaveBean("restConnectorWebhooks"));
  }

  /** Spring itself needs some of the others. */
  @ParameterizedTest
  @ValueSource(classes = {SpringProcessEngineConfiguration.class, ProcessEngine.class})
  void whenAClassOfFlowableIsAbsentThenThereIsNoBeanOfTheConnector(Class<?> absent) {
    connectorOnly
        .withClassLoader(new FilteredClassLoader(absent))
        .run(
            context ->
                assertThat(context)
                    .hasNotFailed()
                    .doesNotHaveBean("restConnectorWebhooks")
                    .doesNotHaveBean("restConnectorWebhookForms"));
  }

  private static ProcessEngine engine(String name) {
    return PlainEngines.configuration().setEngineName(name).buildProcessEngine();
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {}

  @Configuration(proxyBeanMethods = false)
  static class OneEngine {
    @Bean(destroyMethod = "close")
    ProcessEngine only() {
      return engine("only");
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class TwoEngines {
    @Bean(destroyMethod = "close")
    ProcessEngine first() {
      return engine("first");
    }

    @Bean(destroyMethod = "close")
    ProcessEngine second() {
      return engine("second");
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class TwoEnginesOnePrimary {
    @Bean
    @Primary
    ProcessEngineFactoryBean first(SpringProcessEngineConfiguration configuration) {
      ProcessEngineFactoryBean first = new ProcessEngineFactoryBean();
      first.setProcessEngineConfiguration(configuration);
      return first;
    }

    @Bean(destroyMethod = "close")
    ProcessEngine second() {
      return engine("second");
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class TwoConfigurators {
    @Bean
    RestConnectorConfigurator first() {
      return new RestConnectorConfigurator();
    }

    @Bean
    RestConnectorConfigurator second() {
      return new RestConnectorConfigurator();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnServlet {
    @Bean
    ServletRegistrationBean<WebhookServlet> hooks(ProcessEngine engine) {
      return new ServletRegistrationBean<>(new WebhookServlet(engine), "/hooks/*");
    }
  }
}
