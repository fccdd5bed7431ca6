package io.restconnector.webhook.internal.early;

import io.restconnector.webhook.internal.delivery.KeptAction;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event that waits in the table.
 *
 * @param id grows in the order in which events came
 * @param trigger key of the channel that kept it, which may be gone
 * @param tenantId of the trigger, empty for none
 * @param due when it is dropped or, after a failure, delivered again
 * @param failures how often what followed its delivery has failed
 */
record KeptEvent(
    long id,
    KeptAction.Kind kind,
    String name,
    @Nullable String key,
    String tenantId,
    String trigger,
    Instant created,
    Instant expires,
    Instant due,
    int failures) {

  /** Those of one correlation are delivered one after another. */
  record Correlation(KeptAction.Kind kind, String name, @Nullable String key, String tenantId) {}

  Correlation correlation() {
    return new Correlation(kind, name, key, tenantId);
  }

  Awaited awaited() {
    return new Awaited(kind, name, key);
  }

  boolean isExpired(Instant now) {
    return !expires.isAfter(now);
  }

  /** Whether it failed and its time has not come yet. */
  boolean isPostponed(Instant now) {
    return failures > 0 && due.isAfter(now);
  }
}
