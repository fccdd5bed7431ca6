package io.restconnector.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedSuccessfully;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import org.flowable.engine.ProcessEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** Tests that fail, run as JUnit runs them. */
class UnstubbedCallTest {

  private static final Events TESTS =
      EngineTestKit.engine("junit-jupiter")
          .selectors(selectClass(Failing.class))
          .execute()
          .testEvents();

  @Test
  void whenNobodyStubbedACallThenTheTestFailsWithItsRequest() {
    assertFails(
        "unstubbed",
        "POST http://warehouse.invalid/items/1?a=b of task 'reserve' in process 'p' is stubbed by"
            + " no one; add rest.on(\"reserve\").answer(…)\nheaders: X-Key, Content-Type\n"
            + "body: {\"item\":\"lamp\"}");
  }

  @Test
  void whenTheAnswersAreUsedUpThenTheTestFails() {
    assertFails(
        "usedUp",
        "POST http://warehouse.invalid/items/1?a=b of task 'reserve' in process 'p' finds no"
            + " answer: the 1 of the stub are used up");
  }

  @Test
  void whenACallWasNeverToBeMadeThenTheTestFails() {
    assertFails(
        "never",
        "POST http://warehouse.invalid/items/1?a=b of task 'reserve' in process 'p' was never to"
            + " be made");
  }

  @Test
  void whenATestEndsThenItsStubsDoToo() {
    TESTS.assertThatEvents().haveExactly(1, event(test("stubbed"), finishedSuccessfully()));
    assertFails("unstubbed", "stubbed by no one");
  }

  @Test
  void whenManyCallsAreUnstubbedThenAllAreShownWithoutHeaderValues() {
    TESTS
        .failed()
        .assertThatEvents()
        .haveExactly(
            1,
            event(
                test("twice"),
                finishedWithFailure(
                    message(
                        text ->
                            text.split("is stubbed by no one", -1).length == 3
                                && !text.contains("s3cret")))));
  }

  private static void assertFails(String test, String message) {
    TESTS
        .failed()
        .assertThatEvents()
        .haveExactly(
            1,
            event(
                test(test),
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
}
