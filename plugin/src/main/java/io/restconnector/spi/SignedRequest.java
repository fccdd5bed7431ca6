package io.restconnector.spi;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A webhook request whose signature is to be verified.
 *
 * @param url as the sender wrote it: {@code rest-connector.webhooks.public-url} or, without it, the
 *     request's own scheme, {@code Host} and context path, then the rest of the path and the query
 * @param headers by name in lower case; each character is one byte of the header
 * @param body as it came over the wire, empty for none; it must not be changed
 * @param receivedAt when the head of the request had come, by the engine's clock
 * @since 0.1
 */
public record SignedRequest(
    String method, String url, Map<String, List<String>> headers, byte[] body, Instant receivedAt) {

  /**
   * The value of a header that is there once. Null where it is missing, and where it occurs twice:
   * a check must not choose one of them.
   *
   * @param name in lower case
   */
  public @Nullable String header(String name) {
    List<String> values = headers.getOrDefault(name, List.of());
    return values.size() == 1 ? values.get(0) : null;
  }

  /** Why {@link #header} gives null, in words for a reason. */
  public String whyNo(String name) {
    return headers.containsKey(name)
        ? "header " + name + " occurs more than once"
        : "header " + name + " is missing";
  }

  /** Method and size only, so that a stray log line gives nothing away. */
  @Override
  public String toString() {
    return method + " with " + body.length + " bytes";
  }
}
