package io.restconnector.journal;

import java.time.Instant;
import java.util.List;

/**
 * What this node did with a webhook event that came early. Nothing of it is secret.
 *
 * @param id grows from entry to entry of a node
 * @param event id of the event, as {@link io.restconnector.webhook.EarlyEvents} has it; each event
 *     has an entry when it is kept, and one for its end, which may be on another node
 * @param trigger key of the channel that kept it, which may be gone
 * @param tenant of the trigger, empty for none
 * @param action {@code event}, {@code message} or {@code signal}
 * @param target key of the event, or name of the message or signal
 * @param receivedAt when it was kept, by the engine's clock
 * @param outcome as in the meter {@code rest.connector.webhooks.early}: {@code Kept}, {@code
 *     Delivered}, {@code Expired} or {@code Dropped}
 * @param instances that it woke; the first 100
 * @since 0.1
 */
public record EarlyEntry(
    long id,
    Instant time,
    long event,
    String trigger,
    String tenant,
    String action,
    String target,
    Instant receivedAt,
    String outcome,
    List<String> instances) {

  public EarlyEntry {
    instances = List.copyOf(instances);
  }
}
