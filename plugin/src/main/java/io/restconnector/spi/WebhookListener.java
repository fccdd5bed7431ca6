package io.restconnector.spi;

/**
 * Sees the outcome of each webhook request after it was answered. Several listeners are told one
 * after another, the first by order first; what one of them throws is logged, and the others are
 * told all the same.
 *
 * <p>Threads: the one that answers the request, several at once. It must not block.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface WebhookListener {

  /** A request has been answered, and what it did is committed. */
  void answered(WebhookOutcome outcome);
}
