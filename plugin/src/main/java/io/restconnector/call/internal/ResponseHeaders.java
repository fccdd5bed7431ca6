package io.restconnector.call.internal;

import java.util.List;
import java.util.Locale;
import org.apache.hc.core5.http.Header;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The output {@code restResponseHeaders}. */
final class ResponseHeaders {

  private ResponseHeaders() {}

  /** By name in lower case: a String, an array where the header repeats. */
  static ObjectNode of(List<Header> headers) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (Header header : headers) {
      String name = header.getName().toLowerCase(Locale.ROOT);
      String value = header.getValue() == null ? "" : header.getValue();
      JsonNode present = object.get(name);
      if (present instanceof ArrayNode array) {
        array.add(value);
      } else if (present != null) {
        object.putArray(name).add(present).add(value);
      } else {
        object.put(name, value);
      }
    }
    return object;
  }
}
