package io.restconnector.webhook.internal.delivery;

import io.restconnector.internal.EngineMappers;
import io.restconnector.webhook.internal.request.WebhookResponse;
import io.restconnector.webhook.internal.trust.Deduplication;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ibatis.exceptions.PersistenceException;
import org.flowable.common.engine.api.FlowableOptimisticLockingException;
import org.flowable.common.engine.impl.AbstractEngineConfiguration;
import org.flowable.common.engine.impl.db.ListQueryParameterObject;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.util.CommandContextUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answers that deliveries got, in the engine's database. They are written in the transaction of
 * what the delivery does, so one is there exactly when the other is; the primary key lets the
 * second of two simultaneous deliveries wait for the first.
 */
public final class DeduplicationStore {

  private static final Logger LOG = LoggerFactory.getLogger(DeduplicationStore.class);

  /** More are removed at a time than are added in between. */
  private static final int CLEANING_INTERVAL = 100;

  private static final int CLEANING_BATCH = 500;

  /** The status of an answer that the end of the transaction records. */
  private static final int LATER = 0;

  private final ProcessEngineConfigurationImpl engine;
  private final AtomicLong recorded = new AtomicLong();

  private DeduplicationStore(ProcessEngineConfigurationImpl engine) {
    this.engine = engine;
  }

  /** Must come before the engine is initialised. */
  public static DeduplicationStore install(ProcessEngineConfigurationImpl engine) {
    EngineMappers.add(engine, DeduplicationMapper.class);
    engine.addAdditionalSchemaManager(DeliverySchema.table());
    return new DeduplicationStore(engine);
  }

  /** Null when the table is there, else what to do about it. */
  public @Nullable String problem() {
    return engine.getCommandExecutor().execute(context -> DeliverySchema.table().problem());
  }

  /**
   * At the beginning of the transaction: what it reads after a wait is what the other one left. The
   * default of MySQL and MariaDB, alone, is what was there before.
   */
  void readCommitted() {
    if (AbstractEngineConfiguration.DATABASE_TYPE_MYSQL.equals(engine.getDatabaseType())) {
      try {
        mapper().readCommitted();
      } catch (PersistenceException begun) {
        LOG.debug("The transaction manager has begun this transaction, and isolates it", begun);
      }
    }
  }

  /**
   * Inside the transaction: what this delivery was answered before. Null when it is the first; from
   * then on its answer is recorded.
   */
  @Nullable WebhookResponse answerTo(MatchedTrigger matched) {
    Deduplication.Delivery delivery = matched.delivery();
    if (delivery == null) {
      return null;
    }
    Answer answer = matched.answer() instanceof Answer known ? known : Answer.empty(LATER);
    DeduplicationMapper.Row own =
        new DeduplicationMapper.Row(answer.status(), now() + delivery.retention().toMillis());
    // Inserting comes first: it is all that a new delivery needs, and it waits for a simultaneous
    // one before anything of this transaction is done.
    if (insert(delivery.id(), own, answer)) {
      return null;
    }
    DeduplicationMapper.Row earlier = mapper().find(delivery.id());
    if (earlier != null && earlier.expires() > now()) {
      return StoredAnswers.find(delivery.id(), earlier.status());
    }
    if (earlier != null) {
      mapper().delete(Set.of(delivery.id()));
      if (insert(delivery.id(), own, answer)) {
        return null;
      }
    }
    throw new FlowableOptimisticLockingException("The same delivery has just come or gone");
  }

  private boolean insert(String id, DeduplicationMapper.Row row, Answer answer) {
    // PostgreSQL, alone, ends the transaction when a statement fails.
    boolean isPostgres =
        AbstractEngineConfiguration.DATABASE_TYPE_POSTGRES.equals(engine.getDatabaseType());
    try {
      if (mapper().insert(id, row, isPostgres ? "on conflict do nothing" : "") == 0) {
        return false;
      }
    } catch (PersistenceException failed) {
      if (failed.getCause() instanceof SQLException sql
          && sql.getSQLState() != null
          && sql.getSQLState().startsWith("23")) {
        return false;
      }
      throw failed;
    }
    if (answer.body() != null || !answer.headers().isEmpty()) {
      StoredAnswers.update(id, answer);
    }
    return true;
  }

  /** Inside the transaction: a new delivery is answered this. */
  void record(Deduplication.Delivery delivery, Answer answer) {
    StoredAnswers.update(delivery.id(), answer);
  }

  /** Inside the transaction: the delivery had no effect, so the next one may have one. */
  void forget(MatchedTrigger matched) {
    if (matched.delivery() != null) {
      mapper().delete(Set.of(matched.delivery().id()));
    }
  }

  /** After the transaction: now and then removes a batch of what has expired. */
  void clean(List<MatchedTrigger> triggers) {
    if (triggers.stream().allMatch(each -> each.delivery() == null)
        || recorded.getAndIncrement() % CLEANING_INTERVAL != 0) {
      return;
    }
    try {
      engine.getCommandExecutor().execute(context -> removeExpired());
    } catch (RuntimeException failed) {
      // What happened is committed; the next batch takes these too.
      LOG.warn("Expired webhook deliveries could not be removed", failed);
    }
  }

  private int removeExpired() {
    ListQueryParameterObject query = new ListQueryParameterObject(now(), 0, CLEANING_BATCH);
    query.setDatabaseType(engine.getDatabaseType());
    query.addOrder("RES.EXPIRES_", "asc", null);
    List<String> expired = mapper().findExpired(query);
    return expired.isEmpty() ? 0 : mapper().delete(expired);
  }

  private static DeduplicationMapper mapper() {
    return CommandContextUtil.getDbSqlSession()
        .getSqlSession()
        .getMapper(DeduplicationMapper.class);
  }

  private long now() {
    return engine.getClock().getCurrentTime().toInstant().toEpochMilli();
  }
}
