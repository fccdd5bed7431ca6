package io.restconnector.webhook.internal.delivery;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.flowable.engine.impl.eventregistry.BpmnEventRegistryEventConsumer;
import org.flowable.eventregistry.api.EventRegistryEvent;
import org.flowable.eventregistry.api.EventRegistryEventConsumer;
import org.flowable.eventregistry.api.EventRegistryProcessingInfo;
import org.flowable.eventregistry.api.runtime.EventInstance;
import org.flowable.eventregistry.api.runtime.EventPayloadInstance;

/** Gives an event to all of the registry's consumers. */
record PublishEvent(EventInstance instance) implements EngineAction {

  @Override
  public String type() {
    return "event";
  }

  @Override
  public String target() {
    return instance.getEventKey();
  }

  @Override
  public Map<String, String> correlation() {
    Map<String, String> values = new LinkedHashMap<>();
    byName(instance.getCorrelationParameterInstances())
        .forEach((name, value) -> values.put(name, String.valueOf(value)));
    return values;
  }

  @Override
  public Map<String, ?> values() {
    return byName(instance.getPayloadInstances());
  }

  private static Map<String, Object> byName(Collection<EventPayloadInstance> payload) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (EventPayloadInstance each : payload) {
      values.put(each.getDefinitionName(), each.getValue());
    }
    return values;
  }

  @Override
  public Reach reach(EngineAccess engine) {
    return Reach.of(new TransactionalEventConsumer(engine, woken -> {}).subscriptions(instance));
  }

  /** By which subscriptions find it, the key of all its correlation parameters first. */
  List<String> correlationKeys(EngineAccess engine) {
    return new TransactionalEventConsumer(engine, ignored -> {}).keysOf(instance);
  }

  @Override
  public boolean starts(EngineAccess engine) {
    return new TransactionalEventConsumer(engine, ignored -> {}).starts(instance);
  }

  @Override
  public Taken perform(EngineAccess engine) {
    boolean isTaken = false;
    List<String> instanceIds = new ArrayList<>();
    for (EventRegistryEventConsumer consumer :
        engine.registry().getEventRegistryEventConsumers().values()) {
      if (engine.onlyWaiting() && !(consumer instanceof BpmnEventRegistryEventConsumer)) {
        continue; // it would start what has a start event
      }
      EventRegistryEventConsumer careful =
          engine.onlyWaiting() || consumer.getClass() == BpmnEventRegistryEventConsumer.class
              ? new TransactionalEventConsumer(engine, instanceIds::add)
              : consumer;
      EventRegistryProcessingInfo info =
          careful.eventReceived(
              new WebhookEvent(
                  careful == consumer ? TransactionalEventConsumer.copyOf(instance) : instance));
      isTaken |= info != null && info.eventHandled();
    }
    return Taken.by(isTaken, instanceIds);
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
