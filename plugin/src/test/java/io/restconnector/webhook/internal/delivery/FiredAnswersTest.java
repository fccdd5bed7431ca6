package io.restconnector.webhook.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.webhook.WebhookEngine;
import io.restconnector.webhook.internal.request.WebhookResponse;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.flowable.common.engine.impl.history.HistoryLevel;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.delegate.JavaDelegate;
import org.flowable.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a trigger's own answer tells of the instances that its request started or woke. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FiredAnswersTest {

  private static final String WHOLE = "'body': '${result}'";

  private final WebhookEngine engine =
      WebhookEngine.with(each -> each.setHistoryLevel(HistoryLevel.NONE));

  @AfterAll
  void close() {
    engine.close();
  }

  private void deploy(String key, String process, String properties) {
    engine.deploy(
        key + ".bpmn20.xml",
        process,
        key + ".event",
        """
        {"key": "%s", "payload": [
          {"name": "id", "type": "string", "correlationParameter": true},
          {"name": "price", "type": "double"}]}
        """
            .formatted(key),
        key + ".channel",
        WebhookEngine.channel(key, key, properties.replace('\'', '"')));
  }

  private JsonNode post(String path, String json) {
    WebhookResponse answer = engine.post(path, json);
    assertThat(answer.status()).isEqualTo(200);
    return JsonMapper.shared().readTree(answer.body());
  }

  private static String straight(String key, String middle) {
    return """
        <process id="%s"><startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="m"/>%s
          <sequenceFlow sourceRef="m" targetRef="e"/><endEvent id="e"/></process>
        """
        .formatted(key, middle);
  }

  private static final String PRICED =
      "<serviceTask id=\"m\" flowable:expression=\"${6 * 7}\" flowable:resultVariable=\"price\"/>";

  private static String start(String key) {
    return """
        'action': {'type': 'startProcess', 'processDefinitionKey': '%s', 'businessKey': '${body.id}',
          'variables': {'id': '${body.id}', 'all': '${body}'}}, %s
        """
        .formatted(key, WHOLE);
  }

  @Test
  void whenAnInstanceEndsInTheRequestThenTheAnswerHasItsVariablesWithoutHistory() {
    deploy("ends", straight("ends", PRICED), start("ends"));

    JsonNode result = post("ends", "{\"id\": \"o1\", \"big\": 1.5}");

    assertThat(result.path("instances").size()).isEqualTo(1);
    JsonNode instance = result.path("instance");
    assertThat(instance).isEqualTo(result.path("instances").get(0));
    assertThat(instance.path("businessKey").stringValue()).isEqualTo("o1");
    assertThat(instance.path("definitionKey").stringValue()).isEqualTo("ends");
    assertThat(instance.path("ended").booleanValue()).isTrue();
    assertThat(instance.path("variables").toString())
        .isEqualTo("{\"all\":{\"id\":\"o1\",\"big\":1.5},\"id\":\"o1\",\"price\":42}");
  }

  @Test
  void whenAnInstanceWaitsThenTheAnswerHasItAsItIsThen() {
    deploy("waits", straight("waits", "<userTask id=\"m\"/>"), start("waits"));

    JsonNode instance = post("waits", "{\"id\": \"o2\"}").path("instance");

    assertThat(instance.path("ended").booleanValue()).isFalse();
    assertThat(instance.path("id").stringValue())
        .isEqualTo(
            engine
                .runtime()
                .createProcessInstanceQuery()
                .processInstanceBusinessKey("o2")
                .singleResult()
                .getId());
  }

  /** Each way to start or to wake, and what the first of its instances is. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          event         | 'channelEventKeyDetection': {'fixedValue': 'KEY'}
          uniqueEvent   | 'channelEventKeyDetection': {'fixedValue': 'KEY'}
          startMessage  | 'action': {'type': 'startMessage', 'name': 'KEY', 'businessKey': 'b'}
          signal        | 'action': {'type': 'signal', 'name': 'KEY'}
          startProcess  | 'action': {'type': 'startProcess', 'processDefinitionKey': 'KEY'}
          """)
  void whenARequestStartsAnInstanceThenItIsTheOneOfTheAnswer(String way, String action) {
    String key = "start" + way;
    String trigger =
        switch (way) {
          case "event" ->
              "<extensionElements><flowable:eventType>KEY</flowable:eventType></extensionElements>";
          case "uniqueEvent" ->
              """
              <extensionElements><flowable:eventType>KEY</flowable:eventType>
              <flowable:startEventCorrelationConfiguration>storeAsUniqueReferenceId</flowable:startEventCorrelationConfiguration>
              </extensionElements>
              """;
          case "startMessage" -> "<messageEventDefinition messageRef=\"d\"/>";
          case "signal" -> "<signalEventDefinition signalRef=\"d\"/>";
          default -> "";
        };
    // What it calls and throws is not what the request has started.
    deploy(
        key,
        """
        <message id="d" name="KEY"/><signal id="d2" name="other"/>
        <process id="KEY"><startEvent id="s">TRIGGER</startEvent>
          <sequenceFlow sourceRef="s" targetRef="c"/><callActivity id="c" calledElement="called"/>
          <sequenceFlow sourceRef="c" targetRef="t"/>
          <intermediateThrowEvent id="t"><signalEventDefinition signalRef="d2"/></intermediateThrowEvent>
          <sequenceFlow sourceRef="t" targetRef="u"/><userTask id="u"/></process>
        <process id="called"><startEvent id="s3"/></process>
        <process id="thrown"><startEvent id="s4"><signalEventDefinition signalRef="d2"/></startEvent>
          <sequenceFlow sourceRef="s4" targetRef="u4"/><userTask id="u4"/></process>
        """
            .replace(
                "<message id=\"d\" name=\"KEY\"/>",
                way.equals("signal")
                    ? "<signal id=\"d\" name=\"KEY\"/>"
                    : "<message id=\"d\" name=\"KEY\"/>")
            .replace("TRIGGER", trigger)
            .replace("KEY", key),
        action.replace("KEY", key) + ", " + WHOLE);

    JsonNode result = post(key, "{\"id\": \"7\"}");

    assertThat(result.path("instances").size()).isEqualTo(1);
    assertThat(result.at("/instance/definitionKey").stringValue()).isEqualTo(key);
    ProcessInstance instance =
        engine.runtime().createProcessInstanceQuery().processDefinitionKey(key).singleResult();
    assertThat(result.at("/instance/id").stringValue()).isEqualTo(instance.getId());
    if (way.equals("uniqueEvent")) {
      assertThat(post(key, "{\"id\": \"7\"}")).isEqualTo(result);
    }
    engine.runtime().deleteProcessInstance(instance.getId(), "test");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          event   | 'channelEventKeyDetection': {'fixedValue': 'KEY'}
          message | 'action': {'type': 'message', 'name': 'KEY', 'correlationKey': '${body.id}', 'variables': {'price': '${body.price}'}}
          signal  | 'action': {'type': 'signal', 'name': 'KEY', 'variables': {'price': '${body.price}'}}
          """)
  void whenARequestWakesInstancesThenTheyAreThoseOfTheAnswer(String way, String action) {
    String key = "wake" + way;
    String trigger =
        way.equals("event")
            ? """
              <receiveTask id="m"><extensionElements><flowable:eventType>KEY</flowable:eventType>
              <flowable:eventCorrelationParameter name="id" value="7"/>
              <flowable:eventOutParameter source="price" target="price"/></extensionElements>
              </receiveTask>
              """
            : "<intermediateCatchEvent id=\"m\"><%1$sEventDefinition %1$sRef=\"d\"/></intermediateCatchEvent>"
                .formatted(way);
    deploy(
        key,
        ((way.equals("event") ? "" : "<%s id=\"d\" name=\"KEY\"/>".formatted(way))
                + straight("KEY", trigger))
            .replace("KEY", key),
        action.replace("KEY", key) + ", " + WHOLE);
    List<String> ids =
        List.of(
            engine.runtime().startProcessInstanceByKey(key, "7", Map.of("n", 1)).getId(),
            engine.runtime().startProcessInstanceByKey(key, "7", Map.of("n", 2)).getId());

    JsonNode result = post(key, "{\"id\": \"7\", \"price\": 5}");

    assertThat(result.path("instances").valueStream().map(each -> each.path("id").stringValue()))
        .containsExactlyInAnyOrderElementsOf(ids);
    for (JsonNode each : result.path("instances")) {
      assertThat(each.path("ended").booleanValue()).isTrue();
      assertThat(each.at("/variables/price").intValue()).isEqualTo(5);
      assertThat(each.at("/variables/n").isNumber()).isTrue();
    }
  }

  @Test
  void whenNothingIsStartedOrWokenThenThereIsNoInstance() {
    deploy(
        "nothing",
        straight("nothing", PRICED),
        """
        'action': {'type': 'none'}, 'body': {'r': '${result}', 'id': '${result.instance.id}',
          'is': '${result.instance == null}', 'n': '${result.instances.size()}'}
        """);

    assertThat(post("nothing", "{}").toString())
        .isEqualTo("{\"r\":{\"instances\":[],\"instance\":null},\"id\":null,\"is\":true,\"n\":0}");
  }

  @Test
  void whenHeadersSeeTheResultThenTheyAreSentWithIt() {
    deploy(
        "located",
        straight("located", PRICED),
        """
        'action': {'type': 'startProcess', 'processDefinitionKey': 'located'}, 'status': 201,
        'answerHeaders': {'Location': '/orders/${result.instance.id}',
          'X-Price': '${result.instance.variables.price}'}
        """);

    WebhookResponse answer = engine.post("located", "{}");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.headers()).containsEntry("X-Price", "42");
    assertThat(answer.headers().get("Location")).matches("/orders/.+");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nX-Evil: b", "a\u0000", "€"})
  void whenAValueOfTheProcessCannotStandInAHeaderThenTheRequestIsRefusedAndNothingIsDone(
      String value) {
    deploy(
        "unfit",
        straight("unfit", "<userTask id=\"m\"/>"),
        """
        'action': {'type': 'startProcess', 'processDefinitionKey': 'unfit',
          'variables': {'v': '${body.v}'}},
        'answerHeaders': {'X-V': '${result.instance.variables.v}'}
        """);

    WebhookResponse answer =
        engine.post("unfit", JsonMapper.shared().writeValueAsString(Map.of("v", value)));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(WebhookEngine.text(answer)).contains("answerHeaders.X-V").doesNotContain("Evil");
    assertThat(engine.runtime().createProcessInstanceQuery().processDefinitionKey("unfit").count())
        .isZero();
  }

  @Test
  void whenADeliveryComesAgainThenItIsAnsweredWithTheResultOfTheFirst() {
    deploy(
        "again",
        straight("again", PRICED),
        """
        'deduplication': {'key': '${body.id}'}, 'status': 201,
        'action': {'type': 'startProcess', 'processDefinitionKey': 'again'},
        'body': {'id': '${result.instance.id}'},
        'answerHeaders': {'X-Price': '${result.instance.variables.price}'}
        """);

    WebhookResponse first = engine.post("again", "{\"id\": 1}");
    WebhookResponse second = engine.post("again", "{\"id\": 1}");

    assertThat(first.status()).isEqualTo(201);
    assertThat(WebhookEngine.text(first)).matches("\\{\"id\":\"[^\"]+\"}");
    assertThat(WebhookEngine.text(second)).isEqualTo(WebhookEngine.text(first));
    assertThat(second.status()).isEqualTo(201);
    assertThat(second.headers()).isEqualTo(first.headers()).containsEntry("X-Price", "42");
  }

  @Test
  void whenATriggerFiresForEachElementThenTheAnswerHasAllInstances() {
    deploy(
        "all",
        straight("all", PRICED),
        """
        'each': '${body}', 'deduplication': {'key': '${item.id}'},
        'action': {'type': 'startProcess', 'processDefinitionKey': 'all',
          'businessKey': '${item.id}'},
        'body': '${result}'
        """);

    JsonNode result = post("all", "[{\"id\": 1}, {\"id\": 2}, {\"id\": 3}]");

    assertThat(
            result.path("instances").valueStream().map(each -> each.path("businessKey").asString()))
        .containsExactly("1", "2", "3");
    assertThat(post("all", "[{\"id\": 1}]")).isEqualTo(result);
  }

  @Test
  void whenTriggersOfTwoTenantsFireThenNeitherAnswerTellsOfTheOther() {
    for (String tenant : List.of("a", "b")) {
      engine.deployFor(
          tenant,
          "tenant.bpmn20.xml",
          straight("tenant", PRICED),
          "tenant.channel",
          WebhookEngine.channel(
              "tenant" + tenant,
              "tenant",
              """
              "action": {"type": "startProcess", "processDefinitionKey": "tenant",
                "businessKey": "%s"}, "body": "${result}"
              """
                  .formatted(tenant)));
    }

    JsonNode result = post("tenant", "{}");

    assertThat(result.path("instances").size()).isEqualTo(1);
    assertThat(result.at("/instance/businessKey").stringValue()).isEqualTo("a");
  }

  @Test
  void whenAVariableHasNoJsonFormThenItIsLeftOut() {
    engine.deploy(
        "opaque.bpmn20.xml",
        straight(
            "opaque",
            "<serviceTask id=\"m\" flowable:class=\"%s\"/>"
                .formatted(SetsOpaqueValue.class.getName())),
        "opaque.channel",
        WebhookEngine.channel(
            "opaque",
            "opaque",
            "\"action\": {\"type\": \"startProcess\", \"processDefinitionKey\": \"opaque\"},"
                + " \"body\": \"${result.instance.variables}\""));

    assertThat(post("opaque", "{}").toString()).isEqualTo("{\"known\":1}");
  }

  /** For the engine. */
  public static final class SetsOpaqueValue implements JavaDelegate {

    private record Opaque(int number) implements Serializable {}

    @Override
    public void execute(DelegateExecution execution) {
      execution.setVariable("known", 1);
      execution.setVariable("opaque", new Opaque(1));
      execution.setTransientVariable("transient", 1);
    }
  }
}
