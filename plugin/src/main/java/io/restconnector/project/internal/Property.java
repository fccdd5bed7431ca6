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
    value = value.isMissingNode() ? JsonNodeFactory.instance.nullNode() : value;
  }

  boolean hasDefault() {
    return !value.isNull();
  }
}
