package io.restconnector.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedSuccessfully;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import org.flowable.engine.ManagementService;
import org.flowable.engine.ProcessEngine;
import org.flowable.job.api.Job;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** Tests that fail, run as JUnit runs them. */
class UnstubbedCallTest {

  private static final Events TESTS =
      EngineTestKit.engine("junit-jupiter")
          .selectors(selectClass(Failing.class), selectClass(Retried.class))
          .execute()
          .testEvents();

  @Test
  void whenNobodyStubbedACallThenTheTestFailsWithItsRequest() {
    assertFails(
        "unstubbed",
        "POST http://warehouse.invalid/items/1?a=b of task 'reserve' in process 'p' has no stub;"
            + " add rest.on(\"reserve\").answer(…)\nheaders: X-Key, Content-Type\n"
            + "body: {\"item\":\"lamp\"}");
  }

  @Test
  void whenTheAnswersAreUsedUpThenTheTestFails() {
    assertFails(
        "usedUp",
        "POST http://warehouse.invalid/items/1?a=b of task 'reserve' in process 'p' has no answer"
            + " left: all 1 of its stub are used");
  }

  @Test
  void whenACallWasNeverToBeMadeThenTheTestFails() {
    assertFails(
        "never",
        "POST http://warehouse.invalid/items/1?a=b of task 'reserve' in process 'p' must not be made");
  }

  @Test
  void whenATestEndsThenItsStubsDoToo() {
    TESTS.assertThatEvents().haveExactly(1, event(test("stubbed()"), finishedSuccessfully()));
    assertFails("unstubbed", "has no stub");
  }

  @Test
  void whenManyCallsAreUnstubbedThenAllAreShownWithoutHeaderValues() {
    TESTS
        .failed()
        .assertThatEvents()
        .haveExactly(
            1,
            event(
                test("twice()"),
                finishedWithFailure(
                    message(
                        text ->
                            text.split("has no stub", -1).length == 3
                                && !text.contains("s3cret")))));
  }

  @Test
  void whenAnAnswerFailsThenItsFailureIsThatOfTheTest() {
    assertFails("failingAnswer", "has an answer that fails: java.lang.AssertionError: no lamp");
    assertFails("nullAnswer", "the answer is null");
  }

  @Test
  void whenACallOfTheWorkerIsUnstubbedThenItIsTheCauseAndNotTheWaitThatEnds() {
    assertFails("worker", "task 'reserve' in process 'p' has no stub");
  }

  @Test
  void whenAJobIsRetriedThenTheTestsAfterItsOwnAreNotConcerned() {
    assertFails("first", "has no stub");
    TESTS.assertThatEvents().haveExactly(1, event(test("second()"), finishedSuccessfully()));
  }

  private static void assertFails(String test, String message) {
    TESTS
        .failed()
        .assertThatEvents()
        .haveExactly(
            1,
            event(
                test(test + "()"),
                finishedWithFailure(
                    instanceOf(AssertionError.class), message(text -> text.contains(message)))));
  }

  /** Is run by the tests above only: its name is not that of a test. */
  static class Failing {

    @RegisterExtension static final RestConnectorExtension rest = new RestConnectorExtension();

    private static final ProcessEngine engine = rest.start(TestProcess.configuration());

    @AfterAll
    static void close() {
      engine.close();
    }

    private void run() {
      String more =
          TestProcess.field("requestHeaders", "{\"X-Key\": \"s3cret\"}")
              + TestProcess.field("requestPayload", "{\"item\": \"lamp\"}");
      TestProcess.deploy(
          engine,
          "p",
          TestProcess.sequence(TestProcess.delegate("restPost", more))
              .replace("items/1", "items/1?a=b")
              .replace("errorRef=\"open\"", ""));
      engine.getRuntimeService().startProcessInstanceByKey("p");
    }

    @Test
    void failingAnswer() {
      rest.on("reserve")
          .answer(
              request -> {
                throw new AssertionError("no lamp");
              });
      run();
    }

    @Test
    @SuppressWarnings("NullAway") // of an application without NullAway
    void nullAnswer() {
      rest.on("reserve").answer(request -> null);
      run();
    }

    @Test
    void worker() {
      TestProcess.deploy(engine, "p", TestProcess.sequence(TestProcess.worker("restPost")));
      engine.getRuntimeService().startProcessInstanceByKey("p");
      await().until(() -> !rest.calls().isEmpty());
      throw new AssertionError("the wait for the end of the process");
    }

    @Test
    void stubbed() {
      rest.on("reserve").answer(200);
      run();
      assertThat(rest.calls()).hasSize(1);
    }

    @Test
    void unstubbed() {
      run();
    }

    @Test
    void usedUp() {
      rest.on("reserve").answers(Answer.status(200));
      run();
      run();
    }

    @Test
    void never() {
      rest.on("reserve").never();
      run();
    }

    @Test
    void twice() {
      run();
      run();
    }
  }

  /** Is run by the tests above only. The job of the first test is retried in the second. */
  @TestMethodOrder(MethodOrderer.MethodName.class)
  static class Retried {

    @RegisterExtension static final RestConnectorExtension rest = new RestConnectorExtension();

    private static final ProcessEngine engine = start();

    private static ProcessEngine start() {
      var configuration = TestProcess.configuration();
      configuration.setAsyncExecutorActivate(false);
      return rest.start(configuration);
    }

    @AfterAll
    static void close() {
      engine.close();
    }

    @Test
    void first() {
      TestProcess.deploy(
          engine,
          "p",
          TestProcess.sequence(
              TestProcess.delegate("restPost", "")
                  .replace("id=\"reserve\"", "id=\"reserve\" flowable:async=\"true\"")));
      engine.getRuntimeService().startProcessInstanceByKey("p");
      ManagementService management = engine.getManagementService();
      management.executeJob(management.createJobQuery().singleResult().getId());
    }

    @Test
    void second() {
      rest.on("reserve").answers(Answer.status(200));
      ManagementService management = engine.getManagementService();
      Job retry = management.createTimerJobQuery().singleResult();
      String job = management.moveTimerToExecutableJob(retry.getId()).getId();

      assertThatThrownBy(() -> management.executeJob(job)).isNotNull();

      assertThat(rest.calls()).isEmpty();
      assertThatThrownBy(rest::assertAllCalled).hasMessageContaining("reserve");
    }
  }
}
