package io.restconnector.webhook.internal.delivery;

/** No event definition has the detected key, or the list has no element: nothing can take it. */
record Untaken(String type, String target) implements EngineAction {

  @Override
  public Taken perform(EngineAccess engine) {
    return Taken.BY_NOTHING;
  }
}
