package io.restconnector.http.internal.chain;

import io.restconnector.spi.CallInterceptor;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.CallSource;
import io.restconnector.spi.Deadline;
import io.restconnector.spi.RestRequest;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * An interceptor of the application, which may do anything: it ends with an outcome, and what it
 * started is given up when it ends.
 */
public record GuardedInterceptor(CallInterceptor interceptor) implements CallInterceptor {

  private static final class GuardedChain implements Chain {

    private final Chain chain;
    private final CompletableFuture<CallOutcome> result;
    private volatile @Nullable CompletableFuture<CallOutcome> last;

    GuardedChain(Chain chain, CompletableFuture<CallOutcome> result) {
      this.chain = chain;
      this.result = result;
    }

    @Override
    public RestRequest request() {
      return chain.request();
    }

    @Override
    public Deadline deadline() {
      return chain.deadline();
    }

    @Override
    public @Nullable CallSource source() {
      return chain.source();
    }

    @Override
    public CompletableFuture<CallOutcome> proceed(RestRequest request) {
      // The deadline stays that of the call, and so does the timeout that messages tell.
      RestRequest next =
          request.timeout().equals(request().timeout())
              ? request
              : request.within(request().timeout());
      CompletableFuture<CallOutcome> started = chain.proceed(next);
      last = started;
      result.whenComplete((outcome, cancelled) -> started.cancel(false));
      return started;
    }

    /** If the rest of the call ended in time, the interceptor was late. */
    CallOutcome answerAtTheEnd(CallOutcome because) {
      CompletableFuture<CallOutcome> rest = last;
      CallOutcome known = rest == null ? null : rest.getNow(null);
      return because instanceof CallOutcome.TimedOut late
              && !(known instanceof CallOutcome.TimedOut)
          ? late.waitingFor("an interceptor of the application")
          : known == null ? because : known;
    }
  }

  @Override
  public Around around() {
    return interceptor.around();
  }

  @Override
  public CompletableFuture<CallOutcome> intercept(Chain chain) {
    CompletableFuture<CallOutcome> result = new CompletableFuture<>();
    GuardedChain guarded = new GuardedChain(chain, result);
    CallChain.of(chain).context().endWithCall(result, guarded::answerAtTheEnd);
    try {
      CompletableFuture<CallOutcome> answer =
          Objects.requireNonNull(interceptor.intercept(guarded));
      answer.whenComplete(
          (outcome, failure) -> result.complete(outcome == null ? failed(failure) : outcome));
      result.whenComplete((outcome, cancelled) -> answer.cancel(false));
    } catch (RuntimeException | Error failure) {
      result.complete(failed(failure));
    }
    return result;
  }

  /** Without the message of the failure, which may quote the request. */
  private static CallOutcome failed(@Nullable Throwable failure) {
    IllegalStateException cause =
        new IllegalStateException(
            failure == null
                ? "an interceptor gave null in place of an outcome"
                : "an interceptor failed: " + failure.getClass().getName());
    if (failure != null) {
      cause.setStackTrace(failure.getStackTrace());
    }
    return new CallOutcome.Failed("failed in an interceptor of the application", cause, true);
  }
}
