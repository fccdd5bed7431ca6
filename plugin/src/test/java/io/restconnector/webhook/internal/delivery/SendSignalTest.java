package io.restconnector.webhook.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.webhook.internal.delivery.EngineAction.Reach;
import io.restconnector.webhook.internal.delivery.EngineAction.Taken;
import java.util.List;
import java.util.Map;
import org.flowable.engine.repository.ProcessDefinition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Whom a signal reaches. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SendSignalTest {

  private static final String SIGNAL = "<signalEventDefinition signalRef=\"ref\"/>";

  private final Actions actions = new Actions();

  @AfterAll
  void close() {
    actions.close();
  }

  /** Processes of a signal of their own. */
  private void deploy(String tenant, String name, String more, String... processes) {
    for (String process : processes) {
      actions.engine.deployFor(
          tenant,
          name + ".bpmn20.xml",
          "<signal id=\"ref\" name=\"%s\" %s/>".formatted(name, more) + process);
    }
  }

  private static SendSignal signal(String name) {
    return new SendSignal(name, new ActionArguments.Variables(Map.of("v", "1")));
  }

  @Test
  void whenASignalComesThenItStartsAndWakesAllAndTheirIdsAreKnown() {
    deploy("", "all", "", Actions.waiting("waits", SIGNAL), Actions.started("starts", SIGNAL));
    String first = actions.start("", "waits", "a");
    String second = actions.start("", "waits", "b");
    ProcessDefinition starts =
        actions
            .engine
            .engine
            .getRepositoryService()
            .createProcessDefinitionQuery()
            .processDefinitionKey("starts")
            .singleResult();
    Reach reach = actions.reach(signal("all"));

    assertThat(reach.starts()).containsExactly(starts.getId());
    assertThat(reach.wakes()).containsExactlyInAnyOrder(first, second);
    assertThat(actions.starts(signal("all"))).isTrue();

    Taken taken = actions.perform(signal("all"));

    String started =
        actions
            .engine
            .runtime()
            .createProcessInstanceQuery()
            .processDefinitionKey("starts")
            .singleResult()
            .getId();
    assertThat(taken.isTaken()).isTrue();
    assertThat(taken.instanceIds()).containsExactlyInAnyOrder(first, second, started);
    for (String each : taken.instanceIds()) {
      assertThat(actions.tasks(each)).containsExactly("next");
      assertThat(actions.engine.runtime().getVariable(each, "v")).isEqualTo("1");
    }
  }

  @Test
  void whenNothingMayBeStartedThenOnlyWhatWaitsIsWoken() {
    deploy("", "only", "", Actions.started("onlyStarts", SIGNAL));

    assertThat(actions.perform(signal("only"), actions.access("", true)))
        .isEqualTo(new Taken(false, List.of()));
    assertThat(
            actions
                .engine
                .runtime()
                .createProcessInstanceQuery()
                .processDefinitionKey("onlyStarts")
                .count())
        .isZero();
  }

  @Test
  void whenAnInstanceIsSuspendedThenItIsPassedOver() {
    deploy("", "suspended", "", Actions.waiting("suspendedWaits", SIGNAL));
    String instance = actions.start("", "suspendedWaits", "a");
    actions.engine.runtime().suspendProcessInstanceById(instance);

    assertThat(actions.starts(signal("suspended"))).isFalse();
    assertThat(actions.perform(signal("suspended")).isTaken()).isFalse();
    actions.engine.runtime().activateProcessInstanceById(instance);
    assertThat(actions.perform(signal("suspended")).instanceIds()).containsExactly(instance);
  }

  @Test
  void whenASignalIsOfOneInstanceOrOfAnotherTenantThenNobodyOutsideWakesIt() {
    deploy("", "own", "flowable:scope=\"processInstance\"", Actions.waiting("ownWaits", SIGNAL));
    deploy("t", "tenants", "", Actions.waiting("tenantsWaits", SIGNAL));
    actions.start("", "ownWaits", "a");
    String ofTenant = actions.start("t", "tenantsWaits", "a");

    assertThat(actions.perform(signal("own")).isTaken()).isFalse();
    assertThat(actions.perform(signal("tenants")).isTaken()).isFalse();
    assertThat(actions.perform(signal("tenants"), actions.access("t", false)).instanceIds())
        .containsExactly(ofTenant);
    assertThat(actions.perform(signal("nobody"))).isEqualTo(new Taken(false, List.of()));
  }
}
