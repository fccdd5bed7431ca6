package io.restconnector.model.internal;

import java.util.List;
import java.util.StringJoiner;

/** JSON Schema of what a trigger does. */
final class ActionSchema {

  private ActionSchema() {}

  static String text() {
    return """
        {"type": "object", "required": ["type"],
          "properties": {
            "type": {"enum": ["startProcess", "startMessage", "message", "signal", "none"]}},
          "allOf": [%s, %s, %s, %s, %s]}"""
        .formatted(
            action(
                "startProcess",
                List.of("processDefinitionKey"),
                "name",
                "businessKey",
                "variables"),
            action("startMessage", List.of("name"), "businessKey", "variables"),
            action("message", List.of("name", "correlationKey"), "variables"),
            action("signal", List.of("name"), "variables"),
            action("none", List.of()));
  }

  private static String action(String type, List<String> required, String... optional) {
    StringJoiner names = new StringJoiner(", ");
    StringBuilder properties = new StringBuilder("\"type\": true");
    for (String name : required) {
      names.add('"' + name + '"');
      properties.append(", \"%s\": %s".formatted(name, ChannelProperty.TEXT));
    }
    for (String name : optional) {
      String value = name.equals("variables") ? "object" : "string";
      properties.append(", \"%s\": {\"type\": \"%s\"}".formatted(name, value));
    }
    return """
        {"if": {"properties": {"type": {"const": "%s"}}, "required": ["type"]},
          "then": {"required": [%s], "additionalProperties": false, "properties": {%s}}}"""
        .formatted(type, names, properties);
  }
}
