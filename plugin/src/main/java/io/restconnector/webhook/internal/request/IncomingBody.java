package io.restconnector.webhook.internal.request;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes of one body while they come in. They are bounded alone and together with those of all
 * other requests. Safe for use by many threads: a deadline may pass while bytes come in.
 */
public final class IncomingBody implements AutoCloseable {

  /** What every request may hold without being counted: its connection costs more. */
  private static final int UNCOUNTED = 8 * 1024;

  /** The bytes that all requests hold. */
  public static final class Shared {
    private final long limit;
    private final AtomicLong held = new AtomicLong();

    public Shared(long limit) {
      this.limit = limit;
    }
  }

  private final long declaredLength;
  private final long limit;
  private final boolean isWanted;
  private final Shared shared;
  private List<byte[]> parts = new ArrayList<>();
  private long length;
  private long counted;
  private boolean isAtEnd;
  private boolean isClosed;

  /**
   * @param declaredLength -1 where it is not known
   * @param isWanted false for bytes that only make room for the next request
   */
  public IncomingBody(long declaredLength, long limit, boolean isWanted, Shared shared) {
    this.declaredLength = declaredLength;
    this.limit = limit;
    this.isWanted = isWanted;
    this.shared = shared;
    isAtEnd = declaredLength == 0;
  }

  /** Takes a copy of the first bytes of a buffer. */
  public synchronized void add(byte[] buffer, int count) throws RefusedException {
    length += count;
    isAtEnd = length == declaredLength;
    if (length > limit) {
      throw RefusedException.tooLarge(limit);
    }
    if (!isWanted || isClosed) {
      return;
    }
    if (length > UNCOUNTED) {
      counted += count;
      if (shared.held.addAndGet(count) > shared.limit) {
        close();
        throw RefusedException.busy();
      }
    }
    byte[] part = new byte[count];
    System.arraycopy(buffer, 0, part, 0, count);
    parts.add(part);
  }

  /**
   * Bytes of an answered request have come, or -1 for its end.
   *
   * @return how many
   */
  synchronized int drop(int count) {
    if (count < 0) {
      isAtEnd = true;
      return 0;
    }
    length += count;
    isAtEnd = length == declaredLength;
    return count;
  }

  /** Nothing more comes. */
  public synchronized void end() {
    isAtEnd = true;
  }

  /** Whether nothing of the body is left on the connection. */
  public synchronized boolean isAtEnd() {
    return isAtEnd;
  }

  public synchronized int length() {
    return (int) length;
  }

  /** All bytes, once they have come in. */
  public synchronized byte[] take() throws RefusedException {
    if (length < declaredLength) {
      throw RefusedException.badRequest("The body is cut short.");
    }
    byte[] bytes = new byte[(int) length];
    int position = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, bytes, position, part.length);
      position += part.length;
    }
    parts = List.of();
    return bytes;
  }

  /** Lets go of the bytes. */
  @Override
  public synchronized void close() {
    isClosed = true;
    parts = List.of();
    shared.held.addAndGet(-counted);
    counted = 0;
  }
}
