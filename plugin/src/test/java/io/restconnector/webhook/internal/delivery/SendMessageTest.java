package io.restconnector.webhook.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.webhook.internal.delivery.EngineAction.Reach;
import io.restconnector.webhook.internal.delivery.EngineAction.Taken;
import java.util.List;
import java.util.Map;
import org.flowable.common.engine.api.FlowableException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Whom a message reaches. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SendMessageTest {

  private final Actions actions = new Actions();

  SendMessageTest() {
    for (String tenant : List.of("", "t")) {
      actions.engine.deployFor(
          tenant,
          "waits.bpmn20.xml",
          "<message id=\"m\" name=\"m\"/>"
              + Actions.waiting("waits", "<messageEventDefinition messageRef=\"m\"/>"),
          "starts.bpmn20.xml",
          "<message id=\"m\" name=\"m\"/>"
              + Actions.started("starts", "<messageEventDefinition messageRef=\"m\"/>"));
    }
  }

  @AfterAll
  void close() {
    actions.close();
  }

  private static SendMessage message(String key) {
    return new SendMessage("m", key, new ActionArguments.Variables(Map.of("v", "1")));
  }

  @Test
  void whenInstancesWaitThenThoseOfTheBusinessKeyAreWokenAndNothingIsStarted() {
    String first = actions.start("", "waits", "a");
    String second = actions.start("", "waits", "a");
    String other = actions.start("", "waits", "other");
    assertThat(actions.reach(message("a")))
        .isEqualTo(new Reach(List.of(), actions.reach(message("a")).wakes()));
    assertThat(actions.reach(message("a")).wakes()).containsExactlyInAnyOrder(first, second);
    assertThat(actions.starts(message("a"))).isFalse();

    Taken taken = actions.perform(message("a"));

    assertThat(taken.instanceIds()).containsExactlyInAnyOrder(first, second);
    assertThat(actions.tasks(first)).containsExactly("next");
    assertThat(actions.engine.runtime().getVariable(second, "v")).isEqualTo("1");
    assertThat(actions.tasks(other)).isEmpty();
    assertThat(actions.perform(message("a"))).isEqualTo(new Taken(false, List.of()));
    assertThat(
            actions
                .engine
                .runtime()
                .createProcessInstanceQuery()
                .processDefinitionKey("starts")
                .count())
        .isZero();
  }

  @Test
  void whenTheInstanceIsOfAnotherTenantThenItIsNotWoken() {
    String ofTenant = actions.start("t", "waits", "tenant");
    String ofNone = actions.start("", "waits", "none");

    assertThat(actions.perform(message("tenant")).isTaken()).isFalse();
    assertThat(actions.perform(message("none"), actions.access("t", false)).isTaken()).isFalse();
    assertThat(actions.perform(message("tenant"), actions.access("t", false)).instanceIds())
        .containsExactly(ofTenant);
    assertThat(actions.perform(message("none")).instanceIds()).containsExactly(ofNone);
  }

  @Test
  void whenTheInstanceIsSuspendedThenTheMessageFails() {
    String instance = actions.start("", "waits", "suspended");
    actions.engine.runtime().suspendProcessInstanceById(instance);

    assertThatThrownBy(() -> actions.perform(message("suspended")))
        .isInstanceOf(FlowableException.class)
        .hasMessageEndingWith("is suspended");
  }
}
