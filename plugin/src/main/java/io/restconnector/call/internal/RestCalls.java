package io.restconnector.call.internal;

import io.restconnector.http.HttpSettings;
import io.restconnector.http.internal.Extensions;
import io.restconnector.http.internal.RestClient;
import io.restconnector.http.internal.chain.SendPermit;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What one engine makes its calls with.
 *
 * @param reader of inputs
 * @param client shared by all processes of the engine
 * @param idempotencyKeys whether requests of jobs have one
 * @param unsent is told of what is not sent
 */
public record RestCalls(
    RequestReader reader, RestClient client, boolean idempotencyKeys, UnsentCalls unsent)
    implements AutoCloseable {

  /** Where a delegate finds the calls of the engine that executes it. */
  public interface Holder {
    /** Null as long as the engine is not configured, and in an engine of another kind. */
    @Nullable RestCalls calls();
  }

  public RestCalls(
      HttpSettings settings, Extensions extensions, boolean idempotencyKeys, UnsentCalls unsent) {
    this(
        new RequestReader(settings), new RestClient(settings, extensions), idempotencyKeys, unsent);
  }

  /** Where nobody is told of what is not sent. */
  public RestCalls(HttpSettings settings, Extensions extensions, boolean idempotencyKeys) {
    this(settings, extensions, idempotencyKeys, UnsentCalls.IGNORED);
  }

  /** Starts the exchange, as {@link RestClient#sendToParse} does; throws nothing. */
  public CompletableFuture<CallOutcome> send(
      RestRequest request, SendPermit permit, Object holder) {
    try {
      return client.sendToParse(request, permit, holder);
    } catch (RuntimeException | Error failed) {
      return CompletableFuture.completedFuture(new CallOutcome.Failed(failed));
    }
  }

  /** What the exchange gives the process. */
  public CallResult result(RestAction action, RestRequest request, CallOutcome outcome) {
    return result(action, request, request, outcome);
  }

  /**
   * What the exchange gives the process.
   *
   * @param shown the request as messages name it
   */
  CallResult result(
      RestAction action, RestRequest request, RestRequest shown, CallOutcome outcome) {
    CallResult result = CallResult.of(action, shown, outcome, client.redactions()::url);
    String title = null;
    if (result.error() != null) {
      try {
        title = ProblemTitle.of(request, outcome, result.outputs().get("restResult"), client);
      } catch (RuntimeException | Error unreadable) {
        // The error is told without the title, which only adds to it.
      }
    }
    return title == null ? result : result.withMessageSuffix(": " + title);
  }

  /** The request as messages name it. */
  public String shown(RestRequest request) {
    return request.method() + " " + client.redactions().url(request.loggedUrl());
  }

  @Override
  public void close() {
    client.close();
  }
}
