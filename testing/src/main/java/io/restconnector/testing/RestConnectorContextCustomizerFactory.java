package io.restconnector.testing;

import io.restconnector.spi.CallInterceptor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import org.flowable.engine.ProcessEngine;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Gives the application context of a test the stubs of its {@link RestConnectorExtension}. Spring
 * finds this by its own file.
 */
final class RestConnectorContextCustomizerFactory implements ContextCustomizerFactory {

  @Override
  public @Nullable ContextCustomizer createContextCustomizer(
      Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
    for (Class<?> outer = testClass; outer != null; outer = outer.getEnclosingClass()) {
      for (Class<?> each = outer; each != null; each = each.getSuperclass()) {
        for (Field field : each.getDeclaredFields()) {
          if (field.getType() == RestConnectorExtension.class
              && Modifier.isStatic(field.getModifiers())) {
            return new Customizer(valueOf(field));
          }
        }
      }
    }
    return null;
  }

  private static RestConnectorExtension valueOf(Field field) {
    try {
      field.setAccessible(true);
      return (RestConnectorExtension) field.get(null);
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Equal for the same extension only, as contexts are shared by tests whose customizers are. */
  private record Customizer(RestConnectorExtension extension) implements ContextCustomizer {

    @Override
    public void customizeContext(
        ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
      int number = 0;
      for (CallInterceptor each : extension.interceptors()) {
        context.getBeanFactory().registerSingleton("restConnectorStub" + number++, each);
      }
      extension.use(() -> context.getBean(ProcessEngine.class));
    }
  }
}
