package io.restconnector.webhook.internal.delivery;

import io.restconnector.internal.platform.EngineJson;
import io.restconnector.webhook.internal.respond.TouchedInstances;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.flowable.bpmn.constants.BpmnXMLConstants;
import org.flowable.common.engine.api.constant.ReferenceTypes;
import org.flowable.common.engine.api.scope.ScopeTypes;
import org.flowable.engine.RuntimeService;
import org.flowable.engine.impl.eventregistry.BpmnEventRegistryEventConsumer;
import org.flowable.engine.repository.ProcessDefinition;
import org.flowable.engine.runtime.ProcessInstance;
import org.flowable.engine.runtime.ProcessInstanceQuery;
import org.flowable.eventregistry.api.EventConsumerInfo;
import org.flowable.eventregistry.api.EventRegistryProcessingInfo;
import org.flowable.eventregistry.api.runtime.EventInstance;
import org.flowable.eventregistry.api.runtime.EventPayloadInstance;
import org.flowable.eventregistry.impl.consumer.CorrelationKey;
import org.flowable.eventregistry.impl.runtime.EventInstanceImpl;
import org.flowable.eventregistry.impl.runtime.EventPayloadInstanceImpl;
import org.flowable.eventsubscription.api.EventSubscription;

/**
 * The engine's consumer of events, fit for one transaction around all of an event. The original
 * takes a transaction for each subscription, and releases its lock on unique instances before ours
 * would commit, so that two could start.
 */
final class TransactionalEventConsumer extends BpmnEventRegistryEventConsumer {

  private final WaitingExecutions waiting;

  /** What the transaction has started and not yet written, so that a query would not find it. */
  private final Set<String> started;

  private final boolean onlyWaiting;
  private final Consumer<String> touched;

  /**
   * Makes one for an engine.
   *
   * @param touched is given the id of each process instance that an event starts or wakes
   */
  TransactionalEventConsumer(EngineAccess engine, Consumer<String> touched) {
    super(engine.engine());
    started = engine.startedUniquely();
    onlyWaiting = engine.onlyWaiting();
    waiting = engine.waiting();
    this.touched = touched;
  }

  /** Those that match an event. */
  List<EventSubscription> subscriptions(EventInstance event) {
    return findEventSubscriptions(
        ScopeTypes.BPMN, event, generateCorrelationKeys(event.getCorrelationParameterInstances()));
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

  /** The keys by which subscriptions find an event, that of all its parameters first. */
  List<String> keysOf(EventInstance event) {
    return generateCorrelationKeys(event.getCorrelationParameterInstances()).stream()
        .sorted(Comparator.comparing(key -> -key.getParameterInstances().size()))
        .map(CorrelationKey::getValue)
        .toList();
  }

  /** Whether it would start a process now, and not only wake what waits. */
  boolean starts(EventInstance event) {
    Collection<CorrelationKey> keys =
        generateCorrelationKeys(event.getCorrelationParameterInstances());
    return findEventSubscriptions(ScopeTypes.BPMN, event, keys).stream()
        .anyMatch(each -> each.getExecutionId() == null);
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
      TouchedInstances.wake(subscription.getProcessInstanceId());
      touched.accept(subscription.getProcessInstanceId());
    } else if (onlyWaiting) {
      return false;
    } else if (BpmnXMLConstants.START_EVENT_CORRELATION_STORE_AS_UNIQUE_REFERENCE_ID.equals(
        getStartCorrelationConfiguration(subscription))) {
      return startUnique(event, keys, subscription);
    }
    if (subscription.getExecutionId() == null) {
      start(
          () ->
              handleEventSubscription(
                  processEngineConfiguration.getRuntimeService(),
                  subscription,
                  copyOf(event),
                  keys,
                  info));
    } else {
      handleEventSubscription(
          processEngineConfiguration.getRuntimeService(), subscription, copyOf(event), keys, info);
    }
    return true;
  }

  private void start(Runnable start) {
    String started =
        TouchedInstances.start(
            () -> {
              start.run();
              return null;
            });
    if (started != null) {
      touched.accept(started);
    }
  }

  /** What a process does to its JSON must reach no other, and no retry. */
  static EventInstance copyOf(EventInstance event) {
    List<EventPayloadInstance> payload = new ArrayList<>();
    for (EventPayloadInstance each : event.getPayloadInstances()) {
      payload.add(
          new EventPayloadInstanceImpl(
              each.getEventPayloadDefinition(), EngineJson.copyToEngine(each.getValue())));
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
          RuntimeService runtime = processEngineConfiguration.getRuntimeService();
          if (countProcessInstances(runtime, event, key, definition) == 0) {
            start(() -> startProcessInstance(runtime, subscription, copyOf(event), key));
          } else {
            present(event, key, definition).forEach(each -> touched.accept(each.getId()));
          }
        });
    return true;
  }

  /** As the engine counts them: to a further request, what the first has started is its own. */
  private List<ProcessInstance> present(
      EventInstance event, CorrelationKey key, ProcessDefinition definition) {
    ProcessInstanceQuery query =
        processEngineConfiguration
            .getRuntimeService()
            .createProcessInstanceQuery()
            .processDefinitionKey(definition.getKey())
            .processInstanceReferenceId(key.getValue())
            .processInstanceReferenceType(ReferenceTypes.EVENT_PROCESS);
    String tenantId = event.getTenantId();
    return (tenantId == null || tenantId.isEmpty()
            ? query
            : query.processInstanceTenantId(tenantId))
        .list();
  }
}
