package io.restconnector.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.restconnector.RestConnectorConfigurator;
import io.restconnector.RestConnectorSettings;
import io.restconnector.journal.JournalSettings;
import io.restconnector.webhook.internal.WebhookEndpoint;
import io.restconnector.webhook.internal.request.WebhookRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;

/**
 * What the journal costs, without headers and bodies: a process with one call, and a webhook that
 * starts a process. Time, and the processors' time of the whole JVM, which other work on the
 * machine disturbs less.
 */
final class JournalComparison {

  private static final String ON = "journal on";
  private static final String OFF = "journal off";
  private static final List<String> WORK = List.of("call", "webhook");
  private static final int RUNS = 100;
  private static final int WARM_UP_ROUNDS = 60;
  private static final byte[] BODY =
      "{\"amount\": 5, \"currency\": \"EUR\"}".getBytes(StandardCharsets.UTF_8);

  private JournalComparison() {}

  /** Takes the number of rounds, by default 200. */
  public static void main(String[] args) throws Exception {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 200;
    try (LoopbackServer server = new LoopbackServer()) {
      Map<String, ProcessEngine> engines = new LinkedHashMap<>();
      engines.put(ON, engine(1_000, server));
      engines.put(OFF, engine(0, server));
      for (String work : WORK) {
        compare(work, engines, rounds);
      }
      engines.values().forEach(ProcessEngine::close);
    }
  }

  private static void compare(String work, Map<String, ProcessEngine> engines, int rounds)
      throws IOException {
    Comparison times = new Comparison(List.of(ON, OFF));
    Comparison processors = new Comparison(List.of(ON, OFF));
    for (int i = -WARM_UP_ROUNDS; i < rounds; i++) {
      Map<String, Double> time = new HashMap<>();
      Map<String, Double> processor = new HashMap<>();
      // Whoever comes first in a round pays for the garbage of the other.
      for (String variant : i % 2 == 0 ? List.of(ON, OFF) : List.of(OFF, ON)) {
        ProcessEngine engine = engines.get(variant);
        if (engine == null) {
          throw new IllegalStateException(variant);
        }
        long start = System.nanoTime();
        long before = processorTime();
        for (int run = 0; run < RUNS; run++) {
          run(work, engine);
        }
        time.put(variant, (System.nanoTime() - start) / 1e3 / RUNS);
        processor.put(variant, (processorTime() - before) / 1e3 / RUNS);
      }
      if (i >= 0) {
        times.addRound(time);
        processors.addRound(processor);
      }
    }
    times.printTimes("Time of one " + work);
    times.printRatio(ON, OFF);
    processors.printTimes("Processors' time of one " + work);
    processors.printRatioOfSums(ON, OFF);
  }

  private static long processorTime() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static void run(String work, ProcessEngine engine) throws IOException {
    if (work.equals("call")) {
      engine.getRuntimeService().startProcessInstanceByKey("call");
      return;
    }
    WebhookRequest request =
        new WebhookRequest(
            "POST", "orders/A-1", null, Map.of("content-type", List.of("application/json")));
    int status =
        WebhookEndpoint.of(engine)
            .answer(request, BODY.length, new ByteArrayInputStream(BODY))
            .status();
    if (status != 200) {
      throw new IllegalStateException("answered " + status);
    }
  }

  private static ProcessEngine engine(int size, LoopbackServer server) {
    ProcessEngineConfigurationImpl configuration = new StandaloneInMemProcessEngineConfiguration();
    configuration
        .setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1")
        .setDatabaseSchemaUpdate("true")
        .setHistory("none")
        .setEngineName("journal" + size);
    configuration.addConfigurator(
        new RestConnectorConfigurator(
            RestConnectorSettings.defaults()
                .withJournal(JournalSettings.defaults().withSize(size))));
    ProcessEngine engine = configuration.buildProcessEngine();
    engine
        .getRepositoryService()
        .createDeployment()
        .addString(
            "p.bpmn20.xml",
            """
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
                xmlns:flowable="http://flowable.org/bpmn" targetNamespace="benchmarks">
              <process id="call"><startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="get"/>
                <serviceTask id="get" flowable:delegateExpression="${restGet}"><extensionElements>
                  <flowable:field name="restUrl" stringValue="%s"/></extensionElements></serviceTask>
                <sequenceFlow sourceRef="get" targetRef="e"/><endEvent id="e"/></process>
              <process id="started"><startEvent id="s2"/>
                <sequenceFlow sourceRef="s2" targetRef="e2"/><endEvent id="e2"/></process>
            </definitions>
            """
                .formatted(server.uri()))
        .addString(
            "orders.channel",
            """
            {"key": "orders", "channelType": "inbound", "type": "webhook", "path": "orders/{id}",
             "condition": "${body.amount > 1}", "action": {"type": "startProcess",
             "processDefinitionKey": "started", "variables": {"id": "${pathVariables.id}"}}}
            """)
        .deploy();
    return engine;
  }
}
