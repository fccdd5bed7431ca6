package io.restconnector.webhook.internal.trigger;

/** A bean of the application that has a fault. */
public final class FailingBean {

  public boolean fail() {
    throw new IllegalStateException("a fault of the application");
  }
}
