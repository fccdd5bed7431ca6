package io.restconnector.http.internal.resilience;

import io.restconnector.http.internal.chain.CallChain;
import io.restconnector.spi.CallInterceptor;
import io.restconnector.spi.CallOutcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Tries a call again as its {@link io.restconnector.spi.RetrySettings} say.
 *
 * @param scheduler makes the attempts after the first
 */
public record Retries(RetryRules rules, ScheduledExecutorService scheduler)
    implements CallInterceptor {

  @Override
  public CompletableFuture<CallOutcome> intercept(Chain chain) {
    return chain.request().retry().maxAttempts() == 1
        ? chain.proceed(chain.request())
        : new RetriedCall(CallChain.of(chain), rules, scheduler).start();
  }
}
