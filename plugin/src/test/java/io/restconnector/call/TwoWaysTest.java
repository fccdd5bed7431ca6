package io.restconnector.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.call.CallEngine.Outcome;
import io.restconnector.call.internal.RestAction;
import io.restconnector.fixtures.PlainEngines;
import io.restconnector.fixtures.RawServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Where a task stands in its process, whichever way it is run; and what only a worker task has. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoWaysTest {

  private static final String URL =
      CallEngine.expression("restUrl", "${base}/200/{id}")
          + CallEngine.string("restUrlParams", "{\"id\":\"${id}\"}");

  private static final String STATUS =
      CallEngine.string("outputMapping", "{\"s\":\"${restStatus}\"}");

  private static final String LOCAL_PATH =
      CallEngine.string("outputMapping", "{\"path\":\"${restResult.path}\"}")
          + CallEngine.string("outputScope", "local");

  private static final String LOOP =
      """
      <multiInstanceLoopCharacteristics isSequential="%s" flowable:collection="${ids}"
        flowable:elementVariable="id"><extensionElements>
        <flowable:variableAggregation target="all"><variable source="path"/>
        </flowable:variableAggregation></extensionElements></multiInstanceLoopCharacteristics>
      """;

  private RawServer server;
  private CallEngine engine;
  private int deployed;

  @BeforeAll
  void start() throws Exception {
    server = RawServer.start(RawServer.replying(TwoWaysTest::answer));
    // What follows a call may be left to the async executor.
    ProcessEngineConfigurationImpl configuration = PlainEngines.withoutHistory();
    configuration.setAsyncExecutorActivate(true);
    engine = CallEngine.start(configuration);
    engine.deployProcess("child_delegate", child(CallEngine.byExpression(RestAction.GET)));
    engine.deployProcess("child_topic", child(CallEngine.byTopic(RestAction.GET)));
  }

  private static String answer(String request) {
    String path = request.replaceFirst("(?s)^\\S+ (\\S+) .*", "$1");
    String body = "{\"path\":\"" + path + "\"}";
    return "HTTP/1.1 %s What\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(path.substring(1, 4), body.length(), body);
  }

  @AfterAll
  void stop() {
    engine.close();
    server.close();
  }

  private static String task(String binding, String fields, String loop) {
    return """
        <serviceTask id="call" %s><extensionElements>%s</extensionElements>%s</serviceTask>
        """
        .formatted(binding, fields, loop);
  }

  private static String child(String binding) {
    return "<startEvent id='s'/><sequenceFlow sourceRef='s' targetRef='call'/>"
        + task(
            binding,
            CallEngine.expression("restUrl", "${base}/503/child")
                + CallEngine.string("outputMapping", "{\"s\":\"${restStatus}\"}"),
            "");
  }

  private static Arguments place(String name, String elements) {
    return Arguments.of(name, elements);
  }

  /** {@code BINDING} and {@code WAY} stand for the way. */
  static List<Arguments> places() {
    String sub =
        """
        <sequenceFlow sourceRef="s" targetRef="sub"/><subProcess id="sub">%s<startEvent id="s2"/>
          <sequenceFlow sourceRef="s2" targetRef="call"/>%s</subProcess>
        <sequenceFlow sourceRef="sub" targetRef="done"/>
        """;
    String flat =
        "<sequenceFlow sourceRef='s' targetRef='call'/>%s"
            + "<sequenceFlow sourceRef='call' targetRef='done'/>";
    return List.of(
        place(
            "parallel loop",
            flat.formatted(task("BINDING", URL + LOCAL_PATH, LOOP.formatted("false")))),
        place(
            "sequential loop",
            flat.formatted(task("BINDING", URL + LOCAL_PATH, LOOP.formatted("true")))),
        place(
            "local variable of a sub-process",
            sub.formatted(
                """
                <dataObject id="id" name="id" itemSubjectRef="xsd:string"><extensionElements>
                  <flowable:value>inner</flowable:value></extensionElements></dataObject>
                """,
                task("BINDING", URL + STATUS, ""))),
        place("sub-process", sub.formatted("", task("BINDING", URL + STATUS, ""))),
        place(
            "what follows reads a local variable",
            "<sequenceFlow sourceRef='s' targetRef='call'/>"
                + task("BINDING", URL + LOCAL_PATH, "")
                + """
                <sequenceFlow sourceRef="call" targetRef="copy"/>
                <serviceTask id="copy" flowable:expression="${execution.setVariable('copied', path)}"/>
                <sequenceFlow sourceRef="copy" targetRef="done"/>
                """),
        place(
            "event sub-process",
            "<sequenceFlow sourceRef='s' targetRef='call'/>"
                + task("BINDING", CallEngine.expression("restUrl", "${base}/404/x") + STATUS, "")
                + """
                <subProcess id="handler" triggeredByEvent="true">
                  <startEvent id="e"><extensionElements>
                    <flowable:in source="errorMessage" target="message"/></extensionElements>
                    <errorEventDefinition errorRef="NOT_FOUND"/></startEvent>
                  <sequenceFlow sourceRef="e" targetRef="done"/><userTask id="done"/></subProcess>
                """),
        place(
            "call activity that catches",
            """
            <sequenceFlow sourceRef="s" targetRef="parent"/>
            <callActivity id="parent" calledElement="child_WAY"><extensionElements>
              <flowable:in source="base" target="base"/></extensionElements></callActivity>
            <boundaryEvent id="caught" attachedToRef="parent"><extensionElements>
              <flowable:in source="errorMessage" target="message"/></extensionElements>
              <errorEventDefinition errorRef="SERVICE_UNAVAILABLE"/></boundaryEvent>
            <sequenceFlow sourceRef="caught" targetRef="done"/>
            """));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("places")
  void whenTheTaskStandsThereThenBothWaysGiveTheSame(String name, String elements) {
    String end = elements.contains("<userTask id=\"done\"/>") ? "" : "<userTask id='done'/>";
    String process = "<startEvent id='s'/>" + elements + end;

    String delegate =
        run(
            process
                .replace("BINDING", CallEngine.byExpression(RestAction.GET))
                .replace("WAY", "delegate"));
    String topic =
        run(process.replace("BINDING", CallEngine.byTopic(RestAction.GET)).replace("WAY", "topic"));

    assertThat(topic).isEqualTo(delegate).startsWith("done").doesNotEndWith("[]");
  }

  private String run(String process) {
    String id = "p" + deployed++;
    engine.deployProcess(id, process);
    int before = server.requests().size();
    Outcome outcome =
        engine.run(
            id, Map.of("base", server.url(""), "id", "outer", "ids", List.of("1", "b c", "3")));
    return outcome.task()
        + new TreeMap<>(outcome.variables())
        + new TreeSet<>(server.requests().subList(before, server.requests().size()));
  }

  @ParameterizedTest
  @CsvSource({
    "delegateExpression=\"${restPost}\"",
    "type=\"external\" camunda:topic=\"restPost\"",
  })
  void whenTheModelIsSavedInTheCamundaNamespaceThenTheFieldsCount(String binding) {
    String id = "camunda" + deployed++;
    engine
        .engine
        .getRepositoryService()
        .createDeployment()
        .disableSchemaValidation()
        .addString(
            id + ".bpmn20.xml",
            """
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
              xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="test">
              <process id="%s"><startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="call"/>
              <serviceTask id="call" camunda:%s><extensionElements>
                <camunda:field name="restUrl"><camunda:expression>${base}/200/{id}</camunda:expression></camunda:field>
                <camunda:field name="restUrlParams"><camunda:string>{"id":"${id}"}</camunda:string></camunda:field>
                <camunda:field name="requestPayload"><camunda:string>{"i":"${id}"}</camunda:string></camunda:field>
                <camunda:field name="outputMapping"><camunda:string>{"path":"${restResult.path}"}</camunda:string></camunda:field>
              </extensionElements></serviceTask>
              <sequenceFlow sourceRef="call" targetRef="done"/><userTask id="done"/>
              </process></definitions>
            """
                .formatted(id, binding))
        .deploy();

    Outcome outcome = engine.run(id, Map.of("base", server.url(""), "id", "a/b"));

    assertThat(outcome.task()).isEqualTo("done");
    assertThat(outcome.get("path")).isEqualTo("/200/a%2Fb");
    assertThat(outcome.variables()).doesNotContainKeys("restStatus", "restResult");
    assertThat(server.requests().get(server.requests().size() - 1)).endsWith("{\"i\":\"a/b\"}");
  }

  private Outcome runTopic(String... inside) {
    return runTopic(engine, inside);
  }

  private Outcome runTopic(CallEngine deployer, String... inside) {
    String id = "t" + deployed++;
    deployer.deploy(id, CallEngine.byTopic(RestAction.POST), inside);
    Map<String, Object> variables = new HashMap<>();
    variables.put("base", server.url(""));
    variables.put("mine", "one");
    variables.put("requestPayload", "{\"of\":\"a variable\"}");
    variables.put("restUrl", server.url("/200/variable"));
    return engine.run(id, variables);
  }

  private String lastRequest() {
    return server.requests().get(server.requests().size() - 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Where the URL comes from, and whether the variable requestPayload is sent.
        "                                                        | variable | true",
        "<flowable:in source='mine' target='requestPayload'/>F   | field    | false",
        "<flowable:in sourceExpression='${base}/200/in' target='restUrl'/>  | in    | false",
        "<flowable:in sourceExpression='${base}/200/in' target='restUrl'/>F | field | false",
        "F                                                       | field    | true",
      })
  void whenFieldsStandBesideParametersThenAFieldComesFirstAndNoVariableBesideParameters(
      String inside, String path, boolean ofVariable) {
    String field = CallEngine.expression("restUrl", "${base}/200/field");
    Outcome outcome =
        runTopic(
            (inside == null ? "" : inside.replace("F", field)).replace("mine'", "base'"),
            inside != null && inside.contains("requestPayload")
                ? CallEngine.string("requestPayload", "{\"of\":\"a field\"}")
                : "");

    assertThat(outcome.code()).isEqualTo("none");
    assertThat(lastRequest()).startsWith("POST /200/" + path + " ");
    assertThat(lastRequest().contains("a variable")).isEqualTo(ofVariable);
  }

  @ParameterizedTest
  @CsvSource({"outputMapping, '{\"a\":\"${restStatus}\"}'", "outputScope, local"})
  void whenFlowableOutStandsBesideAFieldOfTheOutputsThenItIsAnInvalidInput(
      String name, String value) {
    int before = server.requests().size();
    Outcome outcome =
        runTopic(
            engine.unchecked(),
            CallEngine.string(name, value),
            "<flowable:out source='restError' target='error'/>"
                + "<flowable:out source='restStatus' target='status'/>");

    assertThat(outcome.code()).isEqualTo("INVALID_INPUT");
    assertThat(outcome.get("thrown"))
        .asString()
        .contains("activity 'call'", name, "flowable:out")
        .isEqualTo(outcome.get("error"));
    assertThat(server.requests()).hasSize(before);
  }

  @ParameterizedTest
  @CsvSource({"outputMapping", "outputScope"})
  void whenTheFieldBesideFlowableOutHasNoValueThenItSaysNothing(String name) {
    Outcome outcome =
        runTopic(
            "<flowable:field name='" + name + "'/>",
            "<flowable:out source='restStatus' target='status'/>");

    assertThat(outcome.code()).isEqualTo("none");
    assertThat(outcome.get("status")).isEqualTo(200);
    assertThat(outcome.variables()).doesNotContainKey("restStatus");
  }

  @ParameterizedTest
  @CsvSource({"timout, timeout", "restURL, restUrl"})
  void whenAWorkerTaskHasAFieldThatTheActionDoesNotReadThenItIsAnInvalidInput(
      String name, String wanted) {
    Outcome outcome = runTopic(engine.unchecked(), CallEngine.string(name, "1"));

    assertThat(outcome.code()).isEqualTo("INVALID_INPUT");
    assertThat(outcome.error()).contains("'call'", name, "wanted " + wanted);
  }

  static List<Arguments> unstorable() {
    String value = "${restStatus.getClass().getModule()}";
    String mapping =
        CallEngine.string(
            "outputMapping", "{\"a\":\"%s\",\"s\":\"${restStatus}\"}".formatted(value));
    String out =
        "<flowable:out sourceExpression='%s' target='a'/><flowable:out source='restStatus' target='s'/>"
            .formatted(value);
    return List.of(
        Arguments.of(CallEngine.byExpression(RestAction.POST), mapping),
        Arguments.of(CallEngine.byTopic(RestAction.POST), mapping),
        Arguments.of(CallEngine.byTopic(RestAction.POST), out));
  }

  @ParameterizedTest
  @MethodSource("unstorable")
  void whenNoVariableCanHoldAnOutputThenTheErrorNamesItAndTheCallIsNotMadeAgain(
      String binding, String outputs) {
    String id = "unstorable" + deployed++;
    int before = server.requests().size();

    Outcome outcome =
        engine.deploy(id, binding, outputs).run(id, Map.of("restUrl", server.url("/200/x")));

    assertThat(outcome.code()).isEqualTo("UNKNOWN_ERROR");
    assertThat(outcome.get("thrown"))
        .asString()
        .contains("activity 'call'", "'a', which is of type java.lang.Module, which no variable");
    assertThat(outcome.variables()).containsEntry("s", 200).doesNotContainKey("a");
    assertThat(server.requests()).hasSize(before + 1);
  }
}
