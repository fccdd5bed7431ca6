package io.restconnector.webhook.internal.early;

import io.restconnector.content.internal.LoggedFailure;
import io.restconnector.webhook.internal.delivery.EngineAccess;
import io.restconnector.webhook.internal.delivery.EngineAction.Taken;
import io.restconnector.webhook.internal.delivery.Race;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.flowable.common.engine.impl.interceptor.EngineConfigurationConstants;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.eventregistry.impl.EventRegistryEngineConfiguration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers one early event, in the transaction that removes it. */
final class EarlyDelivery {

  private static final Logger LOG = LoggerFactory.getLogger(EarlyDelivery.class);

  private static final int LONGEST_SECONDS = 300;

  /** What became of an attempt. */
  enum Result {
    DELIVERED,
    /** Nothing waits for it. */
    NOT_TAKEN,
    /** What follows it failed; it is tried again later. */
    FAILED,
    /** Another transaction is at work, or the database is away; it can be tried again soon. */
    BUSY,
    /** It was delivered or dropped, or its time has passed. */
    GONE
  }

  private final ProcessEngineConfigurationImpl engine;
  private final Transactions transactions;
  private final Outcomes outcomes;

  EarlyDelivery(ProcessEngineConfigurationImpl engine, Outcomes outcomes) {
    this.engine = engine;
    transactions = new Transactions(engine);
    this.outcomes = outcomes;
  }

  private record Attempt(Result result, @Nullable Taken taken) {}

  /** Returns after the commit. */
  Result deliver(KeptEvent event) {
    try {
      Attempt attempt = transactions.run(() -> attempt(event.id()));
      if (attempt.taken() != null) {
        outcomes.delivered(event, attempt.taken().instanceIds());
      }
      return attempt.result();
    } catch (RuntimeException | Error failed) {
      if (failed instanceof RuntimeException lost && Race.of(lost) == Race.CERTAIN) {
        LOG.debug("Early event {} is tried again soon", event.id(), LoggedFailure.of(failed));
        return Result.BUSY;
      }
      return postpone(event, failed);
    }
  }

  private Attempt attempt(long id) {
    KeptEvent event = EarlyEventTable.lock(id);
    if (event == null) {
      return new Attempt(EarlyEventTable.find(id) == null ? Result.GONE : Result.BUSY, null);
    }
    if (event.isExpired(transactions.now())) {
      return new Attempt(Result.GONE, null);
    }
    EngineAccess access =
        new EngineAccess(engine, registry(), event.tenantId(), true, new HashSet<>());
    Taken taken = EarlyEventTable.action(event).perform(access);
    if (!taken.isTaken()) {
      return new Attempt(Result.NOT_TAKEN, null);
    }
    EarlyEventTable.delete(id);
    return new Attempt(Result.DELIVERED, taken);
  }

  private Result postpone(KeptEvent event, Throwable failed) {
    boolean isFirst;
    try {
      isFirst = transactions.run(() -> postpone(event.id())) == 0;
    } catch (RuntimeException away) {
      LOG.debug("Early event {} is tried again soon", event.id(), LoggedFailure.of(away));
      return Result.BUSY;
    }
    if (isFirst) {
      LOG.warn(
          "Early {} {} of trigger {} is not delivered, since what follows it has failed; it is tried again until {}",
          Outcomes.type(event),
          event.id(),
          event.trigger(),
          event.expires(),
          LoggedFailure.of(failed));
    } else {
      LOG.debug("Early event {} has failed again", event.id(), LoggedFailure.of(failed));
    }
    return Result.FAILED;
  }

  /** How often it had failed before, -1 where it is no longer there. */
  private int postpone(long id) {
    KeptEvent event = EarlyEventTable.lock(id);
    if (event == null) {
      return -1;
    }
    long seconds = Math.min(LONGEST_SECONDS, 1L << Math.min(event.failures(), 30));
    Instant due = transactions.now().plus(Duration.ofSeconds(seconds));
    EarlyEventTable.postpone(id, due.isBefore(event.expires()) ? due : event.expires());
    return event.failures();
  }

  /** Drops an event, if nobody is delivering it. */
  boolean drop(long id) {
    List<KeptEvent> dropped = remove(List.of(id));
    dropped.forEach(outcomes::dropped);
    return !dropped.isEmpty();
  }

  /** Drops events whose time has passed. */
  void expire(List<KeptEvent> events) {
    if (!events.isEmpty()) {
      remove(events.stream().map(KeptEvent::id).toList()).forEach(outcomes::expired);
    }
  }

  /** Those that were still there, and that nobody is delivering. */
  private List<KeptEvent> remove(List<Long> ids) {
    return transactions.run(
        () -> {
          List<KeptEvent> removed = new ArrayList<>();
          for (long id : ids) {
            KeptEvent event = EarlyEventTable.lock(id);
            if (event != null && EarlyEventTable.delete(id)) {
              removed.add(event);
            }
          }
          return removed;
        });
  }

  private EventRegistryEngineConfiguration registry() {
    return (EventRegistryEngineConfiguration)
        Objects.requireNonNull(
            engine
                .getEngineConfigurations()
                .get(EngineConfigurationConstants.KEY_EVENT_REGISTRY_CONFIG));
  }
}
