package io.restconnector.console;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Entries of the journal as a list shows them: without headers and bodies, which may be large. */
final class JournalRows {

  private static final int SHOWN = 200;
  private static final Set<String> LARGE =
      Set.of("headers", "body", "requestHeaders", "requestBody", "responseHeaders", "responseBody");

  /** A number that is looked for is a status, or a part of a name. */
  private static final Set<String> TIMES =
      Set.of("id", "time", "duration", "waited", "firstByte", "attempts", "bytes");

  private final JsonMapper json = new JsonMapper();

  /**
   * The newest of them.
   *
   * @param text that a row has to contain in any case, null or blank for any
   */
  List<ObjectNode> of(List<?> entries, @Nullable String text) {
    Stream<ObjectNode> rows = entries.stream().map(this::row);
    if (text != null && !text.isBlank()) {
      String wanted = text.strip().toLowerCase(Locale.ROOT);
      rows = rows.filter(row -> searched(row).contains(wanted));
    }
    return rows.limit(SHOWN).toList();
  }

  private static String searched(ObjectNode row) {
    return row.deepCopy().remove(TIMES).toString().toLowerCase(Locale.ROOT);
  }

  private ObjectNode row(Object entry) {
    ObjectNode row = json.valueToTree(entry);
    row.remove(LARGE);
    return row;
  }
}
