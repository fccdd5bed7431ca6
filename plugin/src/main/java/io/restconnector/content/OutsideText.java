package io.restconnector.content;

import org.jspecify.annotations.Nullable;

/** Text of requests and responses, which may hold what has no place here. */
public final class OutsideText {

  private OutsideText() {}

  /** PostgreSQL cannot store NUL in text. */
  public static String storable(String text) {
    return text.replace('\0', '\ufffd');
  }

  /** As {@link #storable(String)}, for a value that may be text. */
  public static @Nullable Object storable(@Nullable Object value) {
    return value instanceof String text ? storable(text) : value;
  }

  /** RFC 8259 §8.1: a byte order mark may be ignored, as Jackson does in bytes but not in text. */
  public static String withoutMark(String json) {
    return json.startsWith("\ufeff") ? json.substring(1) : json;
  }
}
