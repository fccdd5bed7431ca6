package io.restconnector.internal;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.flowable.common.engine.impl.javax.el.ELException;
import org.jspecify.annotations.Nullable;

/** Tells a database that is away, or takes no writes, from what was wrong with a statement. */
public final class DatabaseFailure {

  /** Connection exceptions (SQL:2016, 24.1); PostgreSQL's and MySQL's are of this class too. */
  private static final String CONNECTION_EXCEPTION = "08";

  /** PostgreSQL, appendix A: 57P01 admin_shutdown to 57P05; not 57014, a cancelled statement. */
  private static final String SHUTDOWN = "57P0";

  private static final Set<String> STATES =
      Set.of(
          "25006", // read_only_sql_transaction
          "53000", // insufficient_resources
          "53100", // disk_full
          "53300", // too_many_connections
          "58030"); // io_error

  /** MySQL and MariaDB, which have no states of their own for most of these. */
  private static final Set<Integer> MYSQL_CODES =
      Set.of(
          3, // EE_WRITE
          1021, // ER_DISK_FULL
          1026, // ER_ERROR_ON_WRITE
          1030, // ER_GET_ERRNO, of the storage engine
          1040, // ER_CON_COUNT_ERROR
          1041, // ER_OUT_OF_RESOURCES
          1053, // ER_SERVER_SHUTDOWN
          1114, // ER_RECORD_FILE_FULL
          1129, // ER_HOST_IS_BLOCKED
          1135, // ER_CANT_CREATE_THREAD
          1180, // ER_ERROR_DURING_COMMIT
          1203, // ER_TOO_MANY_USER_CONNECTIONS
          1226, // ER_USER_LIMIT_REACHED
          1290, // ER_OPTION_PREVENTS_STATEMENT
          1792, // ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION
          1836, // ER_READ_ONLY_MODE
          1927); // ER_CONNECTION_KILLED

  /** The states that those codes come with. */
  private static final Set<String> MYSQL_STATES = Set.of("HY000", "42000", "25006", "70100");

  /** ER_NET_PACKET_TOO_LARGE has the state of a lost connection, and is the statement's fault. */
  private static final int PACKET_TOO_LARGE = 1153;

  private static final String GIVES_CONNECTIONS = "getConnection";

  private static final int MOST_CAUSES = 50;

  private DatabaseFailure() {}

  /** The first failure of a database that caused this one, not counting those of the processes. */
  public static @Nullable SQLException of(Throwable failed) {
    Throwable cause = failed;
    for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
      if (cause instanceof ELException) {
        return null; // a bean of the application, whose database may be another
      }
      if (cause instanceof SQLException sql) {
        return sql;
      }
      cause = cause.getCause();
    }
    return null;
  }

  /**
   * Whether the engine's database could not be reached or refuses writes, so that the same
   * statement will succeed when it is back. False says nothing: other databases have other codes.
   */
  public static boolean isOutage(Throwable failed) {
    SQLException sql = of(failed);
    return sql != null && isOutage(sql);
  }

  /**
   * Whether any database was away, also that of a bean of the application: what is rolled back as a
   * whole may be tried again as a whole.
   */
  public static boolean isAnyOutage(Throwable failed) {
    Throwable cause = failed;
    for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
      if (cause instanceof SQLException sql) {
        return isOutage(sql);
      }
      cause = cause.getCause();
    }
    return false;
  }

  /** With those that a driver has chained to it. */
  private static Stream<Throwable> chain(SQLException first) {
    Stream.Builder<Throwable> all = Stream.builder();
    int depth = 0;
    for (Throwable each : first) {
      if (depth++ == MOST_CAUSES) {
        break;
      }
      all.add(each);
    }
    return all.build();
  }

  private static boolean isOutage(SQLException first) {
    return chain(first).noneMatch(DatabaseFailure::isTooLarge)
        && chain(first)
            .anyMatch(each -> each instanceof SQLException sql && (isAway(sql) || isOfPool(sql)));
  }

  /**
   * Pools have no exception in common, and what wraps it depends on the transaction manager: what
   * they share is the method of {@link javax.sql.DataSource} in which it is thrown.
   */
  private static boolean isOfPool(SQLException sql) {
    return Stream.of(sql.getStackTrace())
        .anyMatch(frame -> frame.getMethodName().equals(GIVES_CONNECTIONS));
  }

  private static boolean isAway(SQLException sql) {
    String state = sql.getSQLState() == null ? "" : sql.getSQLState().toUpperCase(Locale.ROOT);
    return state.startsWith(CONNECTION_EXCEPTION)
        || state.startsWith(SHUTDOWN)
        || STATES.contains(state)
        || (MYSQL_STATES.contains(state) && MYSQL_CODES.contains(sql.getErrorCode()))
        || sql instanceof SQLTransientConnectionException
        || sql instanceof SQLNonTransientConnectionException
        || sql instanceof SQLRecoverableException;
  }

  private static boolean isTooLarge(Throwable each) {
    return (each instanceof SQLException sql && sql.getErrorCode() == PACKET_TOO_LARGE)
        || Set.of("MaxAllowedPacketException", "PacketTooBigException") // of the two drivers
            .contains(each.getClass().getSimpleName());
  }
}
