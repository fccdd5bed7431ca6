package io.restconnector.webhook.internal.respond;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.webhook.WebhookEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.flowable.common.engine.api.delegate.event.FlowableEventListener;
import org.flowable.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What an instance is seen to do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InstanceEventsTest {

  private final List<String> told = new ArrayList<>();
  private final WebhookEngine engine =
      WebhookEngine.with(
          configuration ->
              InstanceEvents.install(
                  configuration, new AwaitedInstances(configuration, () -> true, told::addAll)));

  InstanceEventsTest() {
    engine.deploy(
        "p.bpmn20.xml",
        """
        <process id="p"><startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="wait"/>
        <userTask id="wait"/><sequenceFlow sourceRef="wait" targetRef="sub"/>
        <subProcess id="sub"><startEvent id="ss"/><sequenceFlow sourceRef="ss" targetRef="many"/>
          <userTask id="many"><multiInstanceLoopCharacteristics isSequential="false">
            <loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics></userTask>
        </subProcess>
        <sequenceFlow sourceRef="sub" targetRef="e"/><endEvent id="e"/></process>
        """);
  }

  @AfterEach
  void clear() {
    told.clear();
  }

  @AfterAll
  void close() {
    engine.close();
  }

  /** What is told where an answer waits for the activity and the instance then does something. */
  private List<String> told(String hash, String activity, Consumer<String> work) {
    String id = engine.runtime().startProcessInstanceByKey("p").getId();
    engine.inTransaction(
        () -> {
          AnswerRows.insert(hash, id, activity, "template", 0);
          new AwaitedInstances(engine.configuration(), () -> true, given -> {}).mark(id);
          return null;
        });
    work.accept(id);
    return told;
  }

  @Test
  void whenAnActivityIsReachedThenItsAnswerIsGivenInAScopeAndAsMultiInstanceToo() {
    assertThat(told("sub", "sub", engine::complete)).containsExactly("sub");
    told.clear();
    assertThat(told("many", "many", engine::complete)).containsExactly("many");
    told.clear();
    assertThat(told("none", "wait", engine::complete)).isEmpty(); // it was reached before
  }

  @Test
  void whenAnInstanceIsDeletedThenItHasEnded() {
    assertThat(told("deleted", "e", id -> engine.runtime().deleteProcessInstance(id, "test")))
        .containsExactly("deleted");
  }

  @Test
  void whenTheApplicationHasListenersThenTheyStay() {
    var configuration = new StandaloneProcessEngineConfiguration();
    AwaitedInstances awaited = new AwaitedInstances(configuration, () -> true, given -> {});
    InstanceEvents.install(configuration, awaited);
    List<FlowableEventListener> first =
        configuration.getTypedEventListeners().values().iterator().next();
    configuration.setTypedEventListeners(
        Map.of(
            configuration.getTypedEventListeners().keySet().iterator().next(),
            first,
            "JOB_CANCELED",
            first));

    InstanceEvents.install(configuration, awaited);

    assertThat(configuration.getTypedEventListeners())
        .hasSize(2)
        .containsEntry("JOB_CANCELED", first);
    assertThat(configuration.getTypedEventListeners().values().stream().mapToInt(List::size))
        .containsExactlyInAnyOrder(1, 2);
  }

  @Test
  void whenItFailsThenTheTransactionDoes() {
    var configuration = new StandaloneProcessEngineConfiguration();
    InstanceEvents.install(
        configuration, new AwaitedInstances(configuration, () -> true, given -> {}));

    assertThat(configuration.getTypedEventListeners().values())
        .singleElement()
        .satisfies(
            listeners -> {
              assertThat(listeners.get(0).isFailOnException()).isTrue();
              assertThat(listeners.get(0).isFireOnTransactionLifecycleEvent()).isFalse();
              assertThat(listeners.get(0).getOnTransaction()).isNull();
            });
  }
}
