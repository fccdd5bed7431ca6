package io.restconnector.journal;

/**
 * Settings of what people may do with the connector at run time. A null component stands for its
 * default, as a binder leaves what is not configured.
 *
 * @param actions whether a call may be sent, a webhook request sent once more and a dead letter job
 *     run again by hand; default false
 * @since 0.1
 */
public record OperationsSettings(Boolean actions) {

  public OperationsSettings {
    actions = actions == null ? Boolean.FALSE : actions;
  }

  /** Every setting at its default. */
  public static OperationsSettings defaults() {
    return new OperationsSettings(false);
  }

  public OperationsSettings withActions(boolean value) {
    return new OperationsSettings(value);
  }
}
