package io.restconnector.spi;

/**
 * Receives the outcome of each webhook request after its answer. Several listeners are called one
 * after another, in their order. An exception of a listener is logged, and the others are called
 * nevertheless.
 *
 * <p>Threads: the thread that answers the request, several concurrently. It must not block.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface WebhookListener {

  /** Called after the answer; the effects of the request are committed. */
  void answered(WebhookOutcome outcome);

  /**
   * An event that came early was kept, or what became of it is committed. May be on a thread of the
   * connector.
   */
  default void early(EarlyEventOutcome outcome) {}
}
