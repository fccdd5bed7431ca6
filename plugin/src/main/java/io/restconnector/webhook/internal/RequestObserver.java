package io.restconnector.webhook.internal;

import io.restconnector.spi.WebhookListener;
import io.restconnector.spi.WebhookOutcome;

/** Sees what no listener of the application is told: the request itself. */
public interface RequestObserver extends WebhookListener {

  /** It is told of the request. */
  @Override
  default void answered(WebhookOutcome outcome) {}

  /** A request has been answered. */
  void answered(AnsweredRequest request);

  /** How many bytes of a body it wants to see, 0 for none. */
  int wantedBytes();
}
