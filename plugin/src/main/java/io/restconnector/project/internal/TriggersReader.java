package io.restconnector.project.internal;

import io.restconnector.content.internal.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes webhook channels of the triggers of a project. */
final class TriggersReader {

  private static final Pattern SOURCE = Pattern.compile("connector\\.(.+)\\.([^.]+)");
  private static final String EVENT = "INCOMING_WEBHOOK";
  private static final String EVENTS = "/events/";
  private static final Set<String> INPUTS =
      Set.of("path", "method", "headers", "params", "condition", "status", "body");

  /** Of channels that belong to deployed triggers; others bear the names of files. */
  private static final Pattern NO_KEY = Pattern.compile("[^A-Za-z0-9_.-]");

  private final Map<String, Connector> connectors;
  private final Set<String> processes;
  private final Faults faults;

  /** The paths whose connector says what no match is answered, and where it says so. */
  private final Map<String, Connector> statuses = new LinkedHashMap<>();

  /**
   * Reads triggers.
   *
   * @param processes the ids of those that are in the project
   */
  TriggersReader(Map<String, Connector> connectors, Set<String> processes, Faults faults) {
    this.connectors = connectors;
    this.processes = processes;
    this.faults = faults;
  }

  List<TriggerFile> read(Map<String, JsonNode> files) {
    Map<String, TriggerFile> triggers = new LinkedHashMap<>();
    files.forEach(
        (file, tree) -> {
          TriggerFile trigger = read(Place.of(file), tree);
          TriggerFile first =
              trigger == null
                  ? null
                  : triggers.putIfAbsent(trigger.channel().path("key").asString(""), trigger);
          if (first != null) {
            faults.error(
                Place.of(file),
                "the trigger '%s' is also in %s, wanted one of a name"
                    .formatted(first.channel().path("key").asString(""), first.file()));
          }
        });
    return List.copyOf(triggers.values());
  }

  private @Nullable TriggerFile read(Place file, JsonNode tree) {
    String name = tree.path("name").asString("").strip();
    if (name.isEmpty() || !tree.path("event").isObject() || !tree.path("action").isObject()) {
      faults.error(file, "the file is no trigger, wanted an object with name, event and action");
      return null;
    }
    Connector connector = connector(file, tree.path("event").path("source").asString(""));
    ObjectNode channel = JsonNodeFactory.instance.objectNode();
    channel.put("key", NO_KEY.matcher(name).replaceAll("-"));
    channel.put("name", name).put("channelType", "inbound").put("type", "webhook");
    ObjectNode action =
        new TriggerAction(file, processes, faults).read(tree.path("action").path("payload"));
    if (connector == null
        || !event(file, connector, tree.path("event").path("inputs"), channel)
        || action == null) {
      return null;
    }
    channel.set("action", action);
    return new TriggerFile(file.file(), channel);
  }

  private @Nullable Connector connector(Place file, String source) {
    Matcher event = SOURCE.matcher(source);
    if (!event.matches() || !event.group(2).equals(EVENT)) {
      faults.error(
          file, "its event is no webhook of the REST connector, wanted connector.<name>." + EVENT);
      return null;
    }
    Connector connector = connectors.get(event.group(1));
    if (connector == null || !connector.isRest()) {
      faults.error(
          file,
          "wants the connector '%s', which is %s"
              .formatted(event.group(1), connector == null ? "not there" : "no REST connector"));
      return null;
    }
    return connector;
  }

  private boolean event(Place file, Connector connector, JsonNode inputs, ObjectNode channel) {
    for (Map.Entry<String, JsonNode> input : inputs.properties()) {
      JsonNode value = MappedValue.template(input.getValue());
      if (!INPUTS.contains(input.getKey())) {
        faults.warning(
            file, "its event has the input '%s', which is dropped".formatted(input.getKey()));
      } else if (!isNothing(value)) {
        channel.set(input.getKey(), value);
      }
    }
    channel.set("body", jsonIn(channel.path("body")));
    channel.set("status", number(channel.path("status")));
    channel.set("method", methods(channel.path("method")));
    for (String name : List.copyOf(channel.propertyNames())) {
      if (isNothing(channel.path(name))) {
        channel.remove(name);
      }
    }
    String path = tail(channel.path("path").asString(""), connector.name());
    if (path.isEmpty()) {
      faults.error(
          file,
          "its event has no path, wanted what follows /%s/events/".formatted(connector.name()));
      return false;
    }
    channel.put("path", path);
    if (connector.notMatchStatus() != null) {
      // Whatever its variables are called, it is the same path.
      Connector first = statuses.putIfAbsent(path.replaceAll("\\{[^/]*}", "{}"), connector);
      if (first != null && !connector.notMatchStatus().equals(first.notMatchStatus())) {
        faults.error(
            file,
            "EVENT_NOT_MATCH_STATUS of the path '%s' has two values, those of %s and of %s, wanted one"
                .formatted(path, first.file(), connector.file()));
      }
      channel.put("eventNotMatchStatus", connector.notMatchStatus());
    }
    return true;
  }

  /** What follows the endpoint of a connector, or the text itself; empty for a URL without both. */
  private static String tail(String path, String connector) {
    String text = path.strip().replaceFirst("[?#].*", "");
    int own = ("/" + text).indexOf("/" + connector + EVENTS);
    if (own >= 0) {
      return trim(text.substring(own + connector.length() + EVENTS.length()));
    }
    boolean isUrl = text.contains("://");
    int any = text.indexOf(EVENTS);
    return trim(isUrl ? any < 0 ? "" : text.substring(any + EVENTS.length()) : text);
  }

  private static String trim(String path) {
    return path.replaceFirst("^/+", "").replaceFirst("/+$", "");
  }

  private static boolean isNothing(JsonNode value) {
    return value.isNull()
        || value.isMissingNode()
        || (value.isContainer() && value.isEmpty())
        || (value.isString() && value.stringValue().isBlank());
  }

  private static JsonNode jsonIn(JsonNode value) {
    if (!value.isString()) {
      return value;
    }
    try {
      JsonNode parsed = JsonText.parse(value.stringValue());
      return parsed.isContainer() ? parsed : value;
    } catch (IllegalArgumentException noJson) {
      return value;
    }
  }

  private static JsonNode number(JsonNode value) {
    return value.isString() && value.stringValue().strip().matches("[0-9]{3}")
        ? JsonNodeFactory.instance.numberNode(Integer.parseInt(value.stringValue().strip()))
        : value;
  }

  private static JsonNode methods(JsonNode value) {
    if (value.isString() && value.stringValue().strip().startsWith("[")) {
      return jsonIn(value);
    }
    if (!value.isString() || !value.stringValue().contains(",")) {
      return value;
    }
    List<JsonNode> methods = new ArrayList<>();
    for (String method : value.stringValue().split(",", -1)) {
      methods.add(JsonNodeFactory.instance.stringNode(method.strip()));
    }
    return JsonNodeFactory.instance.arrayNode().addAll(methods);
  }
}
