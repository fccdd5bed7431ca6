package io.restconnector.console;

import static io.restconnector.console.ConsoleApplication.CONSOLE;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.restconnector.console.ConsoleApplication.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import org.flowable.engine.ManagementService;
import org.flowable.engine.RepositoryService;
import org.flowable.engine.RuntimeService;
import org.flowable.job.api.Job;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.FilteredClassLoader;
import tools.jackson.databind.JsonNode;

/** What the page is told, of an engine that calls and is called. */
class ConsoleApiTest {

  private static final String API = CONSOLE + "/api/";
  private static final String ORDER =
      """
      <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
          xmlns:flowable="http://flowable.org/bpmn" targetNamespace="t">
        <error id="missing" errorCode="NOT_FOUND"/>
        <process id="order" name="Order">
          <startEvent id="start"/>
          <sequenceFlow id="f1" sourceRef="start" targetRef="call"/>
          <serviceTask id="call" name="Call" flowable:delegateExpression="${restGet}">
            <extensionElements>
              <flowable:field name="restUrl"><flowable:expression>${url}</flowable:expression></flowable:field>
            </extensionElements>
          </serviceTask>
          <boundaryEvent id="none" attachedToRef="call"><errorEventDefinition errorRef="missing"/></boundaryEvent>
          <sequenceFlow id="f2" sourceRef="call" targetRef="wait"/>
          <sequenceFlow id="f3" sourceRef="none" targetRef="look"/>
          <receiveTask id="wait"/>
          <subProcess id="look">
            <startEvent id="in"/>
            <sequenceFlow id="f4" sourceRef="in" targetRef="inner"/>
            <serviceTask id="inner" flowable:async="true" flowable:expression="${nobody.runs()}"/>
          </subProcess>
        </process>
      </definitions>
      """;
  private static final String CHANNEL =
      """
      {"key": "orders", "channelType": "inbound", "type": "webhook", "path": "orders",
       "condition": "${body.wanted}", "action": {"type": "none"}}
      """;

  private static final String EARLY =
      """
      {"key": "paid", "channelType": "inbound", "type": "webhook", "path": "paid",
       "early": {"keep": "PT1H"}, "action": {"type": "signal", "name": "later"}}
      """;

  private static HttpServer shop;
  private static ConsoleApplication application;

  @BeforeAll
  static void start() throws IOException {
    shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    shop.createContext(
        "/",
        exchange -> {
          boolean there = exchange.getRequestURI().getPath().equals("/lamp");
          exchange.sendResponseHeaders(there ? 200 : 404, -1);
          exchange.close();
        });
    shop.start();
    application =
        ConsoleApplication.start(
            new FilteredClassLoader("org.springframework.security"),
            "rest-connector.operations.actions=true",
            "rest-connector.journal.capture=bodies",
            "flowable.async-executor-activate=false");
    application
        .bean(RepositoryService.class)
        .createDeployment()
        .addString("order.bpmn20.xml", ORDER)
        .addString("orders.channel", CHANNEL)
        .addString("early.channel", EARLY)
        .deploy();
  }

  @AfterAll
  static void stop() {
    application.close();
    shop.stop(0);
  }

  private static String order(String item) {
    String url = "http://127.0.0.1:" + shop.getAddress().getPort() + "/" + item;
    return application
        .bean(RuntimeService.class)
        .createProcessInstanceBuilder()
        .processDefinitionKey("order")
        .businessKey("key of " + item)
        .variables(Map.of("url", url, "item", item))
        .start()
        .getId();
  }

  private static JsonNode get(String path) {
    Answer answer = application.get(API + path);
    assertThat(answer.status()).as(path).isEqualTo(200);
    return answer.json();
  }

  @Test
  void whenAnInstanceWaitsThenItsTokenItsWayAndItsCallsAreTold() {
    JsonNode view = get("instances/" + order("lamp"));

    assertThat(view.get("tokens").toString()).isEqualTo("[\"wait\"]");
    assertThat(view.get("passed").toString())
        .isEqualTo("[\"call\",\"f1\",\"f2\",\"start\",\"wait\"]");
    assertThat(view.at("/calls/0/activity").asString()).isEqualTo("call");
    assertThat(view.at("/calls/0/status").asInt()).isEqualTo(200);
    assertThat(view.get("calls")).hasSize(1);
    assertThat(view.get("activities").toString())
        .contains("{\"id\":\"call\",\"name\":\"Call\",\"method\":\"GET\"}");
    assertThat(view.get("hasDiagram").asBoolean()).isFalse();
  }

  @Test
  void whenABoundaryEventHasFiredThenItIsOnTheWayAndTheTokenIsWithinTheSubProcess() {
    JsonNode view = get("instances/" + order("vase"));

    assertThat(view.get("tokens").toString()).isEqualTo("[\"inner\"]");
    assertThat(view.get("passed").toString()).contains("\"none\"", "\"f3\"").doesNotContain("f2");
    assertThat(view.at("/calls/0/code").asString()).isEqualTo("NOT_FOUND");
  }

