package io.restconnector.model;

/** What happens when a new deployment holds a REST task that cannot work. */
public enum Validation {
  /** The deployment fails with every finding. */
  FAIL,
  /** Each finding is one WARN. */
  WARN,
  /** Nothing is checked. */
  OFF
}
