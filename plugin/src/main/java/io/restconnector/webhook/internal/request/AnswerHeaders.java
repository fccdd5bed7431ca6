package io.restconnector.webhook.internal.request;

import io.restconnector.content.internal.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Headers that a trigger gives its answer, by names in any case. */
public final class AnswerHeaders {

  private static final String CONTENT_TYPE = "Content-Type";

  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  /** RFC 9110 §5.5. A container writes one byte for each character. */
  private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e\\xa0-\\xff]*");

  private static final Pattern TYPE =
      Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+/[!#$%&'*+.^_`|~0-9A-Za-z-]+\\s*(;.*)?");

  /** They belong to the connection, or say how the body is written (RFC 9110 §7.6.1, 9112 §6). */
  private static final Set<String> OF_THE_CONTAINER =
      caseless(
          "Connection",
          "Content-Encoding",
          "Content-Length",
          "Expect",
          "Host",
          "HTTP2-Settings",
          "Keep-Alive",
          "Proxy-Authenticate",
          "Proxy-Authentication-Info",
          "Proxy-Authorization",
          "Proxy-Connection",
          "TE",
          "Trailer",
          "Transfer-Encoding",
          "Upgrade");

  private final Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  private static Set<String> caseless(String... names) {
    Map<String, Boolean> set = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String name : names) {
      set.put(name, true);
    }
    return set.keySet();
  }

  public static boolean isContentType(String name) {
    return name.equalsIgnoreCase(CONTENT_TYPE);
  }

  /**
   * What would be right in place of a header, null where it can be sent.
   *
   * @param value null for one that is not known yet, or left out
   */
  public @Nullable String problemOf(String name, @Nullable String value) {
    if (!NAME.matcher(name).matches()) {
      return "the name of an HTTP header";
    }
    if (OF_THE_CONTAINER.contains(name)) {
      return "no header of the connection or of the framing, which the container sets";
    }
    if (byName.containsKey(name)) {
      return "each header once";
    }
    if (value == null) {
      return null;
    }
    if (!VALUE.matcher(value).matches()) {
      return "text that can stand in a header: ISO-8859-1 without line breaks and controls";
    }
    return isContentType(name) ? problemOfType(value) : null;
  }

  private static @Nullable String problemOfType(String value) {
    if (!TYPE.matcher(value).matches()) {
      return "a media type such as text/plain";
    }
    String charset = MediaType.parse(value).charset();
    return charset == null || charset.equalsIgnoreCase(StandardCharsets.UTF_8.name())
        ? null
        : "the charset UTF-8 or none, as the body is sent in UTF-8";
  }

  public void put(String name, String value) {
    byName.put(name, value);
  }

  /** Of the answer's body, null where no header says it. */
  public @Nullable String contentType() {
    return byName.get(CONTENT_TYPE);
  }

  public Map<String, String> asMap() {
    return Collections.unmodifiableMap(byName);
  }
}
