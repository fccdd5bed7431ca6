package io.restconnector.webhook.internal.delivery;

import java.util.List;
import org.flowable.common.engine.api.FlowableException;
import org.flowable.common.engine.api.FlowableOptimisticLockingException;
import org.flowable.engine.RuntimeService;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.eventregistry.BpmnEventRegistryEventConsumer;
import org.flowable.engine.impl.util.EventSubscriptionUtil;
import org.flowable.engine.repository.ProcessDefinition;
import org.flowable.engine.repository.ProcessDefinitionQuery;
import org.flowable.engine.runtime.Execution;
import org.flowable.engine.runtime.ExecutionQuery;
import org.flowable.eventregistry.api.EventRegistryEvent;
import org.flowable.eventregistry.api.EventRegistryEventConsumer;
import org.flowable.eventregistry.api.EventRegistryProcessingInfo;
import org.flowable.eventregistry.api.runtime.EventInstance;
import org.flowable.eventregistry.impl.EventRegistryEngineConfiguration;
import org.flowable.eventsubscription.api.EventSubscription;
import org.flowable.eventsubscription.api.EventSubscriptionQuery;
import org.flowable.eventsubscription.service.impl.persistence.entity.EventSubscriptionEntity;
import org.flowable.eventsubscription.service.impl.persistence.entity.SignalEventSubscriptionEntity;
import org.jspecify.annotations.Nullable;

/** Performs the work of a trigger inside the running transaction. */
final class EngineWork {

  private final ProcessEngineConfigurationImpl engine;
  private final EventRegistryEngineConfiguration registry;
  private final WaitingExecutions waiting;

  EngineWork(ProcessEngineConfigurationImpl engine, EventRegistryEngineConfiguration registry) {
    this.engine = engine;
    this.registry = registry;
    waiting = new WaitingExecutions(engine);
  }

  /** Whether anything took it. */
  boolean perform(String tenantId, Firing.Work work) {
    if (work instanceof Firing.Event event) {
      return publish(event.instance());
    }
    if (work instanceof Firing.Call call) {
      ActionArguments arguments = call.arguments();
      return switch (call.type()) {
        case START_PROCESS -> startProcess(tenantId, arguments);
        case START_MESSAGE -> startMessage(tenantId, arguments);
        case SIGNAL -> signal(tenantId, arguments);
        case MESSAGE -> message(tenantId, arguments);
        case NONE -> true;
      };
    }
    return false;
  }

  private boolean publish(EventInstance instance) {
    EventRegistryEvent event = new WebhookEvent(instance);
    boolean taken = false;
    for (EventRegistryEventConsumer consumer : registry.getEventRegistryEventConsumers().values()) {
      EventRegistryEventConsumer careful =
          consumer.getClass() == BpmnEventRegistryEventConsumer.class
              ? new TransactionalEventConsumer(engine)
              : consumer;
      EventRegistryProcessingInfo info = careful.eventReceived(event);
      taken |= info != null && info.eventHandled();
    }
    return taken;
  }

  private boolean startProcess(String tenantId, ActionArguments arguments) {
    ProcessDefinitionQuery query =
        engine
            .getRepositoryService()
            .createProcessDefinitionQuery()
            .processDefinitionKey(arguments.processDefinitionKey())
            .latestVersion();
    ProcessDefinition definition =
        (tenantId.isEmpty()
                ? query.processDefinitionWithoutTenantId()
                : query.processDefinitionTenantId(tenantId))
            .singleResult();
    if (definition == null) {
      return false;
    }
    runtime()
        .createProcessInstanceBuilder()
        .processDefinitionId(definition.getId())
        .name(arguments.name())
        .businessKey(arguments.businessKey())
        .variables(arguments.variables())
        .start();
    return true;
  }

  private boolean startMessage(String tenantId, ActionArguments arguments) {
    EventSubscriptionQuery starts = subscriptions("message", arguments.name(), tenantId);
    if (starts.withoutProcessInstanceId().count() == 0) {
      return false;
    }
    runtime()
        .createProcessInstanceBuilder()
        .messageName(arguments.name())
        .tenantId(tenantId)
        .businessKey(arguments.businessKey())
        .variables(arguments.variables())
        .start();
    return true;
  }

  /** Like the engine's own: to all start events, and all that wait and are not suspended. */
  private boolean signal(String tenantId, ActionArguments arguments) {
    boolean taken = false;
    for (EventSubscription subscription :
        subscriptions("signal", arguments.name(), tenantId).list()) {
      if (subscription instanceof SignalEventSubscriptionEntity signal
          && signal.isGlobalScoped()
          && (signal.getExecutionId() == null
              || (waiting.contain(signal) && !isSuspended(signal.getExecutionId())))) {
        receive(signal, arguments);
        taken = true;
      }
    }
    return taken;
  }

  private boolean isSuspended(String executionId) {
    return engine.getExecutionEntityManager().findById(executionId).isSuspended();
  }

  private boolean message(String tenantId, ActionArguments arguments) {
    ExecutionQuery query =
        runtime()
            .createExecutionQuery()
            .messageEventSubscriptionName(arguments.name())
            .processInstanceBusinessKey(arguments.correlationKey(), true);
    List<Execution> executions =
        (tenantId.isEmpty() ? query.executionWithoutTenantId() : query.executionTenantId(tenantId))
            .list();
    boolean taken = false;
    for (Execution execution : executions) {
      EventSubscription subscription =
          runtime()
              .createEventSubscriptionQuery()
              .eventType("message")
              .eventName(arguments.name())
              .executionId(execution.getId())
              .singleResult();
      if (subscription == null) {
        throw new FlowableOptimisticLockingException(
            "Another transaction has woken execution " + execution.getId());
      }
      if (waiting.contain(subscription)) {
        if (execution.isSuspended()) {
          throw new FlowableException("Execution " + execution.getId() + " is suspended");
        }
        receive(subscription, arguments);
        taken = true;
      }
    }
    return taken;
  }

  /** The engine's service would look for the subscription again, and may no longer find it. */
  private void receive(EventSubscription subscription, ActionArguments arguments) {
    engine
        .getCommandExecutor()
        .execute(
            context -> {
              EventSubscriptionUtil.eventReceived(
                  (EventSubscriptionEntity) subscription, arguments.variables(), false);
              return null;
            });
  }

  private EventSubscriptionQuery subscriptions(
      String type, @Nullable String name, String tenantId) {
    EventSubscriptionQuery query =
        runtime().createEventSubscriptionQuery().eventType(type).eventName(name);
    return tenantId.isEmpty() ? query.withoutTenantId() : query.tenantId(tenantId);
  }

  private RuntimeService runtime() {
    return engine.getRuntimeService();
  }

  private record WebhookEvent(EventInstance instance) implements EventRegistryEvent {
    @Override
    public String getType() {
      return instance.getEventKey();
    }

    @Override
    public Object getEventObject() {
      return instance;
    }
  }
}
