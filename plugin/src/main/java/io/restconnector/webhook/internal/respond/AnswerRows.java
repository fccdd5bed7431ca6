package io.restconnector.webhook.internal.respond;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.apache.ibatis.exceptions.PersistenceException;
import org.flowable.common.engine.impl.db.DbSqlSession;
import org.flowable.engine.impl.util.CommandContextUtil;
import org.jspecify.annotations.Nullable;

/**
 * The rows of {@code ACT_RC_ANSWER}, on the connection of the running command. What is read and
 * what may be secret does not go through MyBatis, which logs parameters at DEBUG and rows at TRACE.
 */
final class AnswerRows {

  static final String TABLE = "ACT_RC_ANSWER";

  /** How long an answer is there once the process has given it. */
  static final Duration KEPT = Duration.ofHours(1);

  /** As many parameters as every database takes. */
  static final int MOST_PARAMETERS = 1_000;

  private static final int CLEANING_BATCH = 500;

  private AnswerRows() {}

  /**
   * One answer, as far as it has come.
   *
   * @param template what the request has left of it; null once it is made
   * @param result how the instance was then, null where it has gone unseen
   * @param givenAt in milliseconds since 1970, null as long as it waits
   * @param answer as it is sent, null until it is made
   */
  record Row(
      String instanceId,
      @Nullable String template,
      @Nullable String result,
      @Nullable Long givenAt,
      @Nullable String answer) {}

  /**
   * Adds one that waits.
   *
   * @param activityId null for the end of the instance
   * @param expires in milliseconds since 1970; later where the process answers later
   */
  static void insert(
      String hash, String instanceId, @Nullable String activityId, String template, long expires) {
    mapper().insert(hash, instanceId, activityId, expires);
    set("TEMPLATE_", hash, template);
  }

  /** Those that an instance answers when it reaches an activity, or when it ends for null. */
  static List<String> open(String instanceId, @Nullable String activityId) {
    String sql = "select ID_ from %s where INSTANCE_ID_ = ? and ANSWERED_ is null";
    return activityId == null
        ? hashes(sql, instanceId)
        : hashes(sql + " and ACTIVITY_ID_ = ?", instanceId, activityId);
  }

  /**
   * The process has given them, now, unless it had before.
   *
   * @param result null where nobody knows how the instance was
   */
  static void give(List<String> hashes, @Nullable String result, long now) {
    for (String hash : hashes) {
      if (mapper().give(hash, now, now + KEPT.toMillis()) != 0 && result != null) {
        set("RESULT_", hash, result);
      }
    }
  }

  static @Nullable Row find(String hash) {
    try (PreparedStatement select =
            prepare(
                "select INSTANCE_ID_, TEMPLATE_, RESULT_, ANSWERED_, ANSWER_ from %s where ID_ = ?",
                hash);
        ResultSet row = select.executeQuery()) {
      if (!row.next()) {
        return null;
      }
      long givenAt = row.getLong(4);
      boolean isGiven = !row.wasNull();
      return new Row(
          row.getString(1),
          row.getString(2),
          row.getString(3),
          isGiven ? givenAt : null,
          row.getString(5));
    } catch (SQLException failed) {
      throw failed(failed);
    }
  }

  /** It is made, unless another node was faster. */
  static void finish(String hash, String answer) {
    if (mapper().finish(hash) != 0) {
      set("ANSWER_", hash, answer);
    }
  }

  /** Those of some that the process has given. */
  static List<String> given(Collection<String> hashes) {
    return hashes(
        "select ID_ from %s where ANSWERED_ is not null and ID_ in ("
            + String.join(",", Collections.nCopies(hashes.size(), "?"))
            + ")",
        hashes.toArray());
  }

  /**
   * Removes some of those that nobody asks for any more, or whose instance has gone unseen.
   *
   * @return whether there may be more
   */
  static boolean clean(long now) {
    DbSqlSession session = CommandContextUtil.getDbSqlSession();
    String executions =
        session.getDbSqlSessionFactory().getDatabaseTablePrefix() + "ACT_RU_EXECUTION";
    List<String> expired =
        hashes(
            "select A.ID_ from %s A where A.EXPIRES_ <= ? and (A.ANSWERED_ is not null or not exists"
                + " (select 1 from "
                + executions
                + " E where E.ID_ = A.INSTANCE_ID_)) limit "
                + CLEANING_BATCH,
            now);
    expired.forEach(mapper()::delete);
    return expired.size() == CLEANING_BATCH;
  }

  private static List<String> hashes(String sql, Object... parameters) {
    List<String> hashes = new ArrayList<>();
    try (PreparedStatement select = prepare(sql, parameters);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        hashes.add(rows.getString(1));
      }
      return hashes;
    } catch (SQLException failed) {
      throw failed(failed);
    }
  }

  private static void set(String column, String hash, String text) {
    try (PreparedStatement update =
        prepare("update %s set " + column + " = ? where ID_ = ?", text, hash)) {
      update.executeUpdate();
    } catch (SQLException failed) {
      throw failed(failed);
    }
  }

  private static AnswerMapper mapper() {
    return CommandContextUtil.getDbSqlSession().getSqlSession().getMapper(AnswerMapper.class);
  }

  private static PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
    DbSqlSession session = CommandContextUtil.getDbSqlSession();
    String prefix = session.getDbSqlSessionFactory().getDatabaseTablePrefix();
    PreparedStatement statement =
        session.getSqlSession().getConnection().prepareStatement(sql.formatted(prefix + TABLE));
    for (int i = 0; i < parameters.length; i++) {
      Object parameter = parameters[i];
      if (parameter instanceof Long number) {
        statement.setLong(i + 1, number);
      } else {
        statement.setString(i + 1, (String) parameter);
      }
    }
    return statement;
  }

  private static PersistenceException failed(SQLException failed) {
    return new PersistenceException("The table " + TABLE + " cannot be used", failed);
  }
}
