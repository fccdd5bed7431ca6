package io.restconnector.http.internal.chain;

import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a call as it reaches the network, with its redirects. Its steps follow one
 * another, on whatever thread.
 */
public final class Attempt {

  private final RestRequest request;
  private final @Nullable Attempt previous;
  private final long begun = System.nanoTime();
  private volatile long connected;
  private volatile long answered;
  private volatile @Nullable End end;

  private record End(long time, String outcome, @Nullable Integer status) {}

  Attempt(RestRequest request, @Nullable Attempt previous) {
    this.request = request;
    this.previous = previous;
  }

  /** As it is sent, with the headers of its authentication. */
  public RestRequest request() {
    return request;
  }

  /** The attempt before this one, null for the first. */
  public @Nullable Attempt previous() {
    return previous;
  }

  /** A connection stands, and the request is about to be written. */
  public void connected() {
    if (connected == 0) {
      connected = System.nanoTime();
    }
  }

  /** The head of the response is there. */
  public void answered() {
    answered = System.nanoTime();
  }

  /** The attempt is over; what comes later does not count. */
  public void ended(CallOutcome outcome) {
    if (end == null) {
      end =
          new End(
              System.nanoTime(),
              OutcomeTag.of(outcome),
              outcome instanceof CallOutcome.Response response ? response.status() : null);
    }
  }

  /** As of {@link System#nanoTime}, like the others. */
  public long begunAt() {
    return begun;
  }

  /** Zero where no connection came to stand. */
  public long connectedAt() {
    return connected;
  }

  /** Zero where no response came. */
  public long answeredAt() {
    return answered;
  }

  /** Zero for an attempt that was given up. */
  public long endedAt() {
    End known = end;
    return known == null ? 0 : known.time;
  }

  /** As {@link OutcomeTag} has it, null for an attempt that was given up. */
  public @Nullable String outcome() {
    End known = end;
    return known == null ? null : known.outcome;
  }

  /** Null without a response. */
  public @Nullable Integer status() {
    End known = end;
    return known == null ? null : known.status;
  }
}
