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
 * @param next of the links to be asked
 */
public record CallChain(
    List<CallInterceptor> links, int next, RestRequest request, CallContext context)
    implements CallInterceptor.Chain {

  /** The whole road of a call. */
  public static CompletableFuture<CallOutcome> start(
      List<CallInterceptor> links, RestRequest request, CallContext context) {
    return new CallChain(links, -1, request, context).proceed(request);
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
  public CompletableFuture<CallOutcome> proceed(RestRequest changed) {
    return links.get(next + 1).intercept(new CallChain(links, next + 1, changed, context));
  }
}
