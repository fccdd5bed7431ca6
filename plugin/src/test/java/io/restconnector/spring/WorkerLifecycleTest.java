package io.restconnector.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.RestConnectorConfigurator;
import io.restconnector.worker.internal.RestWorker;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;

/** When the worker of a context starts that has a parent. */
class WorkerLifecycleTest {

  @EnableAutoConfiguration
  static class Engine {}

  static class Parent {}

  @Test
  void whenAContextWithoutApplicationHasAnApplicationAsParentThenItsWorkerStartsWithIt() {
    SpringApplication application = new SpringApplication(Parent.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    application.setLogStartupInfo(false);
    try (ConfigurableApplicationContext parent = application.run()) {
      new ApplicationContextRunner()
          .withParent(parent)
          .withPropertyValues(
              "spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1")
          .withUserConfiguration(Engine.class)
          .run(
              context ->
                  assertThat(
                          context.getBean(RestConnectorConfigurator.class).unwrap(RestWorker.class))
                      .isNotNull()
                      .extracting(worker -> worker.status().takesJobs())
                      .isEqualTo(true));
    }
  }
}
