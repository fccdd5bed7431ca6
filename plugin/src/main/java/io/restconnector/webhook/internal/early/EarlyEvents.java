package io.restconnector.webhook.internal.early;

import io.restconnector.internal.EngineIndexes;
import io.restconnector.internal.EngineMappers;
import io.restconnector.spi.WebhookListener;
import io.restconnector.webhook.internal.delivery.EarlyKeeper;
import io.restconnector.webhook.internal.delivery.KeptAction;
import io.restconnector.webhook.internal.trigger.Trigger;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.flowable.common.engine.api.delegate.event.FlowableEngineEventType;
import org.flowable.common.engine.api.delegate.event.FlowableEventDispatcher;
import org.flowable.common.engine.impl.cfg.TransactionState;
import org.flowable.common.engine.impl.context.Context;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.cfg.multitenant.MultiSchemaMultiTenantProcessEngineConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * The events of one engine that came before anything waited for them. They are stored in the
 * transaction of their request. Both sides search after their commit, so that one of them sees the
 * other; what a node that ended has left is found by the sweep of any other.
 */
public final class EarlyEvents implements EarlyKeeper, AutoCloseable {

  private static final int SECONDS_BETWEEN_SWEEPS = 1;
  private static final int SECONDS_BETWEEN_HOUSEKEEPING = 600;

  private final ProcessEngineConfigurationImpl engine;
  private final Transactions transactions;
  private final EarlyRoom room;
  private final Outcomes outcomes;
  private final EarlyDelivery delivery;
  private final Predicate<Predicate<Trigger>> anyTrigger;
  private volatile @Nullable SearchThreads searches;
  private volatile @Nullable Sweep sweep;
  private boolean isListening;

  private EarlyEvents(
      ProcessEngineConfigurationImpl engine,
      int most,
      List<WebhookListener> listeners,
      Predicate<Predicate<Trigger>> anyTrigger) {
    this.engine = engine;
    transactions = new Transactions(engine);
    this.anyTrigger = anyTrigger;
    room = new EarlyRoom(most);
    outcomes = new Outcomes(listeners);
    delivery = new EarlyDelivery(engine, outcomes);
  }

  /**
   * Must come before the engine is initialised.
   *
   * @param most that are kept at once
   * @param anyTrigger whether one of the deployed triggers is such a one
   */
  public static EarlyEvents install(
      ProcessEngineConfigurationImpl engine,
      int most,
      List<WebhookListener> listeners,
      Predicate<Predicate<Trigger>> anyTrigger) {
    engine.addAdditionalSchemaManager(EarlyEventTable.table());
    engine.addAdditionalSchemaManager(
        new EngineIndexes("ACT_RU_EVENT_SUBSCR", "ACT_IDX_RC_SUBSCR_NAME", "waits."));
    EngineMappers.add(engine, EarlyMapper.class);
    return new EarlyEvents(engine, most, listeners, anyTrigger);
  }

  /** What keeps triggers from keeping events here, null for nothing. */
  public @Nullable String problem() {
    return isOfTenants()
        ? "early does not work where each tenant has a schema"
        : engine.getCommandExecutor().execute(context -> EarlyEventTable.table().problem());
  }

  private boolean isOfTenants() {
    return engine instanceof MultiSchemaMultiTenantProcessEngineConfiguration;
  }

  /**
   * Searches from now on, until {@link #close}.
   *
   * @param housekeeping of others, that the same thread does now and then
   */
  public synchronized void start(Runnable housekeeping) {
    if (searches != null || isOfTenants()) {
      return;
    }
    SearchThreads started = new SearchThreads(transactions, delivery, this::isExpected);
    Sweep sweeping =
        new Sweep(
            transactions,
            delivery,
            started,
            room,
            () -> anyTrigger.test(trigger -> trigger.keep() != null));
    sweep = sweeping;
    searches = started;
    FlowableEventDispatcher dispatcher = engine.getEventDispatcher();
    if (dispatcher != null && !isListening) {
      isListening = true;
      dispatcher.addEventListener(
          new BegunWaits(this::search), FlowableEngineEventType.ENTITY_CREATED);
    }
    started.repeat(sweeping, SECONDS_BETWEEN_SWEEPS);
    started.repeat(housekeeping, SECONDS_BETWEEN_HOUSEKEEPING);
  }

  private void search(BegunWaits.BegunWait begun) {
    SearchThreads started = searches;
    if (started != null) {
      started.search(begun);
    }
  }

  /** For most engines nothing is: then a begun wait costs no statement. */
  private boolean isExpected(Awaited awaited) {
    Sweep sweeping = sweep;
    return (sweeping != null && !sweeping.isEmpty())
        || anyTrigger.test(trigger -> mayKeep(trigger, awaited));
  }

  /** Whether a trigger keeps what something waits for, as far as its channel tells. */
  private static boolean mayKeep(Trigger trigger, Awaited awaited) {
    return trigger.keep() != null
        && !(trigger.action() instanceof Trigger.FixedEvent fixed
            && !(awaited.kind() == KeptAction.Kind.EVENT
                && fixed.eventKey().equals(awaited.name())));
  }

  @Override
  public boolean isBehind(KeptAction action, Trigger trigger) {
    return EarlyEventTable.hasSame(action, trigger.tenantId());
  }

  @Override
  public boolean keep(KeptAction action, Trigger trigger) {
    if (!room.take()) {
      return false;
    }
    Instant now = transactions.now();
    KeptEvent event =
        EarlyEventTable.insert(
            action, trigger, now, now.plus(Objects.requireNonNull(trigger.keep())));
    Context.getTransactionContext()
        .addTransactionListener(TransactionState.COMMITTED, committed -> kept(event));
    return true;
  }

  private void kept(KeptEvent event) {
    outcomes.kept(event);
    SearchThreads started = searches;
    Sweep sweeping = sweep;
    if (started != null && sweeping != null) {
      sweeping.kept();
      started.search(event.awaited());
    }
  }

  /** Whether another one may be kept now. Inside a command. */
  @Override
  public boolean hasRoom() {
    return room.isThere();
  }

  /**
   * What an operator can see and do.
   *
   * @param permission throws where nothing may be changed
   * @param shown text of a request as people may see it
   */
  public io.restconnector.webhook.EarlyEvents events(
      Runnable permission, UnaryOperator<String> shown) {
    return new KeptEvents(transactions, delivery, permission, shown);
  }

  /** How many there are, as far as this node knows. */
  public int count() {
    return room.count();
  }

  /** Lets what has begun end. What comes is left to other nodes, or to the next start. */
  @Override
  public void close() {
    SearchThreads started;
    synchronized (this) {
      started = searches;
      searches = null;
    }
    if (started != null) {
      started.close();
    }
  }
}
