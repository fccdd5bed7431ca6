package io.restconnector.http.internal.auth;

import io.restconnector.http.internal.egress.AddressRange;
import io.restconnector.http.internal.egress.HostPatterns;
import java.net.Inet6Address;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One of the places that an authentication may go to: a host, a host with its port, or an origin.
 * Only an origin says that a credential may go in clear text.
 *
 * @param host in lower case, {@code *.} before it for every name below it
 */
public record CredentialScope(String scheme, String host, int port) {

  private static final String NAME = "[a-z0-9_-]+(?:\\.[a-z0-9_-]+)*";
  private static final String IPV6 = "[0-9a-f:.]*:[0-9a-f:.]*:[0-9a-f:.]*";
  private static final String PORT = "(?::(\\d{1,5}))?";
  private static final Pattern ENTRY =
      Pattern.compile(
          // An origin, or a host; an IPv6 address needs no brackets where it has no port.
          "(?:(https?)://(%1$s|\\[%2$s])%3$s)|(?:((?:\\*\\.)?%1$s|\\[%2$s])%3$s)|(%2$s)"
              .formatted(NAME, IPV6, PORT),
          Pattern.CASE_INSENSITIVE);
  private static final String LOOPBACK_V6 = "0:0:0:0:0:0:0:1";

  /**
   * The entries.
   *
   * @throws IllegalArgumentException that does not quote an entry, which may be a URL with a
   *     password
   */
  public static List<CredentialScope> parse(List<String> entries) {
    return IntStream.range(0, entries.size()).mapToObj(i -> parse(i, entries.get(i))).toList();
  }

  private static CredentialScope parse(int index, String entry) {
    Matcher parts = ENTRY.matcher(entry);
    if (parts.matches()) {
      String scheme = parts.group(1) == null ? "https" : parts.group(1).toLowerCase(Locale.ROOT);
      String host = normal(first(parts.group(2), parts.group(4), parts.group(6)));
      String digits = first(parts.group(3), parts.group(5));
      int port = digits == null ? HostPatterns.defaultPort(scheme) : Integer.parseInt(digits);
      if (host != null && port > 0 && port <= 65_535) {
        return new CredentialScope(scheme, host, port);
      }
    }
    throw new IllegalArgumentException(
        "hosts[%d] is neither a host such as api.example.com or *.example.com, nor a host with a port such as api.example.com:8443, nor an origin such as http://inventory:8080"
            .formatted(index));
  }

  private static @Nullable String first(@Nullable String... candidates) {
    return Stream.of(candidates).filter(Objects::nonNull).findFirst().orElse(null);
  }

  public boolean contains(URI url) {
    return contains(url, hostOf(url));
  }

  /** As {@link #contains}, for what is no credential: a final dot makes no other host of a name. */
  public boolean reaches(URI url) {
    String target = hostOf(url);
    return contains(url, target == null ? null : target.replaceFirst("\\.$", ""));
  }

  private boolean contains(URI url, @Nullable String target) {
    return target != null
        && scheme.equalsIgnoreCase(url.getScheme())
        && port == HostPatterns.portOf(url)
        && (host.startsWith("*.") ? target.endsWith(host.substring(1)) : target.equals(host));
  }

  /** Where a credential without {@code hosts} may go: to https, and to this machine. */
  public static boolean isConfidential(URI url) {
    String host = hostOf(url);
    return host != null
        && ("https".equalsIgnoreCase(url.getScheme())
            || host.equals("localhost")
            || host.equals(LOOPBACK_V6)
            || (AddressRange.isIpv4(host) && host.startsWith("127.")));
  }

  private static @Nullable String hostOf(URI url) {
    String host = HostPatterns.hostOf(url);
    return host == null ? null : normal(host);
  }

  /** In lower case; an IPv6 address in its one spelling, null where it is none. */
  private static @Nullable String normal(@Nullable String host) {
    if (host == null || host.indexOf(':') < 0) {
      return host == null ? null : host.toLowerCase(Locale.ROOT);
    }
    AddressRange address = AddressRange.parse(host.replaceAll("[\\[\\]]", ""));
    return address != null && address.network() instanceof Inet6Address v6
        ? v6.getHostAddress()
        : null;
  }
}
