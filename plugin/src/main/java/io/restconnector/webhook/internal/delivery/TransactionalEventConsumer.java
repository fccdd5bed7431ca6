package io.restconnector.webhook.internal.delivery;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.flowable.bpmn.constants.BpmnXMLConstants;
import org.flowable.common.engine.api.scope.ScopeTypes;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.eventregistry.BpmnEventRegistryEventConsumer;
import org.flowable.engine.repository.ProcessDefinition;
import org.flowable.eventregistry.api.EventConsumerInfo;
import org.flowable.eventregistry.api.EventRegistryProcessingInfo;
import org.flowable.eventregistry.api.runtime.EventInstance;
import org.flowable.eventregistry.api.runtime.EventPayloadInstance;
import org.flowable.eventregistry.impl.consumer.CorrelationKey;
import org.flowable.eventregistry.impl.runtime.EventInstanceImpl;
import org.flowable.eventregistry.impl.runtime.EventPayloadInstanceImpl;
import org.flowable.eventsubscription.api.EventSubscription;
import tools.jackson.databind.JsonNode;

/**
 * The engine's consumer of events, fit for one transaction around all of an event. The original
 * takes a transaction for each subscription, and releases its lock on unique instances before ours
 * would commit, so that two could start.
 */
final class TransactionalEventConsumer extends BpmnEventRegistryEventConsumer {

  private final WaitingExecutions waiting;

  /** What the transaction has started and not yet written, so that a query would not find it. */
  private final Set<String> started;

  private final Consumer<String> woken;

  /**
   * Makes one for an engine.
   *
   * @param started what the transaction has started once for each correlation key; grows
   * @param woken is given the id of each process instance that an event wakes
   */
  TransactionalEventConsumer(
      ProcessEngineConfigurationImpl engine, Set<String> started, Consumer<String> woken) {
    super(engine);
    this.started = started;
    this.woken = woken;
    waiting = new WaitingExecutions(engine);
  }

  @Override
  protected EventRegistryProcessingInfo eventReceived(EventInstance event) {
    EventRegistryProcessingInfo taken = new EventRegistryProcessingInfo();
    Collection<CorrelationKey> keys =
        generateCorrelationKeys(event.getCorrelationParameterInstances());
    for (EventSubscription subscription : findEventSubscriptions(ScopeTypes.BPMN, event, keys)) {
      EventConsumerInfo info =
          new EventConsumerInfo(
              subscription.getId(),
              subscription.getExecutionId(),
              subscription.getProcessDefinitionId(),
              ScopeTypes.BPMN);
      if (deliver(event, keys, subscription, info)) {
        taken.addEventConsumerInfo(info);
      }
    }
    return taken;
  }

  private boolean deliver(
      EventInstance event,
      Collection<CorrelationKey> keys,
      EventSubscription subscription,
      EventConsumerInfo info) {
    if (subscription.getExecutionId() != null) {
      if (!waiting.contain(subscription)) {
        return false;
      }
      woken.accept(subscription.getProcessInstanceId());
    } else if (BpmnXMLConstants.START_EVENT_CORRELATION_STORE_AS_UNIQUE_REFERENCE_ID.equals(
        getStartCorrelationConfiguration(subscription))) {
      return startUnique(event, keys, subscription);
    }
    handleEventSubscription(
        processEngineConfiguration.getRuntimeService(), subscription, copyOf(event), keys, info);
    return true;
  }

  /** What a process does to its JSON must reach no other, and no retry. */
  private static EventInstance copyOf(EventInstance event) {
    List<EventPayloadInstance> payload = new ArrayList<>();
    for (EventPayloadInstance each : event.getPayloadInstances()) {
      payload.add(
          each.getValue() instanceof JsonNode json
              ? new EventPayloadInstanceImpl(each.getEventPayloadDefinition(), json.deepCopy())
              : each);
    }
    return new EventInstanceImpl(event.getEventKey(), payload, event.getTenantId());
  }

  /** True also when the instance is there already: the event has then done all that it can do. */
  private boolean startUnique(
      EventInstance event, Collection<CorrelationKey> keys, EventSubscription subscription) {
    if (keys.isEmpty()) {
      return false;
    }
    CorrelationKey key = getCorrelationKeyWithAllParameters(keys, event);
    ProcessDefinition definition =
        processEngineConfiguration
            .getRepositoryService()
            .getProcessDefinition(subscription.getProcessDefinitionId());
    // The name is the engine's own, so that channels of other types are locked out too.
    String lock = "belock" + key.getValue() + definition.getKey();
    if (!started.add(lock)) {
      return true;
    }
    RowLock.run(
        processEngineConfiguration,
        lock,
        () -> {
          if (countProcessInstances(
                  processEngineConfiguration.getRuntimeService(), event, key, definition)
              == 0) {
            startProcessInstance(
                processEngineConfiguration.getRuntimeService(), subscription, copyOf(event), key);
          }
        });
    return true;
  }
}
