package io.restconnector.webhook.internal.table;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.ibatis.exceptions.PersistenceException;
import org.flowable.common.engine.impl.AbstractEngineConfiguration;
import org.flowable.common.engine.impl.db.DbSqlSession;
import org.flowable.engine.impl.util.CommandContextUtil;
import org.jspecify.annotations.Nullable;

/**
 * Statements on the connection of the engine's transaction. Not by MyBatis: it logs parameters at
 * DEBUG and rows at TRACE, which may be data of requests.
 *
 * <p>In a statement {@code ${prefix}} stands for the engine's table prefix.
 */
public final class Sql {

  private Sql() {}

  /** How a row becomes a value. */
  public interface Row<T extends @Nullable Object> {
    T read(ResultSet row) throws SQLException;
  }

  private interface Use<T extends @Nullable Object> {
    T apply(PreparedStatement statement) throws SQLException;
  }

  public static <T extends @Nullable Object> List<T> query(
      String sql, Row<T> reader, @Nullable Object... values) {
    return run(
        sql,
        false,
        select -> {
          List<T> rows = new ArrayList<>();
          try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
              rows.add(reader.read(row));
            }
          }
          return rows;
        },
        values);
  }

  /** How many rows it has changed. */
  public static int update(String sql, @Nullable Object... values) {
    return run(sql, false, PreparedStatement::executeUpdate, values);
  }

  /** The number that the database has given to the row, in its column ID_. */
  public static long insert(String sql, @Nullable Object... values) {
    return run(
        sql,
        true,
        insert -> {
          insert.executeUpdate();
          try (ResultSet keys = insert.getGeneratedKeys()) {
            keys.next();
            return keys.getLong(1);
          }
        },
        values);
  }

  /** As the database names it, so that its driver does not return whole rows. */
  private static String[] key(DbSqlSession session) {
    String type = session.getDbSqlSessionFactory().getDatabaseType();
    return new String[] {
      AbstractEngineConfiguration.DATABASE_TYPE_POSTGRES.equals(type) ? "id_" : "ID_"
    };
  }

  private static <T> T run(String sql, boolean givesKeys, Use<T> use, @Nullable Object... values) {
    DbSqlSession session = CommandContextUtil.getDbSqlSession();
    String prefix = session.getDbSqlSessionFactory().getDatabaseTablePrefix();
    try (PreparedStatement statement =
        session
            .getSqlSession()
            .getConnection()
            .prepareStatement(
                sql.replace("${prefix}", prefix), givesKeys ? key(session) : new String[0])) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return use.apply(statement);
    } catch (SQLException failed) {
      throw new PersistenceException("A statement on a table of the REST connector failed", failed);
    }
  }
}
