package io.restconnector.spring;

import io.restconnector.InvalidSettingsException;
import io.restconnector.content.internal.NameDistance;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Properties below {@code rest-connector} that nothing reads. Ignored, a slip such as {@code host}
 * for {@code hosts} would widen what is allowed.
 *
 * <p>Of environment variables, only those of authentications are looked at. Others may have the
 * prefix for reasons of their own, such as those of a Kubernetes service.
 */
final class UnknownProperties {

  private static final ConfigurationPropertyName PREFIX =
      ConfigurationPropertyName.of(RestConnectorProperties.PREFIX);
  private static final Pattern VARIABLE =
      Pattern.compile("(REST_?CONNECTOR_AUTHENTICATIONS_)(.+?)(_\\d+_?)?");

  private final List<KnownProperty> known = KnownProperty.all();

  /** What is unknown, and the nearest that is known. */
  private final Map<String, String> found = new TreeMap<>();

  private UnknownProperties() {}

  /**
   * Fails where there are any.
   *
   * @throws InvalidSettingsException with the names of them, and of no values
   */
  static void check(Environment environment) {
    UnknownProperties unknown = new UnknownProperties();
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      if (source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource variables) {
        unknown.findIn(variables);
      } else if (source instanceof IterableConfigurationPropertySource names) {
        names.stream().filter(PREFIX::isAncestorOf).forEach(name -> unknown.look(names, name));
      }
    }
    if (!unknown.found.isEmpty()) {
      throw new InvalidSettingsException(
          unknown.found.entrySet().stream()
              .map(
                  each ->
                      "%s is no property of the REST connector, the nearest one is %s"
                          .formatted(each.getKey(), each.getValue()))
              .collect(Collectors.joining("; ")));
    }
  }

  private void look(ConfigurationPropertySource source, ConfigurationPropertyName name) {
    if (known.stream().anyMatch(each -> each.isNamed(name))
        || (known.stream().anyMatch(each -> each.isBelow(name)) && isEmpty(source, name))) {
      return;
    }
    KnownProperty nearest =
        Collections.min(
            known,
            Comparator.comparingInt(
                each ->
                    NameDistance.between(name.toString(), each.like(name))
                        + each.freeLength(name)));
    found.put(name.toString(), nearest.like(name));
  }

  /** YAML has such a property for a section in which nothing stands. */
  private static boolean isEmpty(
      ConfigurationPropertySource source, ConfigurationPropertyName name) {
    ConfigurationProperty property = source.getConfigurationProperty(name);
    return property == null || property.getValue().toString().isEmpty();
  }

  /** Dots and dashes of a name are underscores there, and dashes may be left out. */
  private void findIn(SystemEnvironmentPropertySource variables) {
    List<String> endings =
        known.stream()
            .filter(each -> each.path().get(1).equals("authentications"))
            .map(each -> each.last().replace('-', '_').toUpperCase(Locale.ROOT))
            .toList();
    for (String variable : variables.getPropertyNames()) {
      Matcher parts = VARIABLE.matcher(variable.toUpperCase(Locale.ROOT));
      if (parts.matches() && endings.stream().noneMatch(each -> endsIn(parts.group(2), each))) {
        String name = parts.group(2).replaceFirst("_[^_]*$", "");
        Stream<String> names = endings.stream().map(each -> parts.group(1) + name + "_" + each);
        found.put(
            variable,
            names
                .min(
                    Comparator.comparingInt(
                        each -> NameDistance.between(variable.toUpperCase(Locale.ROOT), each)))
                .orElseThrow());
      }
    }
  }

  private static boolean endsIn(String variable, String ending) {
    return variable.endsWith("_" + ending) || variable.endsWith("_" + ending.replace("_", ""));
  }
}
