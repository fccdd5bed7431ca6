package io.restconnector.content.internal;

import java.io.Serial;

/** A Java value is of a type that has no JSON form. The message names the type only. */
public final class NoJsonFormException extends IllegalArgumentException {

  @Serial private static final long serialVersionUID = 1;

  NoJsonFormException(String type) {
    super("a " + type);
  }

  /** Whether this is why something failed. */
  public static boolean isCauseOf(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof NoJsonFormException) {
        return true;
      }
    }
    return false;
  }
}
