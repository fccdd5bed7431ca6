package io.restconnector.http.internal.auth;

import io.restconnector.http.internal.chain.AttemptUnderWay;
import io.restconnector.http.internal.chain.CallChain;
import io.restconnector.http.internal.chain.Identity;
import io.restconnector.spi.CallAuthentication.Authenticator;
import io.restconnector.spi.CallAuthentication.Credentials;
import io.restconnector.spi.CallAuthentication.Result;
import io.restconnector.spi.CallAuthentication.Unavailable;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One attempt that needs credentials. Where the server refuses them (401), and there may be others,
 * these are got and the request is sent once more.
 */
final class AuthenticatedCall {

  private final CompletableFuture<CallOutcome> result = new CompletableFuture<>();
  private final CallChain chain;
  private final ConfiguredAuthentication authentication;
  private final Authenticator authenticator;
  private final ShownCredentials shown;
  private final AttemptUnderWay underWay = new AttemptUnderWay(result);
  private volatile boolean waitsForCredentials;

  AuthenticatedCall(
      CallChain chain, ConfiguredAuthentication authentication, ShownCredentials shown) {
    this.chain = chain;
    this.authentication = authentication;
    authenticator = Objects.requireNonNull(authentication.authenticator());
    this.shown = shown;
  }

  CompletableFuture<CallOutcome> start() {
    chain.context().endWithCall(result, this::answerAtTheEnd);
    authenticate(true);
    return result;
  }

  /** A slow authorization server says nothing of the resource. */
  private CallOutcome answerAtTheEnd(CallOutcome because) {
    if (!waitsForCredentials) {
      return because;
    }
    if (authenticator instanceof AccessTokens tokens) {
      return tokens.without(because);
    }
    return because instanceof CallOutcome.TimedOut late
        ? late.waitingFor("the credentials of authentication '%s'".formatted(authentication.name()))
        : because;
  }

  private void authenticate(boolean again) {
    waitsForCredentials = true;
    CompletableFuture<Result> credentials;
    try {
      credentials = authenticator.authenticate(chain.request(), chain.deadline());
      credentials.whenComplete((given, failure) -> proceed(given, failure, again));
    } catch (RuntimeException | Error failure) {
      result.complete(failed(failure));
      return;
    }
    if (!credentials.isDone()) {
      result.whenComplete((outcome, cancelled) -> credentials.cancel(false));
    }
  }

  private void proceed(@Nullable Result given, @Nullable Throwable failure, boolean again) {
    if (given instanceof Unavailable none) {
      result.complete(none.outcome());
    } else if (!(given instanceof Credentials credentials)) {
      result.complete(failed(failure));
    } else if (!result.isDone()) {
      try {
        send(credentials, again);
      } catch (RuntimeException | Error unusable) {
        result.complete(new CallOutcome.Failed(unusable));
      }
    }
  }

  private void send(Credentials credentials, boolean again) {
    waitsForCredentials = false;
    RestRequest request = chain.request();
    Identity identity = authentication.identity(request, credentials);
    shown.add(authentication.name(), identity.values());
    underWay.begin(
        chain.proceed(identity.addTo(request), identity),
        outcome -> {
          if (again
              && outcome instanceof CallOutcome.Response response
              && response.status() == 401
              && identity.wasShown()
              && isReplaceable(credentials)) {
            authenticate(false);
          } else {
            result.complete(outcome);
          }
        });
  }

  private boolean isReplaceable(Credentials credentials) {
    try {
      return authenticator.refused(credentials);
    } catch (RuntimeException | Error failure) {
      return false;
    }
  }

  /** Without the message of the failure, which may quote a secret. */
  private CallOutcome failed(@Nullable Throwable failure) {
    IllegalStateException cause =
        new IllegalStateException(
            failure == null
                ? "an authentication gave null"
                : "an authentication failed: " + failure.getClass().getName());
    if (failure != null) {
      cause.setStackTrace(failure.getStackTrace());
    }
    return new CallOutcome.Failed(
        "was not sent, authentication '%s' gave no credentials".formatted(authentication.name()),
        cause,
        true);
  }
}
