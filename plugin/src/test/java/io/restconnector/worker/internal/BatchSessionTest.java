package io.restconnector.worker.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.restconnector.RestConnectorSettings;
import io.restconnector.fixtures.LoggedEvents;
import io.restconnector.fixtures.PlainEngines;
import io.restconnector.fixtures.SlowServer;
import io.restconnector.fixtures.SlowServer.Seen;
import io.restconnector.http.HttpSettings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flowable.common.engine.api.scope.ScopeTypes;
import org.flowable.common.engine.impl.identity.Authentication;
import org.flowable.engine.HistoryService;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.job.api.ExternalWorkerJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Answers that are written together. */
class BatchSessionTest {

  private static final String CALL =
      """
      <startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="call"/>
      <serviceTask id="call" flowable:type="external-worker" flowable:topic="restGet"
        flowable:exclusive="%s"/>
      <sequenceFlow sourceRef="call" targetRef="done"/>%s
      """;
  private static final String END = "<endEvent id=\"done\"/>";
  private static final String TASK = "<userTask id=\"done\"/>";

  private final CountDownLatch gate = new CountDownLatch(1);
  private final AtomicInteger transactions = new AtomicInteger();
  private final Map<String, Integer> runs = new ConcurrentHashMap<>();
  private volatile String failing = "";
  private SlowServer server;
  private DataSource database;
  private WorkerEngine node;

  DataSource database() {
    return PlainEngines.database();
  }

  @BeforeEach
  void start() {
    server = SlowServer.start();
    database = database();
    ProcessEngineConfigurationImpl configuration =
        WorkerEngine.configuration(
            gated(),
            RestConnectorSettings.defaults()
                .withHttp(HttpSettings.defaults().withMaxConnections(500, 500))
                .withWorker(WorkerEngine.NO_POLL));
    configuration.setHistory("full");
    Function<DelegateExecution, Object> code = this::run;
    configuration.setBeans(new HashMap<>(Map.of("code", code)));
    node = WorkerEngine.start(configuration);
  }

  @AfterEach
  void stop() {
    gate.countDown();
    node.close();
    server.close();
  }

  /** While answers come, nothing is written; then the transactions are counted. */
  private DataSource gated() {
    return new DelegatingDataSource(database) {
      @Override
      public Connection getConnection() throws SQLException {
        if (Thread.currentThread().getName().startsWith("rest-connector-complete")
            && server.open() == 0
            && !server.seen().isEmpty()) {
          try {
            gate.await();
          } catch (InterruptedException stopping) {
            throw new SQLException(stopping);
          }
          transactions.incrementAndGet();
        }
        return super.getConnection();
      }
    };
  }

  /** Lets the server answer all calls, and the node write what it got. */
  private void answer(int calls) {
    await().atMost(Duration.ofMinutes(1)).until(() -> server.open() == calls);
    server.releaseAll();
    await().until(() -> server.open() == 0);
    gate.countDown();
  }

