package io.restconnector.project.internal;

import io.restconnector.call.internal.RestAction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the connectors of a project. */
final class ConnectorReader {

  private static final String TEMPLATE = "restConnector";
  private static final String NOT_MATCH_STATUS = "EVENT_NOT_MATCH_STATUS";
  private static final Pattern STATUS = Pattern.compile("[2-5][0-9]{2}");

  private final Faults faults;

  ConnectorReader(Faults faults) {
    this.faults = faults;
  }

  /** By name. */
  Map<String, Connector> read(Map<String, JsonNode> files) {
    Map<String, Connector> connectors = new LinkedHashMap<>();
    files.forEach(
        (file, tree) -> {
          Connector connector = read(file, tree);
          Connector first =
              connector == null ? null : connectors.putIfAbsent(connector.name(), connector);
          if (first != null) {
            faults.error(
                Place.of(file),
                "the connector '%s' is also in %s, wanted one connector of a name"
                    .formatted(first.name(), first.file()));
          }
        });
    return connectors;
  }

  private @Nullable Connector read(String file, JsonNode tree) {
    String name = tree.path("name").asString("").strip();
    if (!tree.isObject() || name.isEmpty()) {
      faults.error(Place.of(file), "the file is no connector, wanted an object with a name");
      return null;
    }
    Map<RestAction, List<String>> outputs = new EnumMap<>(RestAction.class);
    boolean hasAction = false;
    for (JsonNode action : tree.path("actions").values()) {
      RestAction known = action(action.path("name").asString(""));
      if (known != null) {
        outputs.put(known, names(action.path("outputs")));
        hasAction |= names(action.path("inputs")).contains("restUrl");
      }
    }
    boolean isRest = hasAction || tree.path("template").asString("").equals(TEMPLATE);
    return new Connector(file, name, isRest, outputs, isRest ? status(file, tree) : null);
  }

  static @Nullable RestAction action(String name) {
    return Arrays.stream(RestAction.values())
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElse(null);
  }

  private static List<String> names(JsonNode parameters) {
    List<String> names = new ArrayList<>();
    for (JsonNode each : parameters.values()) {
      names.add(each.path("name").asString(""));
    }
    return names;
  }

  private @Nullable Integer status(String file, JsonNode tree) {
    String text = "";
    for (JsonNode parameter : tree.path("config").values()) {
      if (parameter.path("name").asString("").equals(NOT_MATCH_STATUS)) {
        text = parameter.path("value").asString("").strip();
      }
    }
    if (text.isEmpty()) {
      return null;
    }
    if (!STATUS.matcher(text).matches()) {
      faults.error(Place.of(file), NOT_MATCH_STATUS + " is no status, wanted one from 200 to 599");
      return null;
    }
    return Integer.valueOf(text);
  }
}
