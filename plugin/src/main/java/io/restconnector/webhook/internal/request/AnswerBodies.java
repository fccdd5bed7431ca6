package io.restconnector.webhook.internal.request;

import io.restconnector.webhook.internal.delivery.DeliverySchema;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.apache.ibatis.exceptions.PersistenceException;
import org.flowable.common.engine.impl.db.DbSqlSession;
import org.flowable.engine.impl.util.CommandContextUtil;
import org.jspecify.annotations.Nullable;

/**
 * The bodies of the answers in the table of {@link DeliverySchema}, on the connection of the
 * engine's transaction. Not by MyBatis: it logs parameters at DEBUG and rows at TRACE, and a body
 * may be secret.
 */
public final class AnswerBodies {

  private AnswerBodies() {}

  public static @Nullable String find(String id) {
    try (PreparedStatement select = prepare("select BODY_ from %s where ID_ = ?")) {
      select.setString(1, id);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getString(1) : null;
      }
    } catch (SQLException failed) {
      throw new PersistenceException("The answer to a delivery cannot be read", failed);
    }
  }

  public static void update(String id, String body) {
    try (PreparedStatement update = prepare("update %s set BODY_ = ? where ID_ = ?")) {
      update.setString(1, body);
      update.setString(2, id);
      update.executeUpdate();
    } catch (SQLException failed) {
      throw new PersistenceException("The answer to a delivery cannot be stored", failed);
    }
  }

  private static PreparedStatement prepare(String sql) throws SQLException {
    DbSqlSession session = CommandContextUtil.getDbSqlSession();
    String prefix = session.getDbSqlSessionFactory().getDatabaseTablePrefix();
    return session
        .getSqlSession()
        .getConnection()
        .prepareStatement(sql.formatted(prefix + DeliverySchema.TABLE));
  }
}
