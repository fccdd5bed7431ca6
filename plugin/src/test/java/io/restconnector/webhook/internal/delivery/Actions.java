package io.restconnector.webhook.internal.delivery;

import io.restconnector.fixtures.TestDatabase;
import io.restconnector.webhook.WebhookEngine;
import io.restconnector.webhook.internal.delivery.EngineAction.Reach;
import io.restconnector.webhook.internal.delivery.EngineAction.Taken;
import io.restconnector.webhook.internal.respond.TouchedInstances;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An engine on which actions are performed without a request. */
final class Actions implements AutoCloseable {

  static final ActionArguments.Variables NONE = new ActionArguments.Variables(Map.of());

  final WebhookEngine engine = WebhookEngine.on(TestDatabase.H2);

  EngineAccess access(String tenantId, boolean onlyWaiting) {
    return new EngineAccess(
        engine.configuration(), engine.eventRegistry(), tenantId, onlyWaiting, new HashSet<>());
  }

  Taken perform(EngineAction action) {
    return perform(action, access("", false));
  }

  /** In a transaction of its own, as that of a request. */
  Taken perform(EngineAction action, EngineAccess access) {
    return engine.inTransaction(
        () -> {
          TouchedInstances.begin(Set.of());
          return action.perform(access);
        });
  }

  Reach reach(EngineAction action) {
    return engine.inTransaction(() -> action.reach(access("", false)));
  }

  boolean starts(EngineAction action) {
    return engine.inTransaction(() -> action.starts(access("", false)));
  }

  String start(String tenantId, String process, String businessKey) {
    return engine
        .runtime()
        .createProcessInstanceBuilder()
        .processDefinitionKey(process)
        .tenantId(tenantId)
        .businessKey(businessKey)
        .start()
        .getId();
  }

  List<String> tasks(String instance) {
    return engine.tasks(instance);
  }

  /** A process that waits where the element says and then in the task {@code next}. */
  static String waiting(String process, String element) {
    return """
        <process id="%s"><startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="w"/>
        <intermediateCatchEvent id="w">%s</intermediateCatchEvent>
        <sequenceFlow sourceRef="w" targetRef="next"/><userTask id="next"/></process>
        """
        .formatted(process, element);
  }

  /** A process that an event of this kind starts. */
  static String started(String process, String element) {
    return """
        <process id="%s"><startEvent id="s">%s</startEvent>
        <sequenceFlow sourceRef="s" targetRef="next"/><userTask id="next"/></process>
        """
        .formatted(process, element);
  }

  @Override
  public void close() {
    engine.close();
  }
}
