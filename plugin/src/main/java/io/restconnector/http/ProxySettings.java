package io.restconnector.http;

import io.restconnector.http.internal.egress.HostPatterns;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP proxy that calls go through.
 *
 * @param host of the proxy
 * @param port of the proxy
 * @param username where the proxy wants one (RFC 7617); sent to it with every connection or request
 * @param passwordSecret name of the secret that is the password of that user
 * @param noProxy hosts that are called directly, such as {@code localhost} or {@code
 *     *.example.com}; none by default
 */
public record ProxySettings(
    String host,
    Integer port,
    @Nullable String username,
    @Nullable String passwordSecret,
    List<String> noProxy)
    implements OutboundProxy {

  public ProxySettings {
    // A URL, such as one with a password, would be repeated wherever a connection fails.
    if (host == null || !HostPatterns.isHost(host) || port == null || port < 1 || port > 65535) {
      throw new IllegalArgumentException("proxy wants a host, and a port from 1 to 65535");
    }
    if ((username == null) != (passwordSecret == null)) {
      throw new IllegalArgumentException("proxy wants both username and password-secret, or none");
    }
    if (username != null && !username.matches("[^:\\p{Cntrl}]*")) {
      throw new IllegalArgumentException("proxy username holds a colon or control character");
    }
    noProxy = noProxy == null ? List.of() : HostPatterns.check("no-proxy", noProxy);
  }

  /** A proxy that wants no credentials, for all hosts. */
  public static ProxySettings of(String host, int port) {
    return new ProxySettings(host, port, null, null, List.of());
  }

  @Override
  public @Nullable HttpHost proxyOf(String scheme, String target) {
    return HostPatterns.match(noProxy, target) ? null : new HttpHost("http", host, port);
  }

  @Override
  public Set<String> hosts() {
    return Set.of(host.toLowerCase(Locale.ROOT));
  }

  public ProxySettings withCredentials(String user, String secret) {
    return new ProxySettings(host, port, user, secret, noProxy);
  }

  public ProxySettings withNoProxy(List<String> value) {
    return new ProxySettings(host, port, username, passwordSecret, value);
  }
}
