package io.restconnector.webhook.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.fixtures.TestDatabase;
import io.restconnector.webhook.WebhookEngine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.flowable.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many senders at once, on PostgreSQL unless a subclass says otherwise. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RaceTest {

  private static final int SENDERS = 32;

  private final WebhookEngine engine = WebhookEngine.on(database());

  TestDatabase database() {
    return TestDatabase.POSTGRES;
  }

  /** What those may be answered who start the same unique instance. */
  List<Integer> uniqueStatuses() {
    return List.of(200);
  }

  @AfterAll
  void close() {
    engine.close();
  }

  /** What comes after the wait decides which statements collide. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "<userTask id=\"next\"/>",
        "<endEvent id=\"next\"/>",
        "<userTask id=\"next\" flowable:async=\"true\"/>"
      })
  void whenManySendTheSameCorrelatedEventThenExactlyOneWakesTheInstance(String next)
      throws Exception {
    String key = "race" + Integer.toHexString(next.hashCode());
    engine.deploy(waiting(key, next));
    ProcessInstance instance = engine.runtime().startProcessInstanceByKey(key, Map.of("id", "1"));

    List<Integer> statuses = together(sender -> engine.post(key + "/1", "{}").status());

    assertThat(Collections.frequency(statuses, 200)).isEqualTo(1);
    assertThat(Collections.frequency(statuses, 404)).isEqualTo(SENDERS - 1);
    if (next.startsWith("<userTask id=\"next\"/>")) {
      assertThat(
              engine
                  .engine
                  .getTaskService()
                  .createTaskQuery()
                  .processInstanceId(instance.getId())
                  .singleResult()
                  .getTaskDefinitionKey())
          .isEqualTo("next");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"message", "signal"})
  void whenManySendTheSameMessageOrSignalThenExactlyOneWakesTheInstance(String type)
      throws Exception {
    String key = type + "Race";
    engine.deploy(
        key + ".bpmn20.xml",
        """
        <%1$s id="d" name="%2$s"/>
        <process id="%2$s"><startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="w"/>
        <intermediateCatchEvent id="w"><%1$sEventDefinition %1$sRef="d"/></intermediateCatchEvent>
        <sequenceFlow sourceRef="w" targetRef="next"/><userTask id="next"/></process>
        """
            .formatted(type, key),
        key + ".channel",
        WebhookEngine.channel(
            key,
            key,
            """
            "action": {"type": "%s", "name": "%s"%s}
            """
                .formatted(
                    type, key, type.equals("message") ? ", \"correlationKey\": \"k\"" : "")));
    ProcessInstance instance = engine.runtime().startProcessInstanceByKey(key, "k");

    List<Integer> statuses = together(sender -> engine.post(key, "{}").status());

    assertThat(Collections.frequency(statuses, 200)).isEqualTo(1);
    assertThat(Collections.frequency(statuses, 404)).isEqualTo(SENDERS - 1);
    assertThat(
            engine
                .engine
                .getTaskService()
                .createTaskQuery()
                .processInstanceId(instance.getId())
                .count())
        .isEqualTo(1);
  }

  @Test
  void whenManyStartUniqueInstancesWithOneKeyThenThereIsOneInstance() throws Exception {
    engine.deploy(DeliveryMatrix.unique("uniqueRace"));

    List<Integer> statuses = together(sender -> engine.post("uniqueRace/1", "{}").status());

    assertThat(statuses).contains(200).isSubsetOf(uniqueStatuses());
    assertThat(
            engine
                .runtime()
                .createProcessInstanceQuery()
                .processDefinitionKey("uniqueRace")
                .count())
        .isEqualTo(1);
  }

  @Test
  void whenManySendDifferentEventsThenEachWakesItsOwnInstance() throws Exception {
    engine.deploy(waiting("own", "<userTask id=\"next\"/>"));
    for (int id = 0; id < SENDERS; id++) {
      engine.runtime().startProcessInstanceByKey("own", Map.of("id", String.valueOf(id)));
    }

    List<Integer> statuses = together(sender -> engine.post("own/" + sender, "{}").status());

    assertThat(statuses).containsOnly(200);
    assertThat(engine.engine.getTaskService().createTaskQuery().processDefinitionKey("own").count())
        .isEqualTo(SENDERS);
  }

  static String[] waiting(String key, String next) {
    return new String[] {
      key + ".event",
      """
      {"key": "%s", "payload": [{"name": "id", "type": "string", "correlationParameter": true}]}
      """
          .formatted(key),
      key + ".channel",
      WebhookEngine.channel(
          key,
          key + "/{id}",
          "\"payload\": {\"id\": \"${pathVariables.id}\"}, " + DeliveryMatrix.event(key)),
      key + ".bpmn20.xml",
      """
      <process id="%1$s"><startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="w"/>
      <intermediateCatchEvent id="w"><extensionElements>
      <flowable:eventType>%1$s</flowable:eventType>
      <flowable:eventCorrelationParameter name="id" value="${id}"/></extensionElements>
      </intermediateCatchEvent><sequenceFlow sourceRef="w" targetRef="next"/>%2$s</process>
      """
          .formatted(key, next)
    };
  }

  private static List<Integer> together(IntFunction<Integer> sender)
      throws InterruptedException, ExecutionException {
    ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
    CyclicBarrier start = new CyclicBarrier(SENDERS);
    try {
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < SENDERS; i++) {
        int number = i;
        answers.add(
            senders.submit(
                () -> {
                  start.await(30, TimeUnit.SECONDS);
                  return sender.apply(number);
                }));
      }
      List<Integer> statuses = new ArrayList<>();
      for (Future<Integer> answer : answers) {
        statuses.add(answer.get());
      }
      return statuses;
    } finally {
      senders.shutdownNow();
    }
  }
}
