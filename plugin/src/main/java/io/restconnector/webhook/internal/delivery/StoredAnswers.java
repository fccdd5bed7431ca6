package io.restconnector.webhook.internal.delivery;

import io.restconnector.webhook.internal.request.WebhookResponse;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.ibatis.exceptions.PersistenceException;
import org.flowable.common.engine.impl.db.DbSqlSession;
import org.flowable.engine.impl.util.CommandContextUtil;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The headers and bodies of answers in the table of {@link DeliverySchema}, on the connection of
 * the engine's transaction. Not by MyBatis: it logs parameters at DEBUG and rows at TRACE, and a
 * body may be secret.
 */
final class StoredAnswers {

  private StoredAnswers() {}

  static WebhookResponse find(String id, int status) {
    try (PreparedStatement select = prepare("select HEADERS_, BODY_ from %s where ID_ = ?")) {
      select.setString(1, id);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? WebhookResponse.fired(status, headers(row.getString(1)), row.getString(2))
            : WebhookResponse.fired(status, Map.of(), null);
      }
    } catch (SQLException failed) {
      throw new PersistenceException("The answer to a delivery cannot be read", failed);
    }
  }

  static void update(String id, Answer answer) {
    try (PreparedStatement update =
        prepare("update %s set STATUS_ = ?, HEADERS_ = ?, BODY_ = ? where ID_ = ?")) {
      update.setInt(1, answer.status());
      update.setString(2, text(answer.headers()));
      update.setString(3, answer.text());
      update.setString(4, id);
      update.executeUpdate();
    } catch (SQLException failed) {
      throw new PersistenceException("The answer to a delivery cannot be stored", failed);
    }
  }

  /** Null for none, as for a delivery of before there was the column. */
  private static @Nullable String text(Map<String, String> headers) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    headers.forEach(json::put);
    return headers.isEmpty() ? null : json.toString();
  }

  private static Map<String, String> headers(@Nullable String json) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (json != null) {
      JsonMapper.shared()
          .readTree(json)
          .properties()
          .forEach(header -> headers.put(header.getKey(), header.getValue().stringValue()));
    }
    return headers;
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
