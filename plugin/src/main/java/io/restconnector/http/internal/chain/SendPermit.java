package io.restconnector.http.internal.chain;

import io.restconnector.http.internal.share.Place;
import org.jspecify.annotations.Nullable;

/**
 * The right of one call to be sent, and its place among those that may be out at the same time.
 * Methods do not block and throw nothing.
 */
public interface SendPermit {

  /** No limit: what is sent on behalf of a waiting caller. */
  SendPermit ALWAYS =
      new SendPermit() {
        @Override
        public void acquire(Runnable attempt) {
          attempt.run();
        }

        @Override
        public void release() {}

        @Override
        public boolean isValid() {
          return true;
        }
      };

  /** Runs the attempt as soon as there is a place for it, on whatever thread. */
  void acquire(Runnable attempt);

  /** Gives the place back; does nothing where the call holds none. */
  void release();

  /**
   * The place in a share that the call was given before it was sent. Whoever takes it gives it
   * back; null where there is none, and from the second time on.
   */
  default @Nullable Place takePlace() {
    return null;
  }

  /** Asked at the last moment before a request is written. */
  boolean isValid();
}
