package io.restconnector.webhook.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.webhook.internal.delivery.EngineAction.Reach;
import io.restconnector.webhook.internal.delivery.EngineAction.Taken;
import java.util.List;
import java.util.Map;
import org.flowable.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.Test;

/** Which process an action starts, and with what. */
class StartProcessTest {

  @Test
  void whenThereIsSuchAProcessOfTheTenantThenItsLatestVersionStarts() {
    try (Actions actions = new Actions()) {
      for (String tenant : List.of("", "", "t")) {
        actions.engine.deployFor(tenant, "p.bpmn20.xml", Actions.started("p", ""));
      }
      StartProcess start =
          new StartProcess("p", "key", "name", new ActionArguments.Variables(Map.of("v", "1")));

      Taken taken = actions.perform(start);
      Taken ofTenant = actions.perform(start, actions.access("t", false));

      ProcessInstance instance = instance(actions, taken);
      assertThat(instance.getProcessDefinitionVersion()).isEqualTo(2);
      assertThat(instance.getTenantId()).isEmpty();
      assertThat(List.of(instance.getBusinessKey(), instance.getName()))
          .containsExactlyInAnyOrder("key", "name");
      assertThat(actions.engine.runtime().getVariable(instance.getId(), "v")).isEqualTo("1");
      assertThat(instance(actions, ofTenant).getTenantId()).isEqualTo("t");
      assertThat(actions.reach(start).starts()).containsExactly(instance.getProcessDefinitionId());

      StartProcess none = new StartProcess("none", null, null, Actions.NONE);
      assertThat(actions.perform(none)).isEqualTo(new Taken(false, List.of()));
      assertThat(actions.reach(none)).isEqualTo(Reach.NOBODY);
      assertThat(actions.perform(start, actions.access("u", false)).isTaken()).isFalse();
    }
  }

  private static ProcessInstance instance(Actions actions, Taken taken) {
    return actions
        .engine
        .runtime()
        .createProcessInstanceQuery()
        .processInstanceId(taken.instanceIds().get(0))
        .singleResult();
  }
}
