package io.restconnector.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.restconnector.RestConnectorSettings;
import io.restconnector.http.AuthenticationSettings;
import io.restconnector.spi.CallSource;
import io.restconnector.spi.Secret;
import io.restconnector.worker.WorkerSettings;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.flowable.engine.HistoryService;
import org.flowable.engine.ManagementService;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.runtime.ProcessInstance;
import org.flowable.job.api.Job;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of hosts that do not exist: whatever opened a connection would fail. */
class RestConnectorExtensionTest {

  @RegisterExtension static final RestConnectorExtension rest = new RestConnectorExtension();

  private static final ProcessEngine engine =
      rest.start(
          TestProcess.configuration(),
          RestConnectorSettings.defaults()
              .withWorker(WorkerSettings.defaults().withEnabled(true))
              .withHttp(
                  RestConnectorSettings.defaults()
                      .http()
                      .withAccess(
                          RestConnectorSettings.defaults()
                              .http()
                              .access()
                              .withSecrets(Map.of("crm", Secret.of("s3cret")))
                              .withAuthentications(
                                  Map.of(
                                      "crm",
                                      AuthenticationSettings.clientCredentials(
                                          URI.create("https://login.invalid/token"),
                                          "id",
                                          "crm",
                                          null))))));

  @AfterAll
  static void close() {
    engine.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "restGet",
        "restHead",
        "restPost",
        "restPut",
        "restPatch",
        "restDelete",
        "restOptions",
        "restTrace"
      })
  void whenATaskIsStubbedThenItsProcessGetsTheAnswer(String action) {
    rest.on("reserve").answer(200, "{\"id\": 7}");
    for (String task : List.of(TestProcess.delegate(action, ""), TestProcess.worker(action))) {
      TestProcess.deploy(engine, action, TestProcess.sequence(task));

      String instance = start(action);

      assertEndsAt(instance, "done");
      assertThat(variable(instance, "restStatus")).isEqualTo(200);
    }
    assertThat(rest.calls("reserve"))
        .hasSize(2)
        .allSatisfy(
            call -> {
              assertThat("rest" + call.method()).isEqualToIgnoringCase(action);
              assertThat(call.uri()).hasToString("http://warehouse.invalid/items/1");
            })
        .extracting(call -> call.source().kind())
        .containsExactly(CallSource.Kind.DELEGATE, CallSource.Kind.WORKER);
    rest.assertAllCalled();
  }

  @Test
  void whenTheAnswerIsAnErrorThenTheProcessTakesTheBoundaryEvent() {
    rest.on("reserve").answer(409, "{\"reason\": \"sold out\"}");

    assertEndsAt(run("soldOut", TestProcess.delegate("restPost", "")), "conflict_end");
  }

  @Test
  void whenACallTimesOutThenNobodyWaitsForIt() {
    rest.on("reserve").timesOut();

    String task = TestProcess.delegate("restPost", TestProcess.field("timeout", "86400000"));
    assertEndsAt(run("timeout", task), "late_end");
  }

  @Test
  void whenTheCircuitIsOpenThenTheProcessIsTold() {
    rest.on("reserve").circuitOpen();

    String task = TestProcess.delegate("restPost", TestProcess.field("circuitBreaker", "true"));
    assertEndsAt(run("circuit", task), "open_end");
  }

  @Test
  void whenManyCallsFailThenNoCircuitBreakerOpensForOtherTests() {
    rest.on("reserve").answer(503);
    String task = TestProcess.delegate("restPost", TestProcess.field("circuitBreaker", "true"));
    for (int i = 0; i < 30; i++) {
      assertEndsAt(run("failures", task), "open_end");
    }

    rest.on("reserve").answer(200);

    assertEndsAt(run("failures", task), "done");
  }

  @Test
  void whenACallIsRetriedThenEachAttemptGetsTheNextAnswer() {
    rest.on("reserve").answers(Answer.status(503), Answer.status(429), Answer.json(200, "{}"));

    String retries =
        TestProcess.field("maxAttempts", "3") + TestProcess.field("retryBackoff", "3600000");
    assertEndsAt(run("retries", TestProcess.delegate("restGet", retries)), "done");

    assertThat(rest.calls("reserve")).hasSize(1);
    rest.assertAllCalled();
  }

  @Test
  void whenAJobIsRetriedThenItGetsTheNextAnswer() {
    rest.on("reserve").answers(Answer.status(500), Answer.status(200));
    engine.getProcessEngineConfiguration().getAsyncExecutor().shutdown();
    try {
      TestProcess.deploy(
          engine,
          "jobs",
          TestProcess.sequence(
              TestProcess.delegate("restPost", "")
                  .replace("id=\"reserve\"", "id=\"reserve\" flowable:async=\"true\"")));
      String instance = start("jobs");
      ManagementService management = engine.getManagementService();
      Job job = management.createJobQuery().processInstanceId(instance).singleResult();

      assertThatThrownBy(() -> management.executeJob(job.getId())).isNotNull();
      Job retry = management.createTimerJobQuery().processInstanceId(instance).singleResult();
      management.executeJob(management.moveTimerToExecutableJob(retry.getId()).getId());

      assertEndsAt(instance, "done");
      rest.assertAllCalled();
    } finally {
      engine.getProcessEngineConfiguration().getAsyncExecutor().start();
    }
  }

  @Test
  void whenATaskHasManyInstancesThenEachGetsAnAnswer() {
    rest.on("reserve").answers(Answer.status(200), Answer.status(200), Answer.status(200));
    String loop =
        """
        <multiInstanceLoopCharacteristics isSequential="false" flowable:collection="${items}"
            flowable:elementVariable="item"/></serviceTask>
        """;
    TestProcess.deploy(
        engine,
        "many",
        TestProcess.sequence(
            TestProcess.delegate("restGet", "")
                .replace("</serviceTask>", loop)
                .replace("items/1\"", "items/1?item=1\"")));

    assertEndsAt(start("many", Map.of("items", List.of("a", "b", "c"))), "done");

    assertThat(rest.calls("reserve")).hasSize(3);
  }

  @Test
  void whenInstancesRunSideBySideThenEachGetsOneOfTheAnswers() {
    rest.on("reserve")
        .answers(Answer.status(200), Answer.status(409), Answer.status(200), Answer.status(409));
    TestProcess.deploy(engine, "parallel", TestProcess.sequence(TestProcess.worker("restPost")));

    List<String> instances =
        List.of(start("parallel"), start("parallel"), start("parallel"), start("parallel"));

    await()
        .untilAsserted(
            () ->
                assertThat(instances.stream().flatMap(each -> ends(each).stream()))
                    .containsExactlyInAnyOrder("done", "done", "conflict_end", "conflict_end"));
  }

  @Test
  void whenACallIsReadBackThenItIsTheOneOfTheTask() {
    rest.on("reserve")
        .answer(request -> Answer.status(request.body() == null ? 400 : 200).to(request));
    String more =
        TestProcess.field("requestHeaders", "{\"X-Order\": \"A-1\"}")
            + TestProcess.field("requestPayload", "{\"item\": \"lamp\"}")
            + TestProcess.field("authentication", "crm");
    String task =
        TestProcess.delegate("restPost", more).replace("http://warehouse", "https://warehouse");

    String instance = run("readBack", task);

    assertEndsAt(instance, "done");
    assertThat(rest.calls())
        .singleElement()
        .satisfies(
            call -> {
              assertThat(call.header("x-order")).isEqualTo("A-1");
              assertThat(call.header("X-Other")).isNull();
              assertThat(call.body()).isEqualTo("{\"item\":\"lamp\"}");
              assertThat(call.authentication()).isEqualTo("crm");
              assertThat(call.source().processDefinitionKey()).isEqualTo("readBack");
              assertThat(call.source().processInstanceId()).isEqualTo(instance);
            });
    assertThat(rest.calls("other")).isEmpty();
  }

  @Test
  void whenAStubIsNotCalledThenItIsNamedOnDemand() {
    rest.on("reserve").answers(Answer.status(200), Answer.status(200));
    rest.on("pay").answer(200);
    rest.on("refund").never();
    run("once", TestProcess.delegate("restGet", ""));

    assertThatThrownBy(rest::assertAllCalled)
        .isInstanceOf(AssertionError.class)
        .hasMessage("Stubbed, but not called: reserve (1 of 2), pay");
    rest.on("reserve").answer(200);
    rest.on("pay").never();
    run("once", TestProcess.delegate("restGet", ""));
    assertThatCode(rest::assertAllCalled).doesNotThrowAnyException();
  }

  private static String run(String key, String task) {
    TestProcess.deploy(engine, key, TestProcess.sequence(task));
    return start(key);
  }

  private static String start(String key) {
    return start(key, Map.of());
  }

  private static String start(String key, Map<String, Object> variables) {
    ProcessInstance started = engine.getRuntimeService().startProcessInstanceByKey(key, variables);
    return started.getId();
  }

  private static void assertEndsAt(String instance, String end) {
    await().untilAsserted(() -> assertThat(ends(instance)).containsExactly(end));
  }

  private static List<String> ends(String instance) {
    return engine
        .getHistoryService()
        .createHistoricActivityInstanceQuery()
        .processInstanceId(instance)
        .activityType("endEvent")
        .list()
        .stream()
        .map(each -> each.getActivityId())
        .toList();
  }

  private static Object variable(String instance, String name) {
    HistoryService history = engine.getHistoryService();
    return history
        .createHistoricVariableInstanceQuery()
        .processInstanceId(instance)
        .variableName(name)
        .singleResult()
        .getValue();
  }
}
