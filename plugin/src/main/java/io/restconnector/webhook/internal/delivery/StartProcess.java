package io.restconnector.webhook.internal.delivery;

import io.restconnector.webhook.internal.delivery.ActionArguments.Variables;
import io.restconnector.webhook.internal.request.RefusedException;
import io.restconnector.webhook.internal.respond.TouchedInstances;
import io.restconnector.webhook.internal.trigger.ActionKind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.flowable.engine.repository.ProcessDefinition;
import org.flowable.engine.repository.ProcessDefinitionQuery;
import org.jspecify.annotations.Nullable;

/** Starts the latest version of a process. */
record StartProcess(
    String processDefinitionKey,
    @Nullable String name,
    @Nullable String businessKey,
    Variables variables)
    implements EngineAction {

  static final ActionKind KIND =
      new ActionKind(
          "startProcess",
          Set.of("processDefinitionKey"),
          Set.of("name", "businessKey", "variables"));

  static StartProcess read(ActionArguments given) throws RefusedException {
    return new StartProcess(
        given.required("processDefinitionKey"),
        given.text("name"),
        given.text("businessKey"),
        given.variables());
  }

  @Override
  public String type() {
    return KIND.type();
  }

  @Override
  public String target() {
    return processDefinitionKey;
  }

  @Override
  public Map<String, ?> values() {
    return variables.values();
  }

  @Override
  public Reach reach(EngineAccess engine) {
    ProcessDefinition definition = definition(engine);
    return definition == null ? Reach.NOBODY : new Reach(List.of(definition.getId()), List.of());
  }

  private @Nullable ProcessDefinition definition(EngineAccess engine) {
    ProcessDefinitionQuery query =
        engine
            .repository()
            .createProcessDefinitionQuery()
            .processDefinitionKey(processDefinitionKey)
            .latestVersion();
    return (engine.tenantId().isEmpty()
            ? query.processDefinitionWithoutTenantId()
            : query.processDefinitionTenantId(engine.tenantId()))
        .singleResult();
  }

  @Override
  public Taken perform(EngineAccess engine) {
    ProcessDefinition definition = definition(engine);
    if (definition == null) {
      return Taken.BY_NOTHING;
    }
    return Taken.by(
        TouchedInstances.start(
            () ->
                engine
                    .runtime()
                    .createProcessInstanceBuilder()
                    .processDefinitionId(definition.getId())
                    .name(name)
                    .businessKey(businessKey)
                    .variables(variables.copies())
                    .start()
                    .getProcessInstanceId()));
  }
}
