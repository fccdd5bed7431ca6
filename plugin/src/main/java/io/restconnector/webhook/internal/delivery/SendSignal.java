package io.restconnector.webhook.internal.delivery;

import io.restconnector.webhook.internal.delivery.ActionArguments.Variables;
import io.restconnector.webhook.internal.request.RefusedException;
import io.restconnector.webhook.internal.respond.TouchedInstances;
import io.restconnector.webhook.internal.trigger.ActionKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.flowable.eventsubscription.api.EventSubscription;
import org.flowable.eventsubscription.service.impl.persistence.entity.SignalEventSubscriptionEntity;
import org.jspecify.annotations.Nullable;

/** Like the engine's own: to all start events, and all that wait and are not suspended. */
record SendSignal(String name, Variables variables) implements EngineAction {

  static final ActionKind KIND =
      new ActionKind("signal", Set.of("name"), Set.of("variables"), true);

  static SendSignal read(ActionArguments given) throws RefusedException {
    return new SendSignal(given.required("name"), given.variables());
  }

  @Override
  public String type() {
    return KIND.type();
  }

  @Override
  public String target() {
    return name;
  }

  @Override
  public Map<String, ?> values() {
    return variables.values();
  }

  @Override
  public Reach reach(EngineAccess engine) {
    return Reach.of(engine.subscriptions("signal", name).list());
  }

  @Override
  public Taken perform(EngineAccess engine) {
    WaitingExecutions waiting = engine.waiting();
    boolean isTaken = false;
    List<String> woken = new ArrayList<>();
    for (EventSubscription subscription : engine.subscriptions("signal", name).list()) {
      if (subscription instanceof SignalEventSubscriptionEntity signal
          && signal.isGlobalScoped()
          && (signal.getExecutionId() == null
              ? !engine.onlyWaiting()
              : (waiting.contain(signal) && !isSuspended(engine, signal.getExecutionId())))) {
        String instanceId = receive(engine, signal);
        if (instanceId != null) {
          woken.add(instanceId);
        }
        isTaken = true;
      }
    }
    return Taken.by(isTaken, woken);
  }

  /** Gives the id of the instance that is woken or started, as far as it is known. */
  private @Nullable String receive(EngineAccess engine, SignalEventSubscriptionEntity signal) {
    String instanceId = signal.getProcessInstanceId();
    if (instanceId == null) {
      return TouchedInstances.start(
          () -> {
            engine.receive(signal, variables);
            return null;
          });
    }
    engine.receive(signal, variables);
    return instanceId;
  }

  @Override
  public boolean starts(EngineAccess engine) {
    return engine.subscriptions("signal", name).list().stream()
        .anyMatch(each -> each.getExecutionId() == null);
  }

  private static boolean isSuspended(EngineAccess engine, String executionId) {
    return engine.engine().getExecutionEntityManager().findById(executionId).isSuspended();
  }
}
