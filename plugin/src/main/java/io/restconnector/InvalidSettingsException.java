package io.restconnector;

import org.jspecify.annotations.Nullable;

/**
 * Settings with which the connector does not start. The message names what is wrong. It holds no
 * value of any setting, and this has no cause that does.
 */
public final class InvalidSettingsException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  public InvalidSettingsException(@Nullable String message) {
    super(message);
  }
}
