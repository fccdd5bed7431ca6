package io.restconnector.spi;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.Header;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request, checked and encoded: it can be sent as it stands.
 *
 * @param method an HTTP method name (RFC 9110 §9)
 * @param uri absolute, {@code http} or {@code https}, sent byte for byte
 * @param headers in the order in which they are sent; framing headers are the client's
 * @param body what is sent after the headers, or null for a request without a body
 * @param timeout bounds the whole exchange, from the start of the call to the last byte of the
 *     response body
 * @param circuitBreaker whether the breaker of the origin guards this call
 * @param authentication name of the authentication that goes with it, if any
 * @param retry whether and when it is sent again
 * @param source the task that makes the call, null where no task does
 */
public record RestRequest(
    String method,
    URI uri,
    List<Header> headers,
    byte @Nullable [] body,
    Duration timeout,
    boolean circuitBreaker,
    @Nullable String authentication,
    RetrySettings retry,
    @Nullable CallSource source) {

  private static final Set<String> IDEMPOTENT =
      Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE");
  private static final Pattern ENDS_WITH_PORT = Pattern.compile(":\\d+$");

  public RestRequest {
    headers = List.copyOf(headers);
  }

  /** Without a source. */
  public RestRequest(
      String method,
      URI uri,
      List<Header> headers,
      byte @Nullable [] body,
      Duration timeout,
      boolean circuitBreaker,
      @Nullable String authentication,
      RetrySettings retry) {
    this(method, uri, headers, body, timeout, circuitBreaker, authentication, retry, null);
  }

  /** Without an authentication, and sent once. */
  public RestRequest(
      String method,
      URI uri,
      List<Header> headers,
      byte @Nullable [] body,
      Duration timeout,
      boolean circuitBreaker) {
    this(method, uri, headers, body, timeout, circuitBreaker, null, RetrySettings.defaults());
  }

  /** The same with one more header. */
  public RestRequest withHeader(Header header) {
    List<Header> more = new ArrayList<>(headers);
    more.add(header);
    return withHeaders(more);
  }

  /** The same with these headers in place of its own. */
  public RestRequest withHeaders(List<Header> value) {
    return new RestRequest(
        method, uri, value, body, timeout, circuitBreaker, authentication, retry, source);
  }

  /** The same to another URI. */
  public RestRequest withUri(URI value) {
    return new RestRequest(
        method, value, headers, body, timeout, circuitBreaker, authentication, retry, source);
  }

  /** The same with another timeout. */
  public RestRequest within(Duration value) {
    return new RestRequest(
        method, uri, headers, body, value, circuitBreaker, authentication, retry, source);
  }

  /** The same, made by this task. */
  public RestRequest from(@Nullable CallSource value) {
    return new RestRequest(
        method, uri, headers, body, timeout, circuitBreaker, authentication, retry, value);
  }

  /**
   * {@code scheme://host:port} with the default port written out: what a circuit breaker guards.
   */
  public String origin() {
    int port = uri.getPort();
    String authority = authority();
    if (port < 0 && !ENDS_WITH_PORT.matcher(authority).find()) {
      authority += "https".equalsIgnoreCase(uri.getScheme()) ? ":443" : ":80";
    }
    return (uri.getScheme() + "://" + authority).toLowerCase(java.util.Locale.ROOT);
  }

  /** Whether the method is idempotent (RFC 9110 §9.2.2): it is PUT, DELETE or a safe one. */
  public boolean hasIdempotentMethod() {
    return IDEMPOTENT.contains(method);
  }

  /** The URL without user information, query and fragment, which may hold secrets: for logs. */
  public String loggedUrl() {
    return uri.getScheme() + "://" + authority() + uri.getRawPath();
  }

  /** Without user information, which is never sent. */
  private String authority() {
    String authority = uri.getRawAuthority();
    return authority.substring(authority.lastIndexOf('@') + 1);
  }

  /** Method and {@link #loggedUrl()} only, so that a stray log line gives nothing away. */
  @Override
  public String toString() {
    return method + " " + loggedUrl();
  }
}
