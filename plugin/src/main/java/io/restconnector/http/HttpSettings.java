package io.restconnector.http;

import io.restconnector.spi.RetrySettings;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Settings of the HTTP client. A null component stands for its default, as a binder leaves what is
 * not configured.
 *
 * @param defaultTimeout of a call that names none, 1 ms to 24 h; default 30 s
 * @param maxResponseSize largest response body in bytes, after content decoding; default 10 MiB
 * @param maxConnections open at the same time; default 200
 * @param maxConnectionsPerHost open at the same time to one origin; default 50
 * @param connectionTimeToLive after which a connection is not used again, so that a changed address
 *     of a host is met; default 5 min
 * @param followRedirects whether up to five redirects are followed; default true
 * @param redirectDropHeaders names of headers that no redirect takes to another origin, besides
 *     those that never go there; default X-Api-Key and X-Auth-Token
 * @param circuitBreaker settings of the breakers
 * @param access secrets, authentications, TLS and proxy
 * @param egress where calls may go
 * @param retry of calls that ask for nothing else
 */
public record HttpSettings(
    Duration defaultTimeout,
    Long maxResponseSize,
    Integer maxConnections,
    Integer maxConnectionsPerHost,
    Duration connectionTimeToLive,
    Boolean followRedirects,
    List<String> redirectDropHeaders,
    CircuitBreakerSettings circuitBreaker,
    AccessSettings access,
    EgressSettings egress,
    RetrySettings retry) {

  private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  /** Longest timeout of one call. */
  public static final Duration MAX_TIMEOUT = Duration.ofDays(1);

  public HttpSettings {
    defaultTimeout = defaultTimeout == null ? Duration.ofSeconds(30) : defaultTimeout;
    maxResponseSize = maxResponseSize == null ? Long.valueOf(10 * 1024 * 1024) : maxResponseSize;
    maxConnections = maxConnections == null ? Integer.valueOf(200) : maxConnections;
    maxConnectionsPerHost =
        maxConnectionsPerHost == null ? Integer.valueOf(50) : maxConnectionsPerHost;
    connectionTimeToLive =
        connectionTimeToLive == null ? Duration.ofMinutes(5) : connectionTimeToLive;
    redirectDropHeaders =
        redirectDropHeaders == null
            ? List.of("X-Api-Key", "X-Auth-Token")
            : List.copyOf(redirectDropHeaders);
    followRedirects = followRedirects == null ? Boolean.TRUE : followRedirects;
    circuitBreaker = circuitBreaker == null ? CircuitBreakerSettings.defaults() : circuitBreaker;
    access = access == null ? AccessSettings.defaults() : access;
    egress = egress == null ? EgressSettings.defaults() : egress;
    retry = retry == null ? RetrySettings.defaults() : retry;
    if (defaultTimeout.toMillis() < 1 || defaultTimeout.compareTo(MAX_TIMEOUT) > 0) {
      throw new IllegalArgumentException("default-timeout is out of range, wanted 1 ms to 24 h");
    }
    // A body is held in one array.
    if (maxResponseSize < 1 || maxResponseSize > Integer.MAX_VALUE - 16) {
      throw new IllegalArgumentException(
          "max-response-size is out of range, wanted 1 byte to 2 GiB");
    }
    if (maxConnections < 1 || maxConnectionsPerHost < 1) {
      throw new IllegalArgumentException(
          "max-connections or max-connections-per-host is out of range, wanted 1 or more");
    }
    if (connectionTimeToLive.toMillis() < 1) {
      throw new IllegalArgumentException(
          "connection-time-to-live is out of range, wanted 1 ms or more");
    }
    for (int i = 0; i < redirectDropHeaders.size(); i++) {
      if (!HEADER.matcher(redirectDropHeaders.get(i)).matches()) {
        throw new IllegalArgumentException(
            "redirect-drop-headers[%d] is no name of a header".formatted(i));
      }
    }
  }

  /** Every setting at its default. */
  @SuppressWarnings("NullAway") // null stands for the default
  public static HttpSettings defaults() {
    return new HttpSettings(null, null, null, null, null, null, null, null, null, null, null);
  }

  public HttpSettings withDefaultTimeout(Duration value) {
    return new HttpSettings(
        value,
        maxResponseSize,
        maxConnections,
        maxConnectionsPerHost,
        connectionTimeToLive,
        followRedirects,
        redirectDropHeaders,
        circuitBreaker,
        access,
        egress,
        retry);
  }

  public HttpSettings withMaxResponseSize(long bytes) {
    return new HttpSettings(
        defaultTimeout,
        bytes,
        maxConnections,
        maxConnectionsPerHost,
        connectionTimeToLive,
        followRedirects,
        redirectDropHeaders,
        circuitBreaker,
        access,
        egress,
        retry);
  }

  public HttpSettings withMaxConnections(int total, int perHost) {
    return new HttpSettings(
        defaultTimeout,
        maxResponseSize,
        total,
        perHost,
        connectionTimeToLive,
        followRedirects,
        redirectDropHeaders,
        circuitBreaker,
        access,
        egress,
        retry);
  }

  public HttpSettings withFollowRedirects(boolean value) {
    return new HttpSettings(
        defaultTimeout,
        maxResponseSize,
        maxConnections,
        maxConnectionsPerHost,
        connectionTimeToLive,
        value,
        redirectDropHeaders,
        circuitBreaker,
        access,
        egress,
        retry);
  }

  public HttpSettings withConnectionTimeToLive(Duration value) {
    return new HttpSettings(
        defaultTimeout,
        maxResponseSize,
        maxConnections,
        maxConnectionsPerHost,
        value,
        followRedirects,
        redirectDropHeaders,
        circuitBreaker,
        access,
        egress,
        retry);
  }

  public HttpSettings withRedirectDropHeaders(List<String> value) {
    return new HttpSettings(
        defaultTimeout,
        maxResponseSize,
        maxConnections,
        maxConnectionsPerHost,
        connectionTimeToLive,
        followRedirects,
        value,
        circuitBreaker,
        access,
        egress,
        retry);
  }

  public HttpSettings withCircuitBreaker(CircuitBreakerSettings value) {
    return new HttpSettings(
        defaultTimeout,
        maxResponseSize,
        maxConnections,
        maxConnectionsPerHost,
        connectionTimeToLive,
        followRedirects,
        redirectDropHeaders,
        value,
        access,
        egress,
        retry);
  }

  public HttpSettings withAccess(AccessSettings value) {
    return new HttpSettings(
        defaultTimeout,
        maxResponseSize,
        maxConnections,
        maxConnectionsPerHost,
        connectionTimeToLive,
        followRedirects,
        redirectDropHeaders,
        circuitBreaker,
        value,
        egress,
        retry);
  }

  public HttpSettings withEgress(EgressSettings value) {
    return new HttpSettings(
        defaultTimeout,
        maxResponseSize,
        maxConnections,
        maxConnectionsPerHost,
        connectionTimeToLive,
        followRedirects,
        redirectDropHeaders,
        circuitBreaker,
        access,
        value,
        retry);
  }

  public HttpSettings withRetry(RetrySettings value) {
    return new HttpSettings(
        defaultTimeout,
        maxResponseSize,
        maxConnections,
        maxConnectionsPerHost,
        connectionTimeToLive,
        followRedirects,
        redirectDropHeaders,
        circuitBreaker,
        access,
        egress,
        value);
  }
}
