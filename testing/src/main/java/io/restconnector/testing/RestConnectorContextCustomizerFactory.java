package io.restconnector.testing;

import io.restconnector.spi.CallInterceptor;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Gives the application context of a test the stubs of its {@link RestConnectorExtension}. Spring
 * finds this by {@code spring.factories}.
 */
final class RestConnectorContextCustomizerFactory implements ContextCustomizerFactory {

  @Override
  public @Nullable ContextCustomizer createContextCustomizer(
      Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
    RestConnectorExtension extension = SpringTestFields.find(testClass);
    return extension == null ? null : new Customizer(extension);
  }

  /** Test classes share a context only if they share the extension: its identity is compared. */
  private record Customizer(RestConnectorExtension extension) implements ContextCustomizer {

    @Override
    public void customizeContext(
        ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
      int number = 0;
      for (CallInterceptor each : extension.interceptors()) {
        context.getBeanFactory().registerSingleton("restConnectorStub" + number++, each);
      }
    }
  }
}
