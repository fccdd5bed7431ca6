package io.restconnector.webhook.internal.early;

import io.restconnector.content.internal.LoggedFailure;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.function.Supplier;
import org.flowable.common.engine.impl.AbstractEngineConfiguration;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.util.CommandContextUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Transactions of the connector's own, beside that of the caller. */
record Transactions(ProcessEngineConfigurationImpl engine) {

  private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);

  /** By the engine's clock. */
  Instant now() {
    return engine.getClock().getCurrentTime().toInstant();
  }

  /** Commits before it returns. */
  <T extends @Nullable Object> T run(Supplier<T> work) {
    return engine
        .getCommandExecutor()
        .execute(
            engine.getDefaultCommandConfig().transactionRequiresNew(),
            context -> {
              readCommitted();
              return work.get();
            });
  }

  /** The default of MySQL and MariaDB locks what is not there, and shows what was there before. */
  private void readCommitted() {
    if (AbstractEngineConfiguration.DATABASE_TYPE_MYSQL.equals(engine.getDatabaseType())) {
      try (Statement statement =
          CommandContextUtil.getDbSqlSession().getSqlSession().getConnection().createStatement()) {
        statement.execute("set transaction isolation level read committed");
      } catch (SQLException begun) {
        LOG.debug(
            "The transaction manager has begun this transaction, and isolates it",
            LoggedFailure.of(begun));
      }
    }
  }
}
