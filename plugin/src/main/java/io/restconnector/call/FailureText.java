package io.restconnector.call;

import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MalformedChunkCodingException;

/** Failures as one line that gives nothing secret away. */
final class FailureText {

  private static final int MAX_LENGTH = 2000;

  private FailureText() {}

  /** On one line, and no longer than a log line or a text column stands. */
  static String oneLine(String text) {
    int length = Math.min(text.length(), MAX_LENGTH);
    StringBuilder line = new StringBuilder(length + 1);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      line.append(Character.isISOControl(c) || c == '\u2028' || c == '\u2029' ? ' ' : c);
    }
    return length < text.length() ? line.append('\u2026').toString() : line.toString();
  }

  /** Class and message of an exception, the class alone where the message may quote a header. */
  static String of(Throwable cause) {
    String type = cause.getClass().getSimpleName();
    return cause.getMessage() == null || quotesThePeer(cause)
        ? type
        : type + ": " + cause.getMessage();
  }

  /** Whether the message may repeat what came over the wire, or a redirect's query. */
  static boolean quotesThePeer(Throwable cause) {
    return cause instanceof HttpException
        || cause.getClass() == MalformedChunkCodingException.class
        || (cause.getCause() != null && quotesThePeer(cause.getCause()));
  }
}
