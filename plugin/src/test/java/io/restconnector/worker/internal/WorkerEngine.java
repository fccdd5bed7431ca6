package io.restconnector.worker.internal;

import static org.awaitility.Awaitility.await;

import io.restconnector.RestConnectorConfigurator;
import io.restconnector.RestConnectorSettings;
import io.restconnector.call.CallEngine;
import io.restconnector.call.internal.RestCalls;
import io.restconnector.fixtures.Bpmn;
import io.restconnector.worker.WorkerSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.flowable.engine.runtime.ProcessInstance;
import org.flowable.job.api.ExternalWorkerJob;
import org.flowable.task.api.Task;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;

/** An engine with a worker and an async executor, on a database that several may share. */
final class WorkerEngine implements AutoCloseable {

  /** So long that nothing in a test happens because of a poll. */
  static final WorkerSettings NO_POLL =
      WorkerSettings.defaults().withPollInterval(Duration.ofHours(1));

  final ProcessEngine engine;

  private @Nullable WorkerEngine unchecked;

  private WorkerEngine(ProcessEngine engine) {
    this.engine = engine;
  }

  /** Deploys wrong models to this engine, for what the runtime says about them. */
  WorkerEngine unchecked() {
    if (unchecked == null) {
      unchecked = new WorkerEngine(CallEngine.unchecked(engine));
    }
    return unchecked;
  }

  static DataSource database() {
    JdbcDataSource database = new JdbcDataSource();
    database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=60");
    return database;
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
    ProcessEngineConfigurationImpl configuration = new StandaloneProcessEngineConfiguration();
    configuration
        .setDataSource(database)
        .setDatabaseSchemaUpdate("true")
        .setEngineName(UUID.randomUUID().toString())
        .setAsyncExecutorActivate(true);
    configuration.setAsyncFailedJobWaitTime(0);
    configuration
        .getAsyncExecutorConfiguration()
        .setDefaultAsyncJobAcquireWaitTime(Duration.ofMillis(100));
    configuration
        .getAsyncExecutorConfiguration()
        .setDefaultTimerJobAcquireWaitTime(Duration.ofMillis(100));
    configuration.addConfigurator(new RestConnectorConfigurator(settings));
    return configuration;
  }

  /**
   * Deploys a process whose elements are given; {@code CALL} is a call of the topic, not exclusive.
   */
  WorkerEngine deploy(String id, String elements) {
    engine
        .getRepositoryService()
        .createDeployment()
        .disableSchemaValidation()
        .addString(
            id + ".bpmn20.xml",
            Bpmn.definitions(
                "<error id=\"any\" errorCode=\"SERVICE_UNAVAILABLE\"/><process id=\"%s\">%s</process>"
                    .formatted(id, elements)))
        .deploy();
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

  String begin(String process, Map<String, Object> variables) {
    ProcessInstance instance =
        engine
            .getRuntimeService()
            .createProcessInstanceBuilder()
            .processDefinitionKey(process)
            .variables(variables)
            .start();
    return instance.getId();
  }

  /** Waits for a task and tells which it is. */
  String task(String instance) {
    return await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(20))
        .until(
            () ->
                engine
                    .getTaskService()
                    .createTaskQuery()
                    .processInstanceId(instance)
                    .list()
                    .stream()
                    .map(Task::getTaskDefinitionKey)
                    .findFirst()
                    .orElse(""),
            task -> !task.isEmpty());
  }

  long tasks() {
    return engine.getTaskService().createTaskQuery().count();
  }

  List<ExternalWorkerJob> jobs() {
    return engine.getManagementService().createExternalWorkerJobQuery().list();
  }

  Object variable(String instance, String name) {
    return engine.getRuntimeService().getVariable(instance, name);
  }

  RestWorker worker() {
    return part(RestWorker.class);
  }

  RestCalls calls() {
    return part(RestCalls.class);
  }

  private <T> T part(Class<T> part) {
    return ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration())
        .getConfigurators().stream()
            .filter(RestConnectorConfigurator.class::isInstance)
            .map(each -> Objects.requireNonNull(((RestConnectorConfigurator) each).unwrap(part)))
            .findFirst()
            .orElseThrow();
  }

  @Override
  public void close() {
    if (unchecked != null) {
      unchecked.close();
    }
    engine.close();
  }
}
