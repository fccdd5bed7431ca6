package io.restconnector.call.internal;

/** An input that cannot be used; nothing was sent. The message never repeats the value. */
public final class InvalidInputException extends Exception {

  private final ErrorCode code;

  public InvalidInputException(ErrorCode code, String message) {
    super(message);
    this.code = code;
  }

  public InvalidInputException(String message) {
    this(ErrorCode.INVALID_INPUT, message);
  }

  public ErrorCode code() {
    return code;
  }
}
