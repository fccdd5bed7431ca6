package io.restconnector.webhook.internal.delivery;

import io.restconnector.webhook.internal.delivery.ActionArguments.Variables;
import io.restconnector.webhook.internal.respond.TouchedInstances;
import java.util.Set;
import org.flowable.engine.RepositoryService;
import org.flowable.engine.RuntimeService;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.util.EventSubscriptionUtil;
import org.flowable.eventregistry.impl.EventRegistryEngineConfiguration;
import org.flowable.eventsubscription.api.EventSubscription;
import org.flowable.eventsubscription.api.EventSubscriptionQuery;
import org.flowable.eventsubscription.service.impl.persistence.entity.EventSubscriptionEntity;

/**
 * What actions need of the engine.
 *
 * @param tenantId of the trigger, empty for none
 * @param onlyWaiting whether nothing may be started
 * @param startedUniquely what the transaction has started once for each correlation key
 */
public record EngineAccess(
    ProcessEngineConfigurationImpl engine,
    EventRegistryEngineConfiguration registry,
    String tenantId,
    boolean onlyWaiting,
    Set<String> startedUniquely) {

  RuntimeService runtime() {
    return engine.getRuntimeService();
  }

  RepositoryService repository() {
    return engine.getRepositoryService();
  }

  WaitingExecutions waiting() {
    return new WaitingExecutions(engine);
  }

  EventSubscriptionQuery subscriptions(String type, String name) {
    EventSubscriptionQuery query =
        runtime().createEventSubscriptionQuery().eventType(type).eventName(name);
    return tenantId.isEmpty() ? query.withoutTenantId() : query.tenantId(tenantId);
  }

  /** The engine's service would look for the subscription again, and may no longer find it. */
  void receive(EventSubscription subscription, Variables variables) {
    if (subscription.getProcessInstanceId() != null) {
      TouchedInstances.wake(subscription.getProcessInstanceId());
    }
    engine
        .getCommandExecutor()
        .execute(
            context -> {
              EventSubscriptionUtil.eventReceived(
                  (EventSubscriptionEntity) subscription, variables.copies(), false);
              return null;
            });
  }
}
