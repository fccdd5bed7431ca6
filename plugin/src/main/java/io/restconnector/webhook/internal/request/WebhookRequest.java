package io.restconnector.webhook.internal.request;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request without its body.
 *
 * @param base its scheme, authority and context path, such as {@code https://example.com/app}
 * @param route the part of its path between {@code base} and {@code path}, with its slashes
 * @param path below the endpoint, as it came over the wire
 * @param query as it came over the wire, null where there is none
 * @param headers by name in lower case
 */
public record WebhookRequest(
    String method,
    String base,
    String route,
    String path,
    @Nullable String query,
    Map<String, List<String>> headers) {

  /** To the endpoint at its default place on this machine. */
  public WebhookRequest(
      String method, String path, @Nullable String query, Map<String, List<String>> headers) {
    this(method, "http://localhost", "/rest-connector/events/", path, query, headers);
  }

  /**
   * Where the sender has sent it.
   *
   * @param publicUrl what stands there for {@link #base}, null for the same
   */
  public String url(@Nullable String publicUrl) {
    return (publicUrl == null ? base : publicUrl)
        + route
        + path
        + (query == null ? "" : "?" + query);
  }

  /**
   * The path of the whole URL, with the context path.
   *
   * @param below the endpoint, such as {@link #path}
   */
  public String pathOfUrl(String below) {
    int slash = base.indexOf('/', base.indexOf("//") + 2);
    return (slash < 0 ? "" : base.substring(slash)) + route + below;
  }

  /**
   * Where the answers of processes are, with its slash.
   *
   * @param publicUrl what stands there for {@link #base}, null for the path alone
   */
  public String answersUrl(@Nullable String publicUrl) {
    String below = PathSegments.ANSWERS + "/";
    return publicUrl == null ? pathOfUrl(below) : publicUrl + route + below;
  }

  public @Nullable String header(String name) {
    List<String> values = headers.get(name);
    return values == null ? null : values.get(0);
  }

  /** As expressions see them: a String, or a list where the header repeats. */
  public Map<String, Object> headerValues() {
    Map<String, Object> all = new HashMap<>();
    headers.forEach((name, values) -> all.put(name, values.size() == 1 ? values.get(0) : values));
    return all;
  }
}
