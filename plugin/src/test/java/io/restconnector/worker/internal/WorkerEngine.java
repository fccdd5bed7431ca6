package io.restconnector.worker.internal;

import io.restconnector.RestConnectorConfigurator;
import io.restconnector.RestConnectorSettings;
import io.restconnector.call.internal.RestCalls;
import io.restconnector.fixtures.EngineFixture;
import io.restconnector.fixtures.PlainEngines;
import io.restconnector.worker.WorkerSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.job.api.ExternalWorkerJob;

/** An engine with a worker and an async executor, on a database that several may share. */
final class WorkerEngine extends EngineFixture {

  /** So long that nothing in a test happens because of a poll. */
  static final WorkerSettings NO_POLL =
      WorkerSettings.defaults().withPollInterval(Duration.ofHours(1));

  private WorkerEngine(ProcessEngine engine) {
    super(engine);
  }

  /** Deploys wrong models to this engine, for what the runtime says about them. */
  WorkerEngine unchecked() {
    return new WorkerEngine(uncheckedEngine());
  }

  static WorkerEngine start(DataSource database, WorkerSettings settings) {
    return start(database, RestConnectorSettings.defaults().withWorker(settings));
  }

  static WorkerEngine start(DataSource database, RestConnectorSettings settings) {
    return start(configuration(database, settings));
  }

  static WorkerEngine start(ProcessEngineConfigurationImpl configuration) {
    return new WorkerEngine(configuration.buildProcessEngine());
  }

  static ProcessEngineConfigurationImpl configuration(
      DataSource database, RestConnectorSettings settings) {
    ProcessEngineConfigurationImpl configuration = PlainEngines.configuration(database);
    configuration.setAsyncExecutorActivate(true).setAsyncFailedJobWaitTime(0);
    configuration
        .getAsyncExecutorConfiguration()
        .setDefaultAsyncJobAcquireWaitTime(Duration.ofMillis(100));
    configuration
        .getAsyncExecutorConfiguration()
        .setDefaultTimerJobAcquireWaitTime(Duration.ofMillis(100));
    configuration.addConfigurator(new RestConnectorConfigurator(settings));
    return configuration;
  }

  /** Deploys a process whose elements are given. */
  WorkerEngine deploy(String id, String elements) {
    deployProcess(id, "<error id=\"any\" errorCode=\"SERVICE_UNAVAILABLE\"/>", elements);
    return this;
  }

  /** A process that makes one call and then waits in the task {@code done}. */
  WorkerEngine deployCall(String id, String topic, String inside) {
    return deploy(
        id,
        """
        <startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="call"/>
        <serviceTask id="call" flowable:type="external-worker" flowable:topic="%s"
          flowable:exclusive="false">%s</serviceTask>
        <sequenceFlow sourceRef="call" targetRef="done"/><userTask id="done"/>
        """
            .formatted(topic, inside));
  }

  String begin(String process, String url) {
    return begin(process, Map.of("restUrl", url));
  }

  /** Waits for a task and tells which it is. */
  String task(String instance) {
    return awaitTask(instance).getTaskDefinitionKey();
  }

  long tasks() {
    return engine.getTaskService().createTaskQuery().count();
  }

  List<ExternalWorkerJob> jobs() {
    return engine.getManagementService().createExternalWorkerJobQuery().list();
  }

  Object variable(String instance, String name) {
    return runtime().getVariable(instance, name);
  }

  RestWorker worker() {
    return part(RestWorker.class);
  }

  RestCalls calls() {
    return part(RestCalls.class);
  }

  private <T> T part(Class<T> part) {
    return configuration().getConfigurators().stream()
        .filter(RestConnectorConfigurator.class::isInstance)
        .map(each -> Objects.requireNonNull(((RestConnectorConfigurator) each).unwrap(part)))
        .findFirst()
        .orElseThrow();
  }
}
