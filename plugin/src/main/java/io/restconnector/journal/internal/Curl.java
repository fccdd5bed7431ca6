package io.restconnector.journal.internal;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request as one line for a shell. */
final class Curl {

  private Curl() {}

  /** All that is given has been masked. */
  static String line(
      String method, String url, Map<String, List<String>> headers, @Nullable String body) {
    StringBuilder line = new StringBuilder("curl -i");
    line.append(method.equals("HEAD") ? " -I" : " -X " + method);
    line.append(' ').append(quoted(url));
    headers.forEach(
        (name, values) ->
            values.forEach(value -> line.append(" -H ").append(quoted(name + ": " + value))));
    if (body != null) {
      line.append(" --data-raw ").append(quoted(body));
    }
    return line.toString();
  }

  /** For a POSIX shell, on one line. */
  private static String quoted(String text) {
    String escaped = text.replace("'", "'\\''");
    return escaped.indexOf('\n') < 0 && escaped.indexOf('\r') < 0
        ? "'" + escaped + "'"
        : "$'"
            + text.replace("\\", "\\\\")
                .replace("'", "\\'")
                .replace("\r", "\\r")
                .replace("\n", "\\n")
            + "'";
  }
}
