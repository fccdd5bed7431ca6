package io.restconnector.webhook.internal.table;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.ibatis.exceptions.PersistenceException;
import org.flowable.common.engine.impl.db.DbSqlSession;
import org.flowable.engine.impl.util.CommandContextUtil;
import org.jspecify.annotations.Nullable;

/**
 * Queries on the connection of the engine's transaction. Not by MyBatis: it logs parameters at
 * DEBUG and rows at TRACE, which may be data of requests. Changes must be by MyBatis, which commits
 * and rolls back only what it knows of.
 *
 * <p>In a query {@code ${prefix}} stands for the engine's table prefix.
 */
public final class Sql {

  private Sql() {}

  /** How a row becomes a value. */
  public interface Row<T extends @Nullable Object> {
    T read(ResultSet row) throws SQLException;
  }

  public static <T extends @Nullable Object> List<T> query(
      String sql, Row<T> reader, @Nullable Object... values) {
    DbSqlSession session = CommandContextUtil.getDbSqlSession();
    String prefix = session.getDbSqlSessionFactory().getDatabaseTablePrefix();
    try (PreparedStatement select =
        session
            .getSqlSession()
            .getConnection()
            .prepareStatement(sql.replace("${prefix}", prefix))) {
      for (int i = 0; i < values.length; i++) {
        select.setObject(i + 1, values[i]);
      }
      List<T> rows = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          rows.add(reader.read(row));
        }
      }
      return rows;
    } catch (SQLException failed) {
      throw new PersistenceException("A table of the REST connector cannot be read", failed);
    }
  }
}
