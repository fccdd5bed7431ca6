package io.restconnector.webhook.internal.trigger;

import io.restconnector.content.internal.MediaType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The headers that a request must have for a trigger.
 *
 * @param byName in lower case
 */
public record WantedHeaders(Map<String, String> byName) {

  private static final String CONTENT_TYPE = "content-type";

  static WantedHeaders of(Map<String, String> pairs) {
    Map<String, String> byName = new LinkedHashMap<>();
    pairs.forEach((name, value) -> byName.put(name.toLowerCase(Locale.ROOT), value));
    return new WantedHeaders(byName);
  }

  /**
   * The name of the first that is not there, null where all are.
   *
   * @param headers by name in lower case, a String or a list each
   */
  public @Nullable String firstMissing(Map<String, Object> headers) {
    for (Map.Entry<String, String> wanted : byName.entrySet()) {
      if (!isIn(headers.get(wanted.getKey()), wanted.getKey(), wanted.getValue())) {
        return wanted.getKey();
      }
    }
    return null;
  }

  private static boolean isIn(@Nullable Object found, String name, String wanted) {
    List<?> values =
        found instanceof List<?> several ? several : List.of(found == null ? "" : found);
    // Most senders add a charset, which says nothing of what they send.
    boolean isTypeAlone = name.equals(CONTENT_TYPE) && wanted.indexOf(';') < 0;
    return found != null
        && values.stream()
            .anyMatch(
                value ->
                    isTypeAlone
                        ? typeOf(wanted).equals(typeOf(String.valueOf(value)))
                        : wanted.equals(value));
  }

  private static String typeOf(String contentType) {
    return MediaType.parse(contentType).name();
  }
}
