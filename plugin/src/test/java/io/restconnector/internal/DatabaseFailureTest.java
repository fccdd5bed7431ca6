package io.restconnector.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import org.apache.ibatis.exceptions.PersistenceException;
import org.flowable.common.engine.api.FlowableException;
import org.flowable.common.engine.impl.javax.el.ELException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which failures are the database's, and not those of what was to be written. */
class DatabaseFailureTest {

  @ParameterizedTest(name = "{2}")
  @CsvSource({
    "08000, 0, connection exception",
    "08001, 0, PostgreSQL refuses the connection",
    "08003, 0, the connection does not exist",
    "08006, 0, the connection failed",
    "08S01, 1047, Galera is not ready",
    "08S01, 1053, MariaDB shuts down",
    "08004, 1040, MariaDB has too many connections",
    "25006, 0, PostgreSQL is read-only",
    "25006, 1792, MySQL's transaction is read-only",
    "53000, 0, PostgreSQL has insufficient resources",
    "53100, 0, PostgreSQL's disk is full",
    "53300, 0, PostgreSQL has too many connections",
    "57P01, 0, PostgreSQL is shut down by its administrator",
    "57P02, 0, PostgreSQL has crashed",
    "57P03, 0, PostgreSQL cannot connect now",
    "57P04, 0, PostgreSQL's database was dropped",
    "57P05, 0, PostgreSQL ended an idle session",
    "57p01, 0, in small letters",
    "58030, 0, PostgreSQL has an I/O error",
    "HY000, 3, MariaDB cannot write a file",
    "HY000, 1021, MariaDB's disk is full",
    "HY000, 1026, MariaDB cannot write",
    "HY000, 1030, MariaDB's storage engine fails",
    "HY000, 1041, MariaDB is out of memory",
    "HY000, 1114, MariaDB's table is full",
    "HY000, 1129, MariaDB blocks the host",
    "HY000, 1135, MariaDB can start no thread",
    "HY000, 1180, MariaDB cannot commit",
    "42000, 1203, MariaDB's user has too many connections",
    "42000, 1226, MariaDB's user has used its share",
    "HY000, 1290, MariaDB is read-only",
    "HY000, 1836, MariaDB is in read-only mode",
    "70100, 1927, MariaDB killed the connection"
  })
  void whenTheDatabaseIsAwayOrTakesNoWritesThenItIsAnOutage(String state, int code, String why) {
    SQLException sql = new SQLException(why, state, code);
    assertThat(DatabaseFailure.isOutage(sql)).isTrue();
    assertThat(DatabaseFailure.isOutage(new PersistenceException(new FlowableException(why, sql))))
        .isTrue();
    BatchUpdateException batch = new BatchUpdateException("batch", "XX000", new int[0]);
    batch.setNextException(sql);
    assertThat(DatabaseFailure.isOutage(new PersistenceException(batch))).isTrue();
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource({
    "22001, 0, a value is too long",
    "22P05, 0, a character cannot be stored",
    "23505, 0, a key is there already",
    "40001, 0, a serialization failure",
    "40P01, 0, a deadlock",
    "40001, 1213, MariaDB's deadlock",
    "42P01, 0, a table is missing",
    "42000, 1064, a statement is wrong",
    "42000, 1142, a right is missing",
    "53200, 0, the statement needs too much memory",
    "57014, 0, the statement was cancelled",
    "08S01, 1153, the packet is too large",
    "HY000, 1205, a lock was waited for",
    "HY000, 1366, a character cannot be stored in MariaDB",
    "72000, 1114, the code is another database's",
    ", 0, nothing is known"
  })
  void whenAStatementIsAtFaultOrNothingIsKnownThenItIsNone(String state, int code, String why) {
    assertThat(
            DatabaseFailure.isOutage(new PersistenceException(new SQLException(why, state, code))))
        .isFalse();
  }

  @Test
  void whenADriverOrPoolTellsByTheClassThenItIsAnOutage() {
    assertThat(
            DatabaseFailure.isOutage(new SQLTransientConnectionException("no connection in time")))
        .isTrue();
    assertThat(DatabaseFailure.isOutage(new SQLNonTransientConnectionException("closed"))).isTrue();
    assertThat(DatabaseFailure.isOutage(new SQLRecoverableException("closed"))).isTrue();
  }

  @Test
  void whenAPoolGivesNoConnectionThenItIsAnOutage() {
    SQLException ofPool = new SQLException("the pool's own words");
    ofPool.setStackTrace(
        new StackTraceElement[] {new StackTraceElement("Pool", "getConnection", null, 1)});
    assertThat(DatabaseFailure.isOutage(new PersistenceException(ofPool))).isTrue();
    assertThat(DatabaseFailure.isAnyOutage(new PersistenceException(ofPool))).isTrue();
  }

  @Test
  void whenABeanOfTheApplicationMeetsADatabaseThenItIsNotTheEngines() {
    SQLException sql = new SQLException("read-only", "25006");
    assertThat(
            DatabaseFailure.isOutage(
                new FlowableException("in an expression", new ELException(sql))))
        .isFalse();
    assertThat(
            DatabaseFailure.isAnyOutage(
                new FlowableException("in an expression", new ELException(sql))))
        .isTrue();
    assertThat(DatabaseFailure.isOutage(new IllegalStateException("no database"))).isFalse();
    assertThat(DatabaseFailure.isAnyOutage(new IllegalStateException("no database"))).isFalse();
  }
}
