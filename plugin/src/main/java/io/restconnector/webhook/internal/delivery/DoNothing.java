package io.restconnector.webhook.internal.delivery;

import io.restconnector.webhook.internal.trigger.ActionKind;
import java.util.List;
import java.util.Set;

/** Only the answer. */
record DoNothing() implements EngineAction {

  static final ActionKind KIND = new ActionKind("none", Set.of(), Set.of());

  @Override
  public String type() {
    return KIND.type();
  }

  @Override
  public String target() {
    return "";
  }

  @Override
  public Taken perform(EngineAccess engine) {
    return new Taken(true, List.of());
  }
}
