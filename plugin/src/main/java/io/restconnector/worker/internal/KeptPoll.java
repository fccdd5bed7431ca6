package io.restconnector.worker.internal;

import io.restconnector.content.internal.JsonText;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a job keeps between two questions, in its custom values: they go with it when it is
 * suspended, fails for good or is tried again, and change in one row version with its lock.
 *
 * @param statusUrl that is asked
 * @param first the first request, fit for messages
 * @param begun when the first request was about to be sent, null where the time begins anew
 * @param asked how many questions were answered
 * @param others the custom values that the job had before, null for none
 */
record KeptPoll(
    URI statusUrl, String first, @Nullable Instant begun, int asked, @Nullable String others) {

  private static final String MARK = "{\"rest-connector-poll\":";

  /** Null where a job with these custom values keeps nothing. */
  static @Nullable KeptPoll of(@Nullable String customValues) {
    if (customValues == null || !customValues.startsWith(MARK)) {
      return null;
    }
    JsonNode root = JsonText.parse(customValues);
    JsonNode kept = root.path("rest-connector-poll");
    return new KeptPoll(
        URI.create(kept.path("url").stringValue()),
        kept.path("first").stringValue(),
        kept.has("begun") ? Instant.ofEpochMilli(kept.path("begun").longValue()) : null,
        kept.path("asked").intValue(),
        root.has("others") ? root.path("others").stringValue() : null);
  }

  /** The custom values that others have given a job. */
  static @Nullable String others(@Nullable String customValues) {
    KeptPoll kept = of(customValues);
    return kept == null ? customValues : kept.others();
  }

  /** For another try of the job: it has all of its time and questions again. */
  KeptPoll anew() {
    return new KeptPoll(statusUrl, first, null, 0, others);
  }

  String customValues() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ObjectNode kept = root.putObject("rest-connector-poll");
    kept.put("url", statusUrl.toString()).put("first", first).put("asked", asked);
    if (begun != null) {
      kept.put("begun", begun.toEpochMilli());
    }
    if (others != null) {
      root.put("others", others);
    }
    return root.toString();
  }
}
