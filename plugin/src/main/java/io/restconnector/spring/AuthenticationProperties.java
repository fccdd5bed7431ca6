package io.restconnector.spring;

import io.restconnector.InvalidSettingsException;
import io.restconnector.http.AuthenticationSettings;
import java.net.URI;
import java.util.List;
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
 * @param hosts Where this may be sent to.
 * @param sslBundle SSL bundle with the TLS identity and trust of these calls.
 */
record AuthenticationProperties(
    AuthenticationSettings.@Nullable Type type,
    @Nullable String secret,
    @Nullable String username,
    @Nullable String header,
    @Nullable String queryParameter,
    @Nullable URI tokenEndpoint,
    @Nullable String clientId,
    @Nullable String scope,
    @Nullable List<String> hosts,
    @Nullable String sslBundle) {

  AuthenticationSettings toSettings(String property) {
    try {
      return new AuthenticationSettings(
          type,
          secret,
          username,
          header,
          queryParameter,
          tokenEndpoint,
          clientId,
          scope,
          hosts,
          sslBundle);
    } catch (IllegalArgumentException wrong) {
      throw new InvalidSettingsException(property + ": " + wrong.getMessage());
    }
  }
}
