package io.restconnector.webhook.internal.delivery;

import java.time.Duration;
import java.time.Instant;
import org.apache.ibatis.session.SqlSession;
import org.flowable.common.engine.api.FlowableOptimisticLockingException;
import org.flowable.common.engine.impl.db.DbSqlSessionFactory;
import org.flowable.common.engine.impl.persistence.entity.PropertyEntity;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.util.CommandContextUtil;
import org.jspecify.annotations.Nullable;

/**
 * A lock that the running transaction keeps until it commits: a row of the engine's properties. A
 * second transaction waits in the database for the first to end, and a dead one holds nothing. The
 * engine's own lock commits at once, in a second connection.
 *
 * <p>The statements run directly, since the session would write them at its end only.
 */
final class RowLock {

  private static final int MAX_NAME_LENGTH = 64;

  private RowLock() {}

  static void run(ProcessEngineConfigurationImpl engine, String name, Runnable work) {
    String row = name.substring(0, Math.min(name.length(), MAX_NAME_LENGTH));
    DbSqlSessionFactory statements = engine.getDbSqlSessionFactory();
    SqlSession session = CommandContextUtil.getDbSqlSession().getSqlSession();
    PropertyEntity property = engine.getPropertyEntityManager().findById(row);
    if (property != null) {
      // Left or held by the engine's lock on another channel.
      if (isHeld(property.getValue(), engine)
          || session.update(statements.mapStatement("updateProperty"), property) == 0) {
        throw new FlowableOptimisticLockingException("Lock " + row + " is held");
      }
      work.run();
      return;
    }
    property = engine.getPropertyEntityManager().create();
    property.setName(row);
    session.insert(statements.mapStatement("insertProperty"), property);
    work.run();
    session.delete(statements.mapStatement("deleteProperty"), property);
  }

  /** A node that died leaves its lock. The engine takes it at the same age. */
  private static boolean isHeld(@Nullable String since, ProcessEngineConfigurationImpl engine) {
    if (since == null) {
      return false;
    }
    Duration limit =
        engine.getEventSubscriptionServiceConfiguration().getEventSubscriptionLockTime();
    // The name of the host follows.
    Instant taken = Instant.parse(since.substring(0, since.indexOf('Z') + 1));
    return !taken.plus(limit).isBefore(Instant.now());
  }
}
