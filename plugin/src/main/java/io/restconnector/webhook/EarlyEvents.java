package io.restconnector.webhook;

import java.time.Instant;
import java.util.List;

/**
 * The webhook events of one engine that came before anything waited for them, for operators. All
 * nodes of a database see the same. Safe for use by many threads.
 *
 * @since 0.1
 */
public interface EarlyEvents {

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
  record EarlyEvent(
      long id,
      String trigger,
      String tenantId,
      String action,
      String target,
      Instant receivedAt,
      Instant keptUntil,
      int failures) {}

  /** What became of an event that is to be delivered now. */
  enum Delivery {
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
  List<EarlyEvent> list(long after, int limit);

  /** How many there are. */
  int count();

  /**
   * Drops one. It wants {@code rest-connector.operations.actions=true}, as {@link #deliver} does.
   *
   * @return false where it is no longer there, or is being delivered
   */
  boolean drop(long id);

  /** Delivers one now, before its time and before others of its correlation. */
  Delivery deliver(long id);
}
