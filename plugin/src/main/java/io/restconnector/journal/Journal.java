package io.restconnector.journal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last calls and webhook requests of a node. Safe for use by many threads.
 *
 * @since 0.1
 */
public interface Journal {

  /** Those that are remembered and wanted, newest first. */
  List<CallEntry> calls(JournalFilter filter);

  /** Those that are remembered and wanted, newest first. */
  List<RequestEntry> requests(JournalFilter filter);

  /** What this node did with events that came early, as far as remembered and wanted. */
  List<EarlyEntry> early(JournalFilter filter);

  /** One call, null where it is not remembered any more. */
  @Nullable CallEntry call(long id);

  /** One request, null where it is not remembered any more. */
  @Nullable RequestEntry request(long id);

  /** All that are remembered, newest first. */
  default List<CallEntry> calls() {
    return calls(JournalFilter.all());
  }

  /** All that are remembered, newest first. */
  default List<RequestEntry> requests() {
    return requests(JournalFilter.all());
  }
}
