package io.restconnector.project.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.call.CallEngine;
import io.restconnector.call.internal.RestAction;
import io.restconnector.call.internal.TaskMapping;
import io.restconnector.fixtures.Bpmn;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.flowable.bpmn.model.FlowableListener;
import org.flowable.bpmn.model.Process;
import org.flowable.bpmn.model.ServiceTask;
import org.flowable.engine.repository.DeploymentBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the parsed model of a project has that its BPMN file does not say. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProjectParseTest {

  private static final String FILE = "processes/p.bpmn20.xml";
  private static final String CONNECTOR =
      "{'id':'c','name':'rest-1','template':'restConnector','actions':{'1':{'name':'GET','outputs':[{'name':'restResult'}]}}}";

  /** Two processes, of which one has tasks of the connector, one of them in a sub-process. */
  private static final String MODEL =
      Bpmn.definitions(
          """
          <process id="p"><startEvent id="s"/>
            <sequenceFlow sourceRef="s" targetRef="call"/>
            <serviceTask id="call" implementation="rest-1.GET"/>
            <sequenceFlow sourceRef="call" targetRef="own"/>
            <serviceTask id="own" flowable:expression="${true}"/>
            <sequenceFlow sourceRef="own" targetRef="sub"/>
            <subProcess id="sub"><startEvent id="s2"/>
              <sequenceFlow sourceRef="s2" targetRef="inner"/>
              <serviceTask id="inner" implementation="rest-1.GET"/></subProcess>
          </process>
          <process id="q"><extensionElements>
              <flowable:executionListener event="start" expression="${true}"/></extensionElements>
            <startEvent id="s3"/>
            <sequenceFlow sourceRef="s3" targetRef="other"/>
            <serviceTask id="other" flowable:expression="${true}"/>
          </process>
          """);

  private CallEngine engine;

  @BeforeAll
  void start() {
    engine = CallEngine.start();
  }

  @AfterEach
  void forget() {
    engine
        .engine
        .getRepositoryService()
        .createDeploymentQuery()
        .list()
        .forEach(each -> engine.engine.getRepositoryService().deleteDeployment(each.getId(), true));
  }

  @AfterAll
  void stop() {
    engine.close();
  }

  private void deploy(Map<String, String> files) {
    DeploymentBuilder deployment =
        engine.engine.getRepositoryService().createDeployment().disableSchemaValidation();
    files.forEach(
        (name, text) ->
            deployment.addString(name, name.endsWith(".json") ? text.replace('\'', '"') : text));
    deployment.deploy();
  }

  private static Map<String, String> project(String model) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("connectors/rest-1.json", CONNECTOR);
    files.put(FILE, model);
    files.put(
        "processes/p-extensions.json",
        """
        {'extensions': {
          'p': {'properties': {'1': {'name': 'a', 'type': 'string'}},
            'constants': {'call': {'restUrl': {'value': 'https://h/'}}, 'inner': {'restUrl': {'value': 'https://i/'}}}},
          'q': {'properties': {'1': {'name': 'b', 'type': 'string', 'value': 'x'}}}}}
        """);
    return files;
  }

  private Process process(String key) {
    String definition =
        engine
            .engine
            .getRepositoryService()
            .createProcessDefinitionQuery()
            .processDefinitionKey(key)
            .singleResult()
            .getId();
    return engine.engine.getRepositoryService().getBpmnModel(definition).getProcessById(key);
  }

  private ServiceTask task(String process, String id) {
    return Objects.requireNonNull(
        (ServiceTask) process(process).getFlowElement(id, true), process + id);
  }

  private @Nullable String url(String task) {
    return TaskMapping.of(task("p", task)) instanceof MappedTask mapped
        ? Objects.requireNonNull(mapped.constants().get("restUrl")).stringValue()
        : null;
  }

  private void assertThatTasksAreBound() {
    for (String id : new String[] {"call", "inner"}) {
      assertThat(task("p", id).getImplementation())
          .isEqualTo("${" + RestAction.GET.beanName() + "}");
    }
    assertThat(url("call")).isEqualTo("https://h/");
    assertThat(url("inner")).isEqualTo("https://i/");
    assertThat(task("p", "own").getImplementation()).isEqualTo("${true}");
    assertThat(TaskMapping.of(task("p", "own"))).isNull();
    assertThat(TaskMapping.of(task("q", "other"))).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\uFEFF"})
  void whenATaskIsOfAConnectorThenItIsBoundWhereverItStandsAndTheOthersStay(String byteOrderMark) {
    deploy(project(byteOrderMark + MODEL));

    assertThatTasksAreBound();
  }

  @Test
  void whenTheEngineHasForgottenADefinitionThenItIsParsedAsBefore() {
    deploy(project(MODEL));
    engine.configuration().getProcessDefinitionCache().clear();

    assertThatTasksAreBound();
  }

  @Test
  void whenAProcessDeclaresDefaultsThenItHasThemBeforeItsListenersAndTheOthersHaveNone() {
    deploy(project(MODEL));

    assertThat(process("q").getExecutionListeners())
        .extracting(FlowableListener::getInstance)
        .satisfiesExactly(
            ours -> assertThat(ours).isInstanceOf(PropertyDefaults.class),
            own -> assertThat(own).isNull());
    assertThat(process("p").getExecutionListeners()).isEmpty();
  }

  @Test
  void whenAFileHasLettersOfAnyLanguageThenTheyStay() {
    deploy(
        project(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + MODEL.replace("id=\"own\"", "id=\"own\" name=\"\u00fc\u4e2d\ud83d\ude00\"")));

    assertThat(task("p", "own").getName()).isEqualTo("\u00fc\u4e2d\ud83d\ude00");
  }

  @Test
  void whenADeploymentIsNoProjectThenItsFileIsParsedAsItIs() {
    deploy(
        Map.of(
            "p.bpmn20.xml",
            Bpmn.process(
                "p",
                """
                <startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="call"/>
                <serviceTask id="call" implementation="rest-1.GET" flowable:expression="${true}"/>
                """)));

    assertThat(task("p", "call").getImplementation()).isEqualTo("${true}");
    assertThat(TaskMapping.of(task("p", "call"))).isNull();
    assertThat(process("p").getExecutionListeners()).isEmpty();
  }
}
