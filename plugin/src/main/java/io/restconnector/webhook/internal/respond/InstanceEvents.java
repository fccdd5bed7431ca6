package io.restconnector.webhook.internal.respond;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.flowable.common.engine.api.delegate.event.FlowableEngineEventType;
import org.flowable.common.engine.api.delegate.event.FlowableEntityEvent;
import org.flowable.common.engine.api.delegate.event.FlowableEvent;
import org.flowable.common.engine.api.delegate.event.FlowableEventListener;
import org.flowable.engine.delegate.event.FlowableActivityEvent;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;
import org.jspecify.annotations.Nullable;

/**
 * Sees, inside the engine's transaction, that an instance is as far as an answer waits for. An
 * instance that no answer waits for costs nothing: a mark in its own row tells, on every node.
 */
final class InstanceEvents implements FlowableEventListener {

  private static final String TYPES =
      String.join(
          ",",
          FlowableEngineEventType.PROCESS_CREATED.name(),
          FlowableEngineEventType.ACTIVITY_STARTED.name(),
          FlowableEngineEventType.MULTI_INSTANCE_ACTIVITY_STARTED.name(),
          FlowableEngineEventType.ENTITY_DELETED.name());

  private final ProcessEngineConfigurationImpl engine;
  private final AwaitedInstances awaited;

  private InstanceEvents(ProcessEngineConfigurationImpl engine, AwaitedInstances awaited) {
    this.engine = engine;
    this.awaited = awaited;
  }

  /** Before the engine is initialised. */
  static void install(ProcessEngineConfigurationImpl engine, AwaitedInstances awaited) {
    Map<String, List<FlowableEventListener>> all = new HashMap<>();
    if (engine.getTypedEventListeners() != null) {
      all.putAll(engine.getTypedEventListeners());
    }
    List<FlowableEventListener> ours = new ArrayList<>(all.getOrDefault(TYPES, List.of()));
    ours.add(new InstanceEvents(engine, awaited));
    all.put(TYPES, ours);
    engine.setTypedEventListeners(all);
  }

  @Override
  public void onEvent(FlowableEvent event) {
    if (event instanceof FlowableActivityEvent activity) {
      reached(activity.getProcessInstanceId(), activity.getActivityId());
    } else if (event instanceof FlowableEntityEvent entity
        && entity.getEntity() instanceof ExecutionEntity execution
        && execution.isProcessInstanceType()) {
      if (event.getType() == FlowableEngineEventType.ENTITY_DELETED) {
        // In whatever way it ends, its row goes.
        awaited.ended(execution);
      } else {
        TouchedInstances touched = TouchedInstances.current();
        if (touched != null) {
          touched.created(execution);
        }
      }
    }
  }

  private void reached(@Nullable String instanceId, String activityId) {
    if (instanceId == null) {
      return;
    }
    TouchedInstances touched = TouchedInstances.current();
    if (touched != null) {
      touched.reached(instanceId, activityId);
    }
    ExecutionEntity instance = engine.getExecutionEntityManager().findById(instanceId);
    if (instance != null) {
      awaited.reached(instance, activityId);
    }
  }

  /** An answer must not be lost. */
  @Override
  public boolean isFailOnException() {
    return true;
  }

  @Override
  public boolean isFireOnTransactionLifecycleEvent() {
    return false;
  }

  @Override
  public @Nullable String getOnTransaction() {
    return null;
  }
}
