package io.restconnector.internal.platform;

import org.jspecify.annotations.Nullable;

/** JSON between the connector and Actuator, which both use Jackson 3. */
public final class EndpointJson {

  private EndpointJson() {}

  /** What Actuator writes as the JSON of a value. */
  public static @Nullable Object of(@Nullable Object value) {
    return value;
  }
}
