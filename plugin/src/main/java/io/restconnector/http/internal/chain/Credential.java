package io.restconnector.http.internal.chain;

import io.restconnector.spi.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.StringJoiner;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.net.PercentCodec;
import org.jspecify.annotations.Nullable;

/**
 * One proof of who calls, as it stands in a request.
 *
 * @param name of the header or query parameter
 * @param value as it is sent, before percent-encoding
 * @param inQuery whether it is a query parameter
 */
public record Credential(String name, Secret value, boolean inQuery) {

  /** The value of a header of RFC 7617. */
  public static Secret basic(String username, Secret password) {
    byte[] pair = (username + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
    return Secret.of("Basic " + Base64.getEncoder().encodeToString(pair));
  }

  public Header header() {
    return new SecretHeader(name, value);
  }

  /** Adds this to the request, in place of what has its name. */
  public void addTo(HttpRequest request) {
    removeFrom(request);
    if (!inQuery) {
      request.addHeader(header());
      return;
    }
    String path = request.getPath();
    String separator = path.indexOf('?') < 0 ? "?" : path.endsWith("?") ? "" : "&";
    request.setPath(path + separator + encode(name) + "=" + encode(value.reveal()));
  }

  /** A redirect may have carried it along. */
  public void removeFrom(HttpRequest request) {
    if (!inQuery) {
      request.removeHeaders(name);
      return;
    }
    String path = request.getPath();
    int query = path.indexOf('?');
    if (query >= 0 && hasParameter(path.substring(query + 1), name)) {
      StringJoiner others = new StringJoiner("&", "?", "").setEmptyValue("");
      for (String parameter : path.substring(query + 1).split("&", -1)) {
        if (!isNamed(parameter, name)) {
          others.add(parameter);
        }
      }
      request.setPath(path.substring(0, query) + others);
    }
  }

  /** Whether a raw query has a parameter of this name. */
  public static boolean hasParameter(@Nullable String query, String name) {
    if (query != null) {
      for (String parameter : query.split("&", -1)) {
        if (isNamed(parameter, name)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isNamed(String parameter, String name) {
    int end = parameter.indexOf('=');
    String raw = end < 0 ? parameter : parameter.substring(0, end);
    return PercentCodec.decode(raw.replace('+', ' '), StandardCharsets.UTF_8).equals(name);
  }

  private static String encode(String text) {
    return PercentCodec.RFC3986.encode(text);
  }
}
