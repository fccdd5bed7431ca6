package io.restconnector.webhook.internal.respond;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.restconnector.fixtures.TestDatabase;
import io.restconnector.webhook.WebhookEngine;
import io.restconnector.webhook.internal.WebhookEndpoint;
import io.restconnector.webhook.internal.request.WebhookResponse;
import java.lang.ref.WeakReference;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.flowable.common.engine.impl.history.HistoryLevel;
import org.flowable.common.engine.impl.runtime.Clock;
import org.flowable.common.engine.impl.util.DefaultClockImpl;
import org.flowable.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests that their process answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RespondingProcessTest {

  private static final String IN_TIME = "PT5M";
  private static final String AT_ONCE = "PT0.001S";

  private static final String WAITING =
      """
      <process id="KEY"><startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="t"/>
        <userTask id="t"/><sequenceFlow sourceRef="t" targetRef="m"/>
        <serviceTask id="m" flowable:expression="${6 * 7}" flowable:resultVariable="price"/>
        <sequenceFlow sourceRef="m" targetRef="e"/><endEvent id="e"/></process>
      """;

  private final String url = TestDatabase.H2.url();
  private final WebhookEngine engine = node();
  private final ExecutorService senders = Executors.newCachedThreadPool();

  private WebhookEngine node() {
    return WebhookEngine.on(TestDatabase.H2, url, each -> each.setHistoryLevel(HistoryLevel.NONE));
  }

  @AfterEach
  void resetClock() {
    engine.configuration().getClock().reset();
  }

  @AfterAll
  void close() {
    senders.shutdownNow();
    engine.close();
  }

  private void deploy(String key, String processes, String respond, String more) {
    engine.deploy(
        key + ".bpmn20.xml",
        processes.replace("KEY", key),
        key + ".channel",
        WebhookEngine.channel(
            key,
            key,
            """
            'action': {'type': 'startProcess', 'processDefinitionKey': 'KEY',
              'businessKey': '${body.id}', 'variables': {'v': '${body.v}'}},
            'respond': {%s}%s
            """
                .formatted(respond, more)
                .replace("KEY", key)
                .replace('\'', '"')));
  }

  private static String ended(String within) {
    return "'when': 'ended', 'within': '" + within + "', 'body': '${result}'";
  }

  private CompletableFuture<WebhookResponse> send(String path, String json) {
    int before = waiting();
    CompletableFuture<WebhookResponse> answer =
        CompletableFuture.supplyAsync(() -> engine.post(path, json), senders);
    await().until(() -> waiting() == before + 1 || answer.isDone());
    assertThat(answer).isNotDone();
    return answer;
  }

  private void moveClock(Duration ahead) {
    engine.configuration().getClock().setCurrentTime(Date.from(Instant.now().plus(ahead)));
  }

  private int waiting() {
    return WebhookEndpoint.of(engine.engine).triggers().waitingRequests();
  }

  private ProcessInstance instance(String businessKey) {
    return engine
        .runtime()
        .createProcessInstanceQuery()
        .processInstanceBusinessKey(businessKey)
        .singleResult();
  }

  /** A request waits already when its transaction commits. */
  private ProcessInstance started(String businessKey) {
    await().until(() -> instance(businessKey) != null);
    return Objects.requireNonNull(instance(businessKey));
  }

  private void complete(WebhookEngine node, String key) {
    await()
        .until(
            () ->
                node.engine.getTaskService().createTaskQuery().processDefinitionKey(key).count()
                    == 1);
    node.engine
        .getTaskService()
        .complete(
            node.engine
                .getTaskService()
                .createTaskQuery()
                .processDefinitionKey(key)
                .singleResult()
                .getId());
  }

  private static JsonNode json(WebhookResponse answer) {
    assertThat(answer.status()).isEqualTo(200);
    return JsonMapper.shared().readTree(answer.body());
  }

  private static WebhookResponse get(CompletableFuture<WebhookResponse> answer) throws Exception {
    return answer.get(1, TimeUnit.MINUTES);
  }

  private static WebhookResponse look(WebhookEngine node, WebhookResponse accepted) {
    String location = Objects.requireNonNull(accepted.headers().get("Location"));
    assertThat(location).matches("/rest-connector/events/\\.answers/[A-Za-z0-9_-]{43}");
    return node.send("GET", location.substring("/rest-connector/events/".length()), Map.of(), null);
  }

  @Test
  void whenTheInstanceEndsThenTheRequestIsAnsweredWithItsVariables() throws Exception {
    deploy(
        "ends",
        WAITING,
        """
        'when': 'ended', 'within': 'PT5M', 'status': 201,
        'body': {'id': '${body.id}', 'price': '${result.instance.variables.price}',
          'whole': '${result}', 'mixed': 'for ${body.id}: ${result.instance.variables.price} ${headers.size()}'},
        'answerHeaders': {'X-Key': '${result.instance.businessKey}', 'X-Method': '${method}'}
        """,
        "");
    CompletableFuture<WebhookResponse> answer = send("ends", "{\"id\": \"a\", \"v\": [1.25]}");
    String id = started("a").getId();

    complete(engine, "ends");

    WebhookResponse response = get(answer);
    assertThat(response.status()).isEqualTo(201);
    assertThat(response.headers()).containsEntry("X-Key", "a").containsEntry("X-Method", "POST");
    JsonNode body = JsonMapper.shared().readTree(response.body());
    assertThat(body.path("mixed").stringValue()).isEqualTo("for a: 42 1");
    assertThat(body.path("price").intValue()).isEqualTo(42);
    assertThat(body.at("/whole/instances").size()).isEqualTo(1);
    assertThat(body.at("/whole/instance").toString())
        .isEqualTo(
            "{\"id\":\"%s\",\"businessKey\":\"a\",\"definitionKey\":\"ends\",\"ended\":true,\"variables\":{\"price\":42,\"v\":[1.25]}}"
                .formatted(id));
    assertThat(waiting()).isZero();
  }

  /** How an instance may end, by what is around it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "terminate",
        "terminateAll",
        "delete",
        "undeploy",
        "escalated",
        "interrupted",
        "migrated"
      })
  void whenTheInstanceEndsInAnyOtherWayThenTheRequestIsAnswered(String way) throws Exception {
    String key = "way" + way;
    String end =
        switch (way) {
          case "terminate" -> "<terminateEventDefinition/>";
          case "terminateAll" -> "<terminateEventDefinition flowable:terminateAll=\"true\"/>";
          case "escalated" -> "<errorEventDefinition errorRef=\"failed\"/>";
          default -> "";
        };
    // The request wakes the called instance; its caller goes on where that has failed.
    String deployment =
        engine.deploy(
            key + ".bpmn20.xml",
            """
            <message id="d" name="KEY"/><error id="failed" errorCode="failed"/>
            <process id="KEYouter"><startEvent id="o"/><sequenceFlow sourceRef="o" targetRef="c"/>
              <callActivity id="c" calledElement="KEY" flowable:businessKey="KEY"/>
              <boundaryEvent id="b" attachedToRef="c"><errorEventDefinition errorRef="failed"/>
              </boundaryEvent><boundaryEvent id="b2" attachedToRef="c">
              <messageEventDefinition messageRef="d2"/></boundaryEvent>
              <sequenceFlow sourceRef="b" targetRef="after"/>
              <sequenceFlow sourceRef="b2" targetRef="after"/><userTask id="after"/></process>
            <message id="d2" name="KEYinterrupt"/>
            <process id="KEY"><startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="w"/>
              <intermediateCatchEvent id="w"><messageEventDefinition messageRef="d"/>
              </intermediateCatchEvent><sequenceFlow sourceRef="w" targetRef="t"/>
              <userTask id="t"/><sequenceFlow sourceRef="t" targetRef="e"/>
              <endEvent id="e">END</endEvent></process>
            """
                .replace("END", end)
                .replace("KEY", key),
            key + ".channel",
            WebhookEngine.channel(
                key,
                key,
                """
                "action": {"type": "message", "name": "%1$s", "correlationKey": "%1$s",
                  "variables": {"v": "${body.v}"}},
                "respond": {"when": "ended", "within": "PT5M", "body": "${result}"}
                """
                    .formatted(key)));
    String outer = engine.runtime().startProcessInstanceByKey(key + "outer").getId();
    String id = instance(key).getId();
    CompletableFuture<WebhookResponse> answer = send(key, "{\"v\": 7}");

    await()
        .until(
            () ->
                engine.engine.getTaskService().createTaskQuery().processDefinitionKey(key).count()
                    == 1);
    switch (way) {
      case "delete" -> engine.runtime().deleteProcessInstance(outer, "test");
      case "undeploy" -> engine.engine.getRepositoryService().deleteDeployment(deployment, true);
      case "interrupted" ->
          engine
              .runtime()
              .messageEventReceived(
                  key + "interrupt",
                  engine
                      .runtime()
                      .createExecutionQuery()
                      .messageEventSubscriptionName(key + "interrupt")
                      .singleResult()
                      .getId());
      case "migrated" ->
          engine
              .runtime()
              .createChangeActivityStateBuilder()
              .processInstanceId(id)
              .moveActivityIdTo("t", "e")
              .changeState();
      default -> complete(engine, key);
    }

    JsonNode instance = json(get(answer)).path("instance");
    assertThat(instance.path("id").stringValue()).isEqualTo(id);
    assertThat(instance.path("ended").booleanValue()).isTrue();
    assertThat(instance.at("/variables/v").intValue()).isEqualTo(7);
  }

  private static final String PARALLEL =
      """
      <process id="KEY"><startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="t"/>
        <userTask id="t"/><sequenceFlow sourceRef="t" targetRef="x"/><exclusiveGateway id="x"/>
        <sequenceFlow sourceRef="x" targetRef="there"><conditionExpression>${v == 'there'}</conditionExpression></sequenceFlow>
        <sequenceFlow sourceRef="x" targetRef="e"><conditionExpression>${v != 'there'}</conditionExpression></sequenceFlow>
        <userTask id="there"/><sequenceFlow sourceRef="there" targetRef="e"/><endEvent id="e"/>
      </process>
      """;

  @ParameterizedTest
  @CsvSource({"there, false", "elsewhere, true"})
  void whenTheInstanceReachesTheActivityOrEndsThenTheRequestIsAnswered(String v, boolean isEnded)
      throws Exception {
    String key = "reach" + v;
    deploy(key, PARALLEL, ended(IN_TIME).replace("ended", "there"), "");
    CompletableFuture<WebhookResponse> answer =
        send(key, "{\"id\": \"%s\", \"v\": \"%s\"}".formatted(key, v));

    complete(engine, key);

    JsonNode instance = json(get(answer)).path("instance");
    assertThat(instance.path("ended").booleanValue()).isEqualTo(isEnded);
    assertThat(instance.at("/variables/v").stringValue()).isEqualTo(v);
  }

  @ParameterizedTest
  @CsvSource({"ended, true", "m, false", "e, false"})
  void whenTheInstanceIsSoFarInTheRequestThenItIsAnsweredAtOnceAsItWasThen(
      String when, boolean isEnded) {
    String key = "once" + when;
    deploy(
        key,
        WAITING.replace("<userTask id=\"t\"/>", "<task id=\"t\"/>"),
        ended(AT_ONCE).replace("ended", when),
        "");

    JsonNode instance = json(engine.post(key, "{\"id\": \"1\"}")).path("instance");

    assertThat(instance.path("ended").booleanValue()).isEqualTo(isEnded);
    assertThat(instance.path("variables").has("price")).isEqualTo(!when.equals("m"));
  }

  @ParameterizedTest
  @CsvSource({
    "message, there, false",
    "signal, there, false",
    "event, there, false",
    "message, after, false"
  })
  void whenTheWokenInstanceIsSoFarInTheRequestThenItIsAnsweredAtOnce(
      String type, String when, boolean isEnded) {
    String key = "woken" + type + when;
    String catches =
        type.equals("event")
            ? "<extensionElements><flowable:eventType>KEY</flowable:eventType></extensionElements>"
            : "<%1$sEventDefinition %1$sRef=\"named\"/>".formatted(type);
    engine.deploy(
        key + ".event",
        "{\"key\": \"KEY\", \"payload\": []}".replace("KEY", key),
        key + ".bpmn20.xml",
        """
        <TYPE id="named" name="KEY"/>
        <process id="KEY"><startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="w"/>
          <intermediateCatchEvent id="w">CATCHES</intermediateCatchEvent>
          <sequenceFlow sourceRef="w" targetRef="there"/><task id="there"/>
          <sequenceFlow sourceRef="there" targetRef="after"/><userTask id="after"/></process>
        """
            .replace("TYPE", type.equals("event") ? "message" : type)
            .replace("CATCHES", catches)
            .replace("KEY", key),
        key + ".channel",
        WebhookEngine.channel(
            key,
            key,
            """
            %s, "respond": {"when": "%s", "within": "PT0.001S", "body": "${result}"}
            """
                .formatted(
                    type.equals("event")
                        ? "\"channelEventKeyDetection\": {\"fixedValue\": \"%s\"}".formatted(key)
                        : "\"action\": {\"type\": \"%s\", \"name\": \"%s\"%s}"
                            .formatted(
                                type,
                                key,
                                type.equals("message") ? ", \"correlationKey\": \"1\"" : ""),
                    when)));
    String id = engine.runtime().startProcessInstanceByKey(key, "1").getId();

    JsonNode instance = json(engine.post(key, "{}")).path("instance");

    assertThat(instance.path("id").stringValue()).isEqualTo(id);
    assertThat(instance.path("ended").booleanValue()).isEqualTo(isEnded);
  }

  /** Sees what a request brings. */
  public static final class Probe {

    private final Queue<WeakReference<Object>> seen = new ConcurrentLinkedQueue<>();

    public boolean see(Object body) {
      return seen.add(new WeakReference<>(body));
    }
  }

  @Test
  void whenARequestWaitsThenNothingHoldsItsBody() throws Exception {
    Probe probe = new Probe();
    try (WebhookEngine probed = WebhookEngine.on(TestDatabase.H2)) {
      probed.eventRegistry().getExpressionManager().setBeans(Map.of("probe", probe));
      probed.deploy(
          "probed.bpmn20.xml",
          WAITING.replace("KEY", "probed"),
          "probed.channel",
          WebhookEngine.channel(
              "probed",
              "probed",
              """
              "condition": "${probe.see(body)}",
              "action": {"type": "startProcess", "processDefinitionKey": "probed",
                "variables": {"seen": "${probe.see(body)}"}},
              "respond": {"when": "ended", "within": "PT5M"}
              """));
      CompletableFuture<WebhookResponse> answer =
          CompletableFuture.supplyAsync(() -> probed.post("probed", "{\"a\": [1]}"), senders);
      await().until(() -> WebhookEndpoint.of(probed.engine).triggers().waitingRequests() == 1);
      await().until(() -> probed.runtime().createProcessInstanceQuery().count() == 1);

      await()
          .untilAsserted(
              () -> {
                System.gc();
                assertThat(probe.seen).hasSize(2).allMatch(each -> each.get() == null);
              });

      complete(probed, "probed");
      assertThat(get(answer).status()).isEqualTo(200);
    }
  }

  /** An engine may have been told to leave the schema alone, or have a database of another kind. */
  @Test
  void whenTheTableIsMissingThenInstancesOfOthersRunAndThereIsNoAnswer() throws Exception {
    String other = TestDatabase.H2.url();
    WebhookEngine.on(TestDatabase.H2, other).close();
    dropTable(other);
    try (WebhookEngine without =
        WebhookEngine.on(TestDatabase.H2, other, each -> each.setDatabaseSchemaUpdate("false"))) {
      without.deploy("plain.bpmn20.xml", WAITING.replace("KEY", "plain"));

      without
          .runtime()
          .createProcessInstanceBuilder()
          .processDefinitionKey("plain")
          .callbackId("case")
          .callbackType("a case")
          .start();
      complete(without, "plain");

      assertThat(without.runtime().createProcessInstanceQuery().count()).isZero();
      assertThat(without.send("GET", ".answers/x", Map.of(), null).status()).isEqualTo(404);
    }
  }

  @Test
  void whenThereIsNoEventRegistryThenThereIsNoAnswer() {
    try (WebhookEngine without = WebhookEngine.with(each -> each.setDisableEventRegistry(true))) {
      assertThat(without.send("GET", ".answers/x", Map.of(), null).status()).isEqualTo(404);
    }
  }

  @Test
  void whenItTakesLongerThenTheAnswerIsAtItsAddressForAnHourOnEveryNode() {
    deploy("late", WAITING, ended(AT_ONCE), "");

    WebhookResponse accepted = engine.post("late", "{\"id\": \"late\", \"v\": \"ä€\"}");

    assertThat(accepted.status()).isEqualTo(202);
    assertThat(accepted.body()).isEmpty();
    try (WebhookEngine other = node()) {
      for (WebhookEngine node : List.of(engine, other)) {
        assertThat(look(node, accepted).status()).isEqualTo(202);
        assertThat(look(node, accepted).body()).isEmpty();
      }
      complete(other, "late");
      for (WebhookEngine node : List.of(engine, other)) {
        JsonNode instance = json(look(node, accepted)).path("instance");
        assertThat(instance.at("/variables/v").stringValue()).isEqualTo("ä€");
        assertThat(instance.path("ended").booleanValue()).isTrue();
      }
    }
    moveClock(Duration.ofMinutes(59));
    assertThat(look(engine, accepted).status()).isEqualTo(200);
    moveClock(Duration.ofMinutes(61));
    assertThat(look(engine, accepted).status()).isEqualTo(404);
  }

  @Test
  void whenAnswersHaveExpiredThenANodeWithoutRequestsRemovesThem() throws SQLException {
    deploy("old", WAITING, ended(AT_ONCE), "");
    engine.post("old", "{\"id\": \"old\", \"v\": 1}");
    complete(engine, "old");
    assertThat(givenAnswers()).isNotZero();

    Clock later = new DefaultClockImpl();
    later.setCurrentTime(Date.from(Instant.now().plus(Duration.ofDays(30))));
    try (WebhookEngine idle =
        WebhookEngine.on(TestDatabase.H2, url, each -> each.setClock(later))) {
      assertThat(idle.configuration().getClock()).isSameAs(later);
      await().until(() -> givenAnswers() == 0);
    }
  }

  private int givenAnswers() throws SQLException {
    try (Connection connection = TestDatabase.H2.connect(url);
        Statement select = connection.createStatement();
        ResultSet rows =
            select.executeQuery("select count(*) from ACT_RC_ANSWER where ANSWERED_ is not null")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, .answers, 404",
    "GET, .answers/, 404",
    "GET, .answers/x, 404",
    "GET, .answers/x/y, 404",
    "HEAD, .answers/x, 404",
    "POST, .answers/x, 405",
    "DELETE, .answers/x, 405",
    "GET, %2Eanswers/x, 404"
  })
  void whenThereIsNoSuchAnswerThenNoTriggerSeesTheRequest(String method, String path, int status) {
    String deployment =
        engine.deploy(
            "catch.channel",
            WebhookEngine.channel("catch", "{a}/{b}", "\"action\": {\"type\": \"none\"}"),
            "catch2.channel",
            WebhookEngine.channel("catch2", "{a}", "\"action\": {\"type\": \"none\"}"));

    assertThat(engine.send(method, path, Map.of(), null).status()).isEqualTo(status);
    engine.engine.getRepositoryService().deleteDeployment(deployment, true);
  }

  @Test
  void whenTheInstanceEndsOnAnotherNodeThenTheRequestIsAnswered() throws Exception {
    deploy("elsewhere", WAITING, ended(IN_TIME), "");
    try (WebhookEngine other = node()) {
      CompletableFuture<WebhookResponse> answer = send("elsewhere", "{\"id\": \"o\"}");

      complete(other, "elsewhere");

      assertThat(json(get(answer)).at("/instance/variables/price").intValue()).isEqualTo(42);
    }
  }

  @Test
  void whenADeliveryComesAgainThenItHasTheSameAddressAndThenTheSameAnswer() {
    deploy(
        "again",
        WAITING,
        ended(AT_ONCE),
        ", 'deduplication': {'key': '${body.id}', 'retention': 'P2D'}");
    WebhookResponse first = engine.post("again", "{\"id\": \"r\"}");
    assertThat(first.status()).isEqualTo(202);

    WebhookResponse second = engine.post("again", "{\"id\": \"r\"}");
    assertThat(second.status()).isEqualTo(202);
    assertThat(second.headers()).isEqualTo(first.headers());

    complete(engine, "again");
    WebhookResponse third = engine.post("again", "{\"id\": \"r\"}");
    assertThat(json(third).at("/instance/businessKey").stringValue()).isEqualTo("r");
    assertThat(json(look(engine, first))).isEqualTo(json(third));

    // The address has its hour, the delivery its own time.
    moveClock(Duration.ofHours(30));
    assertThat(look(engine, first).status()).isEqualTo(404);
    assertThat(json(engine.post("again", "{\"id\": \"r\"}"))).isEqualTo(json(third));
    assertThat(instance("r")).isNull();
  }

  @Test
  void whenTheProcessAnswersAtOnceThenTheRepeatedDeliveryIsAnsweredSo() {
    deploy(
        "onceAgain",
        WAITING.replace("<userTask id=\"t\"/>", "<task id=\"t\"/>"),
        ended(IN_TIME),
        ", 'deduplication': {'key': '${body.id}'}");

    JsonNode first = json(engine.post("onceAgain", "{\"id\": \"o\"}"));

    assertThat(json(engine.post("onceAgain", "{\"id\": \"o\"}"))).isEqualTo(first);
  }

  @Test
  void whenAValueOfTheProcessCannotStandInAHeaderThenTheAnswerIs400() {
    deploy(
        "unfit",
        WAITING,
        "'when': 'ended', 'within': '"
            + AT_ONCE
            + "', 'answerHeaders': {'X-V': '${result.instance.variables.v}'}",
        "");
    WebhookResponse accepted = engine.post("unfit", "{\"id\": \"u\", \"v\": \"a\\r\\nX-Evil: b\"}");

    complete(engine, "unfit");

    for (int i = 0; i < 2; i++) {
      WebhookResponse answer = look(engine, accepted);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(WebhookEngine.text(answer))
          .contains("respond.answerHeaders.X-V")
          .doesNotContain("Evil");
    }
  }

  @Test
  void whenAValueOfTheRequestCannotStandInAHeaderThenNothingIsDone() {
    deploy(
        "refused",
        WAITING,
        "'when': 'ended', 'within': 'PT1S', 'answerHeaders': {'X-V': '${body.v}'}",
        "");

    assertThat(engine.post("refused", "{\"id\": \"refused\", \"v\": \"a\\r\\nb\"}").status())
        .isEqualTo(400);
    assertThat(instance("refused")).isNull();
  }

  /** What a request holds is never evaluated, and is later what it was. */
  @Test
  void whenTheAnswerMixesRequestAndResultThenItIsAsInTheRequest() {
    deploy(
        "mixed",
        WAITING,
        """
        'when': 'ended', 'within': 'PT0.001S',
        'body': ['${body.v}', '${result.instance.variables.v}', 'x ${body.v}',
          '${result.instance.ended ? body.list[0] : 0}',
          '${result.instance.ended ? params.containsKey("q") : 0}',
          '${result.instance.ended ? headers["x-a"] : 0}',
          '${result.instance.ended ? json:parse(params.q).a : 0}']
        """
            .replace("\"", "\\'"),
        "");
    WebhookResponse accepted =
        engine.send(
            "POST",
            "mixed?q=%7B%22a%22:5%7D",
            Map.of("content-type", "application/json", "x-a", "${1+1}"),
            "{\"id\": \"mixed\", \"v\": \"${1+1} #{2}\", \"list\": [1.5e3]}");

    complete(engine, "mixed");

    assertThat(json(look(engine, accepted)).toString())
        .isEqualTo("[\"${1+1} #{2}\",\"${1+1} #{2}\",\"x ${1+1} #{2}\",1500.0,true,\"${1+1}\",5]");
  }

  @Test
  void whenNothingIsWokenThenTheTriggerAnswersItself() {
    engine.deploy(
        "nobody.channel",
        WebhookEngine.channel(
            "nobody",
            "nobody",
            """
            "action": {"type": "message", "name": "nobody", "correlationKey": "1"},
            "acceptWithoutConsumer": true, "status": 203, "body": "own",
            "respond": {"when": "ended", "within": "PT1S", "body": "other"}
            """));

    WebhookResponse answer = engine.post("nobody", "{}");

    assertThat(answer.status()).isEqualTo(203);
    assertThat(WebhookEngine.text(answer)).isEqualTo("\"own\"");
  }

  @Test
  void whenTheChannelIsGoneThenItsAnswersAreStillMade() {
    String deployment =
        engine.deploy(
            "gone.channel",
            WebhookEngine.channel(
                "gone",
                "gone",
                """
                "action": {"type": "startProcess", "processDefinitionKey": "goneProcess"},
                "respond": {"when": "ended", "within": "PT0.001S",
                  "body": "${result.instance.variables.price}"}
                """));
    engine.deploy("gone.bpmn20.xml", WAITING.replace("KEY", "goneProcess"));
    WebhookResponse accepted = engine.post("gone", "{}");
    engine.engine.getRepositoryService().deleteDeployment(deployment, true);

    complete(engine, "goneProcess");

    assertThat(WebhookEngine.text(look(engine, accepted))).isEqualTo("42");
  }

  @Test
  void whenTheTransactionOfTheProcessRollsBackThenNothingIsAnswered() throws Exception {
    deploy(
        "rolled",
        WAITING
            .replace("</process>", "<sequenceFlow sourceRef=\"e0\" targetRef=\"e\"/></process>")
            .replace("targetRef=\"e\"/><endEvent", "targetRef=\"e0\"/><endEvent")
            .replace(
                "</process>",
                "<serviceTask id=\"e0\" flowable:expression=\"${fails ? missing.bean : 0}\"/></process>"),
        "'when': 'm', 'within': '" + IN_TIME + "', 'body': '${result}'",
        "");
    CompletableFuture<WebhookResponse> answer = send("rolled", "{\"id\": \"rolled\"}");
    engine.runtime().setVariable(started("rolled").getId(), "fails", true);

    assertThatThrownBy(() -> complete(engine, "rolled")).isNotNull();
    assertThat(answer).isNotDone();
    engine.runtime().setVariable(started("rolled").getId(), "fails", false);
    complete(engine, "rolled");

    assertThat(json(get(answer)).at("/instance/variables/fails").booleanValue()).isFalse();
  }

  @Test
  void whenTheEngineIsClosedThenThoseWhoWaitLearnWhereTheAnswerWillBe() throws Exception {
    String other = TestDatabase.H2.url();
    CompletableFuture<WebhookResponse> answer;
    try (WebhookEngine closing = WebhookEngine.on(TestDatabase.H2, other)) {
      closing.deploy(
          "closing.bpmn20.xml",
          WAITING.replace("KEY", "closing"),
          "closing.channel",
          WebhookEngine.channel(
              "closing",
              "closing",
              """
              "action": {"type": "startProcess", "processDefinitionKey": "closing"},
              "respond": {"when": "ended", "within": "PT5M"}
              """));
      answer = CompletableFuture.supplyAsync(() -> closing.post("closing", "{}"), senders);
      await().until(() -> WebhookEndpoint.of(closing.engine).triggers().waitingRequests() == 1);
      await().until(() -> closing.runtime().createProcessInstanceQuery().count() == 1);
      dropTable(other); // as if the database had been closed first
    }
    assertThat(get(answer).status()).isEqualTo(202);
  }

  private static void dropTable(String url) throws SQLException {
    try (Connection connection = TestDatabase.H2.connect(url);
        Statement statement = connection.createStatement()) {
      statement.execute("drop table ACT_RC_ANSWER");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "respond": 5                                                  | respond is 5
          "respond": {"within": "PT1S"}                                 | respond.when is missing
          "respond": {"when": 5, "within": "PT1S"}                      | respond.when is 5
          "respond": {"when": "ended"}                                  | respond.within is missing
          "respond": {"when": "ended", "within": "soon"}                | respond.within is "soon"
          "respond": {"when": "ended", "within": "PT0S"}                | respond.within is "PT0S"
          "respond": {"when": "ended", "within": "-PT1S"}               | respond.within is "-PT1S"
          "respond": {"when": "ended", "within": "PT5M1S"}              | respond.within is "PT5M1S"
          "respond": {"when": "ended", "within": "PT1S", "then": 1}     | respond.then is 1
          "respond": {"when": "ended", "within": "PT1S", "status": 99}  | respond.status is 99
          "respond": {"when": "ended", "within": "PT1S", "status": 204, "body": 1} | respond.status is 204
          "respond": {"when": "ended", "within": "PT1S", "body": "${"}  | respond.body is "${"
          "respond": {"when": "ended", "within": "PT1S", "answerHeaders": {"Connection": "x"}} | respond.answerHeaders.Connection is "x"
          "respond": {"when": "ended", "within": "PT1S"}, "action": {"type": "none"} | respond is
          "path": ".answers"                                            | path is ".answers"
          "path": ".answers/{id}"                                       | path is ".answers/{id}"
          """)
  void whenRespondIsWrongThenTheChannelIsNotDeployed(String properties, String message) {
    String action =
        properties.contains("action")
            ? ""
            : ", \"action\": {\"type\": \"startProcess\", \"processDefinitionKey\": \"x\"}";
    String path = properties.contains("\"path\"") ? "" : "\"path\": \"wrong\", ";
    assertThatThrownBy(
            () ->
                engine.deploy(
                    "wrong.channel",
                    "{\"key\": \"wrong\", \"channelType\": \"inbound\", \"type\": \"webhook\", "
                        + path
                        + properties
                        + action
                        + "}"))
        .hasMessageContaining("wrong.channel: " + message)
        .hasMessageContaining("wanted");
  }

  @Test
  void whenTheEngineHasNoEventsOrNoTableThenSuchAChannelIsNotDeployed() {
    String channel =
        WebhookEngine.channel(
            "needs",
            "needs",
            """
            "action": {"type": "startProcess", "processDefinitionKey": "x"},
            "respond": {"when": "ended", "within": "PT1S"}
            """);
    try (WebhookEngine silent = WebhookEngine.with(each -> each.setEnableEventDispatcher(false))) {
      assertThatThrownBy(() -> silent.deploy("needs.channel", channel))
          .hasMessageContaining("enableEventDispatcher");
    }
  }
}
