package io.restconnector.http.internal.chain;

import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.CallSource;
import io.restconnector.spi.Deadline;
import io.restconnector.spi.RestRequest;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One call as every interceptor sees it: its deadline, and what its caller gave it. */
public final class CallContext {

  private final URI uri;
  private final Duration timeout;
  private final Deadline deadline;
  private final @Nullable CallSource source;
  private final SendPermit permit;
  private final Object holder;
  private final boolean followsRedirects;

  private volatile @Nullable Attempt lastAttempt;

  private @Nullable Step innermost;
  private @Nullable CallOutcome end;

  /** A step under way. One that has ended keeps its link: somebody may be on the way outwards. */
  private static final class Step {
    final CompletableFuture<CallOutcome> result;
    final Function<CallOutcome, CallOutcome> answer;
    final @Nullable Object resource;
    volatile @Nullable Step outer;

    Step(
        CompletableFuture<CallOutcome> result,
        Function<CallOutcome, CallOutcome> answer,
        @Nullable Object resource) {
      this.result = result;
      this.answer = answer;
      this.resource = resource;
    }

    void end(CallOutcome because) {
      result.complete(answer.apply(because));
    }
  }

  /**
   * A call that starts now.
   *
   * @param permit that the call has acquired
   * @param holder of what is received and parsed
   */
  public CallContext(RestRequest request, SendPermit permit, Object holder) {
    this(request, permit, holder, true);
  }

  /** As {@link #CallContext(RestRequest, SendPermit, Object)}, maybe without any redirect. */
  public CallContext(
      RestRequest request, SendPermit permit, Object holder, boolean followsRedirects) {
    uri = request.uri();
    timeout = request.timeout();
    deadline = Deadline.after(timeout);
    source = request.source();
    this.permit = permit;
    this.holder = holder;
    this.followsRedirects = followsRedirects;
  }

  /** Where the call was meant to go, before any interceptor. */
  public URI uri() {
    return uri;
  }

  public Duration timeout() {
    return timeout;
  }

  public Deadline deadline() {
    return deadline;
  }

  public @Nullable CallSource source() {
    return source;
  }

  public SendPermit permit() {
    return permit;
  }

  public Object holder() {
    return holder;
  }

  /** Whether redirects are followed, where the settings allow any. */
  public boolean followsRedirects() {
    return followsRedirects;
  }

  /** An attempt reaches the network. */
  public Attempt attempt(RestRequest request) {
    Attempt attempt = new Attempt(request, lastAttempt);
    lastAttempt = attempt;
    return attempt;
  }

  /** That which has reached the network last, null for none so far. */
  public @Nullable Attempt lastAttempt() {
    return lastAttempt;
  }

  /** The outcome of a call that was ended by closing the connector. */
  public static CallOutcome closed() {
    return new CallOutcome.Failed(
        "was given up, as the REST connector was closed",
        new IllegalStateException("the REST connector was closed"),
        true);
  }

  /**
   * Ends the step when the call ends before it, but after the steps that begin within it.
   *
   * @param answer of the step, from that of the call: timed out or closed
   */
  public void endWithCall(
      CompletableFuture<CallOutcome> result, Function<CallOutcome, CallOutcome> answer) {
    endWithCall(result, answer, null);
  }

  /**
   * The same for a step that ends with its {@link #lose resource}, too.
   *
   * @param resource without which the step gets no answer, such as a client
   */
  public void endWithCall(
      CompletableFuture<CallOutcome> result,
      Function<CallOutcome, CallOutcome> answer,
      @Nullable Object resource) {
    Step step = new Step(result, answer, resource);
    CallOutcome because;
    synchronized (this) {
      step.outer = innermost;
      innermost = step;
      because = end;
    }
    result.whenComplete((outcome, cancelled) -> remove(step));
    if (because != null) {
      step.end(because);
    }
  }

  private synchronized void remove(Step step) {
    if (step.equals(innermost)) {
      innermost = step.outer;
      return;
    }
    for (Step inner = innermost; inner != null; inner = inner.outer) {
      if (step.equals(inner.outer)) {
        inner.outer = step.outer;
        return;
      }
    }
  }

  /** The deadline has passed. */
  public void expire() {
    end(new CallOutcome.TimedOut(timeout));
  }

  /** The connector is being closed. */
  public void close() {
    end(closed());
  }

  private void end(CallOutcome because) {
    synchronized (this) {
      end = because;
    }
    for (Step step = innermost(); step != null; step = step.outer) {
      step.end(because);
    }
  }

  /** Ends the steps that need this resource. */
  public void lose(Object resource, CallOutcome because) {
    for (Step step = innermost(); step != null; step = step.outer) {
      if (resource.equals(step.resource)) {
        step.result.complete(because);
      }
    }
  }

  private synchronized @Nullable Step innermost() {
    return innermost;
  }
}
