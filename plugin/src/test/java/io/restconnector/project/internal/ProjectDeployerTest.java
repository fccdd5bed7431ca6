package io.restconnector.project.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.restconnector.RestConnectorSettings;
import io.restconnector.call.internal.TaskMapping;
import io.restconnector.content.internal.JsonText;
import io.restconnector.fixtures.LoggedEvents;
import io.restconnector.fixtures.PlainEngines;
import io.restconnector.model.Validation;
import io.restconnector.webhook.WebhookEngine;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import javax.sql.DataSource;
import org.flowable.common.engine.api.FlowableIllegalArgumentException;
import org.flowable.engine.impl.dynamic.DynamicUserTaskBuilder;
import org.flowable.engine.impl.persistence.entity.ExecutionEntityImpl;
import org.flowable.engine.repository.DeploymentBuilder;
import org.flowable.engine.repository.ProcessDefinition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Projects on a real engine, against a real server. */
class ProjectDeployerTest {

  private static final String CONNECTOR =
      """
      {"id": "connector-1", "name": "rest-1", "template": "restConnector", "actions": {
        "1": {"name": "GET", "inputs": [{"name": "restUrl"}], "outputs": [{"name": "restResult"},
          {"name": "restStatus"}, {"name": "responseHeaders"}, {"name": "restError"}]},
        "2": {"name": "POST", "inputs": [{"name": "restUrl"}, {"name": "requestPayload"}]}}}
      """;

  private final LoggedEvents log = LoggedEvents.of(ProjectDeployer.class);
  private final ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();
  private String answer = "{\"name\": \"Ada\", \"age\": \"36\", \"evil\": \"${1+1}\"}";
  private HttpServer server;
  private static WebhookEngine engine;

  @BeforeAll
  static void startEngine() {
    engine = WebhookEngine.of(PlainEngines.configuration());
  }

