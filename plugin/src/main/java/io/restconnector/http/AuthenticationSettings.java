package io.restconnector.http;

import io.restconnector.http.internal.auth.CredentialScope;
import io.restconnector.http.internal.chain.Credential;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.apache.hc.core5.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** How a call proves who makes it. Holds the names of secrets, never their values. */
public sealed interface AuthenticationSettings
    permits ApiKeySettings,
        BasicSettings,
        BearerSettings,
        CertificateSettings,
        ClientCredentialsSettings,
        CustomSettings {

  /** Name of the {@link io.restconnector.spi.CallAuthentication}; null for a certificate only. */
  @Nullable String type();

  /** Name of the secret that is the password, token, key or client secret, if any. */
  @Nullable String secret();

  /** What else the type wants to know, by the names of the configuration. */
  Map<String, String> properties();

  /** Where this may be sent to, and how it gets there. */
  AuthenticationReach reach();

  /** The same with another reach. */
  AuthenticationSettings withReach(AuthenticationReach value);

  /** The header that this sets, null where it sets none that is known beforehand. */
  default @Nullable String carrier() {
    return HttpHeaders.AUTHORIZATION;
  }

  static AuthenticationSettings basic(String username, String secret) {
    return new BasicSettings(username, secret, AuthenticationReach.DEFAULT);
  }

  static AuthenticationSettings bearer(String secret) {
    return new BearerSettings(secret, AuthenticationReach.DEFAULT);
  }

  static AuthenticationSettings apiKeyHeader(String header, String secret) {
    return apiKey(header, null, secret);
  }

  static AuthenticationSettings apiKeyQuery(String queryParameter, String secret) {
    return apiKey(null, queryParameter, secret);
  }

  /** In a header or in a query parameter; one of the two is null. */
  static AuthenticationSettings apiKey(
      @Nullable String header, @Nullable String queryParameter, String secret) {
    return new ApiKeySettings(header, queryParameter, secret, AuthenticationReach.DEFAULT);
  }

  static AuthenticationSettings clientCredentials(
      URI tokenEndpoint, String clientId, String secret, @Nullable String scope) {
    return new ClientCredentialsSettings(
        tokenEndpoint, clientId, secret, scope, AuthenticationReach.DEFAULT);
  }

  static AuthenticationSettings clientCertificate(String sslBundle) {
    return new CertificateSettings(new AuthenticationReach(null, sslBundle));
  }

  /** Of a type that the application adds; without a secret where it wants none. */
  static AuthenticationSettings custom(
      String type, @Nullable String secret, Map<String, String> properties) {
    return new CustomSettings(type, secret, properties, AuthenticationReach.DEFAULT);
  }

  default @Nullable List<String> hosts() {
    return reach().hosts();
  }

  default @Nullable String sslBundle() {
    return reach().sslBundle();
  }

  default AuthenticationSettings withHosts(List<String> value) {
    return withReach(new AuthenticationReach(value, sslBundle()));
  }

  default AuthenticationSettings withSslBundle(String value) {
    return withReach(new AuthenticationReach(hosts(), value));
  }

  /** Whether this may be sent to the scheme, host and port of the URL. */
  default boolean allows(URI url) {
    List<String> hosts = hosts();
    return hosts == null
        ? CredentialScope.isConfidential(url)
        : CredentialScope.parse(hosts).stream().anyMatch(scope -> scope.contains(url));
  }

  /** Whether the URL already has the query parameter that this sets. */
  default boolean isCarriedIn(URI url) {
    return this instanceof ApiKeySettings key
        && key.queryParameter() != null
        && Credential.hasParameter(url.getRawQuery(), key.queryParameter());
  }
}
