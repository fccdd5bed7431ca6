package io.restconnector.spring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.restconnector.fixtures.LoggedEvents;
import io.restconnector.fixtures.TestDatabase;
import org.flowable.engine.RepositoryService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.AbstractApplicationContextRunner;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class UnservedWebhooksTest {

  private final LoggedEvents log = LoggedEvents.of(Logger.ROOT_LOGGER_NAME);

  @AfterEach
  void stopListening() {
    log.close();
  }

  @Test
  void whenThereAreNoServletsThenTheFirstChannelIsToldOnce() {
    assertThat(told(new ApplicationContextRunner(), "none=")).isEqualTo(1);
  }

  @Test
  void whenTheWebStackIsReactiveThenTheFirstChannelIsToldOnce() {
    assertThat(told(new ReactiveWebApplicationContextRunner(), "none=")).isEqualTo(1);
  }

  @Test
  void whenThereAreServletsThenNothingIsTold() {
    assertThat(told(new WebApplicationContextRunner(), "none=")).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rest-connector.enabled", "rest-connector.webhooks.enabled"})
  void whenNoEndpointIsWantedThenNothingIsTold(String name) {
    assertThat(told(new ApplicationContextRunner(), name + "=false")).isZero();
  }

  /** How often it is told while two channels are deployed, one of them twice. */
  private long told(AbstractApplicationContextRunner<?, ?, ?> runner, String property) {
    runner
        .withUserConfiguration(Application.class)
        .withPropertyValues(
            "spring.datasource.url=" + TestDatabase.H2.url(),
            "flowable.async-executor-activate=false",
            property)
        .run(
            context -> {
              assertThat(log.events()).noneMatch(UnservedWebhooksTest::isIt);
              for (String key : new String[] {"a", "b", "a"}) {
                context
                    .getBean(RepositoryService.class)
                    .createDeployment()
                    .addString(
                        key + ".channel",
                        """
                        {"key": "%s", "channelType": "inbound", "type": "webhook", "path": "%s",
                         "channelEventKeyDetection": {"fixedValue": "e"}}
                        """
                            .formatted(key, key))
                    .deploy();
              }
            });
    return log.events().stream().filter(UnservedWebhooksTest::isIt).count();
  }

  private static boolean isIt(ILoggingEvent event) {
    return event.getLevel() == Level.WARN
        && event.getFormattedMessage().startsWith("Webhook channels are deployed, but");
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {}
}
