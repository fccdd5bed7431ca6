package io.restconnector.http;

import io.restconnector.http.internal.auth.Credential;
import io.restconnector.http.internal.auth.CredentialScope;
import io.restconnector.http.internal.egress.HostPatterns;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * How a call proves who makes it. Holds the names of secrets, never their values.
 *
 * @param type null where the client certificate of {@code sslBundle} is all
 * @param secret name of the secret that is the password, token, key or client secret
 * @param username of {@code BASIC}
 * @param header that carries the key of {@code API_KEY}
 * @param queryParameter that carries it instead
 * @param tokenEndpoint of {@code CLIENT_CREDENTIALS}
 * @param clientId of {@code CLIENT_CREDENTIALS}
 * @param scope of {@code CLIENT_CREDENTIALS}, if any: names separated by spaces
 * @param hosts that this may be sent to: {@code api.example.com} or {@code *.example.com} for https
 *     on its default port, {@code api.example.com:8443} for https on that port, {@code
 *     http://inventory:8080} for that origin, which is the only way to clear text; null for https
 *     to any host, and http to the loopback interface
 * @param sslBundle name of the TLS identity and trust of these calls; null for that of all calls
 */
public record AuthenticationSettings(
    @Nullable Type type,
    @Nullable String secret,
    @Nullable String username,
    @Nullable String header,
    @Nullable String queryParameter,
    @Nullable URI tokenEndpoint,
    @Nullable String clientId,
    @Nullable String scope,
    @Nullable List<String> hosts,
    @Nullable String sslBundle) {

  /** What is sent. */
  public enum Type {
    /** User name and password (RFC 7617). */
    BASIC,
    /** A fixed token (RFC 6750 §2.1). */
    BEARER,
    /** A key in a header or query parameter of the service's choice. */
    API_KEY,
    /** A bearer token that the authorization server grants to the client (RFC 6749 §4.4). */
    CLIENT_CREDENTIALS
  }

  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  public AuthenticationSettings {
    if (type == null) {
      require(sslBundle != null, "type is missing");
    } else {
      require(secret != null, "secret is missing: the name of one of the secrets");
      switch (type) {
        case BASIC ->
            require(
                username != null && username.matches("[^:\\p{Cntrl}]*"),
                "username is missing, or holds a colon or control character");
        case API_KEY -> {
          require(
              (header == null) != (queryParameter == null),
              "api-key wants either header or query-parameter");
          require(header == null || TOKEN.matcher(header).matches(), "header is no HTTP token");
        }
        case CLIENT_CREDENTIALS -> {
          require(clientId != null, "client-id is missing");
          require(
              tokenEndpoint != null
                  && HostPatterns.hostOf(tokenEndpoint) != null
                  && tokenEndpoint.getRawAuthority().indexOf('@') < 0
                  && List.of("http", "https").contains(tokenEndpoint.getScheme()),
              "token-endpoint is not an absolute http or https URL without user info");
        }
        case BEARER -> {}
      }
    }
    require(hosts == null || !hosts.isEmpty(), "hosts is empty");
    if (hosts != null) {
      CredentialScope.parse(hosts);
      hosts = List.copyOf(hosts);
    }
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException("authentication: " + otherwise);
    }
  }

  public static AuthenticationSettings basic(String username, String secret) {
    return new AuthenticationSettings(
        Type.BASIC, secret, username, null, null, null, null, null, null, null);
  }

  public static AuthenticationSettings bearer(String secret) {
    return new AuthenticationSettings(
        Type.BEARER, secret, null, null, null, null, null, null, null, null);
  }

  public static AuthenticationSettings apiKeyHeader(String header, String secret) {
    return new AuthenticationSettings(
        Type.API_KEY, secret, null, header, null, null, null, null, null, null);
  }

  public static AuthenticationSettings apiKeyQuery(String queryParameter, String secret) {
    return new AuthenticationSettings(
        Type.API_KEY, secret, null, null, queryParameter, null, null, null, null, null);
  }

  public static AuthenticationSettings clientCredentials(
      URI tokenEndpoint, String clientId, String secret, @Nullable String scope) {
    return new AuthenticationSettings(
        Type.CLIENT_CREDENTIALS,
        secret,
        null,
        null,
        null,
        tokenEndpoint,
        clientId,
        scope,
        null,
        null);
  }

  public static AuthenticationSettings clientCertificate(String sslBundle) {
    return new AuthenticationSettings(
        null, null, null, null, null, null, null, null, null, sslBundle);
  }

  public AuthenticationSettings withHosts(List<String> value) {
    return new AuthenticationSettings(
        type,
        secret,
        username,
        header,
        queryParameter,
        tokenEndpoint,
        clientId,
        scope,
        value,
        sslBundle);
  }

  public AuthenticationSettings withSslBundle(String value) {
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
        value);
  }

  /** Whether this may be sent to the scheme, host and port of the URL. */
  public boolean allows(URI url) {
    return hosts == null
        ? CredentialScope.isConfidential(url)
        : CredentialScope.parse(hosts).stream().anyMatch(scope -> scope.contains(url));
  }

  /** Whether the URL already has the query parameter that this sets. */
  public boolean isCarriedIn(URI url) {
    return queryParameter != null && Credential.hasParameter(url.getRawQuery(), queryParameter);
  }

  /** The header that this sets, null where it sets none. */
  public @Nullable String carrier() {
    if (type == null || queryParameter != null) {
      return null;
    }
    return type == Type.API_KEY ? header : HttpHeaders.AUTHORIZATION;
  }
}
