package io.restconnector.webhook.internal.delivery;

import io.restconnector.webhook.internal.trigger.Trigger;

/** Where an action waits that nothing takes yet. All inside the transaction of its request. */
public interface EarlyKeeper {

  /** Whether an earlier one of the same correlation waits, which it must not overtake. */
  boolean isBehind(KeptAction action, Trigger trigger);

  /** Whether there is room for one more. */
  boolean hasRoom();

  /** False where there is no room. */
  boolean keep(KeptAction action, Trigger trigger);
}
