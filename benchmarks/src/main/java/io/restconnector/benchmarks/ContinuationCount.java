package io.restconnector.benchmarks;

import io.restconnector.RestConnectorConfigurator;
import io.restconnector.RestConnectorSettings;
import io.restconnector.http.HttpSettings;
import java.net.URI;
import java.sql.Connection;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flowable.common.engine.impl.persistence.StrongUuidGenerator;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * Prints the SQL statements and the transactions of one call of the worker with what follows it in
 * the process: those of the worker's threads, and those of the engine's async executor. The
 * instances were started while neither ran, and many answers come at once.
 */
final class ContinuationCount {

  private static final int CALLS = 300;
  private static final Duration LATENCY = Duration.ofSeconds(1);
  private static final String ASYNC = "flowable:async=\"true\"";
  private static final String SHARED = "flowable:exclusive=\"false\"";
  private static final String END = "<endEvent id=\"end\"/>";

  /** Counts by who does it. */
  private static final class Log extends StatementLog {

    private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();

    private void count(String what) {
      String who =
          Thread.currentThread().getName().startsWith("rest-connector") ? "worker" : "executor";
      counts.computeIfAbsent(who + " " + what, any -> new AtomicInteger()).incrementAndGet();
    }

    @Override
    void taken(Connection connection) {
      count("transactions");
    }

    @Override
    void note(Executed executed, Object by) {
      if (executed.isStatement()) {
        count("statements");
      }
      count(executed.shortened());
    }

    @Override
    void clear() {
      counts.clear();
    }

    /** Of one call. */
    Map<String, Double> figures() {
      Map<String, Double> figures = new TreeMap<>();
      counts.forEach((what, count) -> figures.put(what, (double) count.get() / CALLS));
      return figures;
    }
  }

  private ContinuationCount() {}

  static void print() throws Exception {
    Map<String, Map<String, Double>> figures = new LinkedHashMap<>();
    try (SlowServer server = new SlowServer()) {
      server.answerAfter(LATENCY);
      for (Map.Entry<String, List<String>> each : processes(server.uri()).entrySet()) {
        figures.put(each.getKey(), count(each.getValue()));
      }
    }
    figures.forEach(
        (title, counts) -> {
          System.out.printf("%nOf one call, %s:%n", title);
          counts.forEach(
              (what, count) -> {
                if (count >= 0.01) {
                  System.out.printf("  %6.2f  %s%n", count, what);
                }
              });
        });
    System.out.printf("%n%-44s%28s%28s%n", "Of one call", "worker", "async executor");
    System.out.printf("%-44s%2$28s%2$28s%n", "", "statements  trans. commits");
    figures.forEach(
        (title, counts) -> {
          System.out.printf("%-44s", title);
          for (String who : List.of("worker", "executor")) {
            System.out.printf(
                "%12.2f%8.2f%8.2f",
                counts.getOrDefault(who + " statements", 0.0),
                counts.getOrDefault(who + " transactions", 0.0),
                counts.getOrDefault(who + " commit", 0.0));
          }
          System.out.println();
        });
  }

  /** What stands between the start event and the end of each process, in a row. */
  private static Map<String, List<String>> processes(URI uri) {
    String call = call("call", SHARED, uri);
    Map<String, List<String>> processes = new LinkedHashMap<>();
    processes.put("the instance ends", List.of(call, END));
    processes.put("the same, an exclusive call", List.of(call("call", "", uri), END));
    processes.put("a delegate follows", List.of(call, delegate(""), END));
    processes.put("an async delegate follows", List.of(call, delegate(ASYNC), END));
    processes.put(
        "the same, a delegate that is not exclusive",
        List.of(call, delegate(ASYNC + " " + SHARED), END));
    processes.put(
        "an async end event follows", List.of(call, END.replace("/>", " " + ASYNC + "/>")));
    processes.put("a call follows", List.of(call, call("second", SHARED, uri), END));
    processes.put("an async call follows", List.of(call, call("second", ASYNC, uri), END));
    processes.put("the call itself is async", List.of(call("call", ASYNC, uri), END));
    return processes;
  }

  private static String call(String id, String attributes, URI uri) {
    return """
        <serviceTask id="%s" flowable:type="external-worker" flowable:topic="restGet" %s>
          <extensionElements>
            <flowable:in sourceExpression="%s" target="restUrl"/>
          </extensionElements>
        </serviceTask>
        """
        .formatted(id, attributes, uri);
  }

  private static String delegate(String attributes) {
    return "<serviceTask id=\"delegate\" %s flowable:expression=\"${execution.id}\"/>"
        .formatted(attributes);
  }

  private static String model(List<String> elements) {
    StringBuilder model = new StringBuilder("<startEvent id=\"start\"/>");
    String before = "start";
    for (String element : elements) {
      String id = element.substring(element.indexOf('"') + 1).replaceFirst("(?s)\".*", "");
      model.append(element);
      model.append("<sequenceFlow sourceRef=\"%s\" targetRef=\"%s\"/>".formatted(before, id));
      before = id;
    }
    return """
        <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
            xmlns:flowable="http://flowable.org/bpmn" targetNamespace="benchmarks">
          <process id="calls">%s</process>
        </definitions>
        """
        .formatted(model);
  }

  private static Map<String, Double> count(List<String> elements) throws Exception {
    JdbcConnectionPool database =
        JdbcConnectionPool.create("jdbc:h2:mem:continuations;DB_CLOSE_DELAY=-1", "sa", "");
    database.setMaxConnections(20);
    Log log = new Log();
    ProcessEngine engine = engine(log.watch(database));
    try {
      engine
          .getRepositoryService()
          .createDeployment()
          .disableSchemaValidation()
          .addString("calls.bpmn20.xml", model(elements))
          .deploy();
      for (int i = 0; i < CALLS; i++) {
        engine.getRuntimeService().startProcessInstanceByKey("calls");
      }
      log.clear();
      engine.getProcessEngineConfiguration().getAsyncExecutor().start();
      while (Postgres.number(database, "select count(*) from ACT_RU_EXECUTION") > 0) {
        Thread.sleep(50);
      }
      return log.figures();
    } finally {
      engine.close();
      Postgres.execute(database, "shutdown");
      database.dispose();
    }
  }

  /** Its async executor and its worker do not run yet. */
  private static ProcessEngine engine(DataSource database) {
    ProcessEngineConfigurationImpl configuration = new StandaloneProcessEngineConfiguration();
    configuration.setDataSource(database).setDatabaseSchemaUpdate("true");
    configuration.setIdGenerator(new StrongUuidGenerator()); // as in Spring Boot
    configuration.addConfigurator(
        new RestConnectorConfigurator(
            RestConnectorSettings.defaults()
                .withHttp(HttpSettings.defaults().withMaxConnections(CALLS, CALLS))));
    return configuration.buildProcessEngine();
  }
}
