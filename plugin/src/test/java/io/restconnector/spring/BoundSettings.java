package io.restconnector.spring;

import io.restconnector.RestConnectorSettings;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.ConfigurableEnvironment;

/** The settings that an application has from its properties. */
final class BoundSettings {

  private BoundSettings() {}

  /** Fails with what the start of the application fails for. */
  static RestConnectorSettings of(ConfigurableEnvironment environment) {
    try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
      context.setEnvironment(environment);
      context.register(RestConnectorAutoConfiguration.class);
      context.refresh();
      return context.getBean(RestConnectorSettings.class);
    } catch (RuntimeException failed) {
      throw (RuntimeException) NestedExceptionUtils.getMostSpecificCause(failed);
    }
  }
}
