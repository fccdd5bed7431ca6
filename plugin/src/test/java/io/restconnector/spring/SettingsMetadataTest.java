package io.restconnector.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.RestConnectorSettings;
import io.restconnector.http.AccessSettings;
import io.restconnector.http.OutboundProxy;
import io.restconnector.http.ProxySettings;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The settings, what an IDE is told of them, and what docs/configuration.md says are the same. */
class SettingsMetadataTest {

  private static final Pattern ROW =
      Pattern.compile("\\| `(rest-connector\\.[^`]+)` \\| (?:`([^`]*)`|([^|`]*)) \\|.*");

  @Test
  void whenEveryDefaultOfTheMetadataIsSetThenSettingsAreTheDefaults() throws IOException {
    Map<String, Object> defaults = new LinkedHashMap<>();
    metadata()
        .forEach(
            (name, property) -> {
              if (property.has("defaultValue")) {
                defaults.put(name, property.get("defaultValue").asString());
              }
            });
    StandardEnvironment environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(new MapPropertySource("defaults", defaults));

    assertThat(BoundSettings.of(environment)).isEqualTo(RestConnectorSettings.defaults());
  }

  @Test
  void whenASettingExistsThenTheMetadataDescribesIt() throws IOException {
    TreeSet<String> settings = new TreeSet<>();
    for (RecordComponent node : RestConnectorSettings.class.getRecordComponents()) {
      if (!node.getType().isRecord()) {
        settings.add("rest-connector." + kebab(node));
        continue;
      }
      // The client's settings are at the root; the others stand below their own name.
      String prefix =
          node.getName().equals("http") ? "rest-connector" : "rest-connector." + kebab(node);
      collect(prefix, node.getType(), settings);
    }

    // The one that keeps the name that its environment variable gives it.
    settings.remove("rest-connector.webhooks.event-not-match-status");
    settings.add("rest-connector.event-not-match-status");
    // Spring's own conditions, which no engine needs to know.
    settings.add("rest-connector.enabled");
    settings.add("rest-connector.webhooks.enabled");
    settings.add("rest-connector.console.enabled");

    assertThat(metadata().keySet()).containsExactlyElementsOf(settings);
    assertThat(metadata().values())
        .allSatisfy(property -> assertThat(property.get("description").asString()).isNotBlank());
  }

  @Test
  void whenTheHealthIndicatorHasASwitchThenTheMetadataDescribesIt() throws IOException {
    assertThat(all().values())
        .filteredOn(
            each -> each.get("name").asString().equals("management.health.rest-connector.enabled"))
        .singleElement()
        .extracting(each -> each.get("defaultValue").asBoolean())
        .isEqualTo(true);
  }

  @Test
  void whenADocumentedDefaultIsReadThenItIsTheOneOfTheMetadata() throws IOException {
    Map<String, String> documented = new TreeMap<>();
    for (String line : Files.readAllLines(Path.of("../docs/configuration.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        documented.put(row.group(1), row.group(2) == null ? "" : row.group(2));
      }
    }
    Map<String, String> expected = new TreeMap<>();
    metadata()
        .forEach(
            (name, property) ->
                expected.put(
                    name,
                    property.has("defaultValue") ? property.get("defaultValue").asString() : ""));
    // An IDE knows what stands below a map from its type, a reader from the page.
    expected.put("rest-connector.secrets.<name>", "");
    expected.remove("rest-connector.secrets");
    Set<String> below = new TreeSet<>();
    Map.of(
            "rest-connector.authentications", AuthenticationProperties.class,
            "rest-connector.endpoints", EndpointProperties.class,
            "rest-connector.shares", ShareProperties.class)
        .forEach(
            (name, type) -> {
              collect(name + ".<name>", type, below);
              expected.remove(name);
            });
    below.forEach(name -> expected.put(name, ""));

    assertThat(documented).isEqualTo(expected);
  }

  private static void collect(String prefix, Class<?> type, Set<String> names) {
    for (RecordComponent component : type.getRecordComponents()) {
      String name = prefix + "." + kebab(component);
      if (component.getType() == AccessSettings.class) {
        collect(prefix, AccessSettings.class, names);
      } else if (component.getType() == OutboundProxy.class) {
        names.add(name + ".system");
        collect(name, ProxySettings.class, names);
      } else if (component.getType().isRecord()) {
        collect(name, component.getType(), names);
      } else if (!component.getName().equals("sslContexts")) { // Spring Boot has SSL bundles
        names.add(name);
      }
    }
  }

  private static String kebab(RecordComponent component) {
    return component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  private static Map<String, JsonNode> metadata() throws IOException {
    TreeMap<String, JsonNode> properties = new TreeMap<>();
    for (JsonNode property : all()) {
      // Actuator's own settings of the endpoint are described as well.
      if (property.get("name").asString().startsWith("rest-connector.")) {
        properties.put(property.get("name").asString(), property);
      }
    }
    return properties;
  }

  private static JsonNode all() throws IOException {
    try (InputStream json =
        SettingsMetadataTest.class.getResourceAsStream(
            "/META-INF/spring-configuration-metadata.json")) {
      return JsonMapper.shared().readTree(json).get("properties");
    }
  }
}
