package io.restconnector.http;

import static io.restconnector.http.AuthenticationReach.requireSecret;

import java.util.Map;

/** A fixed token (RFC 6750 §2.1). */
record BearerSettings(String secret, AuthenticationReach reach) implements AuthenticationSettings {
  public BearerSettings {
    requireSecret(secret);
  }

  @Override
  public String type() {
    return "bearer";
  }

  @Override
  public Map<String, String> properties() {
    return Map.of();
  }

  @Override
  public BearerSettings withReach(AuthenticationReach value) {
    return new BearerSettings(secret, value);
  }
}
