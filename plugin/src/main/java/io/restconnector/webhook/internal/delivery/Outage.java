package io.restconnector.webhook.internal.delivery;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.stream.Stream;

/** Tells that the database, or its pool, gave no connection. */
public final class Outage {

  private static final String GIVES_CONNECTIONS = "getConnection";

  private Outage() {}

  /**
   * Pools have no exception in common, and what wraps it depends on the transaction manager: what
   * they share is the method of {@link javax.sql.DataSource} in which it is thrown.
   */
  public static boolean isCauseOf(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLTransientConnectionException
          || (cause instanceof SQLException
              && Stream.of(cause.getStackTrace())
                  .anyMatch(frame -> frame.getMethodName().equals(GIVES_CONNECTIONS)))) {
        return true;
      }
    }
    return false;
  }
}
