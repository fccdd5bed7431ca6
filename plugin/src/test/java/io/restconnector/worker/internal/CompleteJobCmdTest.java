package io.restconnector.worker.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.call.internal.CallResult;
import io.restconnector.call.internal.ErrorCode;
import io.restconnector.worker.internal.CompleteJobCmd.LongContinuationException;
import io.restconnector.worker.internal.CompleteJobCmd.Mode;
import io.restconnector.worker.internal.CompleteJobCmd.NotCaughtException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who writes an answer and continues the process. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CompleteJobCmdTest {

  private static final CallResult FINE =
      new CallResult(Map.of("restResult", "r", "restStatus", 200), null, null, null);
  private static final CallResult ERROR =
      new CallResult(Map.of("restError", "m"), ErrorCode.SERVICE_UNAVAILABLE, "m", null);

  private static final String CAUGHT =
      """
      <startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="call"/>
      <serviceTask id="call" flowable:type="external-worker" flowable:topic="restGet"
        flowable:exclusive="%s"/>
      <sequenceFlow sourceRef="call" targetRef="next"/>%s
      <boundaryEvent id="b" attachedToRef="call"><errorEventDefinition errorRef="any"/></boundaryEvent>
      <sequenceFlow sourceRef="b" targetRef="caught"/>%s
      """;
  private static final String TASKS = "<userTask id=\"next\"/>";

  private final LockedJobs jobs = new LockedJobs();

  CompleteJobCmdTest() {
    String delegate =
        "<serviceTask id=\"%1$s\" flowable:expression=\"${1}\"/><sequenceFlow sourceRef=\"%1$s\""
            + " targetRef=\"%1$sDone\"/><userTask id=\"%1$sDone\"/>";
    jobs.node
        .deploy("short", CAUGHT.formatted(false, TASKS, "<userTask id=\"caught\"/>"))
        .deploy("exclusive", CAUGHT.formatted(true, TASKS, "<userTask id=\"caught\"/>"))
        .deploy(
            "long",
            CAUGHT.formatted(false, delegate.formatted("next"), delegate.formatted("caught")))
        .deployCall("uncaught", "restGet", "");
  }

  @AfterAll
  void close() {
    jobs.close();
  }

  private boolean complete(InFlightJob call, CallResult result, Mode mode) {
    return jobs.store.complete(call, result, mode);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DIRECT", "IN_BATCH"})
  void whenWhatFollowsIsShortThenTheTransactionGoesOnWithIt(Mode mode) {
    InFlightJob call = jobs.read(jobs.begin("short"));

    assertThat(complete(call, FINE, mode)).isTrue();

    assertThat(jobs.tasks(call.job)).containsExactly("next");
    assertThat(jobs.node.variable(call.job.processInstanceId(), "restResult")).isEqualTo("r");
    assertThat(jobs.row(call.job)).isNull();
    assertThat(jobs.asyncJobs(call.job)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"long, DIRECT", "long, IN_BATCH", "short, BY_EXECUTOR"})
  void whenWhatFollowsMayTakeLongThenTheAnswerIsStoredForTheExecutor(String process, Mode mode) {
    InFlightJob call = jobs.read(jobs.begin(process));

    assertThat(complete(call, FINE, mode)).isTrue();

    assertThat(jobs.tasks(call.job)).isEmpty();
    assertThat(jobs.row(call.job)).isNull();
    assertThat(jobs.asyncJobs(call.job)).isEqualTo(1);
    jobs.runAsync(call.job);
    assertThat(jobs.tasks(call.job)).containsExactly(process.equals("long") ? "nextDone" : "next");
    assertThat(jobs.node.variable(call.job.processInstanceId(), "restStatus")).isEqualTo(200);
  }

  @Test
  void whenAnErrorIsCaughtThenItsPathIsTakenAtOnceOrByTheExecutor() {
    InFlightJob direct = jobs.read(jobs.begin("short"));
    assertThat(complete(direct, ERROR, Mode.DIRECT)).isTrue();
    assertThat(jobs.tasks(direct.job)).containsExactly("caught");

    InFlightJob handedOver = jobs.read(jobs.begin("long"));
    assertThat(complete(handedOver, ERROR, Mode.BY_EXECUTOR)).isTrue();
    jobs.runAsync(handedOver.job);
    assertThat(jobs.tasks(handedOver.job)).containsExactly("caughtDone");
    assertThat(jobs.node.variable(handedOver.job.processInstanceId(), "restError")).isEqualTo("m");
  }

  @ParameterizedTest
  @CsvSource({"long, DIRECT", "short, IN_BATCH"})
  void whenAnErrorWouldTakeLongOrIsInABatchThenNothingIsDone(String process, Mode mode) {
    InFlightJob call = jobs.read(jobs.begin(process));

    assertThatThrownBy(() -> complete(call, ERROR, mode))
        .isInstanceOf(LongContinuationException.class);
    assertThat(jobs.row(call.job)).isNotNull();
    assertThat(jobs.tasks(call.job)).isEmpty();
  }

  @Test
  void whenNothingCatchesAnErrorThenItsCodeIsKnownAndNothingIsDone() {
    InFlightJob call = jobs.read(jobs.begin("uncaught"));

    assertThatThrownBy(() -> complete(call, ERROR, Mode.DIRECT))
        .isInstanceOfSatisfying(
            NotCaughtException.class,
            failed -> assertThat(failed.code).isEqualTo("SERVICE_UNAVAILABLE"));
    assertThat(jobs.row(call.job)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"other, false", "-, true"})
  void whenTheLockHasExpiredThenTheAnswerCountsUnlessAnotherNodeHasTheJob(
      @Nullable String owner, boolean isOwned) {
    InFlightJob call = jobs.read(jobs.begin("short"));
    jobs.own(call.job, owner);

    assertThat(complete(call, FINE, Mode.DIRECT)).isEqualTo(isOwned);
    assertThat(jobs.tasks(call.job)).hasSize(isOwned ? 1 : 0);
  }

  @Test
  void whenTheJobIsGoneThenTheAnswerDoesNotCount() {
    InFlightJob call = jobs.read(jobs.begin("short"));
    jobs.node.runtime().deleteProcessInstance(call.job.processInstanceId(), "test");

    assertThat(complete(call, FINE, Mode.DIRECT)).isFalse();
  }

  @Test
  void whenTheJobIsExclusiveThenItsInstanceIsUnlockedWithTheAnswer() {
    InFlightJob call = jobs.read(jobs.begin("exclusive"));
    List<Job> locked = List.of(call.job);
    jobs.store.lockInstances(locked);

    assertThat(complete(call, FINE, Mode.DIRECT)).isTrue();

    // Another node can lock it now.
    new JobStore(jobs.engine, new JobLocks(jobs.engine, LockedJobs.LOCK, List.of()))
        .lockInstances(locked);
  }
}
