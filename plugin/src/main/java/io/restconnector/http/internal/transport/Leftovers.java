package io.restconnector.http.internal.transport;

import java.nio.ByteBuffer;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Knows whether a connection holds more than the responses to its requests. HttpClient parses what
 * is left over as the start of the next response.
 *
 * <p>Only the I/O thread of the connection comes here.
 */
final class Leftovers {

  private static final String ATTRIBUTE = "io.restconnector.leftovers";
  private static final long UNKNOWN = -1;
  private static final long CHUNKED = -2;

  /** Two ends of line. */
  private static final int BLANK_LINE = 4;

  private boolean reused;
  private long received;
  private long headEnd = UNKNOWN;
  private long bodyLength = UNKNOWN;

  /** Bytes of the current line but for the CR that may end it. */
  private int lineLength;

  private boolean blankLine;
  private boolean anyLine;

  /** That of the request at hand. */
  static @Nullable Leftovers of(HttpContext context) {
    return (Leftovers) context.getAttribute(ATTRIBUTE);
  }

  /** The next request is about to be sent. */
  void begin(HttpContext context) {
    reused = bodyLength != UNKNOWN;
    received = 0;
    headEnd = UNKNOWN;
    bodyLength = UNKNOWN;
    lineLength = 0;
    blankLine = false;
    anyLine = false;
    context.setAttribute(ATTRIBUTE, this);
  }

  /** The head of the response has been read. */
  void framed(@Nullable EntityDetails entity) {
    bodyLength = entity == null ? 0 : entity.isChunked() ? CHUNKED : entity.getContentLength();
  }

  /** These bytes were read: the buffer from the given position to its own. */
  void received(ByteBuffer buffer, int start) {
    int next = start;
    while (next < buffer.position() && headEnd == UNKNOWN) {
      received++;
      received(buffer.get(next++));
    }
    // Of a body, its end is enough to see whether a blank line is last.
    int tail = Math.max(next, buffer.position() - BLANK_LINE);
    if (tail > next) {
      lineLength = 1;
      received += tail - next;
    }
    for (; tail < buffer.position(); tail++) {
      received++;
      received(buffer.get(tail));
    }
  }

  private void received(byte next) {
    if (next == '\n') {
      blankLine = lineLength == 0;
      lineLength = 0;
      if (blankLine && anyLine && headEnd == UNKNOWN) {
        headEnd = received;
      }
      anyLine |= !blankLine;
    } else if (next != '\r') {
      lineLength++;
      blankLine = false;
    }
  }

  /**
   * Whether all that came belongs to the last response. One whose head was not the first, after an
   * interim one, counts as not clean; that costs a connection.
   */
  boolean isClean() {
    if (bodyLength == CHUNKED) {
      return blankLine; // more of it that ends so is a whole head, on which the client gives up
    }
    return bodyLength == UNKNOWN ? received == 0 : received == headEnd + bodyLength;
  }

  /** Whether a connection that had served before ended without a byte of this response. */
  boolean endedUnanswered() {
    return reused && received == 0;
  }
}
