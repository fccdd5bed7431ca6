package io.restconnector.webhook;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A property of a channel file is not what it must be. */
final class InvalidTriggerException extends Exception {

  InvalidTriggerException(String property, JsonNode value, String wanted) {
    this(property, value, wanted, null);
  }

  InvalidTriggerException(
      String property, JsonNode value, String wanted, @Nullable Throwable cause) {
    this(
        property + (value.isMissingNode() ? " is missing" : " is " + value) + ", wanted " + wanted,
        cause);
  }

  InvalidTriggerException(String message) {
    this(message, null);
  }

  private InvalidTriggerException(String message, @Nullable Throwable cause) {
    super(message, cause, false, false);
  }
}
