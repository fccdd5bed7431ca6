package io.restconnector.internal.platform;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * JSON between the connector and the engine: each value that becomes a variable, an event payload
 * or the value of an expression goes through here. Both use Jackson 3.
 */
public final class EngineJson {

  private EngineJson() {}

  /** The form in which the engine keeps a value and in which expressions read it. */
  public static @Nullable Object toEngine(@Nullable Object value) {
    return value;
  }

  /** As {@link #toEngine}, but with trees that belong to the engine alone. */
  public static @Nullable Object copyToEngine(@Nullable Object value) {
    return value instanceof JsonNode node ? node.deepCopy() : value;
  }

  /** The connector's form of what the engine or an expression gives. */
  public static @Nullable Object fromEngine(@Nullable Object value) {
    return value;
  }
}
