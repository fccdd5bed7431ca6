package io.restconnector.project.internal;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A variable that a process declares.
 *
 * @param value its default, JSON null for none
 */
record Property(String name, String type, JsonNode value) {

  Property {
    // Modelers save an empty text for what nobody has filled in.
    boolean isNothing =
        value.isMissingNode()
            || (value.isString()
                && value.stringValue().isBlank()
                && !type.equalsIgnoreCase("string"));
    value = isNothing ? JsonNodeFactory.instance.nullNode() : value;
  }

  boolean hasDefault() {
    return !value.isNull();
  }
}
