package io.restconnector.http.internal.auth;

import io.restconnector.http.internal.AttemptUnderWay;
import io.restconnector.http.internal.transport.Journey;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * One call that needs an access token. Where the resource refuses the token (401), one other is
 * fetched and the call is sent once more, all within the timeout of the call.
 */
public final class AuthenticatedCall {

  public final CompletableFuture<CallOutcome> result = new CompletableFuture<>();
  private final RestRequest request;
  private final AccessTokens tokens;
  private final BiFunction<RestRequest, @Nullable Credential, Attempt> sender;
  private final long deadline;
  private final AttemptUnderWay underWay = new AttemptUnderWay(result);
  private volatile boolean waitsForToken;

  /**
   * One exchange on its way.
   *
   * @param journey tells whether the response is one to the credential
   */
  public record Attempt(CompletableFuture<CallOutcome> outcome, Journey journey) {}

  public AuthenticatedCall(
      RestRequest request,
      AccessTokens tokens,
      BiFunction<RestRequest, @Nullable Credential, Attempt> sender) {
    this.request = request;
    this.tokens = tokens;
    this.sender = sender;
    deadline = System.nanoTime() + request.timeout().toNanos();
  }

  public CompletableFuture<CallOutcome> start() {
    begin(true);
    return result;
  }

  /** A slow authorization server says nothing of the resource. */
  public void timedOut() {
    CallOutcome.TimedOut outcome = new CallOutcome.TimedOut(request.timeout());
    result.complete(waitsForToken ? tokens.without(outcome) : outcome);
  }

  private void begin(boolean again) {
    waitsForToken = true;
    CompletableFuture<AccessTokens.Answer> answer = tokens.get();
    answer.thenAccept(
        known -> {
          if (known instanceof AccessTokens.NoToken none) {
            result.complete(none.outcome());
          } else if (known instanceof AccessTokens.Token token && !result.isDone()) {
            send(token, again);
          }
        });
  }

  private void send(AccessTokens.Token token, boolean again) {
    waitsForToken = false;
    Duration left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
    Attempt attempt = sender.apply(request.within(left), token.credential());
    Journey journey = attempt.journey();
    underWay.begin(
        attempt.outcome(),
        outcome -> {
          if (again
              && outcome instanceof CallOutcome.Response response
              && response.status() == 401
              && journey.credentialWasShown()) {
            tokens.refused(token);
            begin(false);
          } else if (outcome instanceof CallOutcome.TimedOut) {
            timedOut();
          } else {
            result.complete(outcome);
          }
        });
  }
}
