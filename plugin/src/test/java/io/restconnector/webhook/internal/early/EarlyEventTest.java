package io.restconnector.webhook.internal.early;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restconnector.webhook.TestDatabase;
import io.restconnector.webhook.TestEngine;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.flowable.task.api.Task;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What came early and what waits for it, whichever comes first. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EarlyEventTest {

  private static final String EARLY = "\"early\": {\"keep\": \"PT10M\"}, \"status\": 202, ";

  private TestEngine engine;
  private String key;

  TestDatabase database() {
    return TestDatabase.H2;
  }

  @BeforeAll
  void start() {
    engine = TestEngine.on(database());
  }

  @AfterAll
  void close() {
    engine.close();
  }

  @BeforeEach
  void newNames() {
    key = "k" + UUID.randomUUID().toString().replace("-", "");
  }

  @Test
  void whenAnEventComesEarlyThenItIsDeliveredToWhatBeginsToWait() {
    deployEvent("id");
    deployWaiting("${id}");

    assertThat(engine.post(key + "/1", "{\"v\": 7}").status()).isEqualTo(202);
    assertThat(rows()).isEqualTo(1);
    String instance = start("1");

    await().untilAsserted(() -> assertThat(tasks(instance)).containsExactly("next"));
    assertThat(engine.runtime().getVariable(instance, "v")).isEqualTo(7L);
    assertThat(rows()).isZero();
  }

  private void deployEvent(String... correlation) {
    StringBuilder payload = new StringBuilder("{\"name\": \"v\", \"type\": \"json\"}");
    StringBuilder values = new StringBuilder("\"v\": \"${body.v}\"");
    for (String name : correlation) {
      payload.append(
          ", {\"name\": \"%s\", \"type\": \"string\", \"correlationParameter\": true}"
              .formatted(name));
    }
    values.append(", \"id\": \"${pathVariables.id}\"");
    engine.deploy(
        key + ".event",
        "{\"key\": \"%s\", \"payload\": [%s]}".formatted(key, payload),
        key + ".channel",
        TestEngine.channel(
            key,
            key + "/{id}",
            EARLY
                + "\"payload\": {%s}, \"channelEventKeyDetection\": {\"fixedValue\": \"%s\"}"
                    .formatted(values, key)));
  }

  private void deployWaiting(String id) {
    engine.deploy(
        key + ".bpmn20.xml",
        """
        <process id="%1$s"><startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="w"/>
          <intermediateCatchEvent id="w"><extensionElements>
            <flowable:eventType>%1$s</flowable:eventType>
            <flowable:eventCorrelationParameter name="id" value="%2$s"/>
            <flowable:eventOutParameter source="v" target="v"/></extensionElements>
          </intermediateCatchEvent>
          <sequenceFlow sourceRef="w" targetRef="next"/><userTask id="next"/></process>
        """
            .formatted(key, id));
  }

  private String start(String id) {
    return engine.runtime().startProcessInstanceByKey(key, Map.of("id", id)).getId();
  }

  private List<String> tasks(String instance) {
    return engine
        .engine()
        .getTaskService()
        .createTaskQuery()
        .processInstanceId(instance)
        .list()
        .stream()
        .map(Task::getTaskDefinitionKey)
        .toList();
  }

  private long rows() {
    return new Transactions(engine.configuration())
        .run(
            () ->
                EarlyEventTable.list(0, 1_000).stream()
                    .filter(each -> each.name().equals(key))
                    .count());
  }
}
