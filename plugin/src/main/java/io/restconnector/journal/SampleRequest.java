package io.restconnector.journal;

import java.util.List;
import java.util.Map;

/**
 * A webhook request that nobody sends.
 *
 * @param target path below the endpoint without a leading slash, and the query if there is one,
 *     encoded as they come over the wire: {@code payments/A-1?live=true}
 * @param headers with all values of each
 * @param body empty where there is none
 * @since 0.1
 */
public record SampleRequest(
    String method, String target, Map<String, List<String>> headers, byte[] body) {

  /** Method and size only: the rest may be secret. */
  @Override
  public String toString() {
    return method + " with " + body.length + " bytes";
  }
}
