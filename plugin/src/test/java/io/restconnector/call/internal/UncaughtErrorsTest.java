package io.restconnector.call.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.restconnector.RestConnectorConfigurator;
import io.restconnector.RestConnectorSettings;
import io.restconnector.call.CallEngine;
import io.restconnector.fixtures.PlainEngines;
import io.restconnector.fixtures.RawServer;
import io.restconnector.worker.WorkerSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.flowable.common.engine.api.FlowableException;
import org.flowable.engine.ManagementService;
import org.flowable.engine.delegate.BpmnError;
import org.flowable.engine.impl.bpmn.helper.ErrorPropagation;
import org.flowable.job.api.ExternalWorkerJob;
import org.flowable.job.api.Job;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is left of an error that nothing catches: in the caller's exception and in the job. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UncaughtErrorsTest {

  /** A bean. */
  public static class Shop {
    public String sold() {
      throw new BpmnError("SOLD", "of the application");
    }
  }

  private RawServer server;
  private CallEngine engine;
  private ManagementService management;
  private int deployed;

  @BeforeAll
  void start() throws Exception {
    server = RawServer.answering(RawServer.response("429 Slow down", ""));
    var configuration = PlainEngines.withoutHistory();
    configuration.setBeans(new HashMap<>(Map.of("shop", new Shop())));
    configuration.addConfigurator(
        new RestConnectorConfigurator(
            RestConnectorSettings.defaults()
                .withWorker(
                    WorkerSettings.defaults()
                        .withEnabled(true)
                        .withPollInterval(Duration.ofMillis(20)))));
    engine = CallEngine.start(configuration);
    management = engine.engine.getManagementService();
    engine.deployProcess("child", FLAT.replace("ATTRIBUTES", "").replace("FIELDS", ""));
  }

  @AfterAll
  void stop() {
    engine.close();
    server.close();
  }

  private static final String TASK =
      """
      <serviceTask id="call" flowable:delegateExpression="${restGet}" ATTRIBUTES>
        <extensionElements>FIELDS</extensionElements></serviceTask>
      <sequenceFlow sourceRef="call" targetRef="done"/><userTask id="done"/>
      """;

  private static final String FLAT =
      "<startEvent id='s'/><sequenceFlow sourceRef='s' targetRef='call'/>" + TASK;

  private String deploy(String elements, String attributes, String fields) {
    String id = "p" + deployed++;
    engine.deployProcess(id, elements.replace("ATTRIBUTES", attributes).replace("FIELDS", fields));
    return id;
  }

  private String answered() {
    return "GET " + server.url("/x") + " answered 429";
  }

  private Map<String, Object> url() {
    return Map.of("restUrl", server.url("/x?secret=1"));
  }

  static List<Arguments> processes() {
    String other =
        """
        <boundaryEvent id="elsewhere" attachedToRef="done">
          <errorEventDefinition errorRef="BAD_REQUEST"/></boundaryEvent>
        <sequenceFlow sourceRef="elsewhere" targetRef="end"/><endEvent id="end"/>
        """;
    return List.of(
        Arguments.of("flat", FLAT),
        Arguments.of("an event of another activity has the code", FLAT + other),
        Arguments.of(
            "by class",
            FLAT.replace(
                "flowable:delegateExpression=\"${restGet}\"", CallEngine.byClass(RestAction.GET))),
        Arguments.of(
            "by expression",
            FLAT.replace(
                "flowable:delegateExpression=\"${restGet}\"",
                "flowable:expression=\"${restGet.execute(execution)}\"")),
        Arguments.of(
            "sub-process",
            "<startEvent id='s'/><sequenceFlow sourceRef='s' targetRef='sub'/><subProcess id='sub'>"
                + FLAT.replace("'s'", "'s2'")
                + "</subProcess>"),
        Arguments.of(
            "called process",
            """
            <startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="parent"/>
            <callActivity id="parent" calledElement="child"><extensionElements>
              <flowable:in source="restUrl" target="restUrl"/></extensionElements></callActivity>
            """),
        Arguments.of(
            "loop",
            FLAT.replace(
                "</serviceTask>",
                "<multiInstanceLoopCharacteristics isSequential='false'><loopCardinality>2"
                    + "</loopCardinality></multiInstanceLoopCharacteristics></serviceTask>")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("processes")
  void whenNothingCatchesThenTheCallersExceptionHoldsCodeActivityAndRestError(
      String name, String elements) {
    String process = deploy(elements, "", "");

    BpmnError thrown = catchThrowableOfType(BpmnError.class, () -> engine.begin(process, url()));

    assertThat(thrown).hasMessage("BAD_REQUEST in activity 'call': " + answered());
    assertThat(thrown.getErrorCode()).isEqualTo("BAD_REQUEST");
    assertThat(thrown).hasNoCause();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("processes")
  void whenTheTaskIsInAJobThenTheJobHoldsThemAndIsTriedAgain(String name, String elements) {
    if (!elements.contains("<serviceTask")) {
      return; // the child is not in a job of its own
    }
    String process = deploy(elements, "flowable:async='true'", "");
    String instance = engine.begin(process, url());
    Job job = management.createJobQuery().processInstanceId(instance).list().get(0);

    assertThatThrownBy(() -> management.executeJob(job.getId())).isInstanceOf(BpmnError.class);

    Job failed = management.createTimerJobQuery().processInstanceId(instance).singleResult();
    assertThat(failed.getRetries()).isEqualTo(2);
    assertThat(failed.getExceptionMessage())
        .isEqualTo("BAD_REQUEST in activity 'call': " + answered());
    assertThat(management.getTimerJobExceptionStacktrace(failed.getId()))
        .contains("BAD_REQUEST in activity 'call': " + answered())
        .doesNotContain("secret");
  }

  @Test
  void whenABeanRaisesTheErrorThenItsMessageIsTold() {
    String process = deploy(FLAT, "", CallEngine.expression("restUrl", "${shop.sold()}"));

    assertThatThrownBy(() -> engine.begin(process, Map.of()))
        .isInstanceOf(BpmnError.class)
        .hasMessage("SOLD in activity 'call': of the application");
  }

  @Test
  void whenAnErrorWasCaughtAndAnotherOfTheProcessIsNotThenThatOneIsLeftAsItIs() {
    String process =
        deploy(
            FLAT
                + """
                <boundaryEvent id="caught" attachedToRef="call">
                  <errorEventDefinition errorRef="BAD_REQUEST"/></boundaryEvent>
                <sequenceFlow sourceRef="caught" targetRef="end"/>
                <endEvent id="end"><errorEventDefinition errorRef="CONFLICT"/></endEvent>
                """,
            "",
            "");

    assertThatThrownBy(() -> engine.begin(process, url()))
        .hasMessageContaining("CONFLICT")
        .hasMessageNotContaining("429");
  }

  @ParameterizedTest
  @CsvSource({"MISSING_INPUT, ''", "INVALID_INPUT, ftp://h/x"})
  void whenAnInputIsAtFaultThenTheJobOfADelegateIsNotTriedAgain(String code, String url) {
    String process = deploy(FLAT, "flowable:async='true'", cycle("R5/PT1S"));
    String instance = engine.begin(process, Map.of("restUrl", url));
    Job job = management.createJobQuery().processInstanceId(instance).singleResult();

    assertThatThrownBy(() -> management.executeJob(job.getId())).hasMessageContaining(code);

    Job dead = management.createDeadLetterJobQuery().processInstanceId(instance).singleResult();
    assertThat(dead.getExceptionMessage()).startsWith(code + ": ").contains("'call'", "restUrl");
    assertThat(management.getDeadLetterJobExceptionStacktrace(dead.getId()))
        .contains(dead.getExceptionMessage());
  }

  private Job deadLetter(String instance) {
    return await()
        .pollInterval(Duration.ofMillis(10))
        .until(
            management.createDeadLetterJobQuery().processInstanceId(instance)::singleResult,
            Objects::nonNull);
  }

  private static String cycle(String cycle) {
    return "<flowable:failedJobRetryTimeCycle>%s</flowable:failedJobRetryTimeCycle>"
        .formatted(cycle);
  }

  private String beginTopic(String inside, Map<String, Object> variables) {
    String process =
        deploy(
            FLAT.replace(
                "flowable:delegateExpression=\"${restGet}\"", CallEngine.byTopic(RestAction.GET)),
            "",
            inside);
    return engine.begin(process, variables);
  }

  private long requests(String path) {
    return server.requests().stream().filter(each -> each.startsWith("GET " + path + " ")).count();
  }

  @ParameterizedTest
  @CsvSource({"R5/PT0S, 5", "R1/PT0S, 1", "${cycle}, 4"})
  void whenAWorkerTaskHasARetryCycleThenItSaysHowManyTriesThereAre(String cycle, int tries) {
    String path = "/cycle" + tries;
    String instance =
        beginTopic(cycle(cycle), Map.of("restUrl", server.url(path), "cycle", "R4/PT0S"));

    Job dead = deadLetter(instance);

    assertThat(requests(path)).isEqualTo(tries);
    assertThat(dead.getExceptionMessage())
        .isEqualTo("BAD_REQUEST in activity 'call': GET %s answered 429", server.url(path));
    assertThat(management.getDeadLetterJobExceptionStacktrace(dead.getId()))
        .isEqualTo(dead.getExceptionMessage());
  }

  @ParameterizedTest
  @CsvSource({"R5/PT2S, 4, 2", "R3/PT1H, 2, 3600", "'', 2, 10", "weekly, 2, 10", "R7, 2, 10"})
  void whenTheFirstTryOfAWorkerTaskFailsThenTheNextOneIsWhenTheCycleSays(
      String cycle, int left, int seconds) {
    long before = System.currentTimeMillis();
    String inside = cycle.isEmpty() ? "" : cycle(cycle);
    String instance = beginTopic(inside, Map.of("restUrl", server.url("/next")));

    ExternalWorkerJob job =
        await()
            .pollInterval(Duration.ofMillis(5))
            .until(
                management.createExternalWorkerJobQuery().processInstanceId(instance)::singleResult,
                each -> each.getExceptionMessage() != null && each.getLockOwner() == null);

    long after = System.currentTimeMillis();
    assertThat(job.getRetries()).isEqualTo(left);
    assertThat(job.getLockExpirationTime().toInstant().toEpochMilli())
        .isBetween(before + seconds * 1000L - 1, after + seconds * 1000L);
    engine.runtime().deleteProcessInstance(instance, "done");
  }

  @ParameterizedTest
  @CsvSource({"MISSING_INPUT, ''", "INVALID_INPUT, ftp://h/x"})
  void whenAnInputIsAtFaultThenTheJobOfAWorkerTaskIsNotTriedAgain(String code, String url) {
    String instance = beginTopic(cycle("R5/PT1H"), Map.of("restUrl", url));

    assertThat(deadLetter(instance).getExceptionMessage())
        .startsWith(code + ": GET of activity 'call' was not sent: restUrl ");
  }

  @Test
  void whenAnEventOfAnotherActivityHasTheCodeThenTheJobOfAWorkerTaskSaysWhatHappened() {
    String process =
        deploy(
            FLAT.replace(
                    "flowable:delegateExpression=\"${restGet}\"",
                    CallEngine.byTopic(RestAction.GET))
                + """
                <boundaryEvent id="elsewhere" attachedToRef="done">
                  <errorEventDefinition errorRef="BAD_REQUEST"/></boundaryEvent>
                <sequenceFlow sourceRef="elsewhere" targetRef="end"/><endEvent id="end"/>
                """,
            "",
            cycle("R2/PT0S"));
    String instance = engine.begin(process, url());

    assertThat(deadLetter(instance).getExceptionMessage())
        .isEqualTo("BAD_REQUEST in activity 'call': " + answered());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "GET h answered 404 | CODE in activity 'call': GET h answered 404",
        "GET of activity 'call' was not sent | CODE: GET of activity 'call' was not sent",
        "GET of activity 'caller' was not sent | CODE in activity 'call': GET of activity 'caller' was not sent",
        "- | CODE in activity 'call': null",
      })
  void whenAnErrorIsToldThenItsActivityIsNamedOnce(@Nullable String message, String told) {
    assertThat(UncaughtErrors.text("CODE", "call", message)).isEqualTo(told);
  }

  @Test
  void whenAMessageHasSeveralLinesThenItIsToldOnOne() {
    assertThat(UncaughtErrors.text("CODE", "call", "a\r\nb")).doesNotContain("\r", "\n");
  }

  @ParameterizedTest
  @EnumSource
  void whenTheModelOrItsDataAreWrongThenTheJobIsNotTriedAgain(ErrorCode code) {
    assertThat(UncaughtErrors.isRetried(code.name()))
        .isEqualTo(code != ErrorCode.MISSING_INPUT && code != ErrorCode.INVALID_INPUT);
    assertThat(UncaughtErrors.isRetried("OF_THE_APPLICATION")).isTrue();
  }

  @Test
  void whenTheEngineDoesNotThrowItThenItIsNoErrorThatNothingCatches() {
    FlowableException thrown = new FlowableException("x");
    StackTraceElement here = thrown.getStackTrace()[0];
    StackTraceElement engines =
        new StackTraceElement(ErrorPropagation.class.getName(), "propagateError", null, 1);

    assertThat(UncaughtErrors.isNotCaught(thrown)).isFalse();
    thrown.setStackTrace(new StackTraceElement[] {here, engines});
    assertThat(UncaughtErrors.isNotCaught(thrown)).isFalse();
    thrown.setStackTrace(new StackTraceElement[0]);
    assertThat(UncaughtErrors.isNotCaught(thrown)).isFalse();
    thrown.setStackTrace(new StackTraceElement[] {engines, here});
    assertThat(UncaughtErrors.isNotCaught(thrown)).isTrue();
  }
}
