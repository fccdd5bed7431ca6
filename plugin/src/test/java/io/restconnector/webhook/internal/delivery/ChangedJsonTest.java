package io.restconnector.webhook.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.fixtures.platform.EngineTree;
import io.restconnector.internal.platform.EngineJson;
import io.restconnector.webhook.WebhookEngine;
import io.restconnector.webhook.internal.request.WebhookResponse;
import java.util.Map;
import java.util.Objects;
import org.flowable.common.engine.api.FlowableOptimisticLockingException;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.delegate.JavaDelegate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A process changes the JSON of a request in place. */
class ChangedJsonTest {

  private static final Map<String, String> DELIVERY =
      Map.of("content-type", "application/json", "x-id", "1");
  private static final String PROCESS =
      """
      <process id="%s"><startEvent id="s">%s</startEvent><sequenceFlow sourceRef="s" targetRef="c"/>
      <serviceTask id="c" flowable:delegateExpression="${counting}"/>
      <sequenceFlow sourceRef="c" targetRef="t"/><userTask id="t"/></process>
      """;

  private final Counting counting = new Counting();
  private final WebhookEngine engine =
      WebhookEngine.with(configuration -> configuration.setBeans(Map.of("counting", counting)));

  @AfterEach
  void close() {
    engine.close();
  }

  /** Counts itself in the variable {@code order}; the first transaction loses a race after that. */
  private static final class Counting implements JavaDelegate {
    private boolean hasLost;

    @Override
    public void execute(DelegateExecution execution) {
      EngineTree.increment(Objects.requireNonNull(execution.getVariable("order")), "count");
      if (!hasLost) {
        hasLost = true;
        throw new FlowableOptimisticLockingException("another was faster");
      }
    }
  }

  @Test
  void whenTheRaceIsLostThenTheNextAttemptAndTheAnswerAreOfTheRequest() {
    engine.deploy(
        "one.bpmn20.xml",
        PROCESS.formatted("one", ""),
        "one.channel",
        WebhookEngine.channel(
            "one",
            "one",
            """
            "deduplication": {"key": "${headers['x-id']}"}, "body": "${body}",
            "action": {"type": "startProcess", "processDefinitionKey": "one",
              "variables": {"order": "${body}"}}
            """));

    WebhookResponse first = engine.send("POST", "one", DELIVERY, "{\"id\":7}");
    WebhookResponse again = engine.send("POST", "one", DELIVERY, "{\"id\":7}");

    assertThat(WebhookEngine.text(first)).isEqualTo("{\"id\":7}");
    assertThat(WebhookEngine.text(again)).isEqualTo("{\"id\":7}");
    assertThat(orderOf("one").path("count").asInt()).isEqualTo(1);
  }

  @Test
  void whenTwoProcessesTakeOneEventThenEachHasItsOwnJson() {
    String onEvent =
        """
        <extensionElements><flowable:eventType>ordered</flowable:eventType>
        <flowable:eventOutParameter source="order" target="order"/></extensionElements>
        """;
    engine.deploy(
        "left.bpmn20.xml",
        PROCESS.formatted("left", onEvent),
        "right.bpmn20.xml",
        PROCESS.formatted("right", onEvent),
        "ordered.event",
        "{\"key\": \"ordered\", \"payload\": [{\"name\": \"order\", \"isFullPayload\": true}]}",
        "ordered.channel",
        WebhookEngine.channel("ordered", "ordered", DeliveryMatrix.event("ordered")));

    assertThat(engine.post("ordered", "{\"id\":7}").status()).isEqualTo(200);

    assertThat(orderOf("left").path("count").asInt()).isEqualTo(1);
    assertThat(orderOf("right").path("count").asInt()).isEqualTo(1);
  }

  private JsonNode orderOf(String process) {
    String instance =
        engine
            .runtime()
            .createProcessInstanceQuery()
            .processDefinitionKey(process)
            .singleResult()
            .getId();
    return (JsonNode)
        Objects.requireNonNull(
            EngineJson.fromEngine(engine.runtime().getVariable(instance, "order")));
  }
}
