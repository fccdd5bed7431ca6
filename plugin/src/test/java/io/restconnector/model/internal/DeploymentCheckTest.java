package io.restconnector.model.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.restconnector.RestConnectorConfigurator;
import io.restconnector.RestConnectorSettings;
import io.restconnector.call.CallEngine;
import io.restconnector.fixtures.LoggedEvents;
import io.restconnector.fixtures.PlainEngines;
import io.restconnector.model.Validation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.flowable.common.engine.api.FlowableIllegalArgumentException;
import org.flowable.common.engine.api.repository.EngineDeployment;
import org.flowable.engine.impl.bpmn.deployer.ParsedDeploymentBuilder;
import org.flowable.engine.impl.bpmn.deployer.ParsedDeploymentBuilderFactory;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.repository.DeploymentBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When models are checked, and what becomes of what is found. */
class DeploymentCheckTest {

  private static final String WRONG =
      """
      <serviceTask id="call" flowable:delegateExpression="${restGet}"><extensionElements>
        <flowable:field name="timout" stringValue="10"/></extensionElements></serviceTask>
      """;
  private static final String FINDING =
      "error: process 'p', activity 'call': timout is a field that GET does not read, wanted timeout";
  private static final String DOUBTFUL =
      """
      <serviceTask id="call" flowable:delegateExpression="${restGet}"><extensionElements>
        <flowable:field name="requestHeaders" stringValue='{"Authorization": "geheim"}'/>
      </extensionElements></serviceTask>
      """;

  private final LoggedEvents log = LoggedEvents.of(DeploymentCheck.class);

  @AfterEach
  void stopListening() {
    log.close();
  }

  private List<String> warnings() {
    return warnings(log);
  }

