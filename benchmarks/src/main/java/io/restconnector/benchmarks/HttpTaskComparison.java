package io.restconnector.benchmarks;

import io.restconnector.RestConnectorConfigurator;
import io.restconnector.RestConnectorSettings;
import io.restconnector.httptask.HttpTaskSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.flowable.http.common.impl.apache.client5.ApacheHttpComponents5FlowableHttpClient;

/**
 * Flowable's own {@code http} tasks to one slow host, all at once, with Flowable's client and with
 * the connector's.
 */
final class HttpTaskComparison {

  private static final int TASKS = 50;
  private static final Duration LATENCY = Duration.ofSeconds(1);

  private HttpTaskComparison() {}

  public static void main(String[] args) throws Exception {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
    try (SlowServer server = new SlowServer()) {
      ProcessEngine stock = engine(false);
      ProcessEngine ours = engine(true);
      deploy(stock, server);
      deploy(ours, server);
      run(stock, 5);
      run(ours, 5);
      server.answerAfter(LATENCY);
      List<Double> ratios = new ArrayList<>();
      for (int round = 1; round <= rounds; round++) {
        double with = run(stock, TASKS);
        int stockWaiting = server.mostWaiting();
        server.answerAfter(LATENCY); // and counts anew
        double without = run(ours, TASKS);
        ratios.add(with / without);
        System.out.printf(
            "%d http tasks of %d ms at once: Flowable's client %.2f s, %d at a time; the connector's %.2f s, %d at a time; ratio %.1f%n",
            TASKS,
            LATENCY.toMillis(),
            with,
            stockWaiting,
            without,
            server.mostWaiting(),
            with / without);
        server.answerAfter(LATENCY);
      }
      ratios.sort(null);
      System.out.printf("median of the ratios: %.1f%n", ratios.get(ratios.size() / 2));
      stock.close();
      ours.close();
    }
  }

  private static ProcessEngine engine(boolean ours) {
    ProcessEngineConfigurationImpl configuration = new StandaloneProcessEngineConfiguration();
    configuration
        .setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1")
        .setJdbcMaxActiveConnections(2 * TASKS)
        .setDatabaseSchemaUpdate("true")
        .setEngineName(UUID.randomUUID().toString());
    // With the default of 5 s, tasks that wait longer for one of the five connections would fail.
    configuration.getHttpClientConfig().setConnectionRequestTimeout(60_000);
    if (ours) {
      configuration.addConfigurator(
          new RestConnectorConfigurator(
              RestConnectorSettings.defaults()
                  .withHttpTasks(HttpTaskSettings.defaults().withEnabled(true))));
    } else {
      configuration.setEnableConfiguratorServiceLoader(false);
      configuration
          .getHttpClientConfig()
          .setHttpClient(
              new ApacheHttpComponents5FlowableHttpClient(configuration.getHttpClientConfig()));
    }
    return configuration.buildProcessEngine();
  }

  private static void deploy(ProcessEngine engine, SlowServer server) throws Exception {
    engine
        .getRepositoryService()
        .createDeployment()
        .addString(
            "slow.bpmn20.xml",
            """
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
                xmlns:flowable="http://flowable.org/bpmn" targetNamespace="t">
              <process id="slow">
                <startEvent id="s"/>
                <sequenceFlow sourceRef="s" targetRef="call"/>
                <serviceTask id="call" flowable:type="http"><extensionElements>
                  <flowable:field name="requestMethod"><flowable:string>GET</flowable:string></flowable:field>
                  <flowable:field name="requestUrl"><flowable:string>%s</flowable:string></flowable:field>
                </extensionElements></serviceTask>
              </process>
            </definitions>
            """
                .formatted(server.uri()))
        .deploy();
  }

  /** Seconds until all have ended, each in a transaction of its own. */
  private static double run(ProcessEngine engine, int tasks) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(tasks);
    try {
      List<Callable<String>> starts = new ArrayList<>();
      for (int i = 0; i < tasks; i++) {
        starts.add(() -> engine.getRuntimeService().startProcessInstanceByKey("slow").getId());
      }
      long start = System.nanoTime();
      for (Future<String> each : threads.invokeAll(starts)) {
        each.get();
      }
      return (System.nanoTime() - start) / 1e9;
    } finally {
      threads.shutdown();
    }
  }
}
