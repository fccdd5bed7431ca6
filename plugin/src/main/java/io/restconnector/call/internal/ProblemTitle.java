package io.restconnector.call.internal;

import io.restconnector.content.internal.MediaType;
import io.restconnector.http.internal.RestClient;
import io.restconnector.http.internal.body.ResponseBody;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The title of the problem (RFC 9457) that a server answers with. */
final class ProblemTitle {

  private static final int MAX_LENGTH = 200;

  /** Of a body that is parsed for its title alone. */
  private static final int MAX_UNPARSED = 64 * 1024;

  private ProblemTitle() {}

  /**
   * Null where there is none.
   *
   * @param result what the body was decoded to, null where it was not
   */
  static @Nullable String of(
      RestRequest request, CallOutcome outcome, @Nullable Object result, RestClient client) {
    if (outcome instanceof CallOutcome.RetriesExhausted exhausted) {
      return of(request, exhausted.last(), result, client);
    }
    if (outcome instanceof CallOutcome.TokenUnavailable none) {
      return of(none.request(), none.outcome(), null, client);
    }
    if (!(outcome instanceof CallOutcome.Response response)
        || response.status() < 400
        || !MediaType.parse(response.header("Content-Type"))
            .name()
            .equals("application/problem+json")) {
      return null;
    }
    Object body = result;
    if (!(body instanceof JsonNode) && response.length() > MAX_UNPARSED) {
      return null;
    }
    try {
      body = body instanceof JsonNode ? body : ResponseBody.decode(response);
    } catch (RuntimeException | Error undecodable) {
      return null;
    }
    if (!(body instanceof JsonNode problem) || !problem.path("title").isString()) {
      return null;
    }
    String title =
        client.redactions().of(request).excerpt(problem.path("title").stringValue(), MAX_LENGTH);
    return title.isEmpty() ? null : title;
  }
}
