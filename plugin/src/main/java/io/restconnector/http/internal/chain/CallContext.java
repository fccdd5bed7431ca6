package io.restconnector.http.internal.chain;

import io.restconnector.spi.CallInterceptor;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.CallSource;
import io.restconnector.spi.Deadline;
import io.restconnector.spi.RestRequest;
import java.time.Duration;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One call, the same for every link of its road: its end, and what its caller gave it. */
public final class CallContext {

  private final Duration timeout;
  private final Deadline deadline;
  private final @Nullable CallSource source;
  private final SendPermit permit;
  private final Object holder;

  /** The steps under way, the innermost one last. */
  private final Deque<Step> steps = new ConcurrentLinkedDeque<>();

  private volatile boolean expired;

  private record Step(CompletableFuture<CallOutcome> result, Supplier<CallOutcome> whenLate) {
    void end() {
      result.complete(whenLate.get());
    }
  }

  /**
   * A call that starts now.
   *
   * @param permit that the call has acquired
   * @param holder of what is received and parsed
   */
  public CallContext(RestRequest request, SendPermit permit, Object holder) {
    timeout = request.timeout();
    deadline = Deadline.after(timeout);
    source = request.source();
    this.permit = permit;
    this.holder = holder;
  }

  /** That of the connector's own links. */
  public static CallContext of(CallInterceptor.Chain chain) {
    return ((CallChain) chain).context();
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

  /** The outcome of a call whose deadline has passed. */
  public CallOutcome.TimedOut timedOut() {
    return new CallOutcome.TimedOut(timeout);
  }

  /** Ends the step at the deadline, after the steps that begin within it. */
  public void endAtDeadline(CompletableFuture<CallOutcome> result, Supplier<CallOutcome> whenLate) {
    Step step = new Step(result, whenLate);
    steps.addLast(step);
    result.whenComplete((outcome, cancelled) -> steps.removeLastOccurrence(step));
    if (expired) {
      step.end();
    }
  }

  /** The deadline has passed. */
  public void expire() {
    expired = true;
    for (Iterator<Step> innermostFirst = steps.descendingIterator(); innermostFirst.hasNext(); ) {
      innermostFirst.next().end();
    }
  }
}
