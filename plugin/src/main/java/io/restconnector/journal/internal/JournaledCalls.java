package io.restconnector.journal.internal;

import io.restconnector.call.internal.CallResult;
import io.restconnector.call.internal.RestAction;
import io.restconnector.call.internal.UnsentCalls;
import io.restconnector.content.internal.LoggedFailure;
import io.restconnector.http.internal.chain.Attempt;
import io.restconnector.http.internal.chain.CallChain;
import io.restconnector.http.internal.chain.CallContext;
import io.restconnector.journal.CallEntry;
import io.restconnector.spi.CallInterceptor;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.CallSource;
import io.restconnector.spi.RestRequest;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Remembers calls: the outermost of the interceptors around them. */
final class JournaledCalls implements CallInterceptor, UnsentCalls {

  private static final Logger LOG = LoggerFactory.getLogger(JournaledCalls.class);

  private final @Nullable Ring<CallEntry> ring;
  private final CallEntries entries;

  /**
   * Remembers calls in a ring.
   *
   * @param ring null where none is remembered; then calls are only logged
   */
  JournaledCalls(@Nullable Ring<CallEntry> ring, CallEntries entries) {
    this.ring = ring;
    this.entries = entries;
  }

  @Override
  public CompletableFuture<CallOutcome> intercept(Chain chain) {
    RestRequest request = chain.request();
    if (!isWanted()) {
      return chain.proceed(request);
    }
    CallContext context = CallChain.of(chain).context();
    Instant time = Instant.now();
    long start = System.nanoTime();
    CompletableFuture<CallOutcome> rest = chain.proceed(request);
    // The journal knows of the outcome before the caller does.
    CompletableFuture<CallOutcome> journaled = new CompletableFuture<>();
    rest.whenComplete(
        (outcome, cancelled) -> {
          Attempt last = context.lastAttempt();
          add(id -> entries.entry(id, time, start, request, context.source(), last, outcome));
          if (outcome != null) {
            journaled.complete(outcome);
          }
        });
    journaled.whenComplete((outcome, cancelled) -> rest.cancel(false));
    return journaled;
  }

  @Override
  public void notSent(RestAction action, CallSource source, CallResult why) {
    if (isWanted()) {
      add(id -> entries.notSent(id, action, source, why));
    }
  }

  private boolean isWanted() {
    return ring != null || LOG.isDebugEnabled();
  }

  /** Whatever happens here, the call goes on. */
  private void add(LongFunction<CallEntry> entry) {
    try {
      CallEntry added = ring == null ? entry.apply(0) : ring.add(entry);
      if (LOG.isDebugEnabled()) {
        log(added);
      }
    } catch (RuntimeException | Error failed) {
      LOG.warn("The journal has failed at a call", LoggedFailure.of(failed));
    }
  }

  private static void log(CallEntry call) {
    LOG.debug(
        "{} {} of activity {} of instance {}: {} {} in {} ms, attempts: {}",
        call.method(),
        call.url(),
        call.activity(),
        call.instance(),
        call.outcome(),
        call.restError() == null ? call.status() : call.restError(),
        call.duration().toMillis(),
        call.attempts().size());
  }
}
