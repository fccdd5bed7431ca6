package io.restconnector.webhook;

import java.sql.SQLException;
import java.util.List;
import org.flowable.common.engine.api.FlowableOptimisticLockingException;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.eventregistry.impl.EventRegistryEngineConfiguration;
import org.jspecify.annotations.Nullable;

/** Brings all that a request fires into the engine, in one transaction. */
final class Deliveries {

  private static final int RETRIES = 3;

  private final ProcessEngineConfigurationImpl engine;
  private final EngineWork work;

  Deliveries(ProcessEngineConfigurationImpl engine, EventRegistryEngineConfiguration registry) {
    this.engine = engine;
    work = new EngineWork(engine, registry);
  }

  /**
   * What became of the firings.
   *
   * @param answering the one that gives the response, null where nothing took any of them
   */
  record Outcome(@Nullable Firing answering, boolean lostRaces) {}

  /** Returns after the commit. Whatever it throws, nothing is committed. */
  Outcome deliver(List<Firing> firings) {
    for (int attempt = 0; ; attempt++) {
      try {
        Firing answering = engine.getCommandExecutor().execute(context -> fire(firings));
        return new Outcome(answering, false);
      } catch (RuntimeException failed) {
        Race race = Race.of(failed);
        if (race == Race.NONE || (attempt == RETRIES && race == Race.POSSIBLE)) {
          throw failed;
        }
        if (attempt == RETRIES) {
          return new Outcome(null, true);
        }
      }
    }
  }

  private @Nullable Firing fire(List<Firing> firings) {
    Firing answering = null;
    for (Firing firing : firings) {
      boolean taken = work.perform(firing.trigger().tenantId(), firing.work());
      if (answering == null && (taken || firing.trigger().acceptWithoutConsumer())) {
        answering = firing;
      }
    }
    return answering;
  }

  /** Whether a failure comes from others who changed the same data at the same time. */
  private enum Race {
    NONE,
    POSSIBLE,
    CERTAIN;

    static Race of(Throwable failure) {
      for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
        if (cause instanceof FlowableOptimisticLockingException) {
          return CERTAIN;
        }
        if (cause instanceof SQLException sql && sql.getSQLState() != null) {
          // Class 40 is a deadlock or a failed serialization, HYT00 a lock that took too long. A
          // row that another transaction added
          // or removed breaks a constraint, class 23; but so may a delegate.
          return sql.getSQLState().startsWith("40") || sql.getSQLState().equals("HYT00")
              ? CERTAIN
              : sql.getSQLState().startsWith("23") ? POSSIBLE : NONE;
        }
      }
      return NONE;
    }
  }
}
