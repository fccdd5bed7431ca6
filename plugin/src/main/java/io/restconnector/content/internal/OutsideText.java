package io.restconnector.content.internal;

import org.jspecify.annotations.Nullable;

/** Text of requests and responses, which may hold what has no place here. */
public final class OutsideText {

  private OutsideText() {}

  /**
   * Whether databases keep every character: PostgreSQL cannot store NUL, and half of a surrogate
   * pair has no form in UTF-8.
   */
  public static boolean isStorable(String text) {
    return storable(text).equals(text);
  }

  /** With U+FFFD for each character that databases do not keep. */
  public static String storable(String text) {
    StringBuilder kept = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (c == 0 || Character.isSurrogate(c)) {
        kept = kept == null ? new StringBuilder(text) : kept;
        kept.setCharAt(i, '\ufffd');
      }
    }
    return kept == null ? text : kept.toString();
  }

  /** As {@link #storable(String)}, for a value that may be text. */
  public static @Nullable Object storable(@Nullable Object value) {
    return value instanceof String text ? storable(text) : value;
  }

  /** RFC 8259 §8.1: a byte order mark may be ignored, as Jackson does in bytes but not in text. */
  public static String withoutByteOrderMark(String json) {
    return json.startsWith("\ufeff") ? json.substring(1) : json;
  }

  /** Whether it has none of the controls by which browsers tell binary data. */
  public static boolean isReadable(CharSequence text) {
    return text.chars().noneMatch(c -> c < 0x20 && "\t\n\f\r\u001b".indexOf(c) < 0);
  }
}
