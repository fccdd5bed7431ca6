package io.restconnector.webhook.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.fixtures.LoggedEvents;
import io.restconnector.fixtures.TestDatabase;
import io.restconnector.webhook.WebhookEngine;
import io.restconnector.webhook.internal.WebhookEndpoint;
import io.restconnector.webhook.internal.request.WebhookResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.flowable.common.engine.impl.history.HistoryLevel;
import org.flowable.common.engine.impl.persistence.entity.PropertyEntity;
import org.flowable.common.engine.impl.persistence.entity.PropertyEntityManager;
import org.flowable.engine.runtime.ProcessInstance;
import org.flowable.task.api.Task;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request does to processes, on each kind of database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class DeliveryMatrix {

  private static final String EVENT =
      """
      {"key": "paid", "name": "Paid", "payload": [
        {"name": "orderId", "type": "string", "correlationParameter": true},
        {"name": "amount", "type": "integer"}]}
      """;
  private static final String CHANNEL =
      WebhookEngine.channel(
          "payments",
          "payments/{orderId}",
          """
          "payload": {"orderId": "${pathVariables.orderId}"},
          "channelEventKeyDetection": {"fixedValue": "paid"}
          """);
  private static final String ON_PAID =
      """
      <extensionElements>
        <flowable:eventType>paid</flowable:eventType>
        <flowable:eventCorrelationParameter name="orderId" value="${orderId}"/>
        <flowable:eventOutParameter source="amount" target="amount"/>
      </extensionElements>
      """;
  private static final Map<String, String> WAITING =
      Map.of(
          "catch", "<intermediateCatchEvent id=\"w\">%s</intermediateCatchEvent>" + leaving("w"),
          "receive", "<receiveTask id=\"w\">%s</receiveTask>" + leaving("w"),
          "boundary",
              "<userTask id=\"w\"/><boundaryEvent id=\"b\" attachedToRef=\"w\">%s</boundaryEvent>"
                  + leaving("b"),
          "nonInterrupting",
              """
              <userTask id="w"/>
              <boundaryEvent id="b" attachedToRef="w" cancelActivity="false">%s</boundaryEvent>
              """
                  + leaving("b"),
          "subprocess",
              """
              <userTask id="w"/><subProcess id="e" triggeredByEvent="true">
              <startEvent id="b" isInterrupting="true">%s</startEvent>
              """
                  + leaving("b")
                  + "</subProcess>");

  private static final String END = "</process>";

  private final WebhookEngine engine;

  DeliveryMatrix(TestDatabase database) {
    engine =
        WebhookEngine.on(
            database,
            database.url(),
            configuration -> configuration.setHistoryLevel(HistoryLevel.NONE));
    engine.deploy("paid.event", EVENT, "payments.channel", CHANNEL);
    WAITING.forEach(
        (process, elements) ->
            engine.deploy(
                process + ".bpmn20.xml", entering(process) + elements.formatted(ON_PAID) + END));
  }

  @AfterAll
  void close() {
    engine.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"catch", "receive", "boundary", "subprocess", "nonInterrupting"})
  void whenEventComesThenItWakesTheInstanceThatWaitsForItAndNoOther(String process) {
    String orderId = UUID.randomUUID().toString();
    ProcessInstance expected = start(process, Map.of("orderId", orderId));
    ProcessInstance other = start(process, Map.of("orderId", "another"));

    WebhookResponse response = engine.post("payments/" + orderId, "{\"amount\": 5}");

    assertThat(response.status()).isEqualTo(200);
    assertThat(tasksOf(expected)).contains("woken");
    assertThat(engine.runtime().getVariable(expected.getId(), "amount")).isEqualTo(5);
    assertThat(tasksOf(other)).doesNotContain("woken");
  }

  @Test
  void whenNothingWaitsThenAnswerIsNotMatchAndSaysSo() {
    WebhookResponse response = engine.post("payments/nobody", "{\"amount\": 5}");

    assertThat(response.status()).isEqualTo(404);
    assertThat(response.contentType()).isEqualTo("application/problem+json");
    assertThat(WebhookEngine.text(response)).contains("nothing waits for it");
  }

  @Test
  void whenEventHasBeenTakenThenTheSameRequestFindsNothing() {
    String orderId = UUID.randomUUID().toString();
    ProcessInstance instance = start("catch", Map.of("orderId", orderId));
    engine.post("payments/" + orderId, "{}");

    WebhookResponse response = engine.post("payments/" + orderId, "{}");

    assertThat(response.status()).isEqualTo(404);
    assertThat(tasksOf(instance)).containsExactly("woken");
  }

  @Test
  void whenTenThousandInstancesWaitThenExactlyOneIsWoken() throws SQLException {
    engine.deploy(
        "crowd.event",
        "{\"key\": \"crowd\", \"payload\": [{\"name\": \"id\", \"type\": \"string\","
            + " \"correlationParameter\": true}]}",
        "crowd.channel",
        WebhookEngine.channel(
            "crowd",
            "crowd/{id}",
            "\"payload\": {\"id\": \"${pathVariables.id}\"}," + event("crowd")),
        "crowd.bpmn20.xml",
        """
        <process id="crowd"><startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="w"/>
        <intermediateCatchEvent id="w"><extensionElements>
        <flowable:eventType>crowd</flowable:eventType>
        <flowable:eventCorrelationParameter name="id" value="${id}"/></extensionElements>
        </intermediateCatchEvent>
        <sequenceFlow sourceRef="w" targetRef="woken"/><userTask id="woken"/></process>
        """);
    Crowd.start(engine.engine, "crowd", 10_000);

    WebhookResponse response = engine.post("crowd/7311", "");

    assertThat(response.status()).isEqualTo(200);
    List<Task> woken =
        engine.engine.getTaskService().createTaskQuery().processDefinitionKey("crowd").list();
    assertThat(woken).hasSize(1);
    assertThat(engine.runtime().getVariable(woken.get(0).getProcessInstanceId(), "id"))
        .isEqualTo("7311");
  }

  @Test
  void whenTwoTriggersMatchThenBothFireAndTheFirstByKeyAnswers() {
    deployPair("both", "${1 == 1}");

    WebhookResponse response = engine.post("both", "{}");

    assertThat(response.status()).isEqualTo(201);
    assertThat(instancesOf("both-first")).isEqualTo(1);
    assertThat(instancesOf("both-second")).isEqualTo(1);
  }

  @Test
  void whenOneOfTwoTriggersFailsThenNothingIsCommittedAndAnswerIs500() {
    deployPair("half", "${missingBean.fail()}");
    LoggedEvents log = LoggedEvents.of(WebhookEndpoint.class);
    WebhookResponse response;
    try (log) {
      response = engine.post("half", "{}");
    }

    assertThat(response.status()).isEqualTo(500);
    assertThat(WebhookEngine.text(response))
        .doesNotContain("missingBean")
        .doesNotContain("Exception");
    assertThat(log.events().get(0).getFormattedMessage()).contains("half-first", "half-second");
    assertThat(instancesOf("half-first")).isZero();
    assertThat(instancesOf("half-second")).isZero();
  }

  @Test
  void whenTwoTriggersSendTheSameEventThenTheInstanceIsWokenOnce() {
    String orderId = UUID.randomUUID().toString();
    engine.deploy(
        "again.channel",
        WebhookEngine.channel(
            "again",
            "payments/{orderId}",
            """
            "payload": {"orderId": "${pathVariables.orderId}"}, %s
            """
                .formatted(event("paid"))));
    ProcessInstance instance = start("catch", Map.of("orderId", orderId));

    WebhookResponse response = engine.post("payments/" + orderId, "{}");

    assertThat(response.status()).isEqualTo(200);
    assertThat(tasksOf(instance)).containsExactly("woken");
  }

  @Test
  void whenActionIsStartProcessThenAnInstanceStartsWithItsNameKeyAndVariables() {
    engine.deploy(
        "started.bpmn20.xml", process("started"),
        "startProcess.channel",
            WebhookEngine.channel(
                "startProcess",
                "start-process",
                """
                "action": {"type": "startProcess", "processDefinitionKey": "started",
                  "name": "Order ${body.id}", "businessKey": "${body.id}",
                  "variables": {"items": "${body.items}", "id": "${body.id}", "fixed": true}}
                """));

    WebhookResponse response = engine.post("start-process", "{\"id\": 7, \"items\": [1, 2]}");

    assertThat(response.status()).isEqualTo(200);
    ProcessInstance instance =
        engine
            .runtime()
            .createProcessInstanceQuery()
            .processDefinitionKey("started")
            .singleResult();
    assertThat(instance.getName()).isEqualTo("Order 7");
    assertThat(instance.getBusinessKey()).isEqualTo("7");
    Map<String, Object> variables = engine.runtime().getVariables(instance.getId());
    assertThat(variables).containsEntry("id", 7L).containsEntry("fixed", true);
    assertThat(variables.get("items")).hasToString("[1,2]");
  }

  @Test
  void whenABusinessKeyIsLongerThanTheDatabaseHoldsThenAnswerIs400() {
    engine.deploy(
        "long.bpmn20.xml", process("long"),
        "long.channel",
            WebhookEngine.channel(
                "long",
                "long/{key}",
                """
                "action": {"type": "startProcess", "processDefinitionKey": "long",
                  "businessKey": "${pathVariables.key}"}
                """));

    assertThat(engine.post("long/" + "k".repeat(255), "{}").status()).isEqualTo(200);
    WebhookResponse tooLong = engine.post("long/" + "k".repeat(256), "{}");
    assertThat(tooLong.status()).isEqualTo(400);
    assertThat(WebhookEngine.text(tooLong)).contains("action.businessKey of trigger long", "255");
    assertThat(instancesOf("long")).isEqualTo(1);
  }

  @Test
  void whenActionNamesAProcessThatIsNotDeployedThenAnswerIsNotMatch() {
    engine.deploy(
        "nowhere.channel",
        WebhookEngine.channel(
            "nowhere",
            "nowhere",
            "\"action\": {\"type\": \"startProcess\", \"processDefinitionKey\": \"nowhere\"}"));

    assertThat(engine.post("nowhere", "{}").status()).isEqualTo(404);
  }

  @Test
  void whenActionIsSignalThenAllThatWaitAndTheStartEventTakeIt() {
    engine.deploy(
        "signal.bpmn20.xml",
        """
        <signal id="sig" name="alarm"/>
        <process id="signalled"><startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="w"/>
        <intermediateCatchEvent id="w"><signalEventDefinition signalRef="sig"/>
        </intermediateCatchEvent>
        <sequenceFlow sourceRef="w" targetRef="woken"/><userTask id="woken"/></process>
        """,
        "signalStart.bpmn20.xml",
        """
        <signal id="sig" name="alarm"/><process id="signalStart"><startEvent id="s"><signalEventDefinition signalRef="sig"/>
        </startEvent><sequenceFlow sourceRef="s" targetRef="t"/><userTask id="t"/></process>
        """,
        "signal.channel",
        WebhookEngine.channel(
            "signal",
            "signal/{name}",
            """
            "action": {"type": "signal", "name": "${pathVariables.name}",
              "variables": {"level": "${body.level}"}}
            """));
    ProcessInstance one = start("signalled", Map.of());
    ProcessInstance two = start("signalled", Map.of());

    assertThat(engine.post("signal/alarm", "{\"level\": 3}").status()).isEqualTo(200);

    assertThat(tasksOf(one)).containsExactly("woken");
    assertThat(tasksOf(two)).containsExactly("woken");
    assertThat(engine.runtime().getVariable(one.getId(), "level")).isEqualTo(3L);
    assertThat(instancesOf("signalStart")).isEqualTo(1);
    assertThat(engine.post("signal/other", "{}").status()).isEqualTo(404);
  }

  @Test
  void whenAnInstanceIsSuspendedThenItDoesNotTakeTheSignal() {
    engine.deploy(
        "halted.bpmn20.xml",
        "<signal id=\"h\" name=\"halted\"/>"
            + entering("halted")
            + "<intermediateCatchEvent id=\"w\"><signalEventDefinition signalRef=\"h\"/>"
            + "</intermediateCatchEvent>"
            + leaving("w")
            + END,
        "halted.channel",
        WebhookEngine.channel(
            "halted", "halted", "\"action\": {\"type\": \"signal\", \"name\": \"halted\"}"));
    ProcessInstance suspended = start("halted", Map.of());
    engine.runtime().suspendProcessInstanceById(suspended.getId());

    assertThat(engine.post("halted", "{}").status()).isEqualTo(404);
    assertThat(tasksOf(suspended)).isEmpty();

    ProcessInstance active = start("halted", Map.of());
    assertThat(engine.post("halted", "{}").status()).isEqualTo(200);
    assertThat(tasksOf(active)).containsExactly("woken");
    assertThat(tasksOf(suspended)).isEmpty();
  }

  @Test
  void whenActionIsMessageThenTheInstanceWithThatBusinessKeyTakesIt() {
    engine.deploy(
        "message.bpmn20.xml",
        """
        <message id="msg" name="reply"/>
        <process id="messaged"><startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="w"/>
        <intermediateCatchEvent id="w"><messageEventDefinition messageRef="msg"/>
        </intermediateCatchEvent>
        <sequenceFlow sourceRef="w" targetRef="woken"/><userTask id="woken"/></process>
        """,
        "message.channel",
        WebhookEngine.channel(
            "message",
            "message/{key}",
            """
            "action": {"type": "message", "name": "reply",
              "correlationKey": "${pathVariables.key}", "variables": {"text": "${body.text}"}}
            """));
    ProcessInstance expected = engine.runtime().startProcessInstanceByKey("messaged", "a");
    ProcessInstance other = engine.runtime().startProcessInstanceByKey("messaged", "b");

    assertThat(engine.post("message/a", "{\"text\": \"hi\"}").status()).isEqualTo(200);

    assertThat(tasksOf(expected)).containsExactly("woken");
    assertThat(engine.runtime().getVariable(expected.getId(), "text")).isEqualTo("hi");
    assertThat(tasksOf(other)).isEmpty();
    assertThat(engine.post("message/c", "{\"text\": \"hi\"}").status()).isEqualTo(404);
  }

  @Test
  void whenActionIsStartMessageThenTheProcessOfThatMessageStarts() {
    engine.deploy(
        "startMessage.bpmn20.xml",
        """
        <message id="msg" name="begin"/>
        <process id="begun"><startEvent id="s"><messageEventDefinition messageRef="msg"/>
        </startEvent><sequenceFlow sourceRef="s" targetRef="t"/><userTask id="t"/></process>
        """,
        "startMessage.channel",
        WebhookEngine.channel(
            "startMessage",
            "start-message/{name}",
            """
            "action": {"type": "startMessage", "name": "${pathVariables.name}",
              "businessKey": "${body.key}", "variables": {"all": "${body}"}}
            """));

    assertThat(engine.post("start-message/begin", "{\"key\": \"k1\"}").status()).isEqualTo(200);

    ProcessInstance instance =
        engine.runtime().createProcessInstanceQuery().processDefinitionKey("begun").singleResult();
    assertThat(instance.getBusinessKey()).isEqualTo("k1");
    assertThat(engine.runtime().getVariable(instance.getId(), "all"))
        .hasToString("{\"key\":\"k1\"}");
    assertThat(engine.post("start-message/never", "{}").status()).isEqualTo(404);
  }

  @Test
  void whenActionIsNoneThenTheTriggerOnlyAnswers() {
    engine.deploy(
        "none.channel",
        WebhookEngine.channel(
            "none",
            "none",
            """
            "action": {"type": "none"}, "status": 203, "body": {"challenge": "${body.challenge}"}
            """));

    WebhookResponse response = engine.post("none", "{\"challenge\": \"abc\"}");

    assertThat(response.status()).isEqualTo(203);
    assertThat(WebhookEngine.text(response)).isEqualTo("{\"challenge\":\"abc\"}");
  }

  @Test
  void whenTriggerAcceptsWithoutConsumerThenItsStatusIsTheAnswer() {
    engine.deploy(
        "accepting.event",
        "{\"key\": \"accepting\", \"payload\": []}",
        "accepting.channel",
        WebhookEngine.channel(
            "accepting",
            "accepting",
            "\"status\": 202, \"acceptWithoutConsumer\": true, " + event("accepting")));

    assertThat(engine.post("accepting", "{}").status()).isEqualTo(202);
  }

  @Test
  void whenUniqueInstanceIsThereThenItsEventIsAcceptedAndStartsNoSecond() {
    engine.deploy(unique("once"));

    assertThat(engine.post("once/1", "{}").status()).isEqualTo(200);
    assertThat(engine.post("once/1", "{}").status()).isEqualTo(200);
    assertThat(engine.post("once/2", "{}").status()).isEqualTo(200);

    assertThat(instancesOf("once")).isEqualTo(2);
  }

  @Test
  void whenADeadNodeHasLeftTheLockOfAUniqueInstanceThenItStartsOnceTheLockIsOld() {
    Duration age =
        engine
            .configuration()
            .getEventSubscriptionServiceConfiguration()
            .getEventSubscriptionLockTime()
            .plusSeconds(1);
    lockUnique("left", Instant.now().minus(age));

    assertThat(engine.post("left/1", "{}").status()).isEqualTo(200);
    assertThat(instancesOf("left")).isEqualTo(1);
  }

  @Test
  void whenAnotherHoldsTheLockOfAUniqueInstanceThenAnswerIs503() {
    lockUnique("held", Instant.now());

    assertThat(engine.post("held/1", "{}").status()).isEqualTo(503);
    assertThat(instancesOf("held")).isZero();
  }

  /**
   * Deploys a unique instance of key 1, which is not there, under the engine's lock of an event
   * that another channel received.
   */
  private void lockUnique(String process, Instant since) {
    engine.deploy(unique(process));
    engine.post(process + "/1", "{}");
    ProcessInstance instance =
        engine.runtime().createProcessInstanceQuery().processDefinitionKey(process).singleResult();
    engine.runtime().deleteProcessInstance(instance.getId(), "to start it again");
    String name = "belock" + instance.getReferenceId() + process;
    engine
        .engine
        .getManagementService()
        .executeCommand(
            context -> {
              PropertyEntityManager properties = engine.configuration().getPropertyEntityManager();
              PropertyEntity property = properties.create();
              property.setName(name);
              property.setValue(since + " - node(192.0.2.1)");
              properties.insert(property);
              return null;
            });
  }

  @Test
  void whenDefinitionIsSuspendedThenAnswerIs500AndNothingIsCommitted() {
    engine.deploy(unique("suspended"));
    engine.engine.getRepositoryService().suspendProcessDefinitionByKey("suspended");

    assertThat(engine.post("suspended/1", "{}").status()).isEqualTo(500);
    assertThat(instancesOf("suspended")).isZero();
  }

  @Test
  void whenChannelHasATenantThenOnlyThatTenantTakesTheEvent() {
    String[] files = {
      "tenants.event", "{\"key\": \"tenants\", \"payload\": []}",
      "tenants.bpmn20.xml",
          """
          <process id="tenants"><startEvent id="s"><extensionElements>
          <flowable:eventType>tenants</flowable:eventType></extensionElements></startEvent>
          <sequenceFlow sourceRef="s" targetRef="t"/><userTask id="t"/></process>
          """
    };
    engine.deployFor("acme", files);
    engine.deployFor("other", files);
    engine.deployFor(
        "acme",
        "tenants.channel",
        WebhookEngine.channel("tenants", "tenants", event("tenants")),
        "tenantAction.channel",
        WebhookEngine.channel(
            "tenantAction",
            "tenant-action",
            "\"action\": {\"type\": \"startProcess\", \"processDefinitionKey\": \"tenants\"}"));

    assertThat(engine.post("tenants", "{}").status()).isEqualTo(200);
    assertThat(engine.post("tenant-action", "{}").status()).isEqualTo(200);

    assertThat(engine.runtime().createProcessInstanceQuery().processDefinitionKey("tenants").list())
        .hasSize(2)
        .allSatisfy(instance -> assertThat(instance.getTenantId()).isEqualTo("acme"));
  }

  static String[] unique(String key) {
    return new String[] {
      key + ".event",
      """
      {"key": "%1$s", "payload": [
        {"name": "id", "type": "string", "correlationParameter": true}]}
      """
          .formatted(key),
      key + ".channel",
      WebhookEngine.channel(
          key, key + "/{id}", "\"payload\": {\"id\": \"${pathVariables.id}\"}, " + event(key)),
      key + ".bpmn20.xml",
      """
      <process id="%1$s"><startEvent id="s"><extensionElements>
      <flowable:eventType>%1$s</flowable:eventType>
      <flowable:startEventCorrelationConfiguration>storeAsUniqueReferenceId</flowable:startEventCorrelationConfiguration>
      </extensionElements></startEvent>
      <sequenceFlow sourceRef="s" targetRef="t"/><userTask id="t"/></process>
      """
          .formatted(key)
    };
  }

  public static String event(String key) {
    return "\"channelEventKeyDetection\": {\"fixedValue\": \"" + key + "\"}";
  }

  private static String entering(String process) {
    return """
        <process id="%s"><startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="w"/>
        """
        .formatted(process);
  }

  private static String leaving(String element) {
    return """
        <sequenceFlow sourceRef="%s" targetRef="woken"/><userTask id="woken"/>
        """
        .formatted(element);
  }

  private static String process(String key) {
    return """
        <process id="%s"><startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="t"/>
        <userTask id="t"/></process>
        """
        .formatted(key);
  }

  /** Two start events for one path; the second one's process evaluates an expression. */
  private void deployPair(String path, String expression) {
    engine.deploy(
        "first.bpmn20.xml", process(path + "-first"),
        "second.bpmn20.xml",
            """
            <process id="%s-second"><startEvent id="s"/>
            <sequenceFlow sourceRef="s" targetRef="e"/>
            <serviceTask id="e" flowable:expression="%s"/>
            <sequenceFlow sourceRef="e" targetRef="t"/><userTask id="t"/></process>
            """
                .formatted(path, expression),
        "first.channel", starting(path, "first", 201),
        "second.channel", starting(path, "second", 202));
  }

  private static String starting(String path, String which, int status) {
    return WebhookEngine.channel(
        path + "-" + which,
        path,
        """
        "status": %d, "action": {"type": "startProcess", "processDefinitionKey": "%s-%s"}
        """
            .formatted(status, path, which));
  }

  private ProcessInstance start(String process, Map<String, Object> variables) {
    return engine.runtime().startProcessInstanceByKey(process, variables);
  }

  private List<String> tasksOf(ProcessInstance instance) {
    return engine
        .engine
        .getTaskService()
        .createTaskQuery()
        .processInstanceId(instance.getId())
        .list()
        .stream()
        .map(Task::getTaskDefinitionKey)
        .toList();
  }

  private long instancesOf(String process) {
    return engine.runtime().createProcessInstanceQuery().processDefinitionKey(process).count();
  }
}
