package io.restconnector.webhook.internal.early;

import io.restconnector.webhook.internal.delivery.KeptAction.Kind;
import java.util.function.Consumer;
import org.flowable.common.engine.api.delegate.event.AbstractFlowableEventListener;
import org.flowable.common.engine.api.delegate.event.FlowableEngineEntityEvent;
import org.flowable.common.engine.api.delegate.event.FlowableEvent;
import org.flowable.common.engine.impl.cfg.TransactionContext;
import org.flowable.common.engine.impl.cfg.TransactionState;
import org.flowable.common.engine.impl.context.Context;
import org.flowable.eventsubscription.service.impl.persistence.entity.EventSubscriptionEntity;

/**
 * Sees each subscription that this node makes for an execution, after its commit. The engine has
 * events on transactions too, but makes an object for each entity of any kind.
 */
final class BegunWaits extends AbstractFlowableEventListener {

  private final Consumer<BegunWait> begun;

  /**
   * A committed subscription.
   *
   * @param processInstanceId where its business key is
   */
  record BegunWait(Awaited awaited, String processInstanceId) {}

  BegunWaits(Consumer<BegunWait> begun) {
    this.begun = begun;
  }

  @Override
  public void onEvent(FlowableEvent event) {
    if (event instanceof FlowableEngineEntityEvent created
        && created.getEntity() instanceof EventSubscriptionEntity subscription
        && subscription.getExecutionId() != null) {
      TransactionContext transaction = Context.getTransactionContext();
      if (transaction != null) {
        BegunWait awaited = waitOf(subscription);
        transaction.addTransactionListener(
            TransactionState.COMMITTED, committed -> begun.accept(awaited));
      }
    }
  }

  private static BegunWait waitOf(EventSubscriptionEntity subscription) {
    Awaited awaited =
        switch (subscription.getEventType()) {
          case "message" -> new Awaited(Kind.MESSAGE, subscription.getEventName(), null);
          case "signal" -> new Awaited(Kind.SIGNAL, subscription.getEventName(), null);
          default ->
              new Awaited(Kind.EVENT, subscription.getEventType(), subscription.getConfiguration());
        };
    return new BegunWait(awaited, subscription.getProcessInstanceId());
  }

  @Override
  public boolean isFailOnException() {
    return false;
  }
}
