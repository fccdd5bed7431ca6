package io.restconnector.webhook.internal.delivery;

import java.sql.SQLException;
import java.util.Set;
import org.flowable.common.engine.api.FlowableOptimisticLockingException;

/** Whether a failure comes from others who changed the same data at the same time. */
public enum Race {
  NONE,
  POSSIBLE,
  CERTAIN;

  private static final int LOCK_WAIT_TIMEOUT = 1205;

  public static Race of(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof FlowableOptimisticLockingException) {
        return CERTAIN;
      }
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        // Class 40 is a deadlock or a failed serialization; HYT00, 55P03 on PostgreSQL and 1205
        // on MariaDB are a lock that took too long. A row that another transaction added or
        // removed breaks a constraint, class 23; but so may a delegate.
        return sql.getSQLState().startsWith("40")
                || Set.of("HYT00", "55P03").contains(sql.getSQLState())
                || (sql.getSQLState().equals("HY000") && sql.getErrorCode() == LOCK_WAIT_TIMEOUT)
            ? CERTAIN
            : sql.getSQLState().startsWith("23") ? POSSIBLE : NONE;
      }
    }
    return NONE;
  }
}
