package io.restconnector.spring;

import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
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
        .allMatch(name -> SettingsBinder.isOn(context.getEnvironment(), name) == wanted);
  }
}
