package io.restconnector.worker.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.call.internal.CallResult;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The end of the instances of a parallel multi-instance. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ParallelLeaveTest {

  private static final CallResult FINE = new CallResult(Map.of(), null, null, null);
  private static final String LOOP =
      "<multiInstanceLoopCharacteristics isSequential=\"%s\"><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics>";
  private static final String CALL =
      "<serviceTask id=\"call\" flowable:type=\"external-worker\" flowable:topic=\"restGet\" flowable:exclusive=\"false\">%s</serviceTask>";

  private final LockedJobs jobs = new LockedJobs();

  ParallelLeaveTest() {
    String frame =
        "<startEvent id=\"s\"/><sequenceFlow sourceRef=\"s\" targetRef=\"%1$s\"/>%2$s<sequenceFlow"
            + " sourceRef=\"%1$s\" targetRef=\"done\"/><userTask id=\"done\"/>";
    String sub =
        "<subProcess id=\"sub\"><startEvent id=\"ss\"/><sequenceFlow sourceRef=\"ss\""
            + " targetRef=\"call\"/>%s%s</subProcess>";
    jobs.node
        .deploy("plain", frame.formatted("call", CALL.formatted("")))
        .deploy("parallel", frame.formatted("call", CALL.formatted(LOOP.formatted(false))))
        .deploy("sequential", frame.formatted("call", CALL.formatted(LOOP.formatted(true))))
        .deploy(
            "nested",
            frame.formatted("sub", sub.formatted(CALL.formatted(""), LOOP.formatted(false))))
        .deploy("inside", frame.formatted("sub", sub.formatted(CALL.formatted(""), "")));
  }

  @AfterAll
  void close() {
    jobs.close();
  }

  @ParameterizedTest
  @CsvSource({
    "plain, false",
    "parallel, true",
    "sequential, false",
    "nested, true",
    "inside, false"
  })
  void whenATaskIsPartOfAParallelOneThenItsInstanceIsToBeLocked(String process, boolean isPart) {
    Job job = jobs.begin(process);

    boolean isSeen =
        jobs.store.execute(
            context ->
                ParallelLeave.isPartOfOne(Objects.requireNonNull(jobs.store.execution(job))));

    assertThat(isSeen).isEqualTo(isPart);
    jobs.locks.releaseAll();
  }

  @Test
  void whenTheInstanceIsLockedThenNoJobAsksWhetherAllHaveEnded() {
    jobs.begin("parallel");
    String instance = jobs.node.begin("parallel", "https://h/");
    List<Job> both =
        jobs.locks.acquire(100).jobs().stream()
            .filter(each -> each.processInstanceId().equals(instance))
            .toList();
    assertThat(both).hasSize(2);
    for (Job each : both) {
      assertThat(jobs.tasks(each)).isEmpty();
      jobs.store.lockInstances(List.of(each));
      jobs.store.complete(jobs.read(each), FINE, CompleteJobCmd.Mode.DIRECT);
      assertThat(jobs.asyncJobs(each)).isZero();
    }

    assertThat(jobs.tasks(both.get(0))).containsExactly("done");
  }

  @Test
  void whenNobodyHasTheLockThenAJobAsksAsInTheEngine() {
    String instance = jobs.node.begin("parallel", "https://h/");
    Job job =
        jobs.locks.acquire(100).jobs().stream()
            .filter(each -> each.processInstanceId().equals(instance))
            .findFirst()
            .orElseThrow();
    jobs.store.complete(jobs.read(job), FINE, CompleteJobCmd.Mode.BY_EXECUTOR);
    jobs.runAsync(job);

    assertThat(jobs.asyncJobs(job)).isEqualTo(1);
  }
}
