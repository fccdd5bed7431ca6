package io.restconnector.http;

import static io.restconnector.http.AuthenticationReach.require;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A type that the application adds.
 *
 * @param type of its {@link io.restconnector.spi.CallAuthentication}
 * @param properties as that type wants them
 */
record CustomSettings(
    String type, @Nullable String secret, Map<String, String> properties, AuthenticationReach reach)
    implements AuthenticationSettings {

  public CustomSettings {
    require(type != null, "type is missing");
    properties = Map.copyOf(properties);
  }

  @Override
  public CustomSettings withReach(AuthenticationReach value) {
    return new CustomSettings(type, secret, properties, value);
  }

  @Override
  public @Nullable String carrier() {
    return null;
  }
}
