package io.restconnector.spring;

import io.restconnector.journal.JournalSettings;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a node remembers of its last calls and webhook requests.
 *
 * @param size How many calls, and how many webhook requests, are remembered. 0 is off.
 * @param capture What is remembered of each: metadata, its headers too, or its bodies too.
 * @param redact Headers, parameters and JSON members whose values are not remembered, besides those
 *     that carry credentials.
 */
record JournalProperties(
    @DefaultValue("1000") int size,
    @DefaultValue("metadata") JournalSettings.Capture capture,
    @DefaultValue List<String> redact) {

  JournalSettings toSettings() {
    return new JournalSettings(size, capture, redact);
  }
}
