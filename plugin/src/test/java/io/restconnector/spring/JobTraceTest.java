package io.restconnector.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.restconnector.fixtures.PlainEngines;
import io.restconnector.fixtures.RawServer;
import io.restconnector.fixtures.SlowServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.interceptor.CreateExternalWorkerJobAfterContext;
import org.flowable.engine.interceptor.CreateExternalWorkerJobBeforeContext;
import org.flowable.engine.interceptor.CreateExternalWorkerJobInterceptor;
import org.flowable.job.api.ExternalWorkerJob;
import org.flowable.job.api.Job;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** The trace that an external-worker job keeps. */
class JobTraceTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  private static final String TASK =
      """
      <serviceTask id="call" flowable:type="external-worker" flowable:topic="restGet">
        <extensionElements>
          <flowable:field name="restUrl"><flowable:expression>${url}/call</flowable:expression></flowable:field>
          <flowable:field name="outputMapping"><flowable:string>{"a": "${restStatus}"}</flowable:string></flowable:field>
        </extensionElements>
      </serviceTask>
      """;

  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final DataSource database = PlainEngines.database();
  private volatile String answer = RawServer.response("200 OK", "");
  private RawServer server;

  @BeforeEach
  void start() throws IOException {
    server = RawServer.start(RawServer.replying(request -> answer));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private TracedNode node(boolean hasWorker) {
    return TracedNode.start("node", database, spans, hasWorker, Map.of("url", server.url("")));
  }

  /** A process of the task and what follows it, which a webhook starts in the trace. */
  private static void begin(TracedNode node, String following) {
    deploy(node, following);
    start(node, TRACE);
  }

  private static void deploy(TracedNode node, String following) {
    node.engine
        .getRepositoryService()
        .createDeployment()
        .addString(
            "p.bpmn20.xml",
            """
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
              xmlns:flowable="http://flowable.org/bpmn" targetNamespace="test"><process id="p">
              <startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="call"/>%s
              <sequenceFlow sourceRef="call" targetRef="next"/>%s</process></definitions>
            """
                .formatted(TASK, following))
        .addString(
            "start.channel",
            """
            {"key": "start", "channelType": "inbound", "type": "webhook", "path": "start",
             "action": {"type": "startProcess", "processDefinitionKey": "p"}}
            """)
        .deploy();
  }

  private static void start(TracedNode node, String trace) {
    assertThat(
            node.post("start", "{}", Map.of("traceparent", "00-" + trace + "-00f067aa0ba902b7-01"))
                .status())
        .isEqualTo(200);
  }

  private static void until(Callable<Boolean> condition) {
    await().atMost(Duration.ofSeconds(60)).until(condition);
  }

  private long processed() {
    return spans.getFinishedSpanItems().stream()
        .filter(span -> span.getName().equals("process restGet"))
        .count();
  }

  private int keptTraces() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select count(*) from ACT_GE_BYTEARRAY"
                    + " where position('traceparent' in utf8tostring(BYTES_)) > 0")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  @Test
  void whenTheExecutorGoesOnWithAnAnswerThenItIsInTheTrace() throws Exception {
    try (TracedNode node = node(true)) {
      begin(
          node,
          """
          <serviceTask id="next" flowable:delegateExpression="${restGet}"><extensionElements>
            <flowable:field name="restUrl"><flowable:expression>${url}/next</flowable:expression></flowable:field>
          </extensionElements></serviceTask>
          """);

      until(() -> spans.getFinishedSpanItems().size() == 6);
      assertThat(spans.getFinishedSpanItems()).extracting(SpanData::getTraceId).containsOnly(TRACE);
      assertThat(SpanTree.of(spans.getFinishedSpanItems()).replaceAll(" +", " "))
          .isEqualTo(
              """
              POST /rest-connector/events/start SERVER node
               send restGet PRODUCER node call
               process restGet CONSUMER node call
               GET CLIENT node call
               settle restGet CONSUMER node call
               GET CLIENT node next
              """);
      assertThat(keptTraces()).isZero();
      assertThat(node.engine.getHistoryService().createHistoricVariableInstanceQuery().list())
          .extracting("variableName")
          .doesNotContain("traceparent")
          .contains("a", "restStatus");
    }
  }

  /** While answers come nothing is written, so that they are written together. */
  @Test
  void whenAnswersAreWrittenTogetherThenEachGoesOnInItsOwnTrace() {
    int calls = 30;
    CountDownLatch gate = new CountDownLatch(1);
    try (SlowServer slow = SlowServer.start();
        TracedNode node =
            TracedNode.start(
                "node", gated(slow, gate), spans, true, Map.of("url", slow.url("/hold")))) {
      deploy(
          node,
          """
          <serviceTask id="next" flowable:type="external-worker" flowable:topic="restGet">
            <extensionElements><flowable:field name="restUrl"><flowable:expression>${url}/next</flowable:expression></flowable:field>
          </extensionElements></serviceTask>
          """);
      for (int i = 0; i < calls; i++) {
        start(node, trace(i));
      }
      until(() -> slow.open() == calls);
      slow.releaseAll();
      until(() -> slow.open() == 0);
      gate.countDown();
      until(() -> slow.open() == calls);
      slow.releaseAll();

      until(() -> spans.getFinishedSpanItems().size() == 7 * calls);
      for (int i = 0; i < calls; i++) {
        String id = trace(i);
        assertThat(
                SpanTree.of(
                        spans.getFinishedSpanItems().stream()
                            .filter(span -> span.getTraceId().equals(id))
                            .toList())
                    .replaceAll(" +", " "))
            .isEqualTo(
                """
                POST /rest-connector/events/start SERVER node
                 send restGet PRODUCER node call
                 process restGet CONSUMER node call
                 GET CLIENT node call
                 send restGet PRODUCER node next
                 process restGet CONSUMER node next
                 GET CLIENT node next
                """);
      }
    }
  }

  private DataSource gated(SlowServer slow, CountDownLatch gate) {
    return new DelegatingDataSource(database) {
      @Override
      public Connection getConnection() throws SQLException {
        if (Thread.currentThread().getName().startsWith("rest-connector-complete")
            && slow.open() == 0
            && !slow.seen().isEmpty()) {
          try {
            gate.await();
          } catch (InterruptedException stopping) {
            throw new SQLException(stopping);
          }
        }
        return super.getConnection();
      }
    };
  }

  private static String trace(int number) {
    return TRACE.substring(0, 28) + "%04x".formatted(number);
  }

  @Test
  void whenAJobIsTriedAgainThenEachTryIsInTheTraceAndMovedBackToo() throws Exception {
    answer = RawServer.response("500 Oops", "");
    try (TracedNode node = node(true)) {
      begin(node, "<userTask id='next'/>");
      until(() -> node.engine.getManagementService().createDeadLetterJobQuery().count() == 1);
      until(() -> processed() == 3);
      answer = RawServer.response("200 OK", "");
      Job dead = node.engine.getManagementService().createDeadLetterJobQuery().singleResult();
      node.engine.getManagementService().moveDeadLetterJobToExecutableJob(dead.getId(), 1);

      until(() -> processed() == 4);
      assertThat(spans.getFinishedSpanItems()).extracting(SpanData::getTraceId).containsOnly(TRACE);
      assertThat(
              spans.getFinishedSpanItems().stream()
                  .filter(span -> span.getName().equals("process restGet"))
                  .map(span -> RestConnectorObservationsTest.attributes(span).get("error.type")))
          .containsExactly(
              "INTERNAL_SERVER_ERROR", "INTERNAL_SERVER_ERROR", "INTERNAL_SERVER_ERROR", null);
      assertThat(keptTraces()).isZero();
    }
  }

  @Test
  void whenAnInstanceIsDeletedThenNothingOfItsTraceIsLeft() throws Exception {
    try (TracedNode node = node(false)) {
      begin(node, "<userTask id='next'/>");
      assertThat(keptTraces()).isEqualTo(1);
      String instance =
          node.engine.getRuntimeService().createProcessInstanceQuery().singleResult().getId();
      assertThat(node.engine.getRuntimeService().getVariables(instance)).isEmpty();

      node.engine.getRuntimeService().deleteProcessInstance(instance, "test");

      assertThat(keptTraces()).isZero();
    }
  }

  @Test
  void whenNothingIsTracedThenNothingIsKeptWithAJob() {
    try (TracedNode node =
        TracedNode.start(
            ObservationRegistry.create(), database, false, Map.of("url", server.url("")))) {
      begin(node, "<userTask id='next'/>");

      assertThat(jobs(node)).extracting(ExternalWorkerJob::getCustomValues).containsOnlyNulls();
    }
  }

  @Test
  void whenTheApplicationHasCustomValuesOfItsOwnThenTheyAreLeftAlone() {
    try (TracedNode node = node(false)) {
      ProcessEngineConfigurationImpl engine =
          (ProcessEngineConfigurationImpl) node.engine.getProcessEngineConfiguration();
      CreateExternalWorkerJobInterceptor connector = engine.getCreateExternalWorkerJobInterceptor();
      engine.setCreateExternalWorkerJobInterceptor(
          new CreateExternalWorkerJobInterceptor() {
            @Override
            public void beforeCreateExternalWorkerJob(
                CreateExternalWorkerJobBeforeContext context) {
              connector.beforeCreateExternalWorkerJob(context);
            }

            @Override
            public void afterCreateExternalWorkerJob(CreateExternalWorkerJobAfterContext context) {
              context.getExternalWorkerJobEntity().setCustomValues("of: mine");
              connector.afterCreateExternalWorkerJob(context);
            }
          });
      begin(node, "<userTask id='next'/>");

      assertThat(jobs(node))
          .extracting(ExternalWorkerJob::getCustomValues)
          .containsExactly("of: mine");
    }
    try (TracedNode node = node(true)) {
      until(() -> node.engine.getTaskService().createTaskQuery().count() == 1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whenATracerFailsThenTheProcessGoesOn(FailingTracer.Step step) {
    ObservationRegistry observations = ObservationRegistry.create();
    observations.observationConfig().observationHandler(new FailingTracer(step));
    try (TracedNode node =
        TracedNode.start(observations, database, true, Map.of("url", server.url("")))) {
      begin(node, "<userTask id='next'/>");

      until(() -> node.engine.getTaskService().createTaskQuery().count() == 1);
      assertThat(observations.getCurrentObservationScope()).isNull();
    }
  }

  private record FailingTracer(Step step) implements ObservationHandler<Observation.Context> {

    enum Step {
      START,
      ERROR,
      OPEN,
      CLOSE,
      STOP
    }

    private void fail(Step at) {
      if (step == at) {
        throw new IllegalStateException("the tracer fails");
      }
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
      return true;
    }

    @Override
    public void onStart(Observation.Context context) {
      fail(Step.START);
    }

    @Override
    public void onError(Observation.Context context) {
      fail(Step.ERROR);
    }

    @Override
    public void onScopeOpened(Observation.Context context) {
      fail(Step.OPEN);
    }

    @Override
    public void onScopeClosed(Observation.Context context) {
      fail(Step.CLOSE);
    }

    @Override
    public void onStop(Observation.Context context) {
      fail(Step.STOP);
    }
  }

  private static List<ExternalWorkerJob> jobs(TracedNode node) {
    return node.engine.getManagementService().createExternalWorkerJobQuery().list();
  }
}
