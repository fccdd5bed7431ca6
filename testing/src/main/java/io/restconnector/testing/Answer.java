package io.restconnector.testing;

import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;

/**
 * What a stubbed task gets in place of a response from the network. A lambda may look at the
 * request.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Answer {

  /** How the call ends. */
  CallOutcome to(RestRequest request);

  /** A response without a body. */
  static Answer status(int status) {
    return response(status, Map.of(), "");
  }

  /** A response with JSON. */
  static Answer json(int status, String json) {
    return response(status, Map.of("Content-Type", "application/json"), json);
  }

  /** A response with these headers and a body in UTF-8. */
  static Answer response(int status, Map<String, String> headers, String body) {
    List<Header> sent =
        headers.entrySet().stream()
            .map(each -> (Header) new BasicHeader(each.getKey(), each.getValue()))
            .toList();
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return request -> new CallOutcome.Response(status, sent, bytes, bytes.length);
  }

  /** The timeout of the call passes, without anybody waiting for it. */
  static Answer timeout() {
    return request -> new CallOutcome.TimedOut(request.timeout());
  }

  /** The circuit breaker lets nothing through. */
  static Answer circuitOpen() {
    return request -> new CallOutcome.CircuitOpen(request.origin());
  }
}
