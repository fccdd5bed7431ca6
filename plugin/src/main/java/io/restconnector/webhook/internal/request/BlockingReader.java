package io.restconnector.webhook.internal.request;

import io.restconnector.content.internal.ParsingBudget.Permit;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads bodies on the thread of the caller, where a filter or the container leaves no other way. A
 * thread that waits for bytes cannot be called back before the container's own timeout, so only a
 * few may wait at the same time.
 */
public final class BlockingReader {

  private static final int WAITING_THREADS = 8;
  private static final Duration FOR_A_PLACE = Duration.ofMillis(100);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);
  public static final int BUFFER = 8 * 1024;

  /** How many bytes are read after an early answer. */
  public static final long MOST_DROPPED = 16L * 1024 * 1024;

  private final Semaphore places = new Semaphore(WAITING_THREADS);

  /** Reads a body to its end. */
  public void read(InputStream in, IncomingBody body, Duration timeout) throws RefusedException {
    long start = System.nanoTime();
    byte[] buffer = new byte[BUFFER];
    boolean hasPlace = false;
    try {
      while (!body.isAtEnd()) {
        if (System.nanoTime() - start > timeout.toNanos()) {
          throw RefusedException.timedOut();
        }
        if (!hasPlace && in.available() == 0) {
          takePlace();
          hasPlace = true;
        }
        int count = in.read(buffer);
        if (count < 0) {
          body.end();
        } else {
          body.add(buffer, count);
        }
      }
    } catch (IOException failure) {
      throw RefusedException.unread(failure);
    } finally {
      if (hasPlace) {
        places.release();
      }
    }
  }

  /**
   * Reads and drops what a sender goes on sending after its answer. Where no place is free, that is
   * only what has come already.
   */
  public void drop(InputStream in, IncomingBody body, Duration timeout) {
    long start = System.nanoTime();
    byte[] buffer = new byte[BUFFER];
    long dropped = 0;
    boolean hasPlace = places.tryAcquire();
    try {
      while (!body.isAtEnd()
          && dropped < MOST_DROPPED
          && System.nanoTime() - start < timeout.toNanos()) {
        if (in.available() > 0) {
          dropped += body.drop(in.read(buffer));
        } else if (hasPlace) {
          TimeUnit.NANOSECONDS.sleep(BETWEEN_LOOKS.toNanos());
        } else {
          return;
        }
      }
    } catch (IOException gone) {
      return; // nobody to read the answer
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } finally {
      if (hasPlace) {
        places.release();
      }
    }
  }

  /** Waits for memory. */
  public Permit await(CompletableFuture<Permit> permit, Duration timeout) throws RefusedException {
    boolean hasPlace = false;
    try {
      if (!permit.isDone()) {
        takePlace();
        hasPlace = true;
      }
      return permit.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw RefusedException.busy();
    } catch (TimeoutException late) {
      throw RefusedException.busy();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    } finally {
      if (hasPlace) {
        places.release();
      }
    }
  }

  private void takePlace() throws RefusedException {
    try {
      if (places.tryAcquire(FOR_A_PLACE.toNanos(), TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
    throw RefusedException.busy();
  }
}
