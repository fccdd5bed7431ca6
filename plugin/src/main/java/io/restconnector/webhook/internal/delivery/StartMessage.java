package io.restconnector.webhook.internal.delivery;

import io.restconnector.webhook.internal.delivery.ActionArguments.Variables;
import io.restconnector.webhook.internal.request.RefusedException;
import io.restconnector.webhook.internal.respond.TouchedInstances;
import io.restconnector.webhook.internal.trigger.ActionKind;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Starts the process that has a message start event. */
record StartMessage(String name, @Nullable String businessKey, Variables variables)
    implements EngineAction {

  static final ActionKind KIND =
      new ActionKind("startMessage", Set.of("name"), Set.of("businessKey", "variables"));

  static StartMessage read(ActionArguments given) throws RefusedException {
    return new StartMessage(given.required("name"), given.text("businessKey"), given.variables());
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
    return Reach.of(engine.subscriptions("message", name).withoutProcessInstanceId().list());
  }

  @Override
  public Taken perform(EngineAccess engine) {
    if (engine.subscriptions("message", name).withoutProcessInstanceId().count() == 0) {
      return Taken.BY_NOTHING;
    }
    return Taken.by(
        TouchedInstances.start(
            () ->
                engine
                    .runtime()
                    .createProcessInstanceBuilder()
                    .messageName(name)
                    .tenantId(engine.tenantId())
                    .businessKey(businessKey)
                    .variables(variables.copies())
                    .start()
                    .getProcessInstanceId()));
  }
}
