package io.restconnector.webhook.internal.request;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names with one or several texts each: parameters, form fields, headers. */
public final class Params {

  private final Map<String, List<Object>> values = new LinkedHashMap<>();

  /** Parses {@code a=1&b=2}, as in a query or a form (WHATWG URL, urlencoded parsing). */
  static Params parse(@Nullable String encoded) throws RefusedException {
    return parse(encoded, StandardCharsets.UTF_8);
  }

  /** As {@link #parse(String)}, of a form that names its charset. */
  static Params parse(@Nullable String encoded, Charset charset) throws RefusedException {
    Params params = new Params();
    String text = encoded == null ? "" : encoded;
    // One by one: all pairs of a long form at once would take as much memory as what becomes of it.
    for (int start = 0; start < text.length(); ) {
      int ampersand = text.indexOf('&', start);
      int end = ampersand < 0 ? text.length() : ampersand;
      if (end > start) {
        params.addPair(text.substring(start, end), charset);
      }
      start = end + 1;
    }
    return params;
  }

  private void addPair(String pair, Charset charset) throws RefusedException {
    int equals = pair.indexOf('=');
    String name = equals < 0 ? pair : pair.substring(0, equals);
    String value = equals < 0 ? "" : pair.substring(equals + 1);
    add(PercentDecoder.decode(name, true, charset), PercentDecoder.decode(value, true, charset));
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  void add(String name, Object value) {
    values.computeIfAbsent(name, unused -> new ArrayList<>(1)).add(value);
  }

  void addAll(Map<String, ?> others) {
    others.forEach(
        (name, value) -> {
          if (value instanceof List<?> list) {
            list.forEach(element -> add(name, element));
          } else {
            add(name, value);
          }
        });
  }

  /** A String for a name with one text, a list for one with several. */
  Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    values.forEach((name, all) -> map.put(name, all.size() == 1 ? all.get(0) : all));
    return map;
  }

  /** The name of the first wanted pair that is not there, null where all are. */
  public static @Nullable String firstMissing(
      Map<String, Object> values, Map<String, String> wanted) {
    for (Map.Entry<String, String> pair : wanted.entrySet()) {
      Object value = values.get(pair.getKey());
      if (!pair.getValue().equals(value)
          && !(value instanceof List<?> list && list.contains(pair.getValue()))) {
        return pair.getKey();
      }
    }
    return null;
  }
}
