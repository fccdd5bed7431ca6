package io.restconnector.http;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;

/**
 * The proxies that the JVM's system properties name: {@code http.proxyHost}, {@code
 * http.proxyPort}, {@code https.proxyHost}, {@code https.proxyPort} and {@code http.nonProxyHosts}.
 *
 * @param byScheme the proxy of the URLs of a scheme
 * @param direct hosts that are called directly; each may begin or end with {@code *}
 */
public record JvmProxy(Map<String, HttpHost> byScheme, List<String> direct)
    implements OutboundProxy {

  /** What the JDK takes where {@code http.nonProxyHosts} is not set. */
  private static final String LOCAL = "localhost|127.*|[::1]|0.0.0.0|[::0]";

  private static final Map<String, Integer> DEFAULT_PORTS = Map.of("http", 80, "https", 443);

  public JvmProxy {
    byScheme = Map.copyOf(byScheme);
    direct = List.copyOf(direct);
  }

  /**
   * Reads the properties, once.
   *
   * @throws IllegalArgumentException when a port is none; the message quotes no value
   */
  public static JvmProxy of(Properties system) {
    Map<String, HttpHost> byScheme = new HashMap<>();
    DEFAULT_PORTS.forEach(
        (scheme, port) -> {
          String host = system.getProperty(scheme + ".proxyHost", "").strip();
          if (!host.isEmpty()) {
            byScheme.put(scheme, new HttpHost("http", host, port(system, scheme, port)));
          }
        });
    String direct = system.getProperty("http.nonProxyHosts", LOCAL).toLowerCase(Locale.ROOT);
    return new JvmProxy(
        byScheme,
        List.of(direct.split("\\|")).stream()
            .map(String::strip)
            .filter(pattern -> !pattern.isEmpty())
            .toList());
  }

  private static int port(Properties system, String scheme, int defaultPort) {
    String text = system.getProperty(scheme + ".proxyPort", "").strip();
    if (text.isEmpty()) {
      return defaultPort;
    }
    int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException(
          "the system property %s.proxyPort is no port from 1 to 65535".formatted(scheme));
    }
    return port;
  }

  @Override
  public @Nullable HttpHost proxyOf(String scheme, String host) {
    HttpHost proxy = byScheme.get(scheme.toLowerCase(Locale.ROOT));
    return proxy == null || isDirect(host.toLowerCase(Locale.ROOT)) ? null : proxy;
  }

  private boolean isDirect(String host) {
    String bracketed = host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
    return direct.stream().anyMatch(pattern -> matches(pattern, bracketed));
  }

  private static boolean matches(String pattern, String host) {
    int star = pattern.indexOf('*');
    if (star < 0) {
      return host.equals(pattern);
    }
    return star == 0
        ? host.endsWith(pattern.substring(1))
        : star == pattern.length() - 1 && host.startsWith(pattern.substring(0, star));
  }

  @Override
  public Set<String> hosts() {
    return byScheme.values().stream()
        .map(proxy -> proxy.getHostName().toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }
}
