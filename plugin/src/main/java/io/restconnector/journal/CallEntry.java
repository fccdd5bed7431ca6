package io.restconnector.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call that has ended, or that was not sent. Nothing of it is secret.
 *
 * @param id grows from entry to entry of a node
 * @param time when it began
 * @param duration in all, with its attempts and the waits between them
 * @param waited for connections, in all attempts: until one from the pool or a new one stood
 * @param firstByte from the beginning of the call until the head of its response was there; null
 *     without a response
 * @param attempts that reached the network, each with its redirects; empty where nothing was sent
 * @param requestBytes of the request body
 * @param responseBytes of the response body, decoded; 0 without a response
 * @param kind {@code DELEGATE} or {@code WORKER}, null where no task made it
 * @param processDefinitionKey null where no task made it, as the two that follow
 * @param action such as {@code restGet}
 * @param url without query; null where the inputs gave none
 * @param authentication its name, null for none
 * @param traceId of the header {@code traceparent} that was sent, null for none
 * @param status null without a response
 * @param outcome {@code 2xx} to {@code 5xx}, or as in the meter {@code rest.connector.calls}, that
 *     of the last attempt; {@code NotSent} where the inputs could not be used, {@code Cancelled}
 *     where the call was given up
 * @param code of the BPMN error, null on success
 * @param restError without the title that a response may add; null on success
 * @param requestHeaders as they were sent; null where they are not captured, as the three that
 *     follow
 * @since 0.1
 */
public record CallEntry(
    long id,
    Instant time,
    Duration duration,
    Duration waited,
    @Nullable Duration firstByte,
    List<Attempt> attempts,
    long requestBytes,
    long responseBytes,
    @Nullable String kind,
    @Nullable String processDefinitionKey,
    @Nullable String instance,
    @Nullable String activity,
    String action,
    String method,
    @Nullable String url,
    @Nullable String authentication,
    @Nullable String traceId,
    @Nullable Integer status,
    String outcome,
    @Nullable String code,
    @Nullable String restError,
    @Nullable Map<String, List<String>> requestHeaders,
    @Nullable Map<String, List<String>> responseHeaders,
    @Nullable String requestBody,
    @Nullable String responseBody) {

  public CallEntry {
    attempts = List.copyOf(attempts);
  }

  /**
   * One attempt. All times are from the beginning of the call.
   *
   * @param connected when a connection stood, null where none came to stand
   * @param firstByte when the head of the response was there, null without a response
   * @param outcome as that of the call, {@code Cancelled} where the attempt was given up
   * @param status null without a response
   */
  public record Attempt(
      Duration begun,
      @Nullable Duration connected,
      @Nullable Duration firstByte,
      Duration ended,
      String outcome,
      @Nullable Integer status) {}
}
