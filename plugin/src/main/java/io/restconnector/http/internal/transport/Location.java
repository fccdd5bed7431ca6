package io.restconnector.http.internal.transport;

import io.restconnector.content.internal.PercentEncoding;
import io.restconnector.http.internal.egress.HostPatterns;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a redirect leads. By hand: {@link URI#resolve} is wrong for an empty reference, for one
 * that is a query only, and for dot segments above the root.
 */
public final class Location {

  /** RFC 3986 appendix B, with a scheme as in §3.1. */
  private static final Pattern REFERENCE =
      Pattern.compile(
          "(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(?:\\?([^#]*))?(?:#.*)?",
          Pattern.DOTALL);

  private static final int MAX_PORT = 0xffff;

  private Location() {}

  /**
   * The URL that a reference stands for, percent-encoded as restUrl is, without a fragment.
   *
   * @param base URL of the response
   * @throws UnusableLocationException when that is no http or https URL, or one with user info,
   *     which counts as an error (RFC 9110 §4.2.4)
   */
  public static URI resolve(URI base, String reference) throws UnusableLocationException {
    try {
      URI target = URI.create(PercentEncoding.url(resolve(base.toString(), reference.strip())));
      String scheme = target.getScheme();
      if (("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme))
          && HostPatterns.hostOf(target) != null
          && target.getRawAuthority().indexOf('@') < 0
          && target.getPort() <= MAX_PORT) {
        return target;
      }
    } catch (PercentEncoding.UnencodableException | IllegalArgumentException malformed) {
      // The reference is malformed.
    }
    throw new UnusableLocationException();
  }

  /** RFC 3986 §5.2.2, strict; without the fragment. */
  static String resolve(String base, String reference) {
    Matcher r = REFERENCE.matcher(reference);
    Matcher b = REFERENCE.matcher(base);
    if (!r.matches() || !b.matches()) {
      throw new IllegalArgumentException("no reference"); // which any text is
    }
    String query = r.group(4);
    if (r.group(1) != null) {
      return compose(r.group(1), r.group(2), withoutDots(r.group(3)), query);
    }
    if (r.group(2) != null) {
      return compose(b.group(1), r.group(2), withoutDots(r.group(3)), query);
    }
    String path = r.group(3);
    if (path.isEmpty()) {
      return compose(b.group(1), b.group(2), b.group(3), query == null ? b.group(4) : query);
    }
    String merged = path.startsWith("/") ? path : merge(b.group(2), b.group(3), path);
    return compose(b.group(1), b.group(2), withoutDots(merged), query);
  }

  private static String merge(@Nullable String authority, String base, String path) {
    return authority != null && base.isEmpty()
        ? "/" + path
        : base.substring(0, base.lastIndexOf('/') + 1) + path;
  }

  private static String compose(
      @Nullable String scheme, @Nullable String authority, String path, @Nullable String query) {
    return (scheme == null ? "" : scheme.toLowerCase(Locale.ROOT) + ":")
        + (authority == null ? "" : "//" + authority)
        + path
        + (query == null ? "" : "?" + query);
  }

  /** RFC 3986 §5.2.4. */
  private static String withoutDots(String path) {
    StringBuilder output = new StringBuilder(path.length());
    int i = 0;
    while (i < path.length()) {
      if (path.startsWith("../", i)) {
        i += 3;
      } else if (path.startsWith("./", i)) {
        i += 2;
      } else if (path.startsWith("/./", i)) {
        i += 2;
      } else if (path.startsWith("/../", i)) {
        i += 3;
        removeLast(output);
      } else if (isLast(path, i, "/.")) {
        output.append('/');
        i += 2;
      } else if (isLast(path, i, "/..")) {
        removeLast(output);
        output.append('/');
        i += 3;
      } else if (isLast(path, i, "..") || isLast(path, i, ".")) {
        i = path.length();
      } else {
        int next = path.indexOf('/', i + 1);
        int end = next < 0 ? path.length() : next;
        output.append(path, i, end);
        i = end;
      }
    }
    return output.toString();
  }

  private static boolean isLast(String path, int start, String segment) {
    return start + segment.length() == path.length() && path.startsWith(segment, start);
  }

  private static void removeLast(StringBuilder output) {
    output.setLength(Math.max(0, output.lastIndexOf("/")));
  }
}
