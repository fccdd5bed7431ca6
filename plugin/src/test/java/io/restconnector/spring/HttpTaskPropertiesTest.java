package io.restconnector.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.httptask.internal.ConnectorHttpClient;
import java.util.UUID;
import org.flowable.engine.ProcessEngine;
import org.flowable.http.common.api.client.FlowableHttpClient;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** Which client Flowable's {@code http} tasks have in a Spring Boot application. */
class HttpTaskPropertiesTest {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(RestConnectorAutoConfiguration.class));

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {}

  @Test
  void whenThePropertyIsSetThenTheEngineTakesTheClientOfTheConnector() {
    try (ConfigurableApplicationContext context =
        new SpringApplicationBuilder(Application.class)
            .web(WebApplicationType.NONE)
            .properties(
                "spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID(),
                "rest-connector.http-tasks.enabled=true")
            .run()) {
      assertThat(
              context
                  .getBean(ProcessEngine.class)
                  .getProcessEngineConfiguration()
                  .getHttpClientConfig()
                  .getHttpClient())
          .isInstanceOf(ConnectorHttpClient.class)
          .isSameAs(context.getBean(FlowableHttpClient.class));
    }
  }

  @Test
  void whenThePropertyIsNotSetThenThereIsNoClientOfTheConnector() {
    runner.run(context -> assertThat(context).doesNotHaveBean(FlowableHttpClient.class));
  }

  @Test
  void whenTheApplicationHasAClientThenItStays() {
    FlowableHttpClient own =
        request -> {
          throw new UnsupportedOperationException();
        };
    runner
        .withPropertyValues("rest-connector.http-tasks.enabled=true")
        .withBean(FlowableHttpClient.class, () -> own)
        .run(context -> assertThat(context.getBean(FlowableHttpClient.class)).isSameAs(own));
  }

  @Test
  void whenAnAuthenticationIsWrongThenTheStartNamesTheProperty() {
    runner
        .withPropertyValues(
            "rest-connector.http-tasks.enabled=true",
            "rest-connector.http-tasks.authentications[0].hosts=api.example.com",
            "rest-connector.http-tasks.authentications[0].authentication=nothing")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .rootCause()
                    .hasMessage(
                        "rest-connector.http-tasks.authentications[0].authentication names no authentication under authentications"));
  }

  @Test
  void whenAPropertyOfAnAuthenticationIsUnknownThenTheStartNamesTheNearest() {
    runner
        .withPropertyValues("rest-connector.http-tasks.authentications[1].host=api.example.com")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .rootCause()
                    .hasMessage(
                        "rest-connector.http-tasks.authentications[1].host is no property of the REST connector, the nearest one is rest-connector.http-tasks.authentications[1].hosts"));
  }
}
