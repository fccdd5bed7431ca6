package io.restconnector.journal;

import java.util.List;

/**
 * Settings of the journal. A null component stands for its default, as a binder leaves what is not
 * configured.
 *
 * @param size how many calls, and how many webhook requests, a node remembers; 0 is off; default
 *     1,000
 * @param capture what is remembered of each; default {@code METADATA}
 * @param redact names of headers, parameters and JSON members whose values are not remembered,
 *     besides those that carry credentials
 */
public record JournalSettings(Integer size, Capture capture, List<String> redact) {

  private static final int MAX_SIZE = 1_000_000;

  /** What is remembered. */
  public enum Capture {
    /** Less than 1 KiB of each. */
    METADATA,
    /** Headers too. */
    HEADERS,
    /** Headers, and of each body at most 10 KiB. */
    BODIES
  }

  public JournalSettings {
    size = size == null ? Integer.valueOf(1_000) : size;
    capture = capture == null ? Capture.METADATA : capture;
    redact = redact == null ? List.of() : List.copyOf(redact);
    if (size < 0 || size > MAX_SIZE) {
      throw new IllegalArgumentException("journal.size is out of range, wanted 0 to " + MAX_SIZE);
    }
  }

  /** Every setting at its default. */
  @SuppressWarnings("NullAway") // null stands for the default
  public static JournalSettings defaults() {
    return new JournalSettings(null, null, null);
  }

  public JournalSettings withSize(int value) {
    return new JournalSettings(value, capture, redact);
  }

  public JournalSettings withCapture(Capture value) {
    return new JournalSettings(size, value, redact);
  }

  public JournalSettings withRedact(List<String> value) {
    return new JournalSettings(size, capture, value);
  }
}
