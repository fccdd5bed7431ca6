package io.restconnector.spi;

import java.time.Instant;
import java.util.List;

/**
 * What became of a webhook event that came before anything waited for it. It holds no value of the
 * request.
 *
 * @param id of the kept event; grows in the order in which events come
 * @param trigger key of the channel that kept it, which may be gone
 * @param tenantId of the trigger, empty for none
 * @param action {@code event}, or the {@code type} of the trigger's action
 * @param target key of the event, or name of the message or signal
 * @param receivedAt when it was kept, by the engine's clock
 * @param instanceIds of the process instances that it woke
 * @since 0.1
 */
public record EarlyEventOutcome(
    long id,
    String trigger,
    String tenantId,
    String action,
    String target,
    Instant receivedAt,
    Kind kind,
    List<String> instanceIds) {

  /** The kinds of outcomes. */
  public enum Kind {
    /** It is stored, and waits. */
    KEPT,
    /** Something began to wait for it, and it was delivered. */
    DELIVERED,
    /** Nothing could take it as long as its trigger keeps events. */
    EXPIRED,
    /** An operator dropped it. */
    DROPPED
  }

  public EarlyEventOutcome {
    instanceIds = List.copyOf(instanceIds);
  }
}
