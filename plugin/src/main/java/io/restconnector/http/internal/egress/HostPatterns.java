package io.restconnector.http.internal.egress;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.hc.core5.net.URIAuthority;
import org.jspecify.annotations.Nullable;

/**
 * Host names as settings list them: {@code api.example.com} stands for itself, {@code
 * *.example.com} for every name below example.com, but not for example.com.
 */
public final class HostPatterns {

  private static final Pattern VALID =
      Pattern.compile("(\\*\\.)?[A-Za-z0-9._-]+|[0-9A-Fa-f:.]*::?[0-9A-Fa-f:.]*");

  private HostPatterns() {}

  /** The list, checked. The message quotes no entry, which may be a URL with a password. */
  public static List<String> check(String setting, List<String> patterns) {
    for (int i = 0; i < patterns.size(); i++) {
      if (!VALID.matcher(patterns.get(i)).matches()) {
        throw new IllegalArgumentException(
            "%s[%d] is not a host such as api.example.com or *.example.com".formatted(setting, i));
      }
    }
    return List.copyOf(patterns);
  }

  /** Whether the text is one host, a name or an address. */
  public static boolean isHost(String text) {
    return VALID.matcher(text).matches() && !text.startsWith("*");
  }

  /**
   * The host of a URL as the client sees it, null where it has none. {@link URI#getHost} knows no
   * underscores, which the names of many a container network have.
   */
  public static @Nullable String hostOf(URI url) {
    URIAuthority authority = authorityOf(url);
    if (authority == null || authority.getHostName().isEmpty()) {
      return null;
    }
    try {
      return IDN.toASCII(authority.getHostName()); // the client reads punycode as Unicode
    } catch (IllegalArgumentException noHostName) {
      return null;
    }
  }

  /** The port of a URL with a host, that of its scheme where it names none. */
  public static int portOf(URI url) {
    URIAuthority authority = authorityOf(url);
    return authority == null || authority.getPort() < 0
        ? defaultPort(url.getScheme())
        : authority.getPort();
  }

  public static int defaultPort(String scheme) {
    return scheme.equalsIgnoreCase("https") ? 443 : 80;
  }

  private static @Nullable URIAuthority authorityOf(URI url) {
    try {
      return URIAuthority.create(url.getRawAuthority());
    } catch (URISyntaxException | IllegalArgumentException malformed) {
      return null;
    }
  }

  public static boolean match(List<String> patterns, String host) {
    String name = host.toLowerCase(Locale.ROOT);
    for (String pattern : patterns) {
      String wanted = pattern.toLowerCase(Locale.ROOT);
      if (wanted.startsWith("*") ? name.endsWith(wanted.substring(1)) : name.equals(wanted)) {
        return true;
      }
    }
    return false;
  }
}
