package io.restconnector.call.internal;

import io.restconnector.spi.RestRequest;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.apache.hc.core5.http.Header;

/** A question about the status of an earlier request: what is read of the task for it. */
record StatusQuestion(URI statusUrl) {

  /** The inputs of the task, but for what made the first request: that is not evaluated again. */
  Inputs.Source inputs(Inputs.Source task) {
    return name ->
        switch (name) {
          case "restUrl" -> new Inputs.Input(statusUrl.toString(), null);
          case "restUrlEncoded" -> new Inputs.Input(false, null);
          case "restUrlParams", "requestPayload" -> null;
          default -> task.find(name);
        };
  }

  /** A GET without the headers that were about the content of the first request. */
  RestRequest request(RestRequest read) {
    List<Header> headers =
        read.headers().stream().filter(header -> !isOfFirst(header.getName())).toList();
    return new RestRequest(
        "GET",
        read.uri(),
        headers,
        null,
        read.timeout(),
        read.circuitBreaker(),
        read.authentication(),
        read.retry());
  }

  private static boolean isOfFirst(String header) {
    String name = header.toLowerCase(Locale.ROOT);
    return name.startsWith("content-")
        || name.startsWith("if-")
        || List.of("idempotency-key", "range", "expect", "prefer").contains(name);
  }
}
