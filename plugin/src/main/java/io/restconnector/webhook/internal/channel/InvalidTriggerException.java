package io.restconnector.webhook.internal.channel;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A property of a channel file is not what it must be. */
public final class InvalidTriggerException extends Exception {

  public InvalidTriggerException(String property, JsonNode value, String wanted) {
    this(property, value, wanted, null);
  }

  public InvalidTriggerException(
      String property, JsonNode value, String wanted, @Nullable Throwable cause) {
    this(
        property + (value.isMissingNode() ? " is missing" : " is " + value) + ", wanted " + wanted,
        cause);
  }

  public InvalidTriggerException(String message) {
    this(message, null);
  }

  private InvalidTriggerException(String message, @Nullable Throwable cause) {
    super(message, cause, false, false);
  }
}
