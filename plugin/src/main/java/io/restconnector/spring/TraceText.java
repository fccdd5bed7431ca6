package io.restconnector.spring;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The headers of a trace as one text: a line for each. */
final class TraceText {

  private TraceText() {}

  /** Null for none. */
  static @Nullable String write(Map<String, String> headers) {
    StringBuilder text = new StringBuilder();
    headers.forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
    return text.isEmpty() ? null : text.toString();
  }

  /** Passes over what is no header: an application may keep other text there. */
  static Map<String, String> read(@Nullable String text) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line : text == null ? new String[0] : text.split("\n", -1)) {
      int colon = line.indexOf(": ");
      if (colon > 0) {
        headers.put(line.substring(0, colon), line.substring(colon + 2));
      }
    }
    return headers;
  }
}
