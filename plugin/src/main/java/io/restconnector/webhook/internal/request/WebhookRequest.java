package io.restconnector.webhook.internal.request;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request without its body.
 *
 * @param path below the endpoint, as it came over the wire
 * @param query as it came over the wire, null where there is none
 * @param headers by name in lower case
 */
public record WebhookRequest(
    String method, String path, @Nullable String query, Map<String, List<String>> headers) {

  @Nullable String header(String name) {
    List<String> values = headers.get(name);
    return values == null ? null : values.get(0);
  }

  /** As expressions see them: a String, or a list where the header repeats. */
  Map<String, Object> headerValues() {
    Map<String, Object> all = new HashMap<>();
    headers.forEach((name, values) -> all.put(name, values.size() == 1 ? values.get(0) : values));
    return all;
  }

  /** Null too where the header occurs twice: whoever checks it must not choose one of them. */
  public @Nullable String onlyHeader(String name) {
    List<String> values = headers.get(name);
    return values == null || values.size() != 1 ? null : values.get(0);
  }
}