  @Test
  void whenAJobIsADeadLetterThenItsMessageIsToldAndItRunsAgain() {
    String instance = order("ghost");
    ManagementService management = application.bean(ManagementService.class);
    Job job = management.createJobQuery().processInstanceId(instance).singleResult();
    management.moveJobToDeadLetterJob(job.getId());

    assertThat(get("instances?find=" + instance).at("/0/failedJobs").asInt()).isEqualTo(1);
    assertThat(get("instances/" + instance).at("/deadLetters/0/activity").asString())
        .isEqualTo("inner");
    String again = API + "jobs/" + job.getId() + "/again";
    assertThat(application.act(again, "").status()).isEqualTo(200);

    assertThat(management.createJobQuery().processInstanceId(instance).count()).isEqualTo(1);
    assertThat(get("instances/" + instance).get("deadLetters")).isEmpty();
    assertThat(application.act(again, "").status()).isEqualTo(409);
  }

  @ParameterizedTest
  @ValueSource(strings = {"key%20of%20sofa", "%20sofa%20"})
  void whenAnInstanceIsLookedForThenItsKeyOrAVariableFindsIt(String text) {
    String instance = order("sofa");

    assertThat(get("instances?find=" + text).at("/0/id").asString()).isNotEmpty();
    assertThat(get("instances?find=" + text).toString()).contains(instance);
    assertThat(get("instances?find=sof")).isEmpty();
  }

  @Test
  void whenCallsAreFilteredThenOnlyThoseAreTold() {
    String instance = order("lamp");

    assertThat(get("calls?find=/LAMP&instance=" + instance)).hasSize(1);
    assertThat(get("calls?find=/LAMP&instance=" + instance).get(0).has("responseHeaders"))
        .isFalse();
    assertThat(get("calls?find=chair")).isEmpty();
    assertThat(get("calls?activity=other")).isEmpty();
    long id = get("calls?instance=" + instance).at("/0/id").asLong();
    assertThat(get("calls/" + id).has("responseHeaders")).isTrue();
  }

  @Test
  void whenARequestIsRefusedThenItIsExplainedAndReplayed() {
    application.send(
        "POST",
        "/rest-connector/events/orders",
        "{\"wanted\": false}",
        "Content-Type: application/json");
    JsonNode request = get("requests?trigger=orders&find=notmatched").get(0);
    String path = API + "requests/" + request.get("id").asLong();

    assertThat(request.at("/triggers/0/check").asString()).isEqualTo("CONDITION");
    assertThat(application.act(path + "/explain", "").json().toString())
        .contains("{\"check\":\"CONDITION\",\"verdict\":\"refused\"");
    JsonNode replayed = application.act(path + "/replay", "").json();
    assertThat(replayed.get("replayOf").asLong()).isEqualTo(request.get("id").asLong());
    String given =
        """
        {"method": "POST", "target": "orders", "headers": {"Content-Type": ["application/json"]},
         "body": "{\\"wanted\\": true}"}
        """;
    assertThat(application.act(API + "explain", given).json().get("status").isNull()).isTrue();
  }

  @Test
  void whenAnEventCameEarlyThenItIsShownDeliveredAndDropped() {
    application.send("POST", "/rest-connector/events/paid", "");
    JsonNode kept = get("early").at("/kept/0");
    String path = API + "early/" + kept.get("id").asLong();

    assertThat(kept.get("target").asString()).isEqualTo("later");
    assertThat(application.act(path + "/deliver", "").json().get("delivery").asString())
        .isEqualTo("NOT_TAKEN");
    assertThat(application.act(path + "/drop", "").json().get("dropped").asBoolean()).isTrue();
    assertThat(application.act(path + "/drop", "").json().get("dropped").asBoolean()).isFalse();
    assertThat(application.act(API + "early/none/drop", "").status()).isEqualTo(404);
    assertThat(get("early").get("kept")).isEmpty();
    assertThat(get("early").get("entries").findValuesAsString("outcome"))
        .containsExactly("Dropped", "Kept");
  }

  @Test
  void whenTheOverviewIsAskedForThenTriggersAndWhatIsAllowedAreTold() {
    JsonNode overview = get("overview");

    assertThat(overview.get("csrf").isNull()).isTrue();
    assertThat(overview.at("/connector/actions").asBoolean()).isTrue();
    assertThat(overview.at("/connector/triggers/0/path").asString())
        .isEqualTo("/rest-connector/events/orders");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "none",
        "calls/none",
        "calls/999999",
        "requests/0",
        "instances/none",
        "calls/1/2/3",
        "instances/none/diagram",
        "instances/none/other"
      })
  void whenThereIsNoSuchThingThenTheAnswerSaysSo(String path) {
    Answer answer = application.get(API + path);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.json().get("problem").asString()).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[]", "{\"method\": \"POST\"}", "{\"target\": \"orders\"}", "\"x\""})
  void whenARequestToExplainIsNoneThenTheAnswerSaysWhatIsMissing(String body) {
    Answer answer = application.act(API + "explain", body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().get("problem").asString()).isNotBlank();
  }
}
