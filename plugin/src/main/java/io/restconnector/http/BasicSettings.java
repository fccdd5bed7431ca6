package io.restconnector.http;

import static io.restconnector.http.AuthenticationReach.require;
import static io.restconnector.http.AuthenticationReach.requireSecret;

import java.util.Map;

/** User name and password (RFC 7617). */
record BasicSettings(String username, String secret, AuthenticationReach reach)
    implements AuthenticationSettings {
  public BasicSettings {
    requireSecret(secret);
    require(
        username != null && username.matches("[^:\\p{Cntrl}]*"),
        "username is missing, or holds a colon or control character");
  }

  @Override
  public String type() {
    return "basic";
  }

  @Override
  public Map<String, String> properties() {
    return Map.of("username", username);
  }

  @Override
  public BasicSettings withReach(AuthenticationReach value) {
    return new BasicSettings(username, secret, value);
  }
}
