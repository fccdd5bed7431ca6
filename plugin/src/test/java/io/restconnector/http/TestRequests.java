package io.restconnector.http;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.jspecify.annotations.Nullable;

/** Requests as the tests want them: a GET with ten seconds, unless changed. */
final class TestRequests {

  private TestRequests() {}

  static RestRequest get(String url) {
    return request("GET", url, List.of(), null);
  }

  @SuppressWarnings("NullAway") // on JDK 17 it does not see from a class file that body may be null
  static RestRequest request(
      String method, String url, List<Header> headers, byte @Nullable [] body) {
    return new RestRequest(method, URI.create(url), headers, body, Duration.ofSeconds(10), false);
  }

  @SuppressWarnings("NullAway")
  static RestRequest within(Duration timeout, RestRequest request) {
    return new RestRequest(
        request.method(),
        request.uri(),
        request.headers(),
        request.body(),
        timeout,
        request.circuitBreaker(),
        request.authentication(),
        request.retry());
  }

  @SuppressWarnings("NullAway")
  static RestRequest guarded(RestRequest request) {
    return new RestRequest(
        request.method(),
        request.uri(),
        request.headers(),
        request.body(),
        request.timeout(),
        true,
        request.authentication(),
        request.retry());
  }

  @SuppressWarnings("NullAway")
  static RestRequest as(String authentication, RestRequest request) {
    return new RestRequest(
        request.method(),
        request.uri(),
        request.headers(),
        request.body(),
        request.timeout(),
        request.circuitBreaker(),
        authentication,
        request.retry());
  }

  @SuppressWarnings("NullAway")
  static RestRequest retried(RetrySettings retry, RestRequest request) {
    return new RestRequest(
        request.method(),
        request.uri(),
        request.headers(),
        request.body(),
        request.timeout(),
        request.circuitBreaker(),
        request.authentication(),
        retry);
  }
}
