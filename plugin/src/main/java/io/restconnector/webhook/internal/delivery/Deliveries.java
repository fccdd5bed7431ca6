package io.restconnector.webhook.internal.delivery;

import io.restconnector.content.internal.LoggedFailure;
import io.restconnector.spi.TriggerOutcome;
import io.restconnector.webhook.internal.request.RefusedException;
import io.restconnector.webhook.internal.request.WebhookResponse;
import io.restconnector.webhook.internal.respond.TouchedInstances;
import io.restconnector.webhook.internal.trigger.Respond;
import io.restconnector.webhook.internal.trigger.Trigger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
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
  private final DeduplicationStore store;
  private final ProcessAnswers processes;
  private final long keptCharacters;
  private final EarlyKeeper early;

  public Deliveries(
      ProcessEngineConfigurationImpl engine,
      EventRegistryEngineConfiguration registry,
      DeduplicationStore store,
      EarlyKeeper early,
      ProcessAnswers processes,
      long maxBodySize) {
    this.processes = processes;
    this.engine = engine;
    keptCharacters = MatchedTriggerReader.COPIED_BODIES * maxBodySize;
    this.store = store;
    this.registry = registry;
    this.early = early;
  }

  /**
   * What became of the matched triggers.
   *
   * @param answer null where nothing took any of them
   * @param pending what the request waits for in place of that answer, null for nothing
   * @param verdicts one for each matched trigger
   */
  public record Outcome(
      @Nullable WebhookResponse answer,
      @Nullable PendingAnswer pending,
      List<TriggerOutcome.Verdict> verdicts,
      boolean lostRaces) {

    /** What became of a trigger: what says most, and of all elements where it fired for several. */
    public TriggerOutcome.Verdict verdictOf(List<MatchedTrigger> matched, Trigger trigger) {
      TriggerOutcome.Verdict most = null;
      Set<String> instanceIds = new LinkedHashSet<>();
      for (int i = 0; i < verdicts.size(); i++) {
        TriggerOutcome.Verdict each = verdicts.get(i);
        if (matched.get(i).trigger().equals(trigger)
            && (most == null
                || most instanceof TriggerOutcome.NotTaken
                || (most instanceof TriggerOutcome.Kept
                    && !(each instanceof TriggerOutcome.NotTaken))
                || each instanceof TriggerOutcome.Fired)) {
          most = each;
        }
        if (most == each && each instanceof TriggerOutcome.Fired fired) {
          instanceIds.addAll(fired.instanceIds());
        }
      }
      return most instanceof TriggerOutcome.Fired fired
          ? new TriggerOutcome.Fired(fired.action(), fired.target(), List.copyOf(instanceIds))
          : Objects.requireNonNull(most);
    }
  }

  /**
   * Returns after the commit. Whatever it throws, nothing is committed.
   *
   * @param answersUrl where answers of processes are
   * @throws RefusedException when the answer that tells what the request did cannot be made
   */
  public Outcome deliver(List<MatchedTrigger> matched, String answersUrl) throws RefusedException {
    for (int attempt = 0; ; attempt++) {
      try {
        Outcome outcome = engine.getCommandExecutor().execute(context -> fire(matched, answersUrl));
        store.clean(matched);
        if (outcome.pending() != null) {
          processes.clean();
        }
        return outcome;
      } catch (LateRefusalException refused) {
        throw refused.refusal();
      } catch (RuntimeException failed) {
        Race race = Race.of(failed);
        if (race == Race.NONE || (attempt == RETRIES && race == Race.POSSIBLE)) {
          throw failed;
        }
        if (attempt == RETRIES) {
          LOG.debug("A webhook request has lost every race", LoggedFailure.of(failed));
          return new Outcome(null, null, List.of(), true);
        }
      }
    }
  }

  /** Whom a trigger that matched would reach now, or that it would be kept. */
  public EngineAction.Reach reach(MatchedTrigger matched) {
    Trigger trigger = matched.trigger();
    EngineAction action = matched.action();
    EngineAccess access =
        new EngineAccess(engine, registry, trigger.tenantId(), false, new HashSet<>());
    return engine
        .getCommandExecutor()
        .execute(
            context -> {
              EngineAction.Reach reach = action.reach(access);
              KeptAction keepable = keepable(action, trigger, access);
              return keepable != null
                      && (reach.isNobody() || isBehind(keepable, trigger, access))
                      && early.hasRoom()
                  ? EngineAction.Reach.KEPT
                  : reach;
            });
  }

  private static @Nullable KeptAction keepable(
      EngineAction action, Trigger trigger, EngineAccess access) {
    return trigger.keep() == null ? null : KeptAction.of(action, access);
  }

  /** What came before it is delivered first, by whoever delivers that. */
  private boolean isBehind(KeptAction keepable, Trigger trigger, EngineAccess access) {
    return early.isBehind(keepable, trigger) && !keepable.action().starts(access);
  }

  private Outcome fire(List<MatchedTrigger> matched, String answersUrl) {
    store.readCommitted();
    TouchedInstances touched = TouchedInstances.begin(activityIds(matched));
    Set<String> startedUniquely = new HashSet<>();
    FiredAnswers answers = new FiredAnswers(store, processes, touched, answersUrl, keptCharacters);
    List<TriggerOutcome.Verdict> verdicts = new ArrayList<>();
    for (MatchedTrigger each : matched) {
      verdicts.add(fire(each, startedUniquely, answers));
    }
    try {
      FiredAnswers.Made made = answers.make();
      return new Outcome(made.answer(), made.pending(), verdicts, false);
    } catch (RefusedException refused) {
      throw new LateRefusalException(refused);
    }
  }

  /** At which processes are to answer. */
  private static Set<String> activityIds(List<MatchedTrigger> matched) {
    Set<String> ids = new HashSet<>();
    for (MatchedTrigger each : matched) {
      Respond respond = each.trigger().respond();
      if (respond != null && respond.activityId() != null) {
        ids.add(respond.activityId());
      }
    }
    return ids;
  }

  private TriggerOutcome.Verdict fire(
      MatchedTrigger matched, Set<String> startedUniquely, FiredAnswers answers) {
    WebhookResponse earlier = store.answerTo(matched);
    if (earlier != null) {
      answers.add(matched, earlier);
      return new TriggerOutcome.Repeated();
    }
    EngineAction action = matched.action();
    EngineAction.Taken taken = EngineAction.Taken.BY_NOTHING;
    Trigger trigger = matched.trigger();
    EngineAccess access =
        new EngineAccess(engine, registry, trigger.tenantId(), false, startedUniquely);
    KeptAction keepable = keepable(action, trigger, access);
    boolean isKept =
        keepable != null && isBehind(keepable, trigger, access) && early.keep(keepable, trigger);
    if (!isKept) {
      taken = action.perform(access);
      isKept = !taken.isTaken() && keepable != null && early.keep(keepable, trigger);
    }
    if (taken.isTaken() || isKept || trigger.acceptWithoutConsumer()) {
      answers.add(matched, taken);
    } else {
      store.forget(matched);
    }
    if (isKept) {
      return new TriggerOutcome.Kept(action.type(), action.target());
    }
    return taken.isTaken()
        ? new TriggerOutcome.Fired(action.type(), action.target(), taken.instanceIds())
        : new TriggerOutcome.NotTaken(action.type(), action.target());
  }
}
