package io.restconnector.content.internal;

import java.io.Serial;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A failure as a log may show it: the types and the stacks of it and its causes, and of their
 * messages only those that the application wrote. A library's message may quote what a peer sent,
 * or a value that the database did not take.
 */
public final class LoggedFailure extends Exception {

  @Serial private static final long serialVersionUID = 1;

  private static final int MAX_CAUSES = 20;

  /** Where the message of what is thrown is not the application's. */
  private static final Pattern LIBRARIES =
      Pattern.compile(
          "(java|javax|jakarta|jdk|sun|com\\.sun|org\\.apache|org\\.flowable|org\\.springframework"
              + "|tools\\.jackson|com\\.fasterxml|io\\.github\\.resilience4j)\\..*");

  private final @Nullable String words;
  private final Class<? extends Throwable> type;

  private LoggedFailure(
      Class<? extends Throwable> type,
      String message,
      @Nullable String words,
      StackTraceElement[] stack,
      @Nullable Throwable cause) {
    super(message, cause);
    this.type = type;
    this.words = words;
    setStackTrace(stack);
  }

  public static LoggedFailure of(Throwable failure) {
    return of(failure, 0);
  }

  private static LoggedFailure of(Throwable failure, int depth) {
    Throwable cause = depth < MAX_CAUSES ? failure.getCause() : null;
    String words = isOfApplication(failure) ? failure.getMessage() : null;
    String message = failure.getClass().getName();
    if (failure instanceof SQLException sql) {
      message += " (SQL state " + sql.getSQLState() + ", code " + sql.getErrorCode() + ")";
    } else if (words != null) {
      message += ": " + words;
    }
    return new LoggedFailure(
        failure.getClass(),
        message,
        words,
        failure.getStackTrace(),
        cause == null ? null : of(cause, depth + 1));
  }

  /** An exception around another may repeat its message. */
  private static boolean isOfApplication(Throwable failure) {
    Throwable each = failure;
    for (int depth = 0; each != null && depth < MAX_CAUSES; depth++) {
      StackTraceElement[] stack = each.getStackTrace();
      if (each instanceof SQLException
          || stack.length == 0
          || LIBRARIES.matcher(stack[0].getClassName()).matches()) {
        return false;
      }
      each = each.getCause();
    }
    return each == null;
  }

  /** What the application says of it, null where it says nothing. */
  public @Nullable String words() {
    return words == null && getCause() instanceof LoggedFailure cause ? cause.words() : words;
  }

  /** Whether the failure was of this type. */
  public boolean isOf(Class<? extends Throwable> wanted) {
    return wanted.isAssignableFrom(type);
  }

  /** The stack is that of the failure. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }

  /** The type in the message is that of the failure. */
  @Override
  @SuppressWarnings("OverrideThrowableToString")
  public String toString() {
    return String.valueOf(getMessage());
  }
}
