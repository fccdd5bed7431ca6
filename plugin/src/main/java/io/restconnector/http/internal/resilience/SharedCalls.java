package io.restconnector.http.internal.resilience;

import io.restconnector.http.internal.chain.CallChain;
import io.restconnector.http.internal.share.Place;
import io.restconnector.http.internal.share.Share;
import io.restconnector.spi.CallInterceptor;
import io.restconnector.spi.CallOutcome;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;

/**
 * Lets each attempt take its place in the share of its host. One that an open circuit refuses takes
 * none and does not wait.
 *
 * @param clock of the dates that servers name
 */
public record SharedCalls(Shares shares, CircuitBreakers breakers, Clock clock)
    implements CallInterceptor {

  @Override
  public CompletableFuture<CallOutcome> intercept(Chain chain) {
    CallChain call = CallChain.of(chain);
    Share share = shares.of(call.request().uri());
    Place given = call.context().permit().takePlace();
    if (given != null && !given.share().equals(share)) { // an interceptor has changed the host
      given.release();
      given = null;
    }
    if (share == null) {
      return chain.proceed(chain.request());
    }
    CallOutcome refusal = given == null ? breakers.refusal(call.request()) : null;
    return refusal == null
        ? new SharedCall(call, given == null ? share.place() : given, clock).start()
        : CompletableFuture.completedFuture(refusal);
  }
}
