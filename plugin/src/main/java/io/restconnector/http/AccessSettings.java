package io.restconnector.http;

import io.restconnector.http.internal.auth.CredentialScope;
import io.restconnector.http.internal.egress.HostPatterns;
import io.restconnector.spi.Secret;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Who the connector is to others, how it gets to them, and how much of them it uses. A null
 * component stands for its default: nothing.
 *
 * @param secrets by name
 * @param authentications by the name that a task gives
 * @param sslBundle name of the TLS identity and trust of all calls; the JVM's where null
 * @param proxy that calls go through, if any
 * @param sslContexts what the names of SSL bundles stand for; in Spring Boot they are its SSL
 *     bundles
 * @param endpoints services by the name or the id that REST call tasks of Alfresco Process Services
 *     have for them
 * @param shares of what hosts can take, by name; of several whose {@code hosts} take in a URL, the
 *     one with the most specific entry counts
 */
public record AccessSettings(
    Map<String, Secret> secrets,
    Map<String, AuthenticationSettings> authentications,
    @Nullable String sslBundle,
    @Nullable OutboundProxy proxy,
    Map<String, SSLContext> sslContexts,
    Map<String, EndpointSettings> endpoints,
    Map<String, ShareSettings> shares) {

  public AccessSettings {
    secrets = secrets == null ? Map.of() : Map.copyOf(secrets);
    authentications = authentications == null ? Map.of() : Map.copyOf(authentications);
    sslContexts = sslContexts == null ? Map.of() : Map.copyOf(sslContexts);
    endpoints = endpoints == null ? Map.of() : Map.copyOf(endpoints);
    shares = shares == null ? Map.of() : Map.copyOf(shares);
    checkShares(shares);
  }

  /** Without endpoints and shares. */
  public AccessSettings(
      Map<String, Secret> secrets,
      Map<String, AuthenticationSettings> authentications,
      @Nullable String sslBundle,
      @Nullable OutboundProxy proxy,
      Map<String, SSLContext> sslContexts) {
    this(secrets, authentications, sslBundle, proxy, sslContexts, Map.of(), Map.of());
  }

  private static void checkShares(Map<String, ShareSettings> shares) {
    Map<CredentialScope, String> known = new HashMap<>();
    new TreeMap<>(shares)
        .forEach(
            (name, share) ->
                CredentialScope.parse(share.hosts())
                    .forEach(
                        scope -> {
                          String other = known.put(scope, name);
                          if (other != null) {
                            throw new IllegalArgumentException(
                                other.equals(name)
                                    ? "shares.%s.hosts has an entry twice".formatted(name)
                                    : "shares.%s.hosts has an entry that shares.%s.hosts has, too"
                                        .formatted(name, other));
                          }
                        }));
  }

  /** No secrets, authentications or proxy, and the JVM's own TLS settings. */
  public static AccessSettings defaults() {
    return new AccessSettings(Map.of(), Map.of(), null, null, Map.of());
  }

  public AccessSettings withSecrets(Map<String, Secret> value) {
    return new AccessSettings(
        value, authentications, sslBundle, proxy, sslContexts, endpoints, shares);
  }

  public AccessSettings withAuthentications(Map<String, AuthenticationSettings> value) {
    return new AccessSettings(secrets, value, sslBundle, proxy, sslContexts, endpoints, shares);
  }

  public AccessSettings withSslBundle(String value) {
    return new AccessSettings(
        secrets, authentications, value, proxy, sslContexts, endpoints, shares);
  }

  public AccessSettings withProxy(OutboundProxy value) {
    return new AccessSettings(
        secrets, authentications, sslBundle, value, sslContexts, endpoints, shares);
  }

  public AccessSettings withSslContexts(Map<String, SSLContext> value) {
    return new AccessSettings(secrets, authentications, sslBundle, proxy, value, endpoints, shares);
  }

  public AccessSettings withEndpoints(Map<String, EndpointSettings> value) {
    return new AccessSettings(
        secrets, authentications, sslBundle, proxy, sslContexts, value, shares);
  }

  public AccessSettings withShares(Map<String, ShareSettings> value) {
    return new AccessSettings(
        secrets, authentications, sslBundle, proxy, sslContexts, endpoints, value);
  }

  /**
   * Checks that the authentication of each endpoint exists.
   *
   * @throws IllegalArgumentException that names the setting
   */
  public void checkEndpoints() {
    endpoints.forEach(
        (name, endpoint) -> {
          if (endpoint.authentication() != null
              && !authentications.containsKey(endpoint.authentication())) {
            throw new IllegalArgumentException(
                "endpoints[%s].authentication names no authentication under authentications"
                    .formatted(name));
          }
        });
  }

  /**
   * Whether a call to the URL leaves this machine in clear text although the URL is one of this
   * machine: the proxy takes it.
   */
  public boolean isTakenByProxy(URI url) {
    String host = HostPatterns.hostOf(url);
    return proxy != null && host != null && proxy.proxyOf(url.getScheme(), host) != null;
  }

  /**
   * The TLS identity and trust of a name.
   *
   * @param setting that gives the name, which is not repeated in the message either
   */
  public SSLContext sslContext(String setting, String name) {
    SSLContext context = sslContexts.get(name);
    if (context == null) {
      throw new IllegalArgumentException("%s is not the name of an SSL bundle".formatted(setting));
    }
    return context;
  }
}
