package io.restconnector.worker.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.call.internal.CallResult;
import io.restconnector.call.internal.ErrorCode;
import java.util.Map;
import org.flowable.job.service.impl.persistence.entity.ExternalWorkerJobEntityImpl;
import org.flowable.job.service.impl.persistence.entity.JobEntity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that the async executor goes on with. */
class AnswerJobHandlerTest {

  private static final CallResult FINE = new CallResult(Map.of(), null, null, null);
  private static final CallResult ERROR =
      new CallResult(Map.of("restError", "a b"), ErrorCode.SERVICE_UNAVAILABLE, "a b", null);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "false | false | its own              | -",
        "false | true  | rest-connector-local | -",
        "true  | false | rest-connector-error | SERVICE_UNAVAILABLE/a b",
        "true  | true  | rest-connector-local | SERVICE_UNAVAILABLE/a b"
      })
  void whenAnAnswerIsHandedOverThenTheHandlerIsTheEnginesUnlessItCannotDoThat(
      boolean isError, boolean local, String type, @Nullable String configuration) {
    var job = new ExternalWorkerJobEntityImpl();
    job.setJobHandlerType("its own");
    job.setJobHandlerConfiguration("restGet");

    AnswerJobHandler.assign(job, isError ? ERROR : FINE, local);

    assertThat(job.getJobHandlerType()).isEqualTo(type);
    assertThat(job.getJobHandlerConfiguration())
        .isEqualTo(configuration == null ? null : configuration.replace('/', '\n'));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", " "})
  void whenTheErrorIsReadThenItsCodeEndsAtTheLineOrInAnEarlierVersionAtTheSpace(String end) {
    try (LockedJobs jobs = new LockedJobs()) {
      jobs.node.deploy(
          "p",
          """
          <startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="call"/>
          <serviceTask id="call" flowable:type="external-worker" flowable:topic="restGet"/>
          <boundaryEvent id="b" attachedToRef="call">
            <extensionElements><flowable:in source="errorMessage" target="thrown"/></extensionElements>
            <errorEventDefinition errorRef="any"/></boundaryEvent>
          <sequenceFlow sourceRef="b" targetRef="caught"/><userTask id="caught"/>
          """);
      InFlightJob call = jobs.read(jobs.begin("p"));
      jobs.store.complete(call, ERROR, CompleteJobCmd.Mode.BY_EXECUTOR);
      jobs.store.execute(
          context -> {
            JobEntity job =
                jobs.engine
                    .getJobServiceConfiguration()
                    .getJobEntityManager()
                    .findJobsByProcessInstanceId(call.job.processInstanceId())
                    .get(0);
            new AnswerJobHandler(AnswerJobHandler.ERROR, false)
                .execute(
                    job,
                    "SERVICE_UNAVAILABLE" + end + "a b",
                    jobs.engine.getExecutionEntityManager().findById(call.job.executionId()),
                    context);
            return null;
          });

      assertThat(jobs.tasks(call.job)).containsExactly("caught");
      assertThat(jobs.node.variable(call.job.processInstanceId(), "restError")).isEqualTo("a b");
      assertThat(jobs.node.variable(call.job.processInstanceId(), "thrown")).isEqualTo("a b");
    }
  }

  @Test
  void whenItIsNamedThenByTheTypeOfItsJobs() {
    assertThat(new AnswerJobHandler(AnswerJobHandler.LOCAL, true).getType())
        .isEqualTo("rest-connector-local");
  }
}