  @AfterAll
  static void closeEngine() {
    engine.close();
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    engine
        .engine
        .getRepositoryService()
        .createDeploymentQuery()
        .list()
        .forEach(each -> engine.engine.getRepositoryService().deleteDeployment(each.getId(), true));
    server.stop(0);
    log.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    requests.add(
        "%s %s %s"
            .formatted(
                exchange.getRequestMethod(),
                exchange.getRequestURI(),
                new String(body, StandardCharsets.UTF_8)));
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.getResponseHeaders().add("X-Kind", "person");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private String url(String path) {
    return "http://localhost:" + server.getAddress().getPort() + path;
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }

  /** A process that waits, makes one call and waits again. */
  private static String model(String action) {
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <bpmn2:definitions xmlns:bpmn2="http://www.omg.org/spec/BPMN/20100524/MODEL"
            xmlns:activiti="http://activiti.org/bpmn" id="model-1" targetNamespace="t">
          <bpmn2:process id="Process_1" name="p" isExecutable="true">
            <!-- <bpmn2:serviceTask id="call" implementation="rest-1.GET"> -->
            <bpmn2:startEvent id="start"/>
            <bpmn2:sequenceFlow id="f0" sourceRef="start" targetRef="before"/>
            <bpmn2:userTask id="before"/>
            <bpmn2:sequenceFlow id="f1" sourceRef="before" targetRef="call"/>
            <bpmn2:serviceTask name="a > b" implementation="%s"
              id='call'/>
            <bpmn2:sequenceFlow id="f2" sourceRef="call" targetRef="after"/>
            <bpmn2:userTask id="after"/>
          </bpmn2:process>
        </bpmn2:definitions>
        """
        .formatted(action);
  }

  private static String extensions(String properties, String constants, String mapping) {
    return json(
        "{'id': 'process-1', 'name': 'p', 'extensions': {'Process_1': {'properties': %s, 'constants': {'call': %s}, 'mappings': {%s}}}}"
            .formatted(properties, constants, mapping.isEmpty() ? "" : "'call': " + mapping));
  }

  private static Map<String, String> project(String action, String extensions) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("connectors/rest-1.json", CONNECTOR);
    files.put("processes/p.bpmn20.xml", model(action));
    files.put("processes/p-extensions.json", extensions);
    return files;
  }

  private static byte[] zip(Map<String, String> files) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
    return bytes.toByteArray();
  }

  private static void deploy(WebhookEngine engine, Map<String, String> files) {
    engine
        .engine
        .getRepositoryService()
        .createDeployment()
        .addZipInputStream(new ZipInputStream(new ByteArrayInputStream(zip(files))))
        .deploy();
  }

  private static Map<String, Object> run(WebhookEngine engine, Map<String, Object> variables) {
    String id = engine.runtime().startProcessInstanceByKey("Process_1", variables).getId();
    return goOn(engine, id);
  }

  private static Map<String, Object> goOn(WebhookEngine engine, String id) {
    engine.complete(id);
    return engine.runtime().getVariables(id);
  }

  private static String text(Map<String, Object> variables, String name) {
    return String.valueOf(variables.get(name));
  }

  private List<String> warnings() {
    return log.events().stream()
        .filter(event -> event.getLevel() == Level.WARN)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  private static final String PROPERTIES =
      """
      {'1': {'name': 'person', 'type': 'json', 'value': {'first': 'Grace'}},
       '2': {'name': 'age', 'type': 'integer'}, '3': {'name': 'text', 'type': 'string'},
       '4': {'name': 'headers', 'type': 'json'}, '5': {'name': 'id', 'type': 'string', 'value': '${who}-1'},
       '6': {'name': 'day', 'type': 'date', 'value': '2020-04-22'}}
      """;

  @Test
  void whenATaskIsMappedThenItCallsAndWritesDeclaredProperties() {
    deploy(
        engine,
        project(
            "rest-1.POST",
            extensions(
                PROPERTIES,
                "{'timeout': {'value': 5000}}",
                """
                {'inputs': {'restUrl': {'type': 'value', 'value': '%s/{id}'},
                  'restUrlParams': {'type': 'value', 'value': {'id': '${id}', 'q': 'a ${who}'}},
                  'requestPayload': {'type': 'variable', 'value': 'payload'},
                  'unknown': {'type': 'value', 'value': 1}},
                 'outputs': {'text': {'type': 'variable', 'value': 'restResult'},
                  'age': {'type': 'VALUE', 'value': '${restResult.age}'},
                  'headers': {'type': 'variable', 'value': 'responseHeaders'},
                  'person': {'type': 'JSONPATCH', 'value': [
                    {'op': 'add', 'path': '/last/name', 'value': '${restResult.name}'},
                    {'op': 'add', 'path': '/evil', 'value': '${restResult.evil}'}]},
                  'undeclared': {'type': 'variable', 'value': 'restStatus'}}}
                """
                    .formatted(url("/people")))));

    Map<String, Object> variables =
        run(engine, Map.of("who", "ada", "payload", "{\"a\": \"${1+1}\"}"));

    assertThat(requests).containsExactly("POST /people/ada-1?q=a%20ada {\"a\": \"${1+1}\"}");
    assertThat(variables.get("age")).isEqualTo(36);
    assertThat(text(variables, "text")).isEqualTo(JsonText.parse(answer).toString());
    assertThat(text(variables, "headers")).contains("\"x-kind\":\"person\"");
    assertThat(text(variables, "person"))
        .isEqualTo(json("{'first':'Grace','last':{'name':'Ada'},'evil':'${1+1}'}"));
    assertThat(variables).doesNotContainKeys("undeclared", "restResult", "restStatus");
    assertThat(warnings())
        .containsExactly(
            "processes/p.bpmn20.xml: process 'Process_1', activity 'call': the input 'unknown' is dropped, since POST has no such input",
            "processes/p.bpmn20.xml: process 'Process_1', activity 'call': the output 'undeclared' is skipped, since the process declares no such property");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        // constants, mapping, query of the variable, what is sent
        "{} | {'inputs': {'restUrl': {'type': 'value', 'value': 'URL/value'}}} | /value",
        "{'restUrl': {'value': 'URL/constant'}} | {'inputs': {'restUrl': {'type': 'value', 'value': 'URL/value'}}} | /constant",
        "{'restUrl': {'value': 'URL/constant'}} | {'inputs': {}} | /constant",
        "{'restUrl': {'value': 'URL/constant'}} | {'mappingType': 'MAP_ALL'} | /variable",
        "{'restUrl': {'value': 'URL/constant'}} | {'mappingType': 'MAP_ALL_INPUTS', 'inputs': {'restUrl': {'type': 'value', 'value': 'URL/value'}}} | /variable",
        "{'restUrl': {'value': 'URL/constant'}} | {'mappingType': 'MAP_ALL_OUTPUTS'} | /constant",
        "{'restUrl': {'value': 'URL/constant'}} | '' | /constant",
        "{} | {'inputs': {'restUrl': {'type': 'variable', 'value': 'other'}}} | /other",
        "{} | {'inputs': {'restUrl': {'type': 'value', 'value': '${other}?a=${who}'}}} | /other?a=ada",
        "{} | {'inputs': {'restUrl': {'type': 'static_value', 'value': 'URL/static'}}} | /static",
        "{'restUrl': {'value': ''}, 'timeout': {'value': ''}} | {'inputs': {'restUrl': {'type': 'value', 'value': 'URL/value'}, 'restUrlParams': {'type': 'value', 'value': ' '}, 'requestHeaders': {'type': 'static_value', 'value': null}}} | /value",
        "{} | {'inputs': {'restUrl': {'type': 'static_value', 'value': 'URL/${who}'}, 'restUrlEncoded': {'type': 'static_value', 'value': true}}} | /$%7Bwho%7D",
      })
  void whenSeveralGiveAnInputThenOneWins(String constants, String mapping, String sent) {
    deploy(
        engine,
        project(
            "rest-1.GET",
            extensions(
                "{}",
                constants.replace("URL", url("")),
                mapping.replace("''", "").replace("URL", url("")))));

    run(engine, Map.of("restUrl", url("/variable"), "other", url("/other"), "who", "ada"));

    assertThat(requests).containsExactly("GET " + sent + " ");
  }

  @Test
  void whenTasksOfTwoFilesHaveOneIdThenEachIsWhatItsOwnFileSays() {
    String other = "processes/q.bpmn20.xml";
    Map<String, String> files =
        project(
            "rest-1.POST",
            json(
                """
                {'extensions': {
                  'Process_1': {'constants': {'call': {'restUrl': {'value': 'URL/first'}}}},
                  'Process_2': {'constants': {'call': {'restUrl': {'value': 'URL/second'}}}}}}
                """
                    .replace("URL", url(""))));
    files.put(other, model("rest-1.GET").replace("Process_1", "Process_2"));
    files.put(
        "processes/r.bpmn20.xml",
        model("##WebService\" activiti:expression=\"${true}").replace("Process_1", "Process_3"));
    deploy(engine, files);

    for (String process : List.of("Process_1", "Process_2", "Process_3")) {
      goOn(engine, engine.runtime().startProcessInstanceByKey(process).getId());
    }

    assertThat(requests).containsExactly("POST /first ", "GET /second ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "true | true",
        "'TRUE' | true",
        "'yes' | true",
        "1 | true",
        "'${who}' | true",
        "false | false",
        "'false' | false",
        "'' | false",
        "null | false",
        "'${null}' | false",
      })
  void whenTheCircuitBreakerHasAnyValueButFalseAndNothingThenItIsOn(String value, boolean isOn) {
    deploy(
        engine,
        project(
            "rest-1.GET",
            extensions(
                "{}",
                "{}",
                "{'inputs': {'circuitBreaker': {'type': 'value', 'value': %s}}}"
                    .formatted(value))));
    TaskMapping task = Objects.requireNonNull(taskMapping());

    Object found =
        engine
            .configuration()
            .getCommandExecutor()
            .<Object>execute(
                context -> {
                  ExecutionEntityImpl execution =
                      ExecutionEntityImpl.createWithEmptyRelationshipCollections();
                  execution.setTransientVariableLocal("who", "ada");
                  return Objects.requireNonNull(task.find("circuitBreaker", execution)).value();
                });

    assertThat(found).isEqualTo(isOn);
  }

  private @Nullable TaskMapping taskMapping() {
    ProcessDefinition definition =
        engine
            .engine
            .getRepositoryService()
            .createProcessDefinitionQuery()
            .processDefinitionKey("Process_1")
            .singleResult();
    return TaskMapping.of(
        engine
            .engine
            .getRepositoryService()
            .getBpmnModel(definition.getId())
            .getMainProcess()
            .getFlowElement("call"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'type': 'variable', 'value': 'responseHeaders'}",
        "{'type': 'variable', 'value': 'restResponseHeaders'}",
        "{'type': 'value', 'value': '${responseHeaders}'}",
        "{'type': 'value', 'value': {'x': '${restResponseHeaders.get(`x-kind`)}'}}",
        "{'type': 'value', 'value': 'x ${responseHeaders.get(`x-kind`)}'}",
        "{'type': 'JSONPATCH', 'value': [{'op': 'add', 'path': '/a', 'value': '${responseHeaders}'}]}",
      })
  void whenAMappingNamesTheHeadersByEitherNameThenItReadsThem(String mapping) {
    deploy(
        engine,
        project(
            "rest-1.GET",
            extensions(
                "{'1': {'name': 'h', 'type': 'json'}}",
                "{'restUrl': {'value': '%s'}}".formatted(url("/a")),
                json("{'outputs': {'h': %s}}".formatted(mapping)).replace("`", "\\u0027"))));

    assertThat(text(run(engine, Map.of()), "h")).contains("person");
  }

  @Test
  void whenTheFileDoesNotMapATaskThenItWritesNothing() {
    deploy(
        engine,
        project(
            "rest-1.GET",
            extensions(
                "{'1': {'name': 'restStatus', 'type': 'integer'}}",
                "{'restUrl': {'value': '" + url("/a") + "'}}",
                "")));

    assertThat(run(engine, Map.of("restUrlParams", "{\"a\": 1}"))).doesNotContainKey("restStatus");
    assertThat(requests).containsExactly("GET /a ");
  }

  @Test
  void whenTheFormIsOlderThenAnUnmappedTaskMapsAll() {
    deploy(
        engine,
        project(
            "rest-1.GET",
            json(
                "{'id': 'Process_1', 'extensions': {'properties': {'1': {'name': 'restStatus', 'type': 'string'}, '2': {'name': 'responseHeaders', 'type': 'json'}}}}")));

    Map<String, Object> variables = run(engine, Map.of("restUrl", url("/a")));

    assertThat(variables.get("restStatus")).isEqualTo("200");
    assertThat(text(variables, "responseHeaders")).contains("person");
    assertThat(variables).doesNotContainKeys("restResponseHeaders", "restResult");
    assertThat(warnings()).hasSize(2); // restResult and restError
  }

  @Test
  void whenAnInstanceStartsThenItHasTheDefaultsThatNobodyGave() {
    deploy(engine, project("rest-1.GET", extensions(PROPERTIES, "{}", "{'inputs': {}}")));

    String id =
        engine
            .runtime()
            .startProcessInstanceByKey("Process_1", Map.of("who", "${1+1}", "day", "given"))
            .getId();

    Map<String, Object> variables = engine.runtime().getVariables(id);
    assertThat(variables.get("id")).isEqualTo("${1+1}-1");
    assertThat(variables.get("day")).isEqualTo("given");
    assertThat(text(variables, "person")).isEqualTo("{\"first\":\"Grace\"}");
    assertThat(variables).doesNotContainKey("age");
  }

  @Test
  void whenAnEngineHasTheDefinitionNoMoreThenItStillKnowsTheMapping() {
    DataSource database = PlainEngines.database();
    String id;
    try (WebhookEngine first = WebhookEngine.of(PlainEngines.configuration(database))) {
      deploy(
          first,
          project(
              "rest-1.GET",
              extensions(
                  PROPERTIES,
                  "{}",
                  "{'inputs': {'restUrl': {'type': 'value', 'value': '%s/${who}'}}, 'outputs': {'age': {'type': 'value', 'value': '${restResult.age}'}}}"
                      .formatted(url("")))));
      id = first.runtime().startProcessInstanceByKey("Process_1", Map.of("who", "ada")).getId();
      first.configuration().getProcessDefinitionCache().clear();
      assertThat(run(first, Map.of("who", "grace"))).containsEntry("age", 36);
    }
    try (WebhookEngine second = WebhookEngine.of(PlainEngines.configuration(database))) {
      assertThat(goOn(second, id)).containsEntry("age", 36);
      assertThat(run(second, Map.of("who", "alan"))).containsKey("person");
    }
    assertThat(requests).containsExactly("GET /grace ", "GET /ada ", "GET /alan ");
  }

  @Test
  void whenAnInstanceHasAVariantOfItsModelThenItsTasksAreStillMapped() {
    deploy(
        engine,
        project(
            "rest-1.GET",
            extensions(
                PROPERTIES,
                "{}",
                "{'inputs': {'restUrl': {'type': 'value', 'value': '%s/${who}'}}, 'outputs': {'age': {'type': 'value', 'value': '${restResult.age}'}}}"
                    .formatted(url("")))));
    String id =
        engine.runtime().startProcessInstanceByKey("Process_1", Map.of("who", "ada")).getId();
    DynamicUserTaskBuilder added = new DynamicUserTaskBuilder();
    added.id("added").name("added");

    engine.engine.getDynamicBpmnService().injectUserTaskInProcessInstance(id, added);
    engine
        .engine
        .getTaskService()
        .createTaskQuery()
        .taskDefinitionKey("before")
        .list()
        .forEach(task -> engine.engine.getTaskService().complete(task.getId()));

    assertThat(engine.runtime().getVariables(id)).containsEntry("age", 36);
    assertThat(requests).containsExactly("GET /ada ");
  }

  @Test
  void whenAMappingIsOfNoRestTaskOrTheFileSaysMoreThenThatIsTold() {
    deploy(
        engine,
        project(
            "rest-1.GET",
            json(
                """
                {'extensions': {'Process_1': {
                  'mappings': {'before': {'mappingType': 'MAP_ALL'},
                    'call': {'outputs': {'age': {'type': 'variable', 'value': 'other'}}}},
                  'assignments': {'before': {'type': 'static'}}, 'templates': {'before': {}},
                  'properties': {'1': {'name': 'age', 'type': 'integer'}}}}}
                """)));

    assertThat(warnings())
        .containsExactlyInAnyOrder(
            "processes/p-extensions.json: process 'Process_1': assignments of 'before' are not read",
            "processes/p-extensions.json: process 'Process_1', activity 'before': its mapping is not read, since it is no REST task",
            "processes/p.bpmn20.xml: process 'Process_1', activity 'call': the output 'age' is skipped, since GET has no output 'other'");
  }

  @Test
  void whenATriggerIsDeployedThenItsWebhookStartsTheProcess() {
    Map<String, String> files = project("rest-1.GET", extensions(PROPERTIES, "{}", ""));
    files.put(
        "triggers/paid.json",
        json(
            """
            {'id': 'trigger-1', 'name': 'paid', 'event': {'source': 'connector.rest-1.INCOMING_WEBHOOK',
              'inputs': {'path': 'https://host/shop/rest-1/events/paid', 'status': 202,
                'condition': '${body.who != null}'}},
             'action': {'source': 'command-consumer', 'payload': {'payloadType': 'StartProcessPayload',
               'processDefinitionKey': 'Process_1', 'name': 'n', 'variables': {'who': '${body.who}'}}}}
            """));
    files.put(
        "connectors/rest-1.json",
        CONNECTOR.replace(
            "\"template\"",
            "\"config\": [{\"name\": \"EVENT_NOT_MATCH_STATUS\", \"value\": \"410\"}], \"template\""));
    deploy(engine, files);

    assertThat(engine.post("paid", "{\"who\": \"ada\"}").status()).isEqualTo(202);
    assertThat(
            engine
                .runtime()
                .createProcessInstanceQuery()
                .variableValueEquals("id", "ada-1")
                .count())
        .isEqualTo(1);
    assertThat(engine.post("paid", "{}").status()).isEqualTo(410);
    assertThat(engine.post("other", "{}").status()).isEqualTo(404);

    engine
        .engine
        .getRepositoryService()
        .deleteDeployment(
            engine.engine.getRepositoryService().createDeploymentQuery().singleResult().getId(),
            true);
    assertThat(engine.post("paid", "{}").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "mail.SEND | wants the connector 'mail', which is no REST connector",
        "none.GET | wants the connector 'none', which is not there",
        "bean | wants the connector 'bean', which is not there",
        "script.EXECUTE | wants a script, which this engine does not run",
        "rest-1.FETCH | wants the action 'FETCH' of the connector 'rest-1', wanted one of [GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, TRACE]",
        "rest-1.get | wants the action 'get' of the connector 'rest-1', wanted one of [GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, TRACE]",
      })
  void whenATaskCannotRunThenTheDeploymentFails(String implementation, String message) {
    Map<String, String> files =
        project(implementation, extensions(PROPERTIES, "{}", "{'inputs': {'a': {'type': 'x'}}}"));
    files.put(
        "connectors/mail.json", "{\"name\": \"mail\", \"actions\": {\"1\": {\"name\": \"SEND\"}}}");
    files.put("authentications/crm.json", "{\"name\": \"crm\"}");
    assertThatThrownBy(() -> deploy(engine, files))
        .isInstanceOf(FlowableIllegalArgumentException.class)
        .hasMessageStartingWith("This project cannot run:\n")
        .hasMessageContaining(
            "\n  processes/p.bpmn20.xml: process 'Process_1', activity 'call': " + message)
        .hasMessageContaining(
            "\n  processes/p-extensions.json: process 'Process_1', activity 'call': the input 'a' has")
        .hasMessageContaining(
            "\n  authentications/crm.json: wants the authentication 'crm' under rest-connector.authentications");
    assertThat(engine.engine.getRepositoryService().createDeploymentQuery().count()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        // type, value, the variable where 'who' has a quotation mark
        "integer | '' | null",
        "bigdecimal | ' ' | null",
        "boolean | '' | null",
        "date | '' | null",
        "datetime | '' | null",
        "json | '' | null",
        "array | '' | null",
        "string | '' | ",
        "json | '{\\\"a\\\": \\\"${who}\\\"}' | {'a':'x\\'y'}",
        "string | '{\\\"a\\\": \\\"${who}\\\"}' | {'a':'x\\'y'}",
        "array | ['${who}', 1] | ['x\\'y',1]",
        "string | 'is ${who}' | is x'y",
      })
  void whenAPropertyHasADefaultThenAnEmptyOneIsNothingAndNoValueLeavesItsPlace(
      String type, String value, @Nullable String expected) {
    deploy(
        engine,
        project(
            "rest-1.GET",
            extensions(
                "{'1': {'name': 'v', 'type': '%s', 'value': %s}}".formatted(type, value),
                "{}",
                "{'inputs': {}}")));

    String id =
        engine.runtime().startProcessInstanceByKey("Process_1", Map.of("who", "x\"y")).getId();

    assertThat(text(engine.runtime().getVariables(id), "v"))
        .isEqualTo(json(expected == null ? "" : expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        // what the variable was, its type
        "{\"n\": 1, \"evil\": \"${1+1}\"} | string",
        "{\"n\": 1, \"evil\": \"${1+1}\"} | json",
      })
  void whenAVariableHasJsonInATextThenAPatchChangesThatJson(String text, String type) {
    deploy(
        engine,
        project(
            "rest-1.GET",
            extensions(
                "{'1': {'name': 'v', 'type': '%s'}}".formatted(type),
                "{'restUrl': {'value': '%s'}}".formatted(url("/")),
                """
                {'outputs': {'v': {'type': 'JSONPATCH', 'value': [
                  {'op': 'test', 'path': '/n', 'value': '${one}'},
                  {'op': 'replace', 'path': '/n', 'value': '${restResult.name}'}]}}}
                """)));

    assertThat(text(run(engine, Map.of("v", text, "one", 1L)), "v"))
        .isEqualTo(json("{'evil':'${1+1}','n':'Ada'}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        // the default, its type, what the variable is then
        "{'who': '${who}', 'evil': '${evil}'} | json | {'who':'ada','evil':'${1+1}','n':'Ada'}",
        "'{\\\"who\\\": \\\"${who}\\\"}' | json | {'who':'ada','n':'Ada'}",
        "'{\\\"who\\\": \\\"${who}\\\"}' | string | {'who':'ada','n':'Ada'}",
        "'${map}' | json | {'of':'variables','n':'Ada'}",
        "{'plain': 1} | json | {'plain':1,'n':'Ada'}",
        "null | json | {'n':'Ada'}",
      })
  void whenAVariableIsNullThenAPatchChangesTheValueOfItsDefault(
      String value, String type, String expected) {
    deploy(
        engine,
        project(
            "rest-1.GET",
            extensions(
                "{'1': {'name': 'v', 'type': '%s', 'value': %s}}".formatted(type, value),
                "{'restUrl': {'value': '%s'}}".formatted(url("/")),
                """
                {'outputs': {'v': {'type': 'JSONPATCH', 'value': [
                  {'op': 'add', 'path': '/n', 'value': '${restResult.name}'}]}}}
                """)));
    Map<String, Object> variables = new HashMap<>();
    variables.put("v", null);
    variables.put("who", "ada");
    variables.put("evil", "${1+1}");
    variables.put("map", Map.of("of", "variables"));

    assertThat(text(run(engine, variables), "v")).isEqualTo(json(expected));
  }

  @Test
  void whenFilesHaveAByteOrderMarkThenTheyAreRead() {
    Map<String, String> files =
        project(
            "rest-1.GET",
            extensions("{}", "{'restUrl': {'value': '%s'}}".formatted(url("/a")), ""));
    files.replaceAll((name, text) -> "\uFEFF" + text);
    deploy(engine, files);

    run(engine, Map.of());

    assertThat(requests).containsExactly("GET /a ");
  }

  @Test
  void whenMacOsHasZippedAProjectThenTheFilesThatItAddsAreNotRead() {
    Map<String, String> files =
        project(
            "rest-1.GET",
            extensions("{}", "{'restUrl': {'value': '%s'}}".formatted(url("/a")), ""));
    for (String name :
        List.of(
            ".DS_Store",
            "Icon\r",
            "processes/.DS_Store",
            "processes/._p-extensions.json",
            "__MACOSX/._connectors",
            "__MACOSX/connectors/._rest-1.json",
            "__MACOSX/triggers/._t.channel",
            "__MACOSX/processes/._p.bpmn20.xml",
            "__MACOSX/processes/._p-extensions.json")) {
      files.put(name, "\0\5\26\7 Mac OS X");
    }
    deploy(engine, files);

    run(engine, Map.of());
    engine.configuration().getProcessDefinitionCache().clear();
    run(engine, Map.of());

    assertThat(requests).containsExactly("GET /a ", "GET /a ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'${body.a == \\\"now()\\\"}' | ''",
        "{'type': 'static_value', 'value': '${now()}'} | ''",
        "'${now()}' | its action calls the function now(), which this engine does not have",
        "'${a.b(}' | its action has an expression that cannot be parsed, or that calls a function that this engine does not have",
      })
  void whenATriggerHasExpressionsThenThoseThatCannotBeEvaluatedAreTold(
      String value, String message) {
    Map<String, String> files = project("rest-1.GET", extensions("{}", "{}", ""));
    files.put(
        "triggers/t.json",
        json(
            """
            {'name': 'n ${now()}', 'event': {'source': 'connector.rest-1.INCOMING_WEBHOOK', 'inputs': {'path': 'a'}},
             'action': {'payload': {'payloadType': 'SignalPayload', 'name': 's', 'variables': {'v': %s}}}}
            """
                .formatted(value)));
    if (message.equals("''")) {
      deploy(engine, files);
    } else {
      assertThatThrownBy(() -> deploy(engine, files))
          .hasMessage("This project cannot run:\n  triggers/t.json: " + message);
    }
  }

  @Test
  void whenModelsAreNotCheckedThenAProjectIs() {
    try (WebhookEngine unchecked =
        WebhookEngine.with(RestConnectorSettings.defaults().withValidation(Validation.OFF))) {
      assertThatThrownBy(
              () -> deploy(unchecked, project("none.GET", extensions(PROPERTIES, "{}", ""))))
          .hasMessageContaining("wants the connector 'none'");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "${now()} | the input restUrl calls the function now(), which this engine does not have",
        "${a.b(} | the input restUrl has an expression that cannot be parsed, or that calls a function that this engine does not have",
        "${my:own()} | the input restUrl has an expression that cannot be parsed, or that calls a function that this engine does not have",
      })
  void whenAnExpressionCannotBeEvaluatedThenTheDeploymentFails(String text, String message) {
    assertThatThrownBy(
            () ->
                deploy(
                    engine,
                    project(
                        "rest-1.GET",
                        extensions(
                            "{}",
                            "{}",
                            "{'inputs': {'restUrl': {'type': 'value', 'value': '%s'}}}"
                                .formatted(text)))))
        .hasMessage(
            "This project cannot run:\n  processes/p-extensions.json: process 'Process_1', activity 'call': "
                + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'a=${b}' | true",
        "'{\\\"a\\\": ${b}}' | true",
        "['a'] | true",
        "1 | true",
        "'${b}' | false",
        "{'a': '${b}'} | false",
        "'{\\\"a\\\": \\\"${b}\\\"}' | false",
        "'' | false",
      })
  void whenAMapIsNoneThenTheDeploymentFails(String value, boolean isWrong) {
    Map<String, String> files =
        project(
            "rest-1.GET",
            extensions(
                "{}",
                "{}",
                "{'inputs': {'restUrlParams': {'type': 'value', 'value': %s}}}".formatted(value)));

    if (isWrong) {
      assertThatThrownBy(() -> deploy(engine, files))
          .hasMessageEndingWith("activity 'call': the input 'restUrlParams' is no JSON map");
    } else {
      deploy(engine, files);
    }
  }

  @Test
  void whenADeploymentIsNoProjectThenItIsTheEnginesAffair() {
    DeploymentBuilder deployment =
        engine
            .engine
            .getRepositoryService()
            .createDeployment()
            .addString("p.bpmn20.xml", model("rest-1.GET"));

    assertThatThrownBy(deployment::deploy).hasMessageContaining("missing-implementation");
  }
}
