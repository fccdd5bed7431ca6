package io.restconnector.project.internal;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What a project says of one process.
 *
 * @param isOlder whether the file's own id names the process
 * @param properties by name
 * @param constants by activity, then by the name of the input
 * @param mappings by activity
 */
record ProcessExtensions(
    String file,
    boolean isOlder,
    Map<String, Property> properties,
    Map<String, Map<String, JsonNode>> constants,
    Map<String, ActivityMapping> mappings) {

  ActivityMapping mapping(String activity) {
    return mappings.getOrDefault(activity, isOlder ? ActivityMapping.ALL : ActivityMapping.NONE);
  }
}
