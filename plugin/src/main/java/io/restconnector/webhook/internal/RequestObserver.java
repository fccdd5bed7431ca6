package io.restconnector.webhook.internal;

/** Sees what no listener of the application is told: the request itself. */
public interface RequestObserver {

  /** A request has been answered. */
  void answered(AnsweredRequest request);

  /** How many bytes of a body it wants to see, 0 for none. */
  int wantedBytes();
}
