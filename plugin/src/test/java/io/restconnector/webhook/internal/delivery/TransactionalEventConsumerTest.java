package io.restconnector.webhook.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.flowable.eventregistry.api.runtime.EventPayloadInstance;
import org.flowable.eventregistry.impl.runtime.EventInstanceImpl;
import org.flowable.eventregistry.impl.runtime.EventPayloadInstanceImpl;
import org.flowable.eventregistry.model.EventPayload;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Instances of which there is one for each correlation key. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TransactionalEventConsumerTest {

  private final Actions actions = new Actions();

  TransactionalEventConsumerTest() {
    actions.engine.deploy(
        "e.event",
        """
        {"key": "e", "payload": [{"name": "a", "type": "string", "correlationParameter": true}]}
        """,
        "once.bpmn20.xml",
        Actions.started(
            "once",
            """
            <extensionElements><flowable:eventType>e</flowable:eventType>
              <flowable:startEventCorrelationConfiguration>storeAsUniqueReferenceId</flowable:startEventCorrelationConfiguration>
            </extensionElements>
            """));
  }

  @AfterAll
  void close() {
    actions.close();
  }

  private static PublishEvent event(String... values) {
    return new PublishEvent(
        new EventInstanceImpl(
            "e",
            List.of(values).stream()
                .map(
                    value ->
                        (EventPayloadInstance)
                            new EventPayloadInstanceImpl(
                                EventPayload.correlation("a", "string"), value))
                .toList(),
            ""));
  }

  private long instances() {
    return actions
        .engine
        .runtime()
        .createProcessInstanceQuery()
        .processDefinitionKey("once")
        .count();
  }

  @Test
  void whenOneTransactionHasTheEventTwiceThenOneInstanceStartsAndBothAreTaken() {
    long before = instances();
    List<EngineAction.Taken> taken = new ArrayList<>();
    actions.engine.inTransaction(
        () -> {
          EngineAccess access = actions.access("", false);
          taken.add(event("twice").perform(access));
          taken.add(event("twice").perform(access));
          taken.add(event("other").perform(access));
          return null;
        });

    assertThat(taken).allMatch(EngineAction.Taken::isTaken);
    assertThat(instances() - before).isEqualTo(2);
  }

  @Test
  void whenTheInstanceIsThereThenItIsTheOneThatTheEventTouches() {
    long before = instances();
    List<String> started = actions.perform(event("there")).instanceIds();
    EngineAction.Taken again = actions.perform(event("there"));

    assertThat(started).hasSize(1);
    assertThat(again).isEqualTo(new EngineAction.Taken(true, started));
    assertThat(instances() - before).isEqualTo(1);
  }

  @Test
  void whenAnEventHasNoCorrelationOrNothingMayBeStartedThenNoneIs() {
    long before = instances();

    assertThat(actions.perform(event()).isTaken()).isFalse();
    assertThat(actions.perform(event("waiting"), actions.access("", true)).isTaken()).isFalse();
    assertThat(instances()).isEqualTo(before);
  }
}
