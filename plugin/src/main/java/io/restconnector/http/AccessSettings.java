package io.restconnector.http;

import io.restconnector.http.internal.egress.HostPatterns;
import io.restconnector.spi.Secret;
import java.net.URI;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Who the connector is to others, and how it gets to them. A null component stands for its default:
 * nothing.
 *
 * @param secrets by name
 * @param authentications by the name that a task gives
 * @param sslBundle name of the TLS identity and trust of all calls; the JVM's where null
 * @param proxy that calls go through, if any
 * @param sslContexts what the names of SSL bundles stand for; in Spring Boot they are its SSL
 *     bundles
 */
public record AccessSettings(
    Map<String, Secret> secrets,
    Map<String, AuthenticationSettings> authentications,
    @Nullable String sslBundle,
    @Nullable OutboundProxy proxy,
    Map<String, SSLContext> sslContexts) {

  public AccessSettings {
    secrets = secrets == null ? Map.of() : Map.copyOf(secrets);
    authentications = authentications == null ? Map.of() : Map.copyOf(authentications);
    sslContexts = sslContexts == null ? Map.of() : Map.copyOf(sslContexts);
  }

  /** No secrets, authentications or proxy, and the JVM's own TLS settings. */
  public static AccessSettings defaults() {
    return new AccessSettings(Map.of(), Map.of(), null, null, Map.of());
  }

  public AccessSettings withSecrets(Map<String, Secret> value) {
    return new AccessSettings(value, authentications, sslBundle, proxy, sslContexts);
  }

  public AccessSettings withAuthentications(Map<String, AuthenticationSettings> value) {
    return new AccessSettings(secrets, value, sslBundle, proxy, sslContexts);
  }

  public AccessSettings withSslBundle(String value) {
    return new AccessSettings(secrets, authentications, value, proxy, sslContexts);
  }

  public AccessSettings withProxy(OutboundProxy value) {
    return new AccessSettings(secrets, authentications, sslBundle, value, sslContexts);
  }

  public AccessSettings withSslContexts(Map<String, SSLContext> value) {
    return new AccessSettings(secrets, authentications, sslBundle, proxy, value);
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
