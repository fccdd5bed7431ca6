package io.restconnector.http.internal.chain;

import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.CallSource;
import io.restconnector.spi.Deadline;
import io.restconnector.spi.RestRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One call, the same for every link of its road: when it ends, and what its caller gave it. */
public final class CallContext {

  private final URI uri;
  private final Duration timeout;
  private final Deadline deadline;
  private final @Nullable CallSource source;
  private final SendPermit permit;
  private final Object holder;

  /** The steps under way, the innermost one last. */
  private final Deque<Step> steps = new ConcurrentLinkedDeque<>();

  private volatile @Nullable CallOutcome end;

  private record Step(
      CompletableFuture<CallOutcome> result, Function<CallOutcome, CallOutcome> answer) {
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
    uri = request.uri();
    timeout = request.timeout();
    deadline = Deadline.after(timeout);
    source = request.source();
    this.permit = permit;
    this.holder = holder;
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

  /** The outcome of what the connector can no longer go on with. */
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
    Step step = new Step(result, answer);
    steps.addLast(step);
    result.whenComplete((outcome, cancelled) -> steps.removeLastOccurrence(step));
    CallOutcome because = end;
    if (because != null) {
      step.end(because);
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
    end = because;
    for (Iterator<Step> innermostFirst = steps.descendingIterator(); innermostFirst.hasNext(); ) {
      innermostFirst.next().end(because);
    }
  }
}
