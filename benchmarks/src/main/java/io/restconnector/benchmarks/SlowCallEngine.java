package io.restconnector.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import io.restconnector.RestConnectorConfigurator;
import io.restconnector.RestConnectorSettings;
import io.restconnector.http.HttpSettings;
import io.restconnector.worker.WorkerSettings;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import javax.sql.DataSource;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.flowable.common.engine.impl.persistence.StrongUuidGenerator;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.flowable.http.common.impl.apache.client5.ApacheHttpComponents5FlowableHttpClient;
import org.jspecify.annotations.Nullable;

/** An engine that works on jobs, and the process whose instances wait for one call. */
final class SlowCallEngine implements AutoCloseable {

  /** A way to make the call outside of the transaction that starts the instance. */
  enum Way {
    HTTP_TASK("http task, defaults", "flowable:type=\"http\" flowable:async=\"true\"", 16),
    HTTP_TASK_TUNED(
        "http task, 64 threads",
        "flowable:type=\"http\" flowable:async=\"true\"",
        TUNED + ACQUIRING),
    DELEGATE(
        "${restGet}, defaults",
        "flowable:delegateExpression=\"${restGet}\" flowable:async=\"true\"",
        16),
    WORKER(
        "worker",
        "flowable:type=\"external-worker\" flowable:topic=\"restGet\" flowable:exclusive=\"false\"",
        10);

    final String title;
    final String attributes;
    final int databaseConnections;

    Way(String title, String attributes, int databaseConnections) {
      this.title = title;
      this.attributes = attributes;
      this.databaseConnections = databaseConnections;
    }
  }

  private static final int TUNED = 64;

  /**
   * Connections for the engine's threads that look for jobs: with 64 alone they wait for one until
   * the pool's timeout, and the executor has nothing to do.
   */
  private static final int ACQUIRING = 4;

  private static final int ENGINE_QUEUE_SIZE = 2048;
  private static final String PROCESS = "call";

  /** More calls than the worker has in flight by default, on one host. */
  private static final int IN_FLIGHT = 4000;

  private final ProcessEngine engine;
  private final HikariDataSource pool;
  private final BlockingQueue<Runnable> queue = new ArrayBlockingQueue<>(ENGINE_QUEUE_SIZE);

  private SlowCallEngine(
      HikariDataSource pool,
      DataSource database,
      Way way,
      boolean working,
      @Nullable WorkerSwitch worker) {
    this.pool = pool;
    ProcessEngineConfigurationImpl configuration = new StandaloneProcessEngineConfiguration();
    configuration
        .setDataSource(database)
        .setDatabaseSchemaUpdate("true")
        .setEngineName(way + (working ? "-working" : "-idle"))
        .setAsyncExecutorActivate(working);
    // As in Spring Boot; the default of a plain engine takes another connection now and then.
    configuration.setIdGenerator(new StrongUuidGenerator());
    configuration.setAsyncExecutorThreadPoolQueue(queue);
    configuration.getAsyncExecutorConfiguration().setUnlockOwnedJobs(false); // when it is closed
    if (worker != null) {
      configuration.setAsyncExecutor(worker);
    }
    configuration.addConfigurator(
        new RestConnectorConfigurator(
            RestConnectorSettings.defaults()
                .withHttp(HttpSettings.defaults().withMaxConnections(IN_FLIGHT, IN_FLIGHT))
                .withWorker(WorkerSettings.defaults().withMaxInFlight(IN_FLIGHT))));
    if (way == Way.HTTP_TASK_TUNED) {
      configuration.setAsyncExecutorCorePoolSize(TUNED);
      configuration.setAsyncExecutorMaxPoolSize(TUNED);
      configuration.getHttpClientConfig().setHttpClient(tunedClient());
    }
    engine = configuration.buildProcessEngine();
  }

  /** Takes jobs as soon as it is built, and looks at the database as the log's, if there is one. */
  static SlowCallEngine working(HikariDataSource pool, Way way, @Nullable StatementLog log) {
    return new SlowCallEngine(pool, log == null ? pool : log.watch(pool), way, true, null);
  }

  /** Takes jobs while the switch is on. */
  static SlowCallEngine switched(HikariDataSource pool, WorkerSwitch worker) {
    return new SlowCallEngine(pool, pool, Way.WORKER, false, worker);
  }

  /** Takes no jobs. */
  static SlowCallEngine idle(HikariDataSource pool) {
    return new SlowCallEngine(pool, pool, Way.WORKER, false, null);
  }

  /** The engine's client has five connections for one host. */
  private static ApacheHttpComponents5FlowableHttpClient tunedClient() {
    CloseableHttpAsyncClient client =
        HttpAsyncClients.custom()
            .setConnectionManager(
                PoolingAsyncClientConnectionManagerBuilder.create()
                    .setMaxConnTotal(TUNED)
                    .setMaxConnPerRoute(TUNED)
                    .build())
            .build();
    client.start();
    int timeout = (int) Duration.ofSeconds(30).toMillis();
    return new ApacheHttpComponents5FlowableHttpClient(client, timeout, timeout, timeout);
  }

  void deploy(Way way, URI uri) {
    engine
        .getRepositoryService()
        .createDeployment()
        .disableSchemaValidation()
        .addString(
            PROCESS + ".bpmn20.xml",
            """
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
                xmlns:flowable="http://flowable.org/bpmn" targetNamespace="benchmarks">
              <process id="%s">
                <startEvent id="start"/>
                <sequenceFlow sourceRef="start" targetRef="call"/>
                <serviceTask id="call" %s><extensionElements>%s</extensionElements></serviceTask>
                <sequenceFlow sourceRef="call" targetRef="end"/>
                <endEvent id="end"/>
              </process>
            </definitions>
            """
                .formatted(PROCESS, way.attributes, inputs(way, uri)))
        .deploy();
  }

  private static String inputs(Way way, URI uri) {
    return switch (way) {
      case HTTP_TASK, HTTP_TASK_TUNED ->
          // Its default timeout of 5 s would fail every call of 5 s.
          field("requestMethod", "GET")
              + field("requestUrl", uri.toString())
              + field("requestTimeout", "30000");
      case DELEGATE -> field("restUrl", uri.toString());
      case WORKER -> "<flowable:in sourceExpression=\"%s\" target=\"restUrl\"/>".formatted(uri);
    };
  }

  private static String field(String name, String value) {
    return "<flowable:field name=\"%s\" stringValue=\"%s\"/>".formatted(name, value);
  }

  /** Starts an instance and returns its id. */
  String begin() {
    return engine.getRuntimeService().startProcessInstanceByKey(PROCESS).getId();
  }

  int databaseConnectionsInUse() {
    return pool.getHikariPoolMXBean().getActiveConnections();
  }

  /** Drops what is queued; calls that have begun end first. */
  @Override
  public void close() {
    queue.clear();
    engine.close();
    pool.close();
  }
}
