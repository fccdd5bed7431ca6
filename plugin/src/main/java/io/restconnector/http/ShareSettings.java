package io.restconnector.http;

import io.restconnector.http.internal.auth.CredentialScope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What all calls of one node to some hosts may use together: a share of what these hosts can take.
 *
 * @param hosts {@code api.example.com} or {@code *.example.com} for https on its default port,
 *     {@code api.example.com:8443} for https on that port, {@code http://inventory:8080} for that
 *     origin
 * @param maxInFlight calls that are under way at the same time; null for any number
 * @param requestsPerSecond calls that begin in a second, evenly spaced, such as 0.5 for one every
 *     two seconds; null for any number
 * @since 0.1
 */
public record ShareSettings(
    List<String> hosts, @Nullable Integer maxInFlight, @Nullable Double requestsPerSecond) {

  private static final double ONE_A_DAY = 0.000_01;
  private static final double MOST = 1_000_000;

  public ShareSettings {
    require(hosts != null && !hosts.isEmpty(), "hosts is missing: what the share is of");
    CredentialScope.parse(hosts);
    hosts = List.copyOf(hosts);
    require(
        maxInFlight != null || requestsPerSecond != null,
        "it has neither max-in-flight nor requests-per-second");
    require(
        maxInFlight == null || maxInFlight >= 1, "max-in-flight is out of range, wanted 1 or more");
    require(
        requestsPerSecond == null || (requestsPerSecond >= ONE_A_DAY && requestsPerSecond <= MOST),
        "requests-per-second is out of range, wanted 0.00001 to 1000000");
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException("share: " + otherwise);
    }
  }
}