  private List<String> begin(String process, int instances) {
    List<String> begun = new ArrayList<>();
    for (int i = 0; i < instances; i++) {
      begun.add(node.begin(process, server.url("/hold/" + process + "/" + i)));
    }
    return begun;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whenManyAnswersComeAtOnceThenFewTransactionsWriteThem(boolean exclusive) throws Exception {
    node.deploy("task", CALL.formatted(exclusive, TASK));
    List<String> instances = begin("task", 100);
    answer(100);

    await().atMost(Duration.ofMinutes(1)).until(() -> node.tasks() == 100);
    for (int i = 0; i < instances.size(); i++) {
      assertThat(node.variable(instances.get(i), "restResult"))
          .hasToString("{\"path\":\"/hold/task/" + i + "\"}");
    }
    assertThat(number("select count(*) from ACT_RU_EXTERNAL_JOB")).isZero();
    assertThat(number("select count(*) from ACT_RU_EXECUTION where LOCK_OWNER_ is not null"))
        .isZero();
    assertThat(transactions).hasValueLessThan(90); // one for each, and two for each exclusive one
    assertThat(server.seen()).hasSize(100);
  }

  @ParameterizedTest
  @ValueSource(strings = {END, TASK})
  void whenEverythingIsLoggedThenNoLoggerOfTheConnectorShowsWhatAnInstanceHolds(String last) {
    try (LoggedEvents log = LoggedEvents.of("io.restconnector").at(Level.TRACE).alone()) {
      node.deploy("logged", CALL.formatted(false, last));
      for (int i = 0; i < 40; i++) {
        node.runtime()
            .createProcessInstanceBuilder()
            .processDefinitionKey("logged")
            .businessKey("geheim-key")
            .name("geheim-name")
            .variable("restUrl", server.url("/hold/logged?q=geheim"))
            .variable("other", "geheim-value")
            .start();
      }
      answer(40);
      await()
          .atMost(Duration.ofMinutes(1))
          .until(
              () -> node.engine.getManagementService().createExternalWorkerJobQuery().count() == 0);

      assertThat(transactions).hasValueLessThan(40);
      assertThat(log.text()).contains("/hold/logged").doesNotContain("geheim");
    }
  }

  /** What an instance may have that ends, in each of the engine's tables. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<userTask id=\"none\"/>",
        "<boundaryEvent id=\"late\" attachedToRef=\"call\"><timerEventDefinition>"
            + "<timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent>"
            + "<sequenceFlow sourceRef=\"late\" targetRef=\"done\"/>",
        "<subProcess id=\"sub\" triggeredByEvent=\"true\"><startEvent id=\"timed\">"
            + "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>"
            + "</startEvent></subProcess>",
        "<subProcess id=\"sub\" triggeredByEvent=\"true\"><startEvent id=\"failed\">"
            + "<errorEventDefinition errorRef=\"any\"/></startEvent></subProcess>"
      })
  void whenInstancesEndTogetherThenNothingIsLeftOfThemAndTheirHistoryIsComplete(String more)
      throws Exception {
    node.deploy("ending", CALL.formatted(false, END + more));
    Authentication.setAuthenticatedUserId("somebody");
    begin("ending", 30);
    Authentication.setAuthenticatedUserId(null);
    begin("ending", 30);
    answer(60);

    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> number("select count(*) from ACT_RU_EXECUTION") == 0);
    for (String table :
        List.of(
            "EXECUTION",
            "VARIABLE",
            "ACTINST",
            "EXTERNAL_JOB",
            "JOB",
            "TIMER_JOB",
            "DEADLETTER_JOB",
            "EVENT_SUBSCR",
            "IDENTITYLINK",
            "TASK")) {
      assertThat(number("select count(*) from ACT_RU_" + table)).as(table).isZero();
    }
    HistoryService history = node.engine.getHistoryService();
    assertThat(history.createHistoricProcessInstanceQuery().finished().count()).isEqualTo(60);
    assertThat(history.createHistoricActivityInstanceQuery().unfinished().count()).isZero();
    assertThat(history.createHistoricActivityInstanceQuery().activityId("call").count())
        .isEqualTo(60);
    assertThat(
            history
                .createHistoricVariableInstanceQuery()
                .variableValueEquals("restStatus", 200)
                .count())
        .isEqualTo(60);
    assertThat(server.seen()).hasSize(60);
  }

  @Test
  void whenAnswersOverwriteVariablesThenTheirHistoryIsReadTogetherAndHasWhatTheyWrote()
      throws Exception {
    String one =
        "org.flowable.variable.service.impl.persistence.entity.HistoricVariableInstanceEntityImpl"
            + ".selectHistoricVariableInstance";
    node.deploy("again", CALL.formatted(false, TASK));
    List<String> instances = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      String url = server.url("/hold/" + i);
      instances.add(
          node.begin(
              "again",
              Map.of("restUrl", url, "restResult", "old", "restStatus", 1, "other", "kept")));
    }
    try (LoggedEvents log = LoggedEvents.of(one).at(Level.DEBUG).alone()) {
      answer(60);
      await().atMost(Duration.ofMinutes(1)).until(() -> node.tasks() == 60);

      assertThat(log.messages().stream().filter(line -> line.contains("Preparing")))
          .hasSizeLessThan(60); // else two for each
    }
    for (int i = 0; i < 60; i++) {
      assertThat(history(instances.get(i), "restResult"))
          .hasToString("{\"path\":\"/hold/" + i + "\"}");
      assertThat(history(instances.get(i), "restStatus")).isEqualTo(200);
      assertThat(history(instances.get(i), "other")).isEqualTo("kept");
    }
    assertThat(number("select count(*) from ACT_HI_VARINST where NAME_ = 'restStatus'"))
        .isEqualTo(60);
  }

  private Object history(String instance, String variable) {
    return node.engine
        .getHistoryService()
        .createHistoricVariableInstanceQuery()
        .processInstanceId(instance)
        .variableName(variable)
        .singleResult()
        .getValue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 40})
  void whenJobsHaveIdentityLinksThenTheyAreGoneWithTheirJobs(int jobs) throws Exception {
    node.deploy("linked", CALL.formatted(false, TASK));
    begin("linked", jobs);
    ProcessEngineConfigurationImpl configuration =
        (ProcessEngineConfigurationImpl) node.engine.getProcessEngineConfiguration();
    for (ExternalWorkerJob job : node.jobs().subList(0, (jobs + 1) / 2)) {
      configuration
          .getCommandExecutor()
          .execute(
              context ->
                  configuration
                      .getIdentityLinkServiceConfiguration()
                      .getIdentityLinkService()
                      .createScopeIdentityLink(
                          null,
                          job.getCorrelationId(),
                          ScopeTypes.EXTERNAL_WORKER,
                          "somebody",
                          null,
                          "participant"));
    }
    String links = "select count(*) from ACT_RU_IDENTITYLINK where SCOPE_ID_ is not null";
    assertThat(number(links)).isEqualTo((jobs + 1) / 2);
    try (LoggedEvents log =
        LoggedEvents.of(
                "org.flowable.identitylink.service.impl.persistence.entity.IdentityLinkEntityImpl")
            .at(Level.DEBUG)
            .alone()) {
      answer(jobs);
      await().atMost(Duration.ofMinutes(1)).until(() -> node.tasks() == jobs);

      assertThat(log.messages().stream().filter(line -> line.contains("delete from")))
          .hasSizeLessThan(jobs / 2 + 10); // else one for each
    }
    assertThat(number(links)).isZero();
  }

  @Test
  void whenOneInstanceOfABatchAlwaysFailsThenAllOthersAreDoneOnce() throws Exception {
    node.deploy("task", CALL.formatted(false, TASK));
    node.deploy(
        "bad",
        CALL.formatted(false, "<userTask id=\"done\" flowable:assignee=\"${noSuchBean.name}\"/>"));
    for (int i = 0; i < 50; i++) {
      node.begin(i % 10 == 5 ? "bad" : "task", server.url("/hold/" + i));
    }
    answer(50);

    await().atMost(Duration.ofMinutes(1)).until(() -> node.tasks() == 45);
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                node.engine.getManagementService().createDeadLetterJobQuery().count() == 5
                    && node.jobs().isEmpty());
    assertThat(server.seen().stream().map(Seen::path).distinct()).hasSize(50);
    assertThat(server.seen()).hasSize(50);
  }

  /** An async element has its answer committed before it, other code is done with its answer. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "flowable:async=\"true\"",
        "flowable:async=\"true\" flowable:exclusive=\"false\""
      })
  void whenCodeBehindOneCallOfABatchAlwaysFailsThenThatOfTheOthersRunsOnce(String attributes) {
    node.deploy(
        "code",
        CALL.formatted(
            false,
            "<serviceTask id=\"done\" %s flowable:expression=\"${code.apply(execution)}\"/>"
                    .formatted(attributes)
                + "<sequenceFlow sourceRef=\"done\" targetRef=\"task\"/><userTask id=\"task\"/>"));
    List<String> instances = begin("code", 40);
    failing = instances.get(20);
    answer(40);

    await().atMost(Duration.ofMinutes(1)).until(() -> node.tasks() == 39);
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> node.engine.getManagementService().createDeadLetterJobQuery().count() == 1);
    assertThat(node.jobs()).isEmpty();
    assertThat(runs).hasSize(40);
    runs.forEach(
        (instance, times) -> assertThat(times).isEqualTo(instance.equals(failing) ? 3 : 1));
    assertThat(node.engine.getRuntimeService().getVariables(failing).get("restStatus"))
        .isEqualTo(attributes.isEmpty() ? null : 200);
    assertThat(server.seen()).hasSize(40);
  }

  /** User code. */
  private Object run(DelegateExecution execution) {
    String instance = execution.getProcessInstanceId();
    runs.merge(instance, 1, Integer::sum);
    if (instance.equals(failing)) {
      throw new IllegalStateException("always");
    }
    return instance;
  }

  @Test
  void whenAnAnswerOfABatchDoesNotSuitItsMappingThenItTakesItsErrorPathAlone() {
    node.deploy(
        "mapped",
        """
        <startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="call"/>
        <serviceTask id="call" flowable:type="external-worker" flowable:topic="restGet"
          flowable:exclusive="false"><extensionElements>
          <flowable:field name="outputMapping"><flowable:string><![CDATA[{"x":"${kind == 'bad' ? restResult.path.no() : 1}"}]]></flowable:string></flowable:field>
        </extensionElements></serviceTask>
        <sequenceFlow sourceRef="call" targetRef="done"/><userTask id="done"/>
        <boundaryEvent id="wrong" attachedToRef="call"><errorEventDefinition/></boundaryEvent>
        <sequenceFlow sourceRef="wrong" targetRef="caught"/><userTask id="caught"/>
        """);
    List<String> instances = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      instances.add(
          node.begin(
              "mapped",
              Map.of("restUrl", server.url("/hold/" + i), "kind", i == 10 ? "bad" : "good")));
    }
    answer(30);

    for (int i = 0; i < 30; i++) {
      assertThat(node.task(instances.get(i))).isEqualTo(i == 10 ? "caught" : "done");
    }
    assertThat(server.seen()).hasSize(30);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whenManyCallsAreOfOneInstanceThenAllAreDoneOnce(boolean exclusive) {
    node.deploy(
        "storm",
        """
        <startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="call"/>
        <serviceTask id="call" flowable:type="external-worker" flowable:topic="restPost"
          flowable:exclusive="%s"><extensionElements>
          <flowable:field name="outputScope" stringValue="local"/></extensionElements>
          <multiInstanceLoopCharacteristics isSequential="false"><loopCardinality>40</loopCardinality>
          </multiInstanceLoopCharacteristics></serviceTask>
        <sequenceFlow sourceRef="call" targetRef="done"/><userTask id="done"/>
        """
            .formatted(exclusive));
    String instance = node.begin("storm", server.url("/hold"));
    answer(40);

    assertThat(node.task(instance)).isEqualTo("done");
    assertThat(server.seen()).hasSize(40);
    assertThat(server.seen().stream().map(Seen::key).distinct()).hasSize(40);
  }

  private long number(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
