package io.restconnector.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import io.restconnector.RestConnector;
import io.restconnector.RestConnectorConfigurator;
import io.restconnector.RestConnectorSettings;
import io.restconnector.journal.JournalSettings;
import io.restconnector.journal.SampleRequest;
import io.restconnector.webhook.WebhookSettings;
import io.restconnector.webhook.internal.WebhookEndpoint;
import io.restconnector.webhook.internal.request.WebhookRequest;
import io.restconnector.worker.WorkerSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.flowable.common.engine.impl.persistence.StrongUuidGenerator;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.flowable.engine.repository.DeploymentBuilder;

/** One engine, in whose database so much waits, and what a few things cost in it. */
final class GrowthEngine implements AutoCloseable {

  private static final int CALLS = 20;
  private static final int TIMES = 10;
  private static final byte[] NO_BODY = {};

  private interface Work {
    void run(String order) throws Exception;
  }

  private final HikariDataSource pool;
  private final ProcessEngine engine;
  private final WorkerSwitch worker = new WorkerSwitch();
  private final EndedInstances ended = new EndedInstances();
  private final String orders = Long.toString(System.nanoTime(), 36);
  private int order;

  GrowthEngine(HikariDataSource pool, StatementLog log, String name) {
    this.pool = pool;
    ProcessEngineConfigurationImpl configuration = new StandaloneProcessEngineConfiguration();
    configuration
        .setDataSource(log.watch(pool))
        .setDatabaseSchemaUpdate("true")
        .setEngineName(name);
    configuration.setIdGenerator(new StrongUuidGenerator());
    configuration.setAsyncExecutor(worker);
    ended.install(configuration);
    configuration.addConfigurator(
        new RestConnectorConfigurator(
            RestConnectorSettings.defaults()
                .withJournal(JournalSettings.defaults().withSize(10_000))
                .withWebhooks(WebhookSettings.defaults().withMaxEarlyEvents(10_000_000))
                .withWorker(WorkerSettings.defaults().withPollInterval(Duration.ofMillis(5)))));
    engine = configuration.buildProcessEngine();
  }

  /**
   * Deploys what is measured.
   *
   * @param called answers at once
   * @param later accepts requests
   */
  void deploy(URI called, URI later) {
    GrowthModels.add(deployment(), called, later).deploy();
  }

  private DeploymentBuilder deployment() {
    return engine.getRepositoryService().createDeployment().disableSchemaValidation();
  }

  /** Fills the database, deploys triggers, and has the journal remember requests. */
  void fill(int rows, int triggers, int requests) throws SQLException, IOException {
    GrowthRows copies = new GrowthRows(pool, rows);
    String waiting = begin("waiting", "first");
    String worked = begin("worked", "first");
    CompletableFuture<Void> others =
        CompletableFuture.runAsync(
            () -> {
              try {
                copies.jobs(worked);
                copies.ofTheConnector();
              } catch (SQLException failed) {
                throw new CompletionException(failed);
              }
            });
    copies.instances(waiting);
    others.join();
    engine.getRuntimeService().deleteProcessInstance(worked, null);
    DeploymentBuilder deployment = deployment();
    for (int i = 0; i < triggers; i++) {
      deployment.addString(
          "none" + i + ".channel",
          GrowthModels.channel("none" + i, "\"action\": {\"type\": \"none\"}"));
    }
    deployment.deploy();
    for (int i = 0; i < requests; i++) {
      post("none0/" + i);
    }
  }

  /** Microseconds of each of several things, by what they are. */
  Map<String, Double> measure() throws Exception {
    Map<String, Double> costs = new LinkedHashMap<>();
    costs.put("a call by the worker: job taken, answered, completed", work("worked"));
    costs.put("a call that is answered later: first request and one question", work("polled"));
    costs.put("a process with `${restGet}`", median(each -> begin("get", each)));
    costs.put(
        "a webhook that starts a process, deduplicated", median(each -> post("orders/" + each)));
    costs.put(
        "a webhook that starts a process by an event", median(each -> post("placed/" + each)));
    costs.put("the start of an instance that waits for an event", waitAndWake(true));
    costs.put("a webhook that wakes one of those that wait", waitAndWake(false));
    costs.put(
        "a webhook with an event that nothing takes", median(each -> post("unkept/" + each, 404)));
    costs.put("a webhook with an early event, which is kept", keep(true));
    costs.put(
        "an early event that is taken: from the start of its instance to the end", keep(false));
    RestConnector connector = RestConnector.of(engine);
    costs.put("the overview", median(each -> connector.overview()));
    costs.put("the explanation of a request", median(each -> connector.explain(sample(each))));
    costs.put("the first 100 early events", median(each -> connector.earlyEvents().list(0, 100)));
    return costs;
  }

  private static SampleRequest sample(String order) {
    return new SampleRequest("POST", "paid/" + order, Map.of(), NO_BODY);
  }

  /** The time of one of several jobs that are worked off together. */
  private double work(String process) throws InterruptedException {
    ended.forget();
    for (int i = 0; i < CALLS; i++) {
      begin(process, nextOrder());
    }
    long begun = System.nanoTime();
    worker.set(true);
    ended.await(CALLS);
    worker.set(false);
    return (System.nanoTime() - begun) / 1000.0 / CALLS;
  }

  private double waitAndWake(boolean isStartMeasured) throws Exception {
    double[] times = new double[TIMES];
    for (int i = 0; i < TIMES; i++) {
      String each = nextOrder();
      double start = microseconds(next -> begin("waiting", next), each);
      double wake = microseconds(next -> post("paid/" + next), each);
      times[i] = isStartMeasured ? start : wake;
    }
    return Comparison.median(times);
  }

  private double keep(boolean isKeepMeasured) throws Exception {
    double[] times = new double[TIMES];
    for (int i = 0; i < TIMES; i++) {
      String each = nextOrder();
      double kept = microseconds(next -> post("paid/" + next), each);
      ended.forget();
      double taken =
          microseconds(
              next -> {
                begin("waiting", next);
                ended.await(1);
              },
              each);
      times[i] = isKeepMeasured ? kept : taken;
    }
    return Comparison.median(times);
  }

  private double median(Work work) throws Exception {
    double[] times = new double[TIMES];
    for (int i = 0; i < TIMES; i++) {
      times[i] = microseconds(work, nextOrder());
    }
    return Comparison.median(times);
  }

  private static double microseconds(Work work, String order) throws Exception {
    long begun = System.nanoTime();
    work.run(order);
    return (System.nanoTime() - begun) / 1000.0;
  }

  private String nextOrder() {
    return orders + order++;
  }

  private String begin(String process, String order) {
    return engine
        .getRuntimeService()
        .startProcessInstanceByKey(process, Map.of("orderId", order))
        .getId();
  }

  private void post(String path) throws IOException {
    post(path, 202);
  }

  private void post(String path, int wanted) throws IOException {
    WebhookRequest request = new WebhookRequest("POST", path, null, Map.of());
    int status =
        WebhookEndpoint.of(engine).answer(request, 0, new ByteArrayInputStream(NO_BODY)).status();
    if (status != wanted) {
      throw new IOException(path + " is answered " + status);
    }
  }

  @Override
  public void close() {
    engine.close();
    pool.close();
  }
}
