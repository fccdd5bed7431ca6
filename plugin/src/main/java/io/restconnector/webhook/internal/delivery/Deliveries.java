package io.restconnector.webhook.internal.delivery;

import io.restconnector.content.internal.LoggedFailure;
import io.restconnector.spi.TriggerOutcome;
import io.restconnector.webhook.internal.request.WebhookResponse;
import io.restconnector.webhook.internal.trigger.Trigger;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
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
  private final EventRegistryEngineConfiguration registry;
  private final AnsweredDeliveries answered;

  public Deliveries(
      ProcessEngineConfigurationImpl engine,
      EventRegistryEngineConfiguration registry,
      AnsweredDeliveries answered) {
    this.engine = engine;
    this.answered = answered;
    this.registry = registry;
  }

  /**
   * What became of the firings.
   *
   * @param answer null where nothing took any of them
   * @param verdicts one for each firing
   */
  public record Outcome(
      @Nullable WebhookResponse answer, List<TriggerOutcome.Verdict> verdicts, boolean lostRaces) {

    /** What became of a trigger: what says most, where it fired for several elements. */
    public TriggerOutcome.Verdict verdictOf(List<Firing> firings, Trigger trigger) {
      TriggerOutcome.Verdict most = null;
      for (int i = 0; i < verdicts.size(); i++) {
        TriggerOutcome.Verdict each = verdicts.get(i);
        if (firings.get(i).trigger().equals(trigger)
            && (most == null
                || most instanceof TriggerOutcome.NotTaken
                || each instanceof TriggerOutcome.Fired)) {
          most = each;
        }
      }
      return Objects.requireNonNull(most);
    }
  }

  private record Fired(@Nullable WebhookResponse answer, TriggerOutcome.Verdict verdict) {}

  /** Returns after the commit. Whatever it throws, nothing is committed. */
  public Outcome deliver(List<Firing> firings) {
    for (int attempt = 0; ; attempt++) {
      try {
        Outcome outcome = engine.getCommandExecutor().execute(context -> fire(firings));
        answered.clean(firings);
        return outcome;
      } catch (RuntimeException failed) {
        Race race = Race.of(failed);
        if (race == Race.NONE || (attempt == RETRIES && race == Race.POSSIBLE)) {
          throw failed;
        }
        if (attempt == RETRIES) {
          LOG.debug("A webhook request has lost every race", LoggedFailure.of(failed));
          return new Outcome(null, List.of(), true);
        }
      }
    }
  }

  private Outcome fire(List<Firing> firings) {
    answered.readCommitted();
    Set<String> startedUniquely = new HashSet<>();
    WebhookResponse first = null;
    List<TriggerOutcome.Verdict> verdicts = new ArrayList<>();
    for (Firing firing : firings) {
      Fired fired = fire(firing, startedUniquely);
      verdicts.add(fired.verdict());
      if (first == null) {
        first = fired.answer();
      }
    }
    return new Outcome(first, verdicts, false);
  }

  private Fired fire(Firing firing, Set<String> startedUniquely) {
    WebhookResponse earlier = answered.answerTo(firing);
    if (earlier != null) {
      return new Fired(earlier, new TriggerOutcome.Repeated());
    }
    Trigger trigger = firing.trigger();
    EngineAction action = firing.action();
    EngineAction.Taken taken =
        action.perform(new EngineAccess(engine, registry, trigger.tenantId(), startedUniquely));
    WebhookResponse answer =
        taken.isTaken() || trigger.acceptWithoutConsumer() ? firing.answer().response() : null;
    if (answer == null) {
      answered.forget(firing);
    }
    return new Fired(
        answer,
        taken.isTaken()
            ? new TriggerOutcome.Fired(action.type(), action.target(), taken.instanceIds())
            : new TriggerOutcome.NotTaken(action.type(), action.target()));
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
