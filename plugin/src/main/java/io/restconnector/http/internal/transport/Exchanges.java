package io.restconnector.http.internal.transport;

import io.restconnector.content.internal.ParsingBudget;
import io.restconnector.http.internal.body.Decoders;
import io.restconnector.http.internal.chain.Attempt;
import io.restconnector.http.internal.chain.CallChain;
import io.restconnector.http.internal.chain.CallContext;
import io.restconnector.http.internal.chain.Identity;
import io.restconnector.spi.CallInterceptor;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Sends requests: the last link of a call's road. */
public final class Exchanges implements CallInterceptor {

  private final Function<String, PooledClient> clients;
  private final long maxResponseSize;
  private final Decoders decoders;
  private final ParsingBudget budget;

  /**
   * Sends by these clients.
   *
   * @param clients by SSL bundle
   */
  public Exchanges(
      Function<String, PooledClient> clients,
      long maxResponseSize,
      Decoders decoders,
      ParsingBudget budget) {
    this.clients = clients;
    this.maxResponseSize = maxResponseSize;
    this.decoders = decoders;
    this.budget = budget;
  }

  @Override
  public CompletableFuture<CallOutcome> intercept(Chain chain) {
    CallChain call = CallChain.of(chain);
    RestRequest request = call.request();
    Identity identity = call.identity();
    if (!identity.isFor(request)) {
      return CompletableFuture.completedFuture(
          new CallOutcome.Failed(
              "was not sent, as an interceptor gave it another origin than that of its authentication",
              new IllegalStateException("the credentials are for another origin"),
              true));
    }
    CallContext context = call.context();
    PooledClient client = clients.apply(identity.sslBundle());
    Attempt attempt = context.attempt(request);
    Exchange exchange =
        new Exchange(
            client,
            request,
            new HopState(identity, context, attempt),
            context,
            new Reception(
                request,
                new AttemptResult(attempt),
                maxResponseSize,
                decoders,
                budget,
                context.holder()));
    context.endWithCall(exchange.result, exchange::told, client);
    if (client.isDead()) { // it may have died before this exchange could be told
      exchange.result.complete(PooledClient.lost());
    }
    if (!exchange.result.isDone()) {
      try {
        exchange.start();
      } catch (RuntimeException | Error unusable) {
        exchange.result.complete(new CallOutcome.Failed(unusable));
      }
    }
    return exchange.result;
  }
}
