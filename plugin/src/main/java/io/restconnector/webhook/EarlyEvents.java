package io.restconnector.webhook;

import io.restconnector.webhook.internal.WebhookEndpoint;
import io.restconnector.webhook.internal.early.KeptEvents;
import java.time.Instant;
import java.util.List;
import org.flowable.engine.ProcessEngine;

/**
 * The webhook events of one engine that came before anything waited for them, for operators. All
 * nodes of a database see the same.
 *
 * @since 0.1
 */
public final class EarlyEvents {

  private final KeptEvents events;

  private EarlyEvents(KeptEvents events) {
    this.events = events;
  }

  /**
   * Those of this engine.
   *
   * @throws IllegalArgumentException when the engine has no REST connector
   */
  public static EarlyEvents of(ProcessEngine engine) {
    return new EarlyEvents(WebhookEndpoint.of(engine).triggers().early().events());
  }

  /**
   * An event that is kept. It holds no value of the request.
   *
   * @param id grows in the order in which events come
   * @param trigger key of the channel that kept it, which may be gone
   * @param tenantId of the trigger, empty for none
   * @param action {@code event}, {@code message} or {@code signal}
   * @param target key of the event, or name of the message or signal
   * @param receivedAt by the engine's clock
   * @param keptUntil when it is dropped
   * @param failures how often what followed its delivery has failed
   */
  public record EarlyEvent(
      long id,
      String trigger,
      String tenantId,
      String action,
      String target,
      Instant receivedAt,
      Instant keptUntil,
      int failures) {}

  /** What became of an event that is to be delivered now. */
  public enum Delivery {
    DELIVERED,
    /** Nothing waits for it. It is still kept. */
    NOT_TAKEN,
    /** What follows it failed. It is still kept, and tried again. */
    FAILED,
    /** It is being delivered, or the database is away. */
    BUSY,
    /** There is no such event any more. */
    GONE
  }

  /**
   * The next ones, the oldest first.
   *
   * @param after the id of the last that was seen, 0 for none
   * @param limit how many at most
   */
  public List<EarlyEvent> list(long after, int limit) {
    return events.list(after, limit);
  }

  /** How many there are. */
  public int count() {
    return events.count();
  }

  /** Drops one. False where it is no longer there, or is being delivered. */
  public boolean drop(long id) {
    return events.drop(id);
  }

  /** Delivers one now, before its time and before others of its correlation. */
  public Delivery deliver(long id) {
    return events.deliver(id);
  }
}
