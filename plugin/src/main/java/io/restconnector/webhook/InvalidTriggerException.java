package io.restconnector.webhook;

import tools.jackson.databind.JsonNode;

/** A property of a channel file is not what it must be. */
final class InvalidTriggerException extends Exception {

  InvalidTriggerException(String property, JsonNode value, String wanted) {
    this(
        property + (value.isMissingNode() ? " is missing" : " is " + value) + ", wanted " + wanted);
  }

  InvalidTriggerException(String message) {
    super(message, null, false, false);
  }
}