  private static List<String> warnings(LoggedEvents log) {
    return log.events().stream()
        .filter(event -> event.getLevel() == Level.WARN)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  @Test
  void whenSeveralFilesAreWrongThenOneMessageHoldsAllFindings() {
    try (CallEngine engine = engine(Validation.FAIL)) {
      assertThatThrownBy(
              () ->
                  engine
                      .engine
                      .getRepositoryService()
                      .createDeployment()
                      .tenantId("acme")
                      .addString("a.bpmn20.xml", xml("a", WRONG + DOUBTFUL.replace("call", "b")))
                      .addString("b.bpmn", xml("b", WRONG.replace("timout", "restURI")))
                      .addString("c.bpmn", xml("c", ""))
                      .deploy())
          .isInstanceOf(FlowableIllegalArgumentException.class)
          .hasMessage(
              """
              REST tasks of this deployment cannot work:
              a.bpmn20.xml
                error: process 'a', activity 'call': timout is a field that GET does not read, wanted timeout
                warning: process 'a', activity 'b': requestHeaders has 'Authorization' as a literal, which everybody can read who sees the model, wanted an authentication of the configuration
              b.bpmn
                error: process 'b', activity 'call': restURI is a field that GET does not read, wanted restUrl""");
      assertThat(engine.engine.getRepositoryService().createDeploymentQuery().count()).isZero();
      assertThat(engine.engine.getRepositoryService().createProcessDefinitionQuery().count())
          .isZero();
    }
  }

  @Test
  void whenFindingsAreOnlyWarningsThenTheyAreLoggedAndItIsDeployed() {
    try (CallEngine engine = engine(Validation.FAIL)) {
      deploy(engine, DOUBTFUL);

      assertThat(warnings())
          .singleElement()
          .asString()
          .contains("p.bpmn20.xml", "process 'p', activity 'call'", "'Authorization'")
          .doesNotContain("geheim");
    }
  }

  @Test
  void whenNothingIsConfiguredThenTheFixturesOfTheTestsTakeNoWrongModel() {
    try (CallEngine engine = CallEngine.start()) {
      assertThatThrownBy(() -> engine.deployProcess("p", WRONG)).hasMessageContaining(FINDING);
      assertThatCode(() -> engine.unchecked().deployProcess("p", WRONG)).doesNotThrowAnyException();
    }
  }

  @Test
  void whenTheModeIsWarnThenEachFindingIsOneWarning() {
    try (CallEngine engine = engine(Validation.WARN)) {
      deploy(engine, WRONG + DOUBTFUL.replace("call", "b"));

      assertThat(warnings()).hasSize(2).element(0).asString().contains(FINDING);
      assertThat(engine.engine.getRepositoryService().createDeploymentQuery().count()).isOne();
    }
  }

  @Test
  void whenTheModeIsOffThenNothingIsSaid() {
    try (CallEngine engine = engine(Validation.OFF)) {
      deploy(engine, WRONG + DOUBTFUL.replace("call", "b"));

      assertThat(warnings()).isEmpty();
    }
  }

  @Test
  void whenAModelIsDeployedAlreadyThenItIsNotChecked() {
    ProcessEngineConfigurationImpl before = configuration(Validation.OFF);
    ProcessEngineConfigurationImpl after = configuration(Validation.FAIL);
    after.setJdbcUrl(before.getJdbcUrl());
    try (CallEngine old = CallEngine.start(before);
        CallEngine engine = CallEngine.start(after)) {
      deploy(old, WRONG);

      // Not in the cache of this node: it is parsed again.
      assertThatCode(() -> engine.runtime().startProcessInstanceByKey("p"))
          .doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "ISO-8859-1"})
  void whenAFileIsInAnotherEncodingThenItIsChecked(String encoding) throws Exception {
    String xml =
        "<?xml version=\"1.0\" encoding=\"" + encoding + "\"?>\n" + xml("p", WRONG).strip();
    try (CallEngine engine = engine(Validation.FAIL)) {
      DeploymentBuilder deployment =
          engine
              .engine
              .getRepositoryService()
              .createDeployment()
              .addBytes("p.bpmn20.xml", xml.getBytes(encoding));

      assertThatThrownBy(deployment::deploy).hasMessageContaining(FINDING);
    }
  }

  @Test
  void whenAFileIsNoBpmnThenTheEngineSaysSo() {
    try (CallEngine engine = engine(Validation.FAIL)) {
      DeploymentBuilder deployment =
          engine.engine.getRepositoryService().createDeployment().addString("p.bpmn", "<rest");

      assertThatThrownBy(deployment::deploy)
          .isNotInstanceOf(FlowableIllegalArgumentException.class);
    }
  }

  @Test
  void whenTheApplicationBuildsDeploymentsItselfThenThatStays() {
    ProcessEngineConfigurationImpl configuration = configuration(Validation.FAIL);
    List<EngineDeployment> built = new ArrayList<>();
    configuration.setParsedDeploymentBuilderFactory(
        new ParsedDeploymentBuilderFactory() {
          @Override
          public ParsedDeploymentBuilder getBuilderForDeploymentAndSettings(
              EngineDeployment deployment, Map<String, Object> settings) {
            built.add(deployment);
            return super.getBuilderForDeploymentAndSettings(deployment, settings);
          }
        });
    try (CallEngine engine = CallEngine.start(configuration)) {
      assertThatThrownBy(() -> deploy(engine, WRONG)).hasMessageContaining(FINDING);

      assertThat(built).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          -                                             | POST | names the event 'e', which is not deployed
          {"name": "id", "correlationParameter": true}  | GET  | nothing can fill the correlation parameter 'id' of event 'e'
          {"name": "id", "correlationParameter": true}  | POST | -
          {"name": "id"}                                | GET  | -
          {"name": "id", "correlationParameter": true, "header": true} | GET  | -
          {"name": "params", "correlationParameter": true} | GET  | -
          {"name": "pathId", "correlationParameter": true} | GET  | -
          {"name": "paramId", "correlationParameter": true} | GET  | -
          {"name": "payloadId", "correlationParameter": true} | GET  | -
          """)
  void whenAChannelDoesNotSuitItsEventThenThatIsAWarning(
      @Nullable String payload, String method, @Nullable String warning) {
    assertWarning(
        payload == null ? null : "{'key': 'e', 'payload': [%s]}".formatted(payload),
        method,
        warning);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "GET  | id        | nothing can fill the correlation parameter 'id' of event 'e'",
        "POST | id        | -",
        "GET  | pathId    | -",
        "GET  | payloadId | -"
      })
  void whenAnEventHasAListOfCorrelationParametersThenEachOfThemIsLookedAt(
      String method, String name, @Nullable String warning) {
    assertWarning(
        "{'key': 'e', 'correlationParameters': [{'name': '%s', 'type': 'string'}]}".formatted(name),
        method,
        warning);
  }

  private static void assertWarning(
      @Nullable String event, String method, @Nullable String warning) {
    try (LoggedEvents registry = LoggedEvents.of("io.restconnector.webhook");
        CallEngine engine = engine(Validation.FAIL)) {
      DeploymentBuilder deployment =
          engine
              .engine
              .getRepositoryService()
              .createDeployment()
              .addString(
                  "c.channel",
                  """
                  {"key": "c", "channelType": "inbound", "type": "webhook", "path": "c/{pathId}",
                    "method": "%s", "params": {"paramId": "1"}, "payload": {"payloadId": "1"},
                    "channelEventKeyDetection": {"fixedValue": "e"}}"""
                      .formatted(method));
      if (event != null) {
        deployment.addString("e.event", event.replace('\'', '"'));
      }
      deployment.deploy();

      assertThat(warnings(registry).stream().filter(line -> line.contains("c.channel")))
          .hasSize(warning == null ? 0 : 1)
          .allSatisfy(line -> assertThat(line).contains(String.valueOf(warning)));
    }
  }

  private static CallEngine engine(Validation validation) {
    return CallEngine.start(configuration(validation));
  }

  private static ProcessEngineConfigurationImpl configuration(Validation validation) {
    ProcessEngineConfigurationImpl configuration = PlainEngines.withoutHistory();
    configuration.addConfigurator(
        new RestConnectorConfigurator(RestConnectorSettings.defaults().withValidation(validation)));
    return configuration;
  }

  private static void deploy(CallEngine engine, String elements) {
    engine
        .engine
        .getRepositoryService()
        .createDeployment()
        .disableSchemaValidation()
        .addString("p.bpmn20.xml", xml("p", elements))
        .deploy();
  }

  private static String xml(String process, String elements) {
    return new String(
            ModelCheckTest.bpmn("<startEvent id=\"s\"/>" + elements).readAllBytes(),
            StandardCharsets.UTF_8)
        .replace("<process id=\"p\">", "<process id=\"" + process + "\">");
  }
}
