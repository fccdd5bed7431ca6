package io.restconnector.worker.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restconnector.RestConnectorSettings;
import io.restconnector.fixtures.LoggedEvents;
import io.restconnector.fixtures.PlainEngines;
import io.restconnector.fixtures.SlowServer;
import io.restconnector.fixtures.SlowServer.Seen;
import io.restconnector.worker.WorkerSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.flowable.common.engine.impl.interceptor.CommandContext;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.delegate.ExecutionListener;
import org.flowable.engine.delegate.JavaDelegate;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.job.api.Job;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a process says and sees of a call that is an external-worker task. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExternalTaskTest {

  private static final String CATCH_ALL =
      """
      <boundaryEvent id="caught" attachedToRef="call">
        <extensionElements><flowable:in source="errorCode" target="code"/>
          <flowable:in source="errorMessage" target="message"/></extensionElements>
        <errorEventDefinition/></boundaryEvent>
      <sequenceFlow sourceRef="caught" targetRef="failed"/><userTask id="failed"/>
      """;

  private SlowServer server;
  private WorkerEngine node;

  @BeforeAll
  void start() {
    server = SlowServer.start();
    node = WorkerEngine.start(PlainEngines.database(), WorkerSettings.defaults());
  }

  @AfterAll
  void stop() {
    node.close();
    server.close();
  }

  private long seen(String path) {
    return server.seen().stream().filter(seen -> seen.path().equals(path)).count();
  }

  private List<String> keys(String path) {
    return server.seen().stream().filter(s -> s.path().equals(path)).map(Seen::key).toList();
  }

  @Test
  void whenInAndOutAreMappedThenOnlyTheyCount() {
    node.deployCall(
        "mapped",
        "restGet",
        """
        <extensionElements>
          <flowable:in sourceExpression="${base}/mapped" target="restUrl"/>
          <flowable:out source="restStatus" target="status"/>
          <flowable:out sourceExpression="${restResult.path}" target="path"/>
        </extensionElements>
        """);
    String instance =
        node.begin("mapped", Map.of("base", server.url(""), "timeout", "no number, not looked at"));

    assertThat(node.task(instance)).isEqualTo("done");
    assertThat(node.variable(instance, "status")).isEqualTo(200);
    assertThat(node.variable(instance, "path")).isEqualTo("/mapped");
    assertThat(node.runtime().getVariables(instance))
        .doesNotContainKeys("restStatus", "restResult", "restError");
  }

  @Test
  void whenAnInExpressionFailsThenItIsAnInvalidInput() {
    node.deploy(
        "badInCaught",
        call(
            """
                <extensionElements><flowable:in sourceExpression="${missing.url}" target="restUrl"/>
                </extensionElements>
                """));
    String instance = node.begin("badInCaught", Map.of());

    assertThat(node.task(instance)).isEqualTo("failed");
    assertThat(node.variable(instance, "code")).isEqualTo("INVALID_INPUT");
  }

  @Test
  void whenAnOutExpressionDoesNotSuitTheAnswerThenItIsAnUnknownErrorAndTheOthersAreWritten() {
    node.deploy(
        "badOut",
        call("""
                <extensionElements>
                  <flowable:out sourceExpression="${restResult.path.nothing.there}" target="bad"/>
                  <flowable:out source="restStatus" target="status"/>
                </extensionElements>
                """)
            .replace(
                "<userTask id=\"failed\"/>",
                """
                <serviceTask id="failed" flowable:class="%s"/>
                <sequenceFlow sourceRef="failed" targetRef="handled"/><userTask id="handled"/>
                """
                    .formatted(ThreadName.class.getName())));
    LoggedEvents log = LoggedEvents.of("io.restconnector.worker");
    String instance;
    try (log) {
      instance = node.begin("badOut", server.url("/badOut"));

      assertThat(node.task(instance)).isEqualTo("handled");
    }
    assertThat(log.messages())
        .filteredOn(line -> line.contains("'bad'"))
        .as("told once, though the error is raised in a second transaction")
        .hasSize(1);
    assertThat(node.variable(instance, "code")).isEqualTo("UNKNOWN_ERROR");
    assertThat(node.variable(instance, "status")).isEqualTo(200);
    assertThat(node.variable(instance, "message")).asString().contains("'call'", "'bad'");
    assertThat(seen("/badOut")).isEqualTo(1);
  }

  @Test
  void whenAnOutSourceIsNoOutputThenItIsAnInvalidInput() {
    node.unchecked()
        .deploy(
            "misspelt",
            call(
                """
            <extensionElements><flowable:out source="restRsult" target="x"/></extensionElements>
            """));
    String instance = node.begin("misspelt", server.url("/misspelt"));

    assertThat(node.task(instance)).isEqualTo("failed");
    assertThat(node.variable(instance, "code")).isEqualTo("INVALID_INPUT");
    assertThat(node.variable(instance, "message"))
        .asString()
        .contains("activity 'call'", "restRsult", "restResult");
    assertThat(seen("/misspelt")).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "flowable:in target='timeout'",
        "flowable:in source='url'",
        "flowable:in variables='all'",
        "flowable:out source='restResult'",
        "flowable:out source='restResult' target=''",
        "flowable:out source='restResult' targetExpression='${name}'",
        "flowable:out target='result'",
      })
  void whenAParameterLacksAnEndThenItIsAnInvalidInputAndNothingIsSent(String parameter) {
    node.unchecked()
        .deploy(
            "halfAParameter",
            call(
                """
            <extensionElements><flowable:in source="url" target="restUrl"/><%s/>
            </extensionElements>
            """
                    .formatted(parameter)));
    String instance =
        node.begin(
            "halfAParameter", Map.of("url", server.url("/halfAParameter"), "name", "result"));

    assertThat(node.task(instance)).isEqualTo("failed");
    assertThat(node.variable(instance, "code")).isEqualTo("INVALID_INPUT");
    assertThat(node.variable(instance, "message"))
        .asString()
        .contains("activity 'call'", parameter.substring(0, parameter.indexOf(' ')));
    assertThat(seen("/halfAParameter")).isZero();
  }

  @Test
  void whenWhatFollowsTheErrorFailsOnceThenTheBoundaryEventStillHasCodeAndMessage() {
    node.deploy(
        "errorAgain",
        call("")
            .replace(
                "<userTask id=\"failed\"/>",
                """
                <serviceTask id="failed" flowable:class="%s"/>
                <sequenceFlow sourceRef="failed" targetRef="handled"/><userTask id="handled"/>
                """
                    .formatted(FailsOnce.class.getName())));
    String instance = node.begin("errorAgain", server.url("/status/503"));

    assertThat(node.task(instance)).isEqualTo("handled");
    assertThat(node.variable(instance, "code")).isEqualTo("SERVICE_UNAVAILABLE");
    assertThat(node.variable(instance, "message"))
        .isEqualTo(node.variable(instance, "restError"))
        .isEqualTo("GET " + server.url("/status/503") + " answered 503");
  }

  /** Fails at the first execution of an instance. */
  public static final class FailsOnce implements JavaDelegate {

    private final Set<String> failed = ConcurrentHashMap.newKeySet();

    @Override
    public void execute(DelegateExecution execution) {
      if (failed.add(execution.getProcessInstanceId())) {
        throw new IllegalStateException("once");
      }
    }
  }

  @Test
  void whenWhatFollowsMeetsAnErrorOfTheJvmThenTheJobIsADeadLetter() {
    node.deploy(
        "missingClass",
        call("")
            .replace(
                "<sequenceFlow sourceRef=\"caught\" targetRef=\"failed\"/>",
                """
                <sequenceFlow sourceRef="caught" targetRef="failed"><extensionElements>
                  <flowable:executionListener event="take" class="%s"/>
                </extensionElements></sequenceFlow>
                """
                    .formatted(MissingClass.class.getName())));
    String instance = node.begin("missingClass", server.url("/status/503"));

    awaitDeadLetter(instance);
  }

  /** Meets an application that is put together wrongly. */
  public static final class MissingClass implements ExecutionListener {
    @Override
    public void notify(DelegateExecution execution) {
      throw new NoClassDefFoundError("missing");
    }
  }

  @Test
  void whenTheServiceAnswersAnErrorThenOutputsAreWrittenBeforeItIsThrown() {
    node.deploy("error", call(""));
    String instance = node.begin("error", server.url("/status/503"));

    assertThat(node.task(instance)).isEqualTo("failed");
    assertThat(node.variable(instance, "code")).isEqualTo("SERVICE_UNAVAILABLE");
    assertThat(node.variable(instance, "restStatus")).isEqualTo(503);
    assertThat(node.variable(instance, "message"))
        .isEqualTo(node.variable(instance, "restError"))
        .isEqualTo("GET " + server.url("/status/503") + " answered 503");
  }

  @Test
  void whenNothingCatchesTheErrorThenTheCallIsRetriedAndIsADeadLetterThatSaysWhy() {
    node.deployCall("uncaught", "restPost", "");
    String instance = node.begin("uncaught", server.url("/status/500"));
    LoggedEvents log = LoggedEvents.of(CommandContext.class);
    Job dead;
    try (log) {
      dead = awaitDeadLetter(instance);
    }

    assertThat(log.events())
        .filteredOn(line -> line.getThreadName().contains("complete"))
        .isEmpty();
    assertThat(dead.getExceptionMessage())
        .isEqualTo(
            "INTERNAL_SERVER_ERROR in activity 'call': POST %s answered 500"
                .formatted(server.url("/status/500")));
    assertThat(keys("/status/500")).hasSize(3);
    assertThat(Set.copyOf(keys("/status/500"))).hasSize(1).doesNotContain("");
  }

  @Test
  void whenWhatFollowsFailsThenItIsRetriedWithoutAnotherCall() {
    node.deploy(
        "fragile",
        """
        <startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="call"/>
        <serviceTask id="call" flowable:type="external-worker" flowable:topic="restGet"
          flowable:exclusive="false"/>
        <sequenceFlow sourceRef="call" targetRef="which"/><exclusiveGateway id="which"/>
        <sequenceFlow sourceRef="which" targetRef="done">
          <conditionExpression>${noSuchVariable}</conditionExpression></sequenceFlow>
        <sequenceFlow sourceRef="which" targetRef="done">
          <conditionExpression>${noSuchVariable}</conditionExpression></sequenceFlow>
        <userTask id="done"/>
        """);
    String instance = node.begin("fragile", server.url("/fragile"));

    awaitDeadLetter(instance);
    assertThat(seen("/fragile")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        <sequenceFlow sourceRef="call" targetRef="heavyTask"/>
        <serviceTask id="heavyTask" flowable:class="THREAD"/>
        <sequenceFlow sourceRef="heavyTask" targetRef="done"/>
        """,
        """
        <sequenceFlow sourceRef="call" targetRef="done"><extensionElements>
          <flowable:executionListener event="take" class="THREAD"/></extensionElements></sequenceFlow>
        """
      })
  void whenADelegateOrListenerFollowsThenItRunsOnTheAsyncExecutor(String following) {
    node.deploy(
        "heavy",
        """
        <startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="call"/>
        <serviceTask id="call" flowable:type="external-worker" flowable:topic="restGet"/>
        %s<userTask id="done"/>
        """
            .formatted(following.replace("THREAD", ThreadName.class.getName())));
    String instance = node.begin("heavy", server.url("/heavy"));

    assertThat(node.task(instance)).isEqualTo("done");
    assertThat(node.variable(instance, "thread")).asString().doesNotContain("rest-connector");
    assertThat(node.variable(instance, "restStatus")).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        <sequenceFlow sourceRef="s" targetRef="sub"/><subProcess id="sub"><startEvent id="s2"/>
          <sequenceFlow sourceRef="s2" targetRef="call"/>CALL</subProcess>
        <sequenceFlow sourceRef="sub" targetRef="heavy"/>
        """,
        """
        <sequenceFlow sourceRef="s" targetRef="sub"/><subProcess id="sub"><startEvent id="s2"/>
          <sequenceFlow sourceRef="s2" targetRef="call"/>CALL
          <sequenceFlow sourceRef="call" targetRef="e"/>
          <endEvent id="e"><errorEventDefinition errorRef="any"/></endEvent></subProcess>
        <boundaryEvent id="b" attachedToRef="sub"><errorEventDefinition/></boundaryEvent>
        <sequenceFlow sourceRef="b" targetRef="heavy"/>
        """,
        """
        <sequenceFlow sourceRef="s" targetRef="sub"/><subProcess id="sub"><startEvent id="s2"/>
          <sequenceFlow sourceRef="s2" targetRef="e"/>
          <endEvent id="e"><errorEventDefinition errorRef="any"/></endEvent>
          <subProcess id="inner" triggeredByEvent="true">
            <startEvent id="s3"><errorEventDefinition/></startEvent>
            <sequenceFlow sourceRef="s3" targetRef="call"/>CALL
            <sequenceFlow sourceRef="call" targetRef="e3"/><endEvent id="e3"/></subProcess>
        </subProcess>
        <sequenceFlow sourceRef="sub" targetRef="heavy"/>
        """
      })
  void whenADelegateFollowsTheEndOfAScopeThenItRunsOnTheAsyncExecutor(String elements) {
    node.deploy(
        "scoped",
        (elements + HEAVY)
                .replace(
                    "CALL",
                    """
                    <serviceTask id="call" flowable:type="external-worker"
                      flowable:topic="restGet" flowable:exclusive="false"/>
                    """)
                .replace("THREAD", ThreadName.class.getName())
            + "<startEvent id='s'/><userTask id='done'/>");
    String instance = node.begin("scoped", server.url("/scoped"));

    assertThat(node.task(instance)).isEqualTo("done");
    assertThat(node.variable(instance, "thread")).asString().doesNotContain("rest-connector");
  }

  @Test
  void whenTheInstanceHasATenantThenExpressionsKnowItBeforeAndAfterTheCall() {
    node.deploy(
        "tenant",
        """
        <startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="call"/>
        <serviceTask id="call" flowable:type="external-worker" flowable:topic="restGet">
          <extensionElements>
            <flowable:in sourceExpression="${base}/${currentTenantId}" target="restUrl"/>
          </extensionElements></serviceTask>
        <sequenceFlow sourceRef="call" targetRef="which"/><exclusiveGateway id="which" default="no"/>
        <sequenceFlow sourceRef="which" targetRef="known">
          <conditionExpression>${currentTenantId == 'acme'}</conditionExpression></sequenceFlow>
        <sequenceFlow id="no" sourceRef="which" targetRef="unknown"/>
        <userTask id="known"/><userTask id="unknown"/>
        """);
    String instance =
        node.runtime()
            .createProcessInstanceBuilder()
            .processDefinitionKey("tenant")
            .overrideProcessDefinitionTenantId("acme")
            .variable("base", server.url(""))
            .start()
            .getId();

    assertThat(node.task(instance)).isEqualTo("known");
    assertThat(seen("/acme")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        <boundaryEvent id="caught" attachedToRef="call"><errorEventDefinition/></boundaryEvent>
        <sequenceFlow sourceRef="caught" targetRef="undo"/>UNDO
        """,
        """
        <subProcess id="sub" triggeredByEvent="true">
          <startEvent id="caught"><errorEventDefinition/></startEvent>
          <sequenceFlow sourceRef="caught" targetRef="undo"/>UNDO</subProcess>
        """
      })
  void whenADelegateFollowsTheErrorThenItRunsOnTheAsyncExecutorAndHasAKey(String caught) {
    String undo =
        """
        <serviceTask id="undo" flowable:delegateExpression="${restPost}"><extensionElements>
          <flowable:field name="restUrl"><flowable:expression>${undo}</flowable:expression>
          </flowable:field></extensionElements></serviceTask>
        <sequenceFlow sourceRef="undo" targetRef="undone"/><userTask id="undone"/>
        """;
    node.deploy("undone", call("").replace(CATCH_ALL, caught.replace("UNDO", undo)));
    String path = "/undo/" + caught.length();
    String instance =
        node.begin(
            "undone", Map.of("restUrl", server.url("/status/503"), "undo", server.url(path)));

    assertThat(node.task(instance)).isEqualTo("undone");
    assertThat(keys(path)).hasSize(1).doesNotContain("");
  }

  private static final String HEAVY =
      """
      <serviceTask id="heavy" flowable:class="THREAD"/>
      <sequenceFlow sourceRef="heavy" targetRef="done"/>
      """;

  @Test
  void whenSomeoneWaitsForTheEndOfTheInstanceThenItIsToldOnTheAsyncExecutor() {
    CompletableFuture<String> thread = new CompletableFuture<>();
    ProcessEngineConfigurationImpl configuration =
        WorkerEngine.configuration(PlainEngines.database(), RestConnectorSettings.defaults());
    configuration.setProcessInstanceStateChangedCallbacks(
        new HashMap<>(
            Map.of(
                "case",
                List.of(
                    change -> {
                      if (change.getNewState().equals("completed")) {
                        thread.complete(Thread.currentThread().getName());
                      }
                    }))));
    try (WorkerEngine other = WorkerEngine.start(configuration)) {
      other.deploy(
          "called",
          """
          <startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="call"/>
          <serviceTask id="call" flowable:type="external-worker" flowable:topic="restGet"/>
          """);
      other
          .runtime()
          .createProcessInstanceBuilder()
          .processDefinitionKey("called")
          .callbackType("case")
          .callbackId("1")
          .variable("restUrl", server.url("/called"))
          .start();

      assertThat(thread.join()).doesNotContain("rest-connector");
      await()
          .until(
              () ->
                  other
                          .engine
                          .getHistoryService()
                          .createHistoricProcessInstanceQuery()
                          .finished()
                          .count()
                      == 1);
    }
  }

  /** Tells on which thread a process goes on. */
  public static final class ThreadName implements JavaDelegate {
    @Override
    public void execute(DelegateExecution execution) {
      execution.setVariable("thread", Thread.currentThread().getName());
    }
  }

  @Test
  void whenALoopAggregatesTheOutputsThenEachOfItsInstancesKeepsItsOwn() {
    node.deploy(
        "aggregated",
        """
        <startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="call"/>
        <serviceTask id="call" flowable:type="external-worker" flowable:topic="restGet">
          <extensionElements>
            <flowable:in sourceExpression="${base}/aggregated/${loopCounter}" target="restUrl"/>
            <flowable:out sourceExpression="${restResult.path}" target="path"/>
          </extensionElements>
          <multiInstanceLoopCharacteristics isSequential="false"><extensionElements>
            <flowable:variableAggregation target="all"><variable source="path"/>
            </flowable:variableAggregation></extensionElements>
            <loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics></serviceTask>
        <sequenceFlow sourceRef="call" targetRef="done"/><userTask id="done"/>
        """);
    String instance = node.begin("aggregated", Map.of("base", server.url("")));

    assertThat(node.task(instance)).isEqualTo("done");
    assertThat(node.variable(instance, "all"))
        .asString()
        .contains("/aggregated/0", "/aggregated/1", "/aggregated/2");
  }

  @Test
  void whenAParallelMultiInstanceCallsThenAllAreInFlightTogetherAndEachHasItsOwnKey() {
    node.deploy(
        "many",
        """
        <startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="call"/>
        <serviceTask id="call" flowable:type="external-worker" flowable:topic="restPost">
          <extensionElements><flowable:in source="restUrl" target="restUrl"/>
            <flowable:in source="i" target="requestPayload"/></extensionElements>
          <multiInstanceLoopCharacteristics isSequential="false">
            <loopCardinality>5</loopCardinality></multiInstanceLoopCharacteristics></serviceTask>
        <sequenceFlow sourceRef="call" targetRef="done"/><userTask id="done"/>
        """);
    String instance = node.begin("many", server.url("/hold/many"));
    await().until(() -> seen("/hold/many") == 5);
    server.releaseAll();

    assertThat(node.task(instance)).isEqualTo("done");
    assertThat(Set.copyOf(keys("/hold/many"))).hasSize(5).doesNotContain("");
  }

  @Test
  void whenALoopEntersTheActivityAgainThenItHasAnotherKey() {
    node.deploy(
        "loop",
        """
        <startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="call"/>
        <serviceTask id="call" flowable:type="external-worker" flowable:topic="restPatch"
          flowable:exclusive="false"/>
        <sequenceFlow sourceRef="call" targetRef="again"/><userTask id="again"/>
        <sequenceFlow sourceRef="again" targetRef="call"/>
        """);
    String instance = node.begin("loop", server.url("/loop"));
    assertThat(node.task(instance)).isEqualTo("again");
    node.complete(instance);
    assertThat(node.task(instance)).isEqualTo("again");

    assertThat(Set.copyOf(keys("/loop"))).hasSize(2).doesNotContain("");
  }

  @Test
  void whenTheUserGivesAKeyThenItIsTheOneThatIsSent() {
    node.deployCall("own", "restPost", "");
    String instance =
        node.begin(
            "own",
            Map.of(
                "restUrl", server.url("/own"), "requestHeaders", "{\"idempotency-key\":\"mine\"}"));

    assertThat(node.task(instance)).isEqualTo("done");
    assertThat(keys("/own")).containsExactly("mine");
  }

  @Test
  void whenADelegateInAnAsyncJobIsRetriedThenItsKeyIsTheSameAndThatOfTheNextEntryAnother() {
    node.deploy(
        "job",
        """
        <startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="fork"/>
        <parallelGateway id="fork" flowable:async="true"/>
        <sequenceFlow sourceRef="fork" targetRef="ok"/>
        <serviceTask id="ok" flowable:delegateExpression="${restPost}">
          <extensionElements><flowable:field name="restUrl"><flowable:expression>${ok}</flowable:expression>
            </flowable:field></extensionElements>
          <multiInstanceLoopCharacteristics isSequential="true">
            <loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics></serviceTask>
        <sequenceFlow sourceRef="ok" targetRef="bad"/>
        <serviceTask id="bad" flowable:delegateExpression="${restPost}">
          <extensionElements><flowable:field name="restUrl"><flowable:expression>${bad}</flowable:expression>
            </flowable:field></extensionElements></serviceTask>
        """);
    node.begin("job", Map.of("ok", server.url("/job"), "bad", server.url("/status/502")));

    await().until(() -> seen("/status/502") == 3);
    List<String> keys = keys("/job");
    assertThat(keys).hasSize(6);
    assertThat(keys.subList(2, 4)).isEqualTo(keys.subList(0, 2)).isEqualTo(keys.subList(4, 6));
    assertThat(Set.copyOf(keys)).hasSize(2).doesNotContain("");
    assertThat(Set.copyOf(keys("/status/502"))).hasSize(1).doesNotContainAnyElementsOf(keys);
  }

  private Job awaitDeadLetter(String instance) {
    return await()
        .until(
            () ->
                node.engine
                    .getManagementService()
                    .createDeadLetterJobQuery()
                    .processInstanceId(instance)
                    .singleResult(),
            job -> job != null);
  }

  private static String call(String inside) {
    return """
        <startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="call"/>
        <serviceTask id="call" flowable:type="external-worker" flowable:topic="restGet"
          flowable:exclusive="false">%s</serviceTask>
        <sequenceFlow sourceRef="call" targetRef="done"/><userTask id="done"/>
        """
            .formatted(inside)
        + CATCH_ALL;
  }
}
