package io.restconnector.worker.internal;

import io.restconnector.RestConnectorSettings;
import io.restconnector.call.internal.ExecutionInputs;
import io.restconnector.call.internal.RestCalls;
import io.restconnector.call.internal.TaskCall;
import io.restconnector.fixtures.PlainEngines;
import io.restconnector.worker.WorkerSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;
import org.flowable.job.service.impl.persistence.entity.ExternalWorkerJobEntity;
import org.jspecify.annotations.Nullable;

/** Jobs on an engine where nothing but the test works on them. */
final class LockedJobs implements AutoCloseable {

  static final Duration LOCK = Duration.ofMinutes(5);

  final ProcessEngineConfigurationImpl engine =
      WorkerEngine.configuration(
          PlainEngines.database(),
          RestConnectorSettings.defaults()
              .withWorker(WorkerSettings.defaults().withEnabled(false)));
  final WorkerEngine node;
  final JobLocks locks;
  final JobStore store;

  LockedJobs() {
    engine.setAsyncExecutorActivate(false);
    node = WorkerEngine.start(engine);
    locks = new JobLocks(engine, LOCK, List.of());
    store = new JobStore(engine, locks);
  }

  RestCalls calls() {
    return node.calls();
  }

  /** Starts an instance and locks the job of its call. */
  Job begin(String process) {
    return begin(process, Map.of("restUrl", "https://h/"));
  }

  Job begin(String process, Map<String, Object> variables) {
    String instance = node.begin(process, variables);
    return locks.acquire(100).jobs().stream()
        .filter(each -> each.processInstanceId().equals(instance))
        .findFirst()
        .orElseThrow();
  }

  /** The call of a job, whose inputs have been read. */
  InFlightJob read(Job job) {
    InFlightJob call = new InFlightJob(job, System.nanoTime());
    store.execute(
        context -> {
          ExecutionEntity execution = Objects.requireNonNull(store.execution(job));
          TaskCall task =
              TaskCall.read(
                  job.action(), ExecutionInputs.ofExternalWorker(execution), calls().reader());
          call.read(task.outputs(), ParallelLeave.isPartOfOne(execution));
          return null;
        });
    return call;
  }

  @Nullable ExternalWorkerJobEntity row(Job job) {
    return store.execute(
        context ->
            engine
                .getJobServiceConfiguration()
                .getExternalWorkerJobEntityManager()
                .findById(job.id()));
  }

  /** Gives a job to another node, or to none. */
  void own(Job job, @Nullable String owner) {
    store.execute(
        context -> {
          ExternalWorkerJobEntity row =
              engine
                  .getJobServiceConfiguration()
                  .getExternalWorkerJobEntityManager()
                  .findById(job.id());
          row.setLockOwner(owner);
          return null;
        });
  }

  /** Without instances, and at the time of day. */
  void clear() {
    engine.getClock().reset();
    node.runtime()
        .createProcessInstanceQuery()
        .list()
        .forEach(each -> node.runtime().deleteProcessInstance(each.getId(), ""));
  }

  List<String> tasks(Job job) {
    return node.tasks(job.processInstanceId());
  }

  /** Runs what was handed over to the async executor. */
  void runAsync(Job job) {
    node.engine
        .getManagementService()
        .createJobQuery()
        .processInstanceId(job.processInstanceId())
        .list()
        .forEach(each -> node.engine.getManagementService().executeJob(each.getId()));
  }

  long asyncJobs(Job job) {
    return node.engine
        .getManagementService()
        .createJobQuery()
        .processInstanceId(job.processInstanceId())
        .count();
  }

  @Override
  public void close() {
    node.close();
  }
}
