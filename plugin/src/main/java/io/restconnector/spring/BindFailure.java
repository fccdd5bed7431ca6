package io.restconnector.spring;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.BeanInstantiationException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.util.PlaceholderResolutionException;

/**
 * What is wrong with a property, without its value. Spring's own exceptions and failure analyses
 * quote the value, and it may be a secret in the wrong place, such as in place of its name.
 */
final class BindFailure {

  private BindFailure() {}

  static String describe(BindException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      // The settings check themselves when they are made, and their messages quote no value.
      if (cause instanceof BeanInstantiationException made && made.getCause() != null) {
        return failure.getName() + ": " + made.getCause().getMessage();
      }
      if (cause instanceof PlaceholderResolutionException) {
        return failure.getName() + " has a placeholder that cannot be resolved";
      }
    }
    return failure.getName() + " is not " + wanted(failure.getTarget().getType().toClass());
  }

  private static String wanted(Class<?> type) {
    if (type.isEnum()) {
      return Stream.of(type.getEnumConstants())
          .map(each -> each.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
          .collect(Collectors.joining(", ", "one of ", ""));
    }
    if (type == Boolean.class) {
      return "true or false";
    }
    if (type == Integer.class) {
      return "an integer";
    }
    if (type == Long.class) {
      return "a size such as 10MB";
    }
    if (type == Float.class) {
      return "a number";
    }
    if (type == Duration.class) {
      return "a duration such as 30s";
    }
    if (type == URI.class) {
      return "a URL";
    }
    return List.class.isAssignableFrom(type) ? "a list" : "what can stand there";
  }
}
