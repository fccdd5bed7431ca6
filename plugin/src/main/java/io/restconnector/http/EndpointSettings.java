package io.restconnector.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A service that the REST call tasks of Alfresco Process Services name.
 *
 * @param url before the path of a task; an absolute http or https URL without query
 * @param authentication name of the authentication of its calls, null for none
 * @param headers of each of its calls, but where a task sends a header of that name itself
 * @since 0.1
 */
public record EndpointSettings(
    String url, @Nullable String authentication, Map<String, String> headers) {

  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern VALUE = Pattern.compile("[^\\x00-\\x08\\x0a-\\x1f\\x7f]*");

  public EndpointSettings {
    check(url);
    headers =
        headers == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    headers.forEach(
        (name, value) -> {
          if (!NAME.matcher(name).matches() || !VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                "headers has a name that is no HTTP token, or a value with a control character");
          }
        });
  }

  /** Without authentication and headers. */
  public EndpointSettings(String url) {
    this(url, null, Map.of());
  }

  /** Without the headers, which may prove who calls. */
  @Override
  public String toString() {
    return "EndpointSettings[url=%s, authentication=%s]".formatted(url, authentication);
  }

  private static void check(@Nullable String url) {
    URI uri;
    try {
      uri = new URI(url == null ? "" : url);
    } catch (URISyntaxException malformed) { // its message repeats the text
      uri = URI.create("");
    }
    boolean isHttp =
        "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
    if (!isHttp
        || uri.getHost() == null
        || uri.getRawUserInfo() != null
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "url is no absolute http or https URL without user info, query and fragment");
    }
  }
}
