package io.restconnector.http.internal.share;

import org.jspecify.annotations.Nullable;

/** The place of one attempt in a share. Methods do not block and throw nothing. */
public final class Place {

  enum State {
    NEW,
    /** Kept for a job that is being taken. */
    RESERVED,
    WAITING,
    HELD,
    GONE
  }

  private final Share share;

  /** When it was asked for. */
  final long since;

  State state;
  @Nullable Runnable granted;
  @Nullable Runnable stopped;

  Place(Share share, State state, long since) {
    this.share = share;
    this.state = state;
    this.since = since;
  }

  public Share share() {
    return share;
  }

  /** Whether it belongs to a job that can be given back while the share is stopped. */
  boolean isOfJob() {
    return state == State.RESERVED || stopped != null;
  }

  /** Whether it is held now; false where one must wait for it. */
  public boolean tryTake() {
    return share.tryTake(this);
  }

  /**
   * Waits its turn, however long the share is stopped.
   *
   * @param onGrant runs once, at once or later on a thread of the client; the place is held then
   */
  public void await(Runnable onGrant) {
    share.await(this, onGrant, null);
  }

  /**
   * The same for a job, which can be given back.
   *
   * @param onStop runs in place of the other where the share is stopped for long; the place is gone
   *     then
   */
  public void await(Runnable onGrant, Runnable onStop) {
    share.await(this, onGrant, onStop);
  }

  /** Gives it back, whatever it is; does nothing from the second time on. */
  public void release() {
    share.release(this);
  }
}
