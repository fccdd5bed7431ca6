package io.restconnector.internal.platform;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** JSON between the connector, which has Jackson 3, and Actuator, which has Jackson 2. */
public final class EndpointJson {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .changeDefaultPropertyInclusion(
              included -> included.withValueInclusion(JsonInclude.Include.NON_NULL))
          .build();

  private EndpointJson() {}

  /** What Actuator writes as the JSON of a value. */
  public static @Nullable Object of(@Nullable Object value) {
    return value == null ? null : JSON.convertValue(value, Object.class);
  }
}
