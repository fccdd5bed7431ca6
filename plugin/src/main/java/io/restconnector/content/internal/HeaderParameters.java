package io.restconnector.content.internal;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A header's value before its parameters, and these (RFC 9110 §5.6.6), read leniently.
 *
 * @param value without the white space around it
 * @param byName in lower case; of a name that repeats, the last
 */
public record HeaderParameters(String value, Map<String, String> byName) {

  // By hand: a regular expression for quoted text recurses, and the text comes from outside.
  public static HeaderParameters parse(String header) {
    int end = endOf(header, 0);
    String value = header.substring(0, end).trim();
    Map<String, String> byName = new LinkedHashMap<>();
    while (end < header.length()) {
      int start = end + 1;
      end = endOf(header, start);
      // In this parameter alone: looking on to the end, once for each, takes the square of the
      // length.
      String parameter = header.substring(Math.min(start, end), end);
      int equals = parameter.indexOf('=');
      if (equals >= 0) {
        byName.put(
            parameter.substring(0, equals).trim().toLowerCase(Locale.ROOT),
            unquote(parameter.substring(equals + 1).trim()));
      }
    }
    return new HeaderParameters(value, byName);
  }

  /** The index of the next semicolon outside quotes, or the length. */
  private static int endOf(String header, int start) {
    boolean quoted = false;
    for (int i = start; i < header.length(); i++) {
      char c = header.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (quoted && c == '\\') {
        i++;
      } else if (!quoted && c == ';') {
        return i;
      }
    }
    return header.length();
  }

  private static String unquote(String text) {
    if (text.length() < 2 || !text.startsWith("\"") || !text.endsWith("\"")) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 1; i < text.length() - 1; i++) {
      if (text.charAt(i) == '\\' && i < text.length() - 2) {
        i++;
      }
      plain.append(text.charAt(i));
    }
    return plain.toString();
  }
}
