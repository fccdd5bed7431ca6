package io.restconnector.webhook.internal.delivery;

import io.restconnector.webhook.internal.delivery.ActionArguments.Variables;
import io.restconnector.webhook.internal.request.RefusedException;
import io.restconnector.webhook.internal.trigger.ActionKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.flowable.common.engine.api.FlowableException;
import org.flowable.common.engine.api.FlowableOptimisticLockingException;
import org.flowable.engine.runtime.Execution;
import org.flowable.engine.runtime.ExecutionQuery;
import org.flowable.eventsubscription.api.EventSubscription;

/** Ends every wait for a message in the instances with a business key. */
record SendMessage(String name, String correlationKey, Variables variables)
    implements EngineAction {

  static final ActionKind KIND =
      new ActionKind("message", Set.of("name", "correlationKey"), Set.of("variables"), true);

  static SendMessage read(ActionArguments given) throws RefusedException {
    return new SendMessage(
        given.required("name"), given.required("correlationKey"), given.variables());
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
  public Map<String, String> correlation() {
    return Map.of("correlationKey", correlationKey);
  }

  @Override
  public Map<String, ?> values() {
    return variables.values();
  }

  @Override
  public Reach reach(EngineAccess engine) {
    return new Reach(
        List.of(), executions(engine).stream().map(Execution::getProcessInstanceId).toList());
  }

  @Override
  public Taken perform(EngineAccess engine) {
    WaitingExecutions waiting = engine.waiting();
    List<String> woken = new ArrayList<>();
    for (Execution execution : executions(engine)) {
      EventSubscription subscription =
          engine
              .runtime()
              .createEventSubscriptionQuery()
              .eventType("message")
              .eventName(name)
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
        woken.add(execution.getProcessInstanceId());
        engine.receive(subscription, variables);
      }
    }
    return Taken.by(!woken.isEmpty(), woken);
  }

  private List<Execution> executions(EngineAccess engine) {
    ExecutionQuery query =
        engine
            .runtime()
            .createExecutionQuery()
            .messageEventSubscriptionName(name)
            .processInstanceBusinessKey(correlationKey, true);
    return (engine.tenantId().isEmpty()
            ? query.executionWithoutTenantId()
            : query.executionTenantId(engine.tenantId()))
        .list();
  }
}
