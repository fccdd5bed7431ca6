package io.restconnector.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restconnector.RestConnectorConfigurator;
import io.restconnector.RestConnectorSettings;
import io.restconnector.call.GetDelegate;
import io.restconnector.call.internal.RestCalls;
import io.restconnector.http.JvmProxy;
import java.time.Duration;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.ProcessEngineConfiguration;
import org.flowable.engine.RuntimeService;
import org.flowable.engine.delegate.JavaDelegate;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.spring.SpringProcessEngineConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class RestConnectorAutoConfigurationTest {

  private static final String[] ACTIONS = {
    "restGet",
    "restHead",
    "restPost",
    "restPut",
    "restPatch",
    "restDelete",
    "restOptions",
    "restTrace"
  };

  private final ApplicationContextRunner settingsOnly =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(RestConnectorAutoConfiguration.class));

  @Test
  void whenNothingIsConfiguredThenSettingsAreTheDefaults() {
    settingsOnly.run(
        context ->
            assertThat(context.getBean(RestConnectorSettings.class))
                .isEqualTo(RestConnectorSettings.defaults()));
  }

  @Test
  void whenPropertiesAreSetThenSettingsFollow() {
    settingsOnly
        .withPropertyValues(
            "rest-connector.default-timeout=5s",
            "rest-connector.max-response-size=2MB",
            "rest-connector.max-connections=20",
            "rest-connector.max-connections-per-host=7",
            "rest-connector.follow-redirects=false",
            "rest-connector.connection-time-to-live=30s",
            "rest-connector.redirect-drop-headers=X-Token,X-Key",
            "rest-connector.proxy.system=true",
            "rest-connector.circuit-breaker.failure-rate-threshold=12.5",
            "rest-connector.circuit-breaker.slow-call-duration-threshold=2s",
            "rest-connector.circuit-breaker.wait-duration-in-open-state=1m")
        .run(
            context -> {
              var http = context.getBean(RestConnectorSettings.class).http();
              assertThat(http.defaultTimeout()).isEqualTo(Duration.ofSeconds(5));
              assertThat(http.maxResponseSize()).isEqualTo(2 * 1024 * 1024);
              assertThat(http.maxConnections()).isEqualTo(20);
              assertThat(http.maxConnectionsPerHost()).isEqualTo(7);
              assertThat(http.followRedirects()).isFalse();
              assertThat(http.connectionTimeToLive()).isEqualTo(Duration.ofSeconds(30));
              assertThat(http.redirectDropHeaders()).containsExactly("X-Token", "X-Key");
              assertThat(http.access().proxy()).isInstanceOf(JvmProxy.class);
              var breaker = http.circuitBreaker();
              assertThat(breaker.failureRateThreshold()).isEqualTo(12.5f);
              assertThat(breaker.slowCallDurationThreshold()).isEqualTo(Duration.ofSeconds(2));
              assertThat(breaker.waitDurationInOpenState()).isEqualTo(Duration.ofMinutes(1));
              assertThat(breaker.slidingWindowSize()).isEqualTo(100);
            });
  }

  @Test
  void whenTheEnvironmentNamesAStatusForWhatDoesNotMatchThenThePropertyGoesBeforeIt() {
    var environment = settingsOnly.withPropertyValues("EVENT_NOT_MATCH_STATUS=410");
    environment.run(context -> assertThat(notMatchStatus(context)).isEqualTo(410));
    environment
        .withPropertyValues("rest-connector.event-not-match-status=202")
        .run(context -> assertThat(notMatchStatus(context)).isEqualTo(202));
  }

  private static int notMatchStatus(ApplicationContext context) {
    return context.getBean(RestConnectorSettings.class).webhooks().eventNotMatchStatus();
  }

  @Test
  void whenAPropertyIsOutOfRangeThenStartFailsAndNamesIt() {
    settingsOnly
        .withPropertyValues("rest-connector.default-timeout=25h")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("default-timeout"));
  }

  @Test
  void whenFlowableIsNotThereThenNothingIsConfigured() {
    settingsOnly
        .withClassLoader(new FilteredClassLoader(SpringProcessEngineConfiguration.class))
        .run(context -> assertThat(context).doesNotHaveBean(RestConnectorSettings.class));
  }

  @Test
  void whenApplicationHasBeansOfItsOwnThenTheyWin() {
    settingsOnly
        .withUserConfiguration(OwnBeans.class)
        .run(
            context -> {
              assertThat(context).getBean("restGet").isNotInstanceOf(GetDelegate.class);
              assertThat(context.getBean(RestConnectorSettings.class).http().maxConnections())
                  .isEqualTo(3);
            });
  }

  @Test
  void whenApplicationStartsThenItsEngineHasOneConnectorAndTheDelegatesAsBeans() {
    new ApplicationContextRunner()
        .withUserConfiguration(Application.class)
        .withPropertyValues(
            "spring.datasource.url=jdbc:h2:mem:autoconfiguration;DB_CLOSE_DELAY=60",
            "flowable.async-executor-activate=false")
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              for (String action : ACTIONS) {
                assertThat(context.getBean(action)).isInstanceOf(JavaDelegate.class);
              }
              ProcessEngineConfiguration engine =
                  context.getBean(ProcessEngine.class).getProcessEngineConfiguration();
              assertThat(((ProcessEngineConfigurationImpl) engine).getAllConfigurators())
                  .filteredOn(RestConnectorConfigurator.class::isInstance)
                  .filteredOn(c -> ((RestConnectorConfigurator) c).unwrap(RestCalls.class) != null)
                  .containsExactly(context.getBean(RestConnectorConfigurator.class));
              assertThat(context.getBean(RuntimeService.class)).isNotNull();
            });
    // A thread that was told to end may still be on its way.
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.startsWith("rest-connector")));
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {}

  @Configuration(proxyBeanMethods = false)
  static class OwnBeans {
    @Bean
    JavaDelegate restGet() {
      return execution -> {};
    }

    @Bean
    RestConnectorSettings settings() {
      RestConnectorSettings defaults = RestConnectorSettings.defaults();
      return defaults.withHttp(defaults.http().withMaxConnections(3, 1));
    }
  }
}
