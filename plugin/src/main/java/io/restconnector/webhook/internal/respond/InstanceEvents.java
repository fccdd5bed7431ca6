package io.restconnector.webhook.internal.respond;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.flowable.common.engine.api.delegate.event.FlowableEngineEventType;
import org.flowable.common.engine.api.delegate.event.FlowableEntityEvent;
import org.flowable.common.engine.api.delegate.event.FlowableEvent;
import org.flowable.common.engine.api.delegate.event.FlowableEventListener;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;
import org.jspecify.annotations.Nullable;

/** Sees, inside the engine's transaction, what becomes of process instances. */
public final class InstanceEvents implements FlowableEventListener {

  private static final String TYPES = FlowableEngineEventType.PROCESS_CREATED.name();

  private InstanceEvents() {}

  /** Before the engine is initialised. */
  public static void install(ProcessEngineConfigurationImpl engine) {
    Map<String, List<FlowableEventListener>> all = new HashMap<>();
    if (engine.getTypedEventListeners() != null) {
      all.putAll(engine.getTypedEventListeners());
    }
    List<FlowableEventListener> ours = new ArrayList<>(all.getOrDefault(TYPES, List.of()));
    ours.add(new InstanceEvents());
    all.put(TYPES, ours);
    engine.setTypedEventListeners(all);
  }

  @Override
  public void onEvent(FlowableEvent event) {
    TouchedInstances touched = TouchedInstances.current();
    if (touched != null
        && event instanceof FlowableEntityEvent entity
        && entity.getEntity() instanceof ExecutionEntity instance) {
      touched.created(instance);
    }
  }

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
