package io.restconnector.spring;

import io.restconnector.InvalidSettingsException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.Environment;
import org.springframework.util.PlaceholderResolutionException;
import org.springframework.util.unit.DataSize;

/**
 * Says what is wrong with a property of the connector, without its value. Spring's own exceptions
 * and failure analyses quote the value, and it may be a secret in the wrong place, such as in place
 * of its name.
 */
final class ValuelessBindHandler extends AbstractBindHandler {

  private static final ConfigurationPropertyName PREFIX =
      ConfigurationPropertyName.of(RestConnectorProperties.PREFIX);

  private final Environment environment;

  ValuelessBindHandler(BindHandler parent, Environment environment) {
    super(parent);
    this.environment = environment;
  }

  /** Unknown properties are reported first: they often explain a missing value. */
  @Override
  public <T> @Nullable Bindable<T> onStart(
      ConfigurationPropertyName name, Bindable<T> target, BindContext context) {
    if (name.equals(PREFIX)) {
      UnknownProperties.check(environment);
    }
    return super.onStart(name, target, context);
  }

  @Override
  public @Nullable Object onFailure(
      ConfigurationPropertyName name, Bindable<?> target, BindContext context, Exception error)
      throws Exception {
    boolean ours = name.equals(PREFIX) || PREFIX.isAncestorOf(name);
    if (!ours || error instanceof BindException || error instanceof InvalidSettingsException) {
      return super.onFailure(name, target, context, error);
    }
    throw new InvalidSettingsException(describe(name, target, error));
  }

  private static String describe(
      ConfigurationPropertyName name, Bindable<?> target, Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof PlaceholderResolutionException) {
        return name + " has a placeholder that cannot be resolved";
      }
    }
    return name + " is not " + wanted(target.getType().toClass());
  }

  private static String wanted(Class<?> type) {
    if (type.isEnum()) {
      return Stream.of(type.getEnumConstants())
          .map(each -> each.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
          .collect(Collectors.joining(", ", "one of ", ""));
    }
    if (type == Boolean.class || type == boolean.class) {
      return "true or false";
    }
    if (type == Integer.class || type == int.class) {
      return "an integer";
    }
    if (type == DataSize.class) {
      return "a size such as 10MB";
    }
    if (type == Float.class || type == float.class || type == Double.class) {
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
