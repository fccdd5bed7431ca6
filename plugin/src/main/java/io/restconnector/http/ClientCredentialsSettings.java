package io.restconnector.http;

import static io.restconnector.http.AuthenticationReach.require;
import static io.restconnector.http.AuthenticationReach.requireSecret;

import io.restconnector.http.internal.egress.HostPatterns;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A bearer token that the authorization server grants to the client (RFC 6749 §4.4).
 *
 * @param scope if any: names separated by spaces
 */
record ClientCredentialsSettings(
    URI tokenEndpoint,
    String clientId,
    String secret,
    @Nullable String scope,
    AuthenticationReach reach)
    implements AuthenticationSettings {

  public ClientCredentialsSettings {
    requireSecret(secret);
    require(clientId != null, "client-id is missing");
    require(
        tokenEndpoint != null
            && HostPatterns.hostOf(tokenEndpoint) != null
            && tokenEndpoint.getRawAuthority().indexOf('@') < 0
            && List.of("http", "https").contains(tokenEndpoint.getScheme()),
        "token-endpoint is not an absolute http or https URL without user info");
  }

  @Override
  public String type() {
    return "client-credentials";
  }

  @Override
  public Map<String, String> properties() {
    Map<String, String> properties = new HashMap<>();
    properties.put("token-endpoint", tokenEndpoint.toString());
    properties.put("client-id", clientId);
    if (scope != null) {
      properties.put("scope", scope);
    }
    return properties;
  }

  @Override
  public ClientCredentialsSettings withReach(AuthenticationReach value) {
    return new ClientCredentialsSettings(tokenEndpoint, clientId, secret, scope, value);
  }
}
