package io.restconnector.worker.internal;

import io.restconnector.call.internal.CallResult;
import io.restconnector.call.internal.Polling;
import io.restconnector.internal.DatabaseFailure;
import io.restconnector.internal.EngineIndexes;
import io.restconnector.internal.EngineMappers;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.flowable.common.engine.api.FlowableOptimisticLockingException;
import org.flowable.common.engine.impl.interceptor.Command;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;
import org.flowable.job.api.ExternalWorkerJob;
import org.flowable.job.service.impl.ExternalWorkerJobQueryImpl;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the jobs that this node has locked, in the engine's tables. Every method is a
 * transaction, unless it says that it is for use within one.
 */
final class JobStore {

  private final ProcessEngineConfigurationImpl engine;
  private final JobLocks locks;

  JobStore(ProcessEngineConfigurationImpl engine, JobLocks locks) {
    this.engine = engine;
    this.locks = locks;
  }

  static void prepare(ProcessEngineConfigurationImpl engine) {
    EngineMappers.add(engine, LockMapper.class, BatchMapper.class);
    engine.addAdditionalSchemaManager(
        new EngineIndexes("ACT_RU_EXTERNAL_JOB", "ACT_IDX_RC_JOB_OWNER", "jobs."));
    engine.addAdditionalSchemaManager(
        new EngineIndexes("ACT_RU_EXTERNAL_JOB", "ACT_IDX_RC_JOB_FREE", "free."));
    AnswerJobHandler.install(engine);
    engine.addJobServiceConfigurator(LockAwareJobManager.CONFIGURATOR);
  }

  /** Within a command: those jobs that this node has locked, by id. */
  Map<String, ExternalWorkerJob> owned(Collection<Job> jobs) {
    ExternalWorkerJobQueryImpl query = new ExternalWorkerJobQueryImpl();
    query.jobIds(jobs.stream().map(Job::id).toList());
    query.lockOwner(locks.owner());
    return engine
        .getJobServiceConfiguration()
        .getExternalWorkerJobEntityManager()
        .findJobsByQueryCriteria(query)
        .stream()
        .collect(Collectors.toMap(ExternalWorkerJob::getId, job -> job));
  }

  Instant now() {
    return locks.now();
  }

  /** Within a command. */
  @Nullable ExecutionEntity execution(Job job) {
    return engine.getExecutionEntityManager().findById(job.executionId());
  }

  /**
   * Keeps the async executor and other nodes off the process instances of jobs.
   *
   * @throws FlowableOptimisticLockingException while one of them is at work in one
   */
  void lockInstances(List<Job> jobs) {
    execute(
        context -> {
          // In one order, or two nodes that lock the same ones wait for each other.
          jobs.stream()
              .map(Job::processInstanceId)
              .sorted()
              .forEach(
                  instance ->
                      engine
                          .getExecutionEntityManager()
                          .updateProcessInstanceLockTime(instance, locks.owner(), locks.end()));
          return null;
        });
  }

  void unlockInstances(List<Job> jobs) {
    execute(
        context -> {
          for (Job job : jobs) {
            engine
                .getExecutionEntityManager()
                .clearProcessInstanceLockTime(job.processInstanceId());
          }
          return null;
        });
  }

  /** The ids of those that were this node's jobs, which are of one tenant. */
  Set<String> complete(List<Answer> answers) {
    Map<InFlightJob, CompleteJobCmd> commands = new LinkedHashMap<>();
    for (Answer answer : answers) {
      commands.put(
          answer.call(),
          new CompleteJobCmd(
              engine, locks.owner(), answer.call(), answer.result(), CompleteJobCmd.Mode.IN_BATCH));
    }
    Job first = answers.get(0).call().job;
    return locks
        .rows()
        .some(() -> first.inTenant(() -> execute(new CompleteJobsCmd(engine, this, commands))));
  }

  /** Whether it was this node's job. */
  boolean complete(InFlightJob call, CallResult result, CompleteJobCmd.Mode mode) {
    return call.span()
        .within(
            () ->
                call.job.inTenant(
                    () -> execute(new CompleteJobCmd(engine, locks.owner(), call, result, mode))));
  }

  /** Has the job wait for the next question, unless the answer is the last one. */
  AskLaterCmd.Outcome askLater(
      InFlightJob call,
      Polling polling,
      RestRequest request,
      CallOutcome.Response response,
      CallResult result) {
    AskLaterCmd command =
        new AskLaterCmd(engine, locks.owner(), call.job, polling, request, response, result);
    return call.span().within(() -> call.job.inTenant(() -> execute(command)));
  }

  /** Whether it was this node's job. */
  boolean fail(Job job, String message, boolean isRetried) {
    return job.inTenant(
        () -> execute(new FailJobCmd(engine, locks.owner(), job.id(), message, isRetried)));
  }

  /** The log has one line when the database is unavailable, not one for every statement. */
  <T> T execute(Command<T> command) {
    return engine
        .getCommandExecutor()
        .execute(
            context -> {
              try {
                return command.execute(context);
              } catch (RuntimeException failed) {
                throw DatabaseFailure.isOutage(failed)
                    ? new JobLocks.QuietException(failed)
                    : failed;
              }
            });
  }
}
