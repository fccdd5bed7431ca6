package io.restconnector.spring;

import io.restconnector.InvalidSettingsException;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * See {@link ConditionalOnSwitch}. Spring Boot's own condition takes what is neither true nor false
 * for off, and a slip would turn off the connector without a word.
 */
final class OnSwitch implements Condition {

  @Override
  public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
    Map<String, Object> condition =
        Objects.requireNonNull(
            metadata.getAnnotationAttributes(ConditionalOnSwitch.class.getName()));
    boolean wanted = Boolean.TRUE.equals(condition.get("on"));
    return Stream.of((String[]) Objects.requireNonNull(condition.get("value")))
        .allMatch(name -> isOn(context.getEnvironment(), name) == wanted);
  }

  /** As it is where nothing is configured. */
  private static boolean isOn(Environment environment, String name) {
    try {
      return Binder.get(environment)
          .bind(
              name,
              Bindable.of(Boolean.class),
              new ValuelessBindHandler(BindHandler.DEFAULT, environment))
          .orElse(true);
    } catch (BindException wrong) {
      throw wrong.getCause() instanceof InvalidSettingsException worded ? worded : wrong;
    }
  }
}
