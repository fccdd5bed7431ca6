package io.restconnector.http;

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
final class HostPatterns {

  private static final Pattern VALID =
      Pattern.compile("(\\*\\.)?[A-Za-z0-9._-]+|[0-9A-Fa-f:.]*::?[0-9A-Fa-f:.]*");

  private HostPatterns() {}

  /** The list, checked. */
  static List<String> check(String setting, List<String> patterns) {
    for (String pattern : patterns) {
      if (!VALID.matcher(pattern).matches()) {
        throw new IllegalArgumentException(
            setting
                + " has '"
                + pattern
                + "', wanted a host such as api.example.com or *.example.com");
      }
    }
    return List.copyOf(patterns);
  }

  /**
   * The host of a URL as the client sees it, null where it has none. {@link URI#getHost} knows no
   * underscores, which the names of many a container network have.
   */
  static @Nullable String hostOf(URI url) {
    try {
      URIAuthority authority = URIAuthority.create(url.getRawAuthority());
      return authority == null || authority.getHostName().isEmpty()
          ? null
          : authority.getHostName();
    } catch (URISyntaxException malformed) {
      return null;
    }
  }

  static boolean match(List<String> patterns, String host) {
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
