package io.restconnector.http.internal.chain;

import io.restconnector.spi.CallInterceptor;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.CallSource;
import io.restconnector.spi.Deadline;
import io.restconnector.spi.RestRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The rest of a call's road.
 *
 * @param links of the whole road; the last one does not go on
 * @param position of the link that is given this
 * @param identity with which the request is to be sent
 */
public record CallChain(
    List<CallInterceptor> links,
    int position,
    RestRequest request,
    Identity identity,
    CallContext context)
    implements CallInterceptor.Chain {

  /** The chain as the connector's own interceptors see it. */
  public static CallChain of(CallInterceptor.Chain chain) {
    return (CallChain) chain;
  }

  /** Calls the first interceptor. */
  public static CompletableFuture<CallOutcome> start(
      List<CallInterceptor> links, RestRequest request, Identity identity, CallContext context) {
    return links.get(0).intercept(new CallChain(links, 0, request, identity, context));
  }

  @Override
  public Deadline deadline() {
    return context.deadline();
  }

  @Override
  public @Nullable CallSource source() {
    return context.source();
  }

  @Override
  public CompletableFuture<CallOutcome> proceed(RestRequest next) {
    return proceed(next, identity);
  }

  public CompletableFuture<CallOutcome> proceed(RestRequest next, Identity as) {
    return links.get(position + 1).intercept(new CallChain(links, position + 1, next, as, context));
  }
}
