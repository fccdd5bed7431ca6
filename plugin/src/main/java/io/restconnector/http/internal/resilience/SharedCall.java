package io.restconnector.http.internal.resilience;

import io.restconnector.http.internal.chain.AttemptUnderWay;
import io.restconnector.http.internal.chain.CallChain;
import io.restconnector.http.internal.chain.SendPermit;
import io.restconnector.http.internal.share.Place;
import io.restconnector.http.internal.share.ShareFigures;
import io.restconnector.spi.CallOutcome;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * One attempt in the share of its host. While it waits for its place no thread waits, and no permit
 * is held: that is for calls of other hosts.
 */
final class SharedCall {

  private final CompletableFuture<CallOutcome> result = new CompletableFuture<>();
  private final CallChain chain;
  private final Place place;
  private final Clock clock;
  private final SendPermit permit;
  private final AttemptUnderWay underWay = new AttemptUnderWay(result);
  private volatile boolean waits;

  /**
   * An attempt that is not made yet.
   *
   * @param place held already, or to be waited for; this gives it back
   */
  SharedCall(CallChain chain, Place place, Clock clock) {
    this.chain = chain;
    this.place = place;
    this.clock = clock;
    permit = chain.context().permit();
  }

  /** Makes the attempt when it has its place. */
  CompletableFuture<CallOutcome> start() {
    chain.context().endWithCall(result, this::answerAtTheEnd);
    result.whenComplete((outcome, cancelled) -> place.release());
    if (place.tryTake()) {
      attempt();
    } else {
      waits = true;
      permit.release();
      place.await(() -> permit.acquire(this::attempt));
    }
    return result;
  }

  private void attempt() {
    if (result.isDone()) {
      permit.release();
      return;
    }
    waits = false;
    try {
      underWay.begin(chain.proceed(chain.request()), this::ended);
    } catch (RuntimeException | Error unusable) {
      result.complete(new CallOutcome.Failed(unusable));
    }
  }

  private void ended(CallOutcome outcome) {
    // The share is stopped before the place is given to the next one.
    if (outcome instanceof CallOutcome.Response response
        && (response.status() == 429 || response.status() == 503)) {
      Duration wanted = RetryAfter.of(response, clock);
      if (wanted != null && wanted.compareTo(Duration.ZERO) > 0) {
        place.share().stop(wanted);
      }
    }
    place.release(); // before the caller sends its next one
    result.complete(outcome);
  }

  /** Distinguishes a wait for the origin from a wait for other calls of this node. */
  private CallOutcome answerAtTheEnd(CallOutcome because) {
    if (!waits || !(because instanceof CallOutcome.TimedOut late)) {
      return because;
    }
    place.share().figures().add(ShareFigures.Kind.TIMED_OUT);
    return late.waitingFor(place.share().placeInWords());
  }
}
