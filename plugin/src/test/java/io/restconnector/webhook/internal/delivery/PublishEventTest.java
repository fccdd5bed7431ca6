package io.restconnector.webhook.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.content.internal.JsonText;
import io.restconnector.internal.platform.EngineJson;
import io.restconnector.webhook.internal.delivery.EngineAction.Taken;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.flowable.eventregistry.api.EventConsumerInfo;
import org.flowable.eventregistry.api.EventRegistryEvent;
import org.flowable.eventregistry.api.EventRegistryEventConsumer;
import org.flowable.eventregistry.api.EventRegistryProcessingInfo;
import org.flowable.eventregistry.api.runtime.EventInstance;
import org.flowable.eventregistry.api.runtime.EventPayloadInstance;
import org.flowable.eventregistry.impl.runtime.EventInstanceImpl;
import org.flowable.eventregistry.impl.runtime.EventPayloadInstanceImpl;
import org.flowable.eventregistry.model.EventPayload;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Whom an event reaches: processes, and what else listens to the event registry. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublishEventTest {

  private final Actions actions = new Actions();

  PublishEventTest() {
    String type =
        "<extensionElements><flowable:eventType>e</flowable:eventType>%s</extensionElements>";
    String key = "<flowable:eventCorrelationParameter name=\"a\" value=\"${a}\"/>";
    actions.engine.deploy(
        "e.event",
        """
        {"key": "e", "payload": [
          {"name": "a", "type": "string", "correlationParameter": true},
          {"name": "b", "type": "string", "correlationParameter": true},
          {"name": "j", "type": "json"}]}
        """,
        "waits.bpmn20.xml",
        Actions.waiting("waits", type.formatted(key)),
        "starts.bpmn20.xml",
        Actions.started("starts", type.formatted("")));
  }

  @AfterAll
  void close() {
    actions.close();
  }

  private static PublishEvent event(String key, String a) {
    List<EventPayloadInstance> payload = new ArrayList<>();
    payload.add(new EventPayloadInstanceImpl(EventPayload.correlation("a", "string"), a));
    payload.add(new EventPayloadInstanceImpl(EventPayload.correlation("b", "string"), "B"));
    payload.add(
        new EventPayloadInstanceImpl(new EventPayload("j", "json"), JsonText.parse("{\"n\": 1}")));
    return new PublishEvent(new EventInstanceImpl(key, payload, ""));
  }

  private String waiting(String a) {
    return actions
        .engine
        .runtime()
        .createProcessInstanceBuilder()
        .processDefinitionKey("waits")
        .variable("a", a)
        .start()
        .getId();
  }

  /** Another kind of engine on the same registry. */
  private record OtherConsumer(List<EventInstance> seen, @Nullable EventRegistryProcessingInfo info)
      implements EventRegistryEventConsumer {
    @Override
    @SuppressWarnings("NullAway") // an engine may give nothing
    public EventRegistryProcessingInfo eventReceived(EventRegistryEvent event) {
      seen.add((EventInstance) event.getEventObject());
      return info;
    }

    @Override
    public String getConsumerKey() {
      return "other";
    }
  }

  private void withConsumer(OtherConsumer consumer, Runnable work) {
    Map<String, EventRegistryEventConsumer> consumers =
        actions.engine.eventRegistry().getEventRegistryEventConsumers();
    consumers.put("other", consumer);
    try {
      work.run();
    } finally {
      consumers.remove("other");
    }
  }

  @Test
  void whenAnEventIsReadThenItsValuesAndCorrelationAreKnown() {
    PublishEvent event = event("e", "A");

    assertThat(event.target()).isEqualTo("e");
    assertThat(event.correlation()).isEqualTo(Map.of("a", "A", "b", "B"));
    assertThat(event.values().keySet()).containsExactly("a", "b", "j");
    List<String> keys =
        actions.engine.inTransaction(() -> event.correlationKeys(actions.access("", false)));
    assertThat(keys).hasSize(3).doesNotHaveDuplicates();
    // The first is of both parameters: another value of either gives another one.
    List<String> other =
        actions.engine.inTransaction(
            () -> event("e", "X").correlationKeys(actions.access("", false)));
    assertThat(other).doesNotContain(keys.get(0));
    assertThat(other).containsAnyOf(keys.get(1), keys.get(2));
  }

  @Test
  void whenAnEventComesThenItStartsAndWakesAndTheirIdsAreKnown() {
    String instance = waiting("taken");

    assertThat(actions.starts(event("e", "taken"))).isTrue();
    assertThat(actions.reach(event("e", "taken")).wakes()).containsExactly(instance);
    assertThat(actions.reach(event("e", "taken")).starts()).hasSize(1);
    Taken taken = actions.perform(event("e", "taken"));

    assertThat(taken.isTaken()).isTrue();
    assertThat(taken.instanceIds()).hasSize(2).contains(instance);
    assertThat(actions.tasks(instance)).containsExactly("next");
  }

  @Test
  void whenNothingMayBeStartedThenOnlyWaitsAreWokenAndNoOtherEngineIsGivenTheEvent() {
    String instance = waiting("only");
    OtherConsumer other = new OtherConsumer(new ArrayList<>(), null);

    withConsumer(
        other,
        () -> {
          assertThat(actions.perform(event("e", "only"), actions.access("", true)).instanceIds())
              .containsExactly(instance);
          assertThat(actions.perform(event("e", "none"), actions.access("", true)).isTaken())
              .isFalse();
        });
    assertThat(other.seen()).isEmpty();
  }

  @Test
  void whenAnotherEngineListensThenItHasTreesOfItsOwnAndItsAnswerCounts() {
    PublishEvent event = event("unknown", "a");
    EventRegistryProcessingInfo handled = new EventRegistryProcessingInfo();
    handled.addEventConsumerInfo(new EventConsumerInfo("s", "i", "d", "cmmn"));
    for (EventRegistryProcessingInfo info :
        new EventRegistryProcessingInfo[] {null, new EventRegistryProcessingInfo(), handled}) {
      OtherConsumer other = new OtherConsumer(new ArrayList<>(), info);

      withConsumer(
          other, () -> assertThat(actions.perform(event).isTaken()).isEqualTo(info == handled));

      EventInstance seen = other.seen().get(0);
      Object tree =
          EngineJson.fromEngine(
              seen.getPayloadInstances().stream()
                  .filter(each -> each.getDefinitionName().equals("j"))
                  .findFirst()
                  .orElseThrow()
                  .getValue());
      assertThat(Objects.requireNonNull(tree))
          .hasToString("{\"n\":1}")
          .isNotSameAs(event.values().get("j"));
    }
  }
}
