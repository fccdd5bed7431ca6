package io.restconnector.project.internal;

import io.restconnector.content.internal.JsonValues;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads what a project says of its processes, in either form of the files. */
final class ExtensionsReader {

  private static final Set<String> SECTIONS =
      Set.of("properties", "mappings", "constants", "assignments", "templates");
  private static final Set<String> UNREAD = Set.of("assignments", "templates");
  private static final String MAPPINGS = "wanted value, variable, static_value";

  private final Faults faults;

  ExtensionsReader(Faults faults) {
    this.faults = faults;
  }

  /** Whether a file is one of extensions, whatever it is called. */
  static boolean isExtensions(JsonNode tree) {
    JsonNode extensions = tree.path("extensions");
    return extensions.isObject()
        && (isSections(extensions)
            || extensions.values().stream().anyMatch(ExtensionsReader::isSections));
  }

  /** By process. */
  Map<String, ProcessExtensions> read(Map<String, JsonNode> files) {
    Map<String, ProcessExtensions> processes = new LinkedHashMap<>();
    files.forEach(
        (file, tree) -> {
          if (isExtensions(tree)) {
            JsonNode extensions = tree.path("extensions");
            if (isSections(extensions)) {
              String id = tree.path("id").asString("");
              put(processes, id, read(Place.of(file).in(id), true, extensions));
            } else {
              extensions
                  .properties()
                  .forEach(
                      process ->
                          put(
                              processes,
                              process.getKey(),
                              read(
                                  Place.of(file).in(process.getKey()), false, process.getValue())));
            }
          }
        });
    return processes;
  }

  private static boolean isSections(JsonNode tree) {
    return tree.isObject()
        && tree.properties().stream()
            .anyMatch(each -> SECTIONS.contains(each.getKey()) && each.getValue().isObject());
  }

  private void put(
      Map<String, ProcessExtensions> processes, String id, ProcessExtensions extensions) {
    ProcessExtensions first = processes.putIfAbsent(id, extensions);
    if (first != null) {
      faults.error(
          Place.of(extensions.file()).in(id),
          "its extensions are also in %s, wanted one file for a process".formatted(first.file()));
    }
  }

  private ProcessExtensions read(Place place, boolean isOlder, JsonNode sections) {
    Map<String, Property> properties = new LinkedHashMap<>();
    for (JsonNode each : sections.path("properties").values()) {
      Property property = property(place, each);
      if (!property.name().isEmpty()) {
        properties.put(property.name(), property);
      }
    }
    Map<String, Map<String, JsonNode>> constants = new LinkedHashMap<>();
    sections
        .path("constants")
        .properties()
        .forEach(each -> constants.put(each.getKey(), constants(each.getValue())));
    Map<String, ActivityMapping> mappings = new LinkedHashMap<>();
    sections
        .path("mappings")
        .properties()
        .forEach(
            each -> mappings.put(each.getKey(), mapping(place.at(each.getKey()), each.getValue())));
    for (String section : UNREAD) {
      for (Map.Entry<String, JsonNode> each : sections.path(section).properties()) {
        if (!each.getValue().isEmpty()) {
          faults.warning(place, "%s of '%s' are not read".formatted(section, each.getKey()));
        }
      }
    }
    return new ProcessExtensions(place.file(), isOlder, properties, constants, mappings);
  }

  private Property property(Place place, JsonNode tree) {
    String name = tree.path("name").asString("").strip();
    if (name.isEmpty()) {
      faults.error(place, "a property has no name");
    }
    return new Property(
        name, JsonValues.orMissing(tree.path("type")).asString("string"), tree.path("value"));
  }

  private static Map<String, JsonNode> constants(JsonNode tree) {
    Map<String, JsonNode> constants = new LinkedHashMap<>();
    tree.properties()
        .forEach(
            each ->
                constants.put(
                    each.getKey(),
                    each.getValue().isObject() ? each.getValue().path("value") : each.getValue()));
    return constants;
  }

  private ActivityMapping mapping(Place place, JsonNode tree) {
    String type = tree.path("mappingType").asString("");
    boolean all = type.equalsIgnoreCase("MAP_ALL");
    boolean allInputs = all || type.equalsIgnoreCase("MAP_ALL_INPUTS");
    boolean allOutputs = all || type.equalsIgnoreCase("MAP_ALL_OUTPUTS");
    if (!type.isEmpty() && !allInputs && !allOutputs) {
      faults.error(
          place,
          "its mappingType is none, wanted MAP_ALL, MAP_ALL_INPUTS, MAP_ALL_OUTPUTS or nothing");
    }
    return new ActivityMapping(
        allInputs,
        allOutputs,
        mappings(place, "input", tree.path("inputs")),
        mappings(place, "output", tree.path("outputs")));
  }

  private Map<String, Mapping> mappings(Place place, String side, JsonNode tree) {
    Map<String, Mapping> mappings = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> each : tree.properties()) {
      JsonNode value = each.getValue().path("value");
      Mapping.Kind kind = Mapping.Kind.of(each.getValue().path("type").asString(""));
      boolean isInput = side.equals("input");
      if (kind == null || (isInput && kind == Mapping.Kind.JSONPATCH)) {
        faults.error(
            place,
            "the %s '%s' has a type of mapping that there is not, %s%s"
                .formatted(side, each.getKey(), MAPPINGS, isInput ? "" : ", JSONPATCH"));
      } else if (kind == Mapping.Kind.VARIABLE && !value.isString()) {
        faults.error(
            place, "the %s '%s' names no variable, wanted a name".formatted(side, each.getKey()));
      } else if (kind == Mapping.Kind.JSONPATCH && JsonPatch.fault(value) != null) {
        faults.error(
            place,
            "the output '%s' is no JSON Patch (RFC 6902): %s"
                .formatted(each.getKey(), JsonPatch.fault(value)));
      } else {
        mappings.put(each.getKey(), new Mapping(kind, value));
      }
    }
    return mappings;
  }
}
