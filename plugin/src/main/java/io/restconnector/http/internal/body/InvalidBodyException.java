package io.restconnector.http.internal.body;

/** A payload does not fit its Content-Type. The message names types, never values. */
public final class InvalidBodyException extends Exception {

  InvalidBodyException(String message) {
    super(message);
  }
}
