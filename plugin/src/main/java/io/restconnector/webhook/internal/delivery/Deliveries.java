package io.restconnector.webhook.internal.delivery;

import io.restconnector.content.LoggedFailure;
import io.restconnector.webhook.internal.request.WebhookResponse;
import io.restconnector.webhook.internal.trigger.Trigger;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.flowable.common.engine.api.FlowableOptimisticLockingException;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.eventregistry.impl.EventRegistryEngineConfiguration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings all that a request fires into the engine, in one transaction. */
public final class Deliveries {

  private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
  private static final int RETRIES = 3;

  private final ProcessEngineConfigurationImpl engine;
  private final EngineWork work;
  private final AnsweredDeliveries answered;

  public Deliveries(
      ProcessEngineConfigurationImpl engine,
      EventRegistryEngineConfiguration registry,
      AnsweredDeliveries answered) {
    this.engine = engine;
    this.answered = answered;
    work = new EngineWork(engine, registry);
  }

  /**
   * What became of the firings.
   *
   * @param answer null where nothing took any of them
   */
  public record Outcome(@Nullable WebhookResponse answer, boolean lostRaces) {}

  /** Returns after the commit. Whatever it throws, nothing is committed. */
  public Outcome deliver(List<Firing> firings) {
    for (int attempt = 0; ; attempt++) {
      try {
        WebhookResponse answer = engine.getCommandExecutor().execute(context -> fire(firings));
        answered.clean(firings);
        return new Outcome(answer, false);
      } catch (RuntimeException failed) {
        Race race = Race.of(failed);
        if (race == Race.NONE || (attempt == RETRIES && race == Race.POSSIBLE)) {
          throw failed;
        }
        if (attempt == RETRIES) {
          LOG.debug("A webhook request has lost every race", LoggedFailure.of(failed));
          return new Outcome(null, true);
        }
      }
    }
  }

  private @Nullable WebhookResponse fire(List<Firing> firings) {
    answered.readCommitted();
    WebhookResponse first = null;
    for (Firing firing : firings) {
      WebhookResponse answer = fire(firing);
      if (first == null) {
        first = answer;
      }
    }
    return first;
  }

  private @Nullable WebhookResponse fire(Firing firing) {
    WebhookResponse earlier = answered.answerTo(firing);
    if (earlier != null) {
      return earlier;
    }
    Trigger trigger = firing.trigger();
    if (work.perform(trigger.tenantId(), firing.work()) || trigger.acceptWithoutConsumer()) {
      return WebhookResponse.fired(trigger.status(), firing.answer());
    }
    answered.forget(firing);
    return null;
  }

  /** Whether a failure comes from others who changed the same data at the same time. */
  private enum Race {
    NONE,
    POSSIBLE,
    CERTAIN;

    private static final int LOCK_WAIT_TIMEOUT = 1205;

    static Race of(Throwable failure) {
      for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
        if (cause instanceof FlowableOptimisticLockingException) {
          return CERTAIN;
        }
        if (cause instanceof SQLException sql && sql.getSQLState() != null) {
          // Class 40 is a deadlock or a failed serialization; HYT00, 55P03 on PostgreSQL and 1205
          // on MariaDB are a lock that took too long. A row that another transaction added or
          // removed breaks a constraint, class 23; but so may a delegate.
          return sql.getSQLState().startsWith("40")
                  || Set.of("HYT00", "55P03").contains(sql.getSQLState())
                  || (sql.getSQLState().equals("HY000") && sql.getErrorCode() == LOCK_WAIT_TIMEOUT)
              ? CERTAIN
              : sql.getSQLState().startsWith("23") ? POSSIBLE : NONE;
        }
      }
      return NONE;
    }
  }
}
