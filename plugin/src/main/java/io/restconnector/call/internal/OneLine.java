package io.restconnector.call.internal;

/** A text of somebody else as one line. */
final class OneLine {

  private static final int MAX_LENGTH = 2000;

  private OneLine() {}

  /** On one line, and no longer than a log line or a text column stands. */
  static String of(String text) {
    int length = Math.min(text.length(), MAX_LENGTH);
    StringBuilder line = new StringBuilder(length + 1);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      line.append(Character.isISOControl(c) || c == '\u2028' || c == '\u2029' ? ' ' : c);
    }
    return length < text.length() ? line.append('\u2026').toString() : line.toString();
  }
}
