package io.restconnector.spring;

import io.restconnector.InvalidSettingsException;
import io.restconnector.http.AuthenticationReach;
import io.restconnector.http.AuthenticationSettings;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a call proves who makes it.
 *
 * @param type What is sent. Without it the client certificate of the SSL bundle is all.
 * @param secret Name of the secret that is the password, token, key or client secret.
 * @param username User name of basic.
 * @param header Header that carries the key of api-key.
 * @param queryParameter Query parameter that carries the key of api-key, in place of a header.
 * @param tokenEndpoint URL of the authorization server's token endpoint.
 * @param clientId Client of client-credentials.
 * @param scope Names separated by spaces, for client-credentials.
 * @param properties What a type of the application wants to know.
 * @param hosts Where this may be sent to.
 * @param sslBundle SSL bundle with the TLS identity and trust of these calls.
 */
record AuthenticationProperties(
    @Nullable String type,
    @Nullable String secret,
    @Nullable String username,
    @Nullable String header,
    @Nullable String queryParameter,
    @Nullable URI tokenEndpoint,
    @Nullable String clientId,
    @Nullable String scope,
    @Nullable Map<String, String> properties,
    @Nullable List<String> hosts,
    @Nullable String sslBundle) {

  @SuppressWarnings("NullAway") // the settings say what is missing
  AuthenticationSettings toSettings(String property) {
    try {
      AuthenticationReach reach = new AuthenticationReach(hosts, sslBundle);
      if (type == null) {
        return AuthenticationSettings.clientCertificate(sslBundle).withReach(reach);
      }
      return switch (type.replaceAll("[-_]", "").toLowerCase(Locale.ROOT)) {
        case "basic" -> AuthenticationSettings.basic(username, secret).withReach(reach);
        case "bearer" -> AuthenticationSettings.bearer(secret).withReach(reach);
        case "apikey" ->
            AuthenticationSettings.apiKey(header, queryParameter, secret).withReach(reach);
        case "clientcredentials" ->
            AuthenticationSettings.clientCredentials(tokenEndpoint, clientId, secret, scope)
                .withReach(reach);
        default ->
            AuthenticationSettings.custom(type, secret, properties == null ? Map.of() : properties)
                .withReach(reach);
      };
    } catch (IllegalArgumentException wrong) {
      throw new InvalidSettingsException(property + ": " + wrong.getMessage());
    }
  }
}
