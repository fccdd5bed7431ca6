package io.restconnector.http;

import static io.restconnector.http.AuthenticationReach.require;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The client certificate of an SSL bundle, and nothing else. */
record CertificateSettings(AuthenticationReach reach) implements AuthenticationSettings {
  public CertificateSettings {
    require(reach.sslBundle() != null, "type is missing");
  }

  @Override
  public @Nullable String type() {
    return null;
  }

  @Override
  public @Nullable String secret() {
    return null;
  }

  @Override
  public Map<String, String> properties() {
    return Map.of();
  }

  @Override
  public CertificateSettings withReach(AuthenticationReach value) {
    return new CertificateSettings(value);
  }

  @Override
  public @Nullable String carrier() {
    return null;
  }
}
