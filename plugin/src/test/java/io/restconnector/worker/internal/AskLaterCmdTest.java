package io.restconnector.worker.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.restconnector.call.internal.CallResult;
import io.restconnector.call.internal.Poll;
import io.restconnector.call.internal.Polling;
import io.restconnector.call.internal.RestAction;
import io.restconnector.fixtures.TestRequests;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.hc.core5.http.message.BasicHeader;
import org.flowable.common.engine.api.FlowableOptimisticLockingException;
import org.flowable.common.engine.impl.interceptor.CommandConfig;
import org.flowable.job.service.impl.persistence.entity.ExternalWorkerJobEntity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a job keeps when its answer comes later, and who may ask then. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AskLaterCmdTest {

  private static final Instant NOW = Instant.ofEpochMilli(1_000_000);
  private static final Instant BEGUN = NOW.minusSeconds(2);
  private static final RestRequest FIRST = TestRequests.get("https://h/jobs");
  private static final URI STATUS = URI.create("https://h/status/1");
  private static final Poll POLL = new Poll(null, Duration.ofSeconds(4), "location", 5);

  private final LockedJobs jobs = new LockedJobs();

  AskLaterCmdTest() {
    jobs.node.deployCall("p", "restGet", "");
  }

  @BeforeEach
  void stopClock() {
    jobs.engine.getClock().setCurrentTime(Date.from(NOW));
  }

  @AfterEach
  void resetClock() {
    jobs.engine.getClock().reset();
  }

  @AfterAll
  void close() {
    jobs.close();
  }

  private static CallOutcome.Response response(int status, String name, String value) {
    return new CallOutcome.Response(status, List.of(new BasicHeader(name, value)), new byte[0], 0);
  }

  private AskLaterCmd command(
      Job job, Polling polling, RestRequest request, CallOutcome.Response response) {
    return new AskLaterCmd(
        jobs.engine,
        jobs.locks.owner(),
        job,
        polling,
        request,
        response,
        CallResult.of(RestAction.GET, request, response));
  }

  /** Of the first request, which was accepted or not. */
  private AskLaterCmd first(Job job, int status) {
    return command(
        job,
        Polling.first(POLL, FIRST, "GET https://h/jobs", BEGUN),
        FIRST,
        response(status, "Location", "/status/1"));
  }

  /** Of a question that was not the last one. */
  private AskLaterCmd question(Job job, int asked) {
    RestRequest question = FIRST.withUri(STATUS);
    return command(
        job,
        Polling.question(POLL, question, BEGUN, STATUS, "GET https://h/jobs", asked),
        question,
        response(202, "Retry-After", "3"));
  }

  private ExternalWorkerJobEntity row(Job job) {
    return Objects.requireNonNull(jobs.row(job));
  }

  private @Nullable String customValues(Job job) {
    return jobs.store.execute(
        context ->
            jobs.engine
                .getJobServiceConfiguration()
                .getExternalWorkerJobEntityManager()
                .findById(job.id())
                .getCustomValues());
  }

  private void give(Job job, String customValues) {
    jobs.store.execute(
        context -> {
          jobs.engine
              .getJobServiceConfiguration()
              .getExternalWorkerJobEntityManager()
              .findById(job.id())
              .setCustomValues(customValues);
          return null;
        });
  }

  private static KeptPoll kept(int asked, @Nullable String others) {
    return new KeptPoll(STATUS, "GET https://h/jobs", BEGUN, asked, others);
  }

  private List<String> free() {
    return jobs.locks.acquire(100).jobs().stream().map(Job::id).toList();
  }

  @Test
  void whenTheFirstAnswerIsAcceptedThenTheJobIsFreeWhenItIsTimeToAsk() {
    Job job = jobs.begin("p");

    assertThat(jobs.store.execute(first(job, 202))).isEqualTo(new AskLaterCmd.Kept());

    assertThat(row(job).getLockOwner()).isNull();
    assertThat(row(job).getLockExpirationTime().toInstant()).isEqualTo(NOW.plusSeconds(4));
    assertThat(customValues(job)).isEqualTo(kept(0, null).customValues());
    jobs.engine.getClock().setCurrentTime(Date.from(NOW.plusMillis(3999)));
    assertThat(free()).doesNotContain(job.id());
    jobs.engine.getClock().setCurrentTime(Date.from(NOW.plusMillis(4001)));
    assertThat(free()).contains(job.id());
  }

  @Test
  void whenAQuestionIsNotTheLastThenTheCountIsKeptInTheSamePlace() {
    Job job = jobs.begin("p");
    jobs.store.execute(first(job, 202));
    String place = row(job).getCustomValuesByteArrayRef().getId();
    for (int asked : new int[] {1, 2}) {
      jobs.own(job, jobs.locks.owner());

      assertThat(jobs.store.execute(question(job, asked))).isEqualTo(new AskLaterCmd.Kept());

      assertThat(customValues(job)).isEqualTo(kept(asked, null).customValues());
      assertThat(row(job).getLockOwner()).isNull();
      assertThat(row(job).getLockExpirationTime().toInstant()).isEqualTo(NOW.plusSeconds(3));
      assertThat(row(job).getCustomValuesByteArrayRef().getId()).isEqualTo(place);
    }
  }

  @Test
  void whenTheJobHasValuesOfOthersThenTheyStayWithIt() {
    Job job = jobs.begin("p");
    jobs.store.execute(first(job, 202));
    give(job, "of others");

    jobs.store.execute(question(job, 1));
    assertThat(customValues(job)).isEqualTo(kept(1, "of others").customValues());
    jobs.store.execute(question(job, 2));
    assertThat(customValues(job)).isEqualTo(kept(2, "of others").customValues());
  }

  @ParameterizedTest
  @CsvSource({"200, false", "404, true"})
  void whenTheAnswerIsTheLastThenTheJobStaysAsItIs(int status, boolean isError) {
    Job job = jobs.begin("p");
    Date end = row(job).getLockExpirationTime();

    AskLaterCmd.Outcome outcome = jobs.store.execute(first(job, status));

    assertThat(outcome).isInstanceOf(AskLaterCmd.Last.class);
    CallResult result = ((AskLaterCmd.Last) outcome).result();
    assertThat(result.outputs()).containsEntry("restStatus", status);
    assertThat(result.error() != null).isEqualTo(isError);
    assertThat(row(job).getLockOwner()).isEqualTo(jobs.locks.owner());
    assertThat(row(job).getLockExpirationTime()).isEqualTo(end);
    assertThat(customValues(job)).isNull();
  }

  @Test
  void whenAnotherNodeHasTheJobOrItIsGoneThenNothingIsKept() {
    Job job = jobs.begin("p");
    jobs.own(job, "other");

    assertThat(jobs.store.execute(first(job, 202))).isEqualTo(new AskLaterCmd.Lost());
    assertThat(row(job).getLockOwner()).isEqualTo("other");
    assertThat(customValues(job)).isNull();

    jobs.node.runtime().deleteProcessInstance(job.processInstanceId(), "test");
    assertThat(jobs.store.execute(first(job, 202))).isEqualTo(new AskLaterCmd.Lost());
  }

  @Test
  void whenTheLockHasExpiredAndNobodyTookTheJobThenTheQuestionIsKept() {
    Job job = jobs.begin("p");
    jobs.own(job, null);

    assertThat(jobs.store.execute(first(job, 202))).isEqualTo(new AskLaterCmd.Kept());
    assertThat(customValues(job)).isEqualTo(kept(0, null).customValues());
  }

  @Test
  void whenAnotherNodeTakesTheJobMeanwhileThenItKeepsTheJob() {
    Job job = jobs.begin("p");
    jobs.own(job, null);

    assertThatExceptionOfType(FlowableOptimisticLockingException.class)
        .isThrownBy(
            () ->
                jobs.store.execute(
                    context -> {
                      var found =
                          jobs.engine
                              .getJobServiceConfiguration()
                              .getExternalWorkerJobEntityManager()
                              .findById(job.id());
                      assertThat(found.getLockOwner()).isNull();
                      jobs.engine
                          .getCommandExecutor()
                          .execute(
                              new CommandConfig().transactionRequiresNew(),
                              other ->
                                  JobLocks.locks(other)
                                      .lock(
                                          Set.of(job.id()),
                                          "other",
                                          Date.from(NOW.plus(LockedJobs.LOCK).plusMillis(1)),
                                          Date.from(NOW.plusSeconds(3600))));
                      return first(job, 202).execute(context);
                    }));

    assertThat(row(job).getLockOwner()).isEqualTo("other");
    assertThat(customValues(job)).isNull();
  }
}
