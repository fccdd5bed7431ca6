package io.restconnector.benchmarks;

import io.restconnector.RestConnectorConfigurator;
import io.restconnector.RestConnectorSettings;
import io.restconnector.journal.JournalSettings;
import io.restconnector.webhook.WebhookSettings;
import io.restconnector.webhook.internal.WebhookEndpoint;
import io.restconnector.webhook.internal.request.WebhookRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.cfg.StandaloneProcessEngineConfiguration;

/** Instances that wait for a callback, with whichever connector the class loader gives. */
public final class CallbackEngine implements Callable<double[]>, AutoCloseable {

  private static final int INSTANCES = 20;
  private static final byte[] NO_BODY = {};
  private static final String PROCESS =
      """
      <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
          xmlns:flowable="http://flowable.org/bpmn" targetNamespace="benchmarks">
        <process id="woken">
          <startEvent id="start"/>
          <sequenceFlow sourceRef="start" targetRef="wait"/>
          <receiveTask id="wait"><extensionElements>
            <flowable:eventType>orderPaid</flowable:eventType>
            <flowable:eventCorrelationParameter name="orderId" value="${orderId}"/>
          </extensionElements></receiveTask>
          <sequenceFlow sourceRef="wait" targetRef="end"/>
          <endEvent id="end"/>
        </process>
      </definitions>
      """;
  private static final String EVENT =
      """
      { "key": "orderPaid", "correlationParameters": [ {"name": "orderId", "type": "string"} ] }
      """;
  private static final String CHANNEL =
      """
      { "key": "paid", "channelType": "inbound", "type": "webhook",
        "path": "paid/{orderId}", "method": ["POST"], "status": 202, %s
        "payload": {"orderId": "${pathVariables.orderId}"},
        "channelEventKeyDetection": {"fixedValue": "orderPaid"} }
      """;

  private final ProcessEngine engine;
  private final AtomicLong orders = new AtomicLong();
  private final EndedInstances ended = new EndedInstances();

  /** One with a connector that may know neither journal nor early events. */
  public CallbackEngine(DataSource database, String name) {
    this(database, name, false, new RestConnectorConfigurator());
  }

  /**
   * One without journal.
   *
   * @param early whether the trigger keeps what comes early
   */
  CallbackEngine(DataSource database, String name, boolean early) {
    this(database, name, early, withoutJournal());
  }

  private CallbackEngine(
      DataSource database, String name, boolean early, RestConnectorConfigurator connector) {
    ProcessEngineConfigurationImpl configuration = new StandaloneProcessEngineConfiguration();
    configuration
        .setDataSource(database)
        .setDatabaseSchemaUpdate("true")
        .setHistory("none")
        .setEngineName(name);
    ended.install(configuration);
    configuration.addConfigurator(connector);
    engine = configuration.buildProcessEngine();
    engine
        .getRepositoryService()
        .createDeployment()
        .disableSchemaValidation()
        .addString("woken.bpmn20.xml", PROCESS)
        .addString("orderPaid.event", EVENT)
        .addString(
            "paid.channel", CHANNEL.formatted(early ? "\"early\": {\"keep\": \"P1D\"}," : ""))
        .deploy();
  }

  /** With room for a million. */
  private static RestConnectorConfigurator withoutJournal() {
    return new RestConnectorConfigurator(
        RestConnectorSettings.defaults()
            .withJournal(JournalSettings.defaults().withSize(0))
            .withWebhooks(WebhookSettings.defaults().withMaxEarlyEvents(2_000_000)));
  }

  /** Microseconds of the median start of an instance that waits, and of its callback. */
  @Override
  public double[] call() throws IOException {
    double[] starts = new double[INSTANCES];
    double[] callbacks = new double[INSTANCES];
    long first = orders.getAndAdd(INSTANCES);
    for (int i = 0; i < INSTANCES; i++) {
      long begun = System.nanoTime();
      start(first + i);
      starts[i] = (System.nanoTime() - begun) / 1000.0;
    }
    for (int i = 0; i < INSTANCES; i++) {
      long begun = System.nanoTime();
      callBack(first + i);
      callbacks[i] = (System.nanoTime() - begun) / 1000.0;
    }
    return new double[] {Comparison.median(starts), Comparison.median(callbacks)};
  }

  /**
   * The same where the callback comes first: microseconds of the median callback that is kept, and
   * from the start of the instance to the commit of its end.
   */
  double[] callEarly() throws IOException, InterruptedException {
    double[] callbacks = new double[INSTANCES];
    double[] deliveries = new double[INSTANCES];
    ended.forget();
    for (int i = 0; i < INSTANCES; i++) {
      long order = orders.getAndIncrement();
      long begun = System.nanoTime();
      callBack(order);
      callbacks[i] = (System.nanoTime() - begun) / 1000.0;
      begun = System.nanoTime();
      start(order);
      ended.await(1);
      deliveries[i] = (System.nanoTime() - begun) / 1000.0;
    }
    return new double[] {Comparison.median(callbacks), Comparison.median(deliveries)};
  }

  private void start(long order) {
    engine
        .getRuntimeService()
        .startProcessInstanceByKey("woken", Map.of("orderId", String.valueOf(order)));
  }

  private void callBack(long order) throws IOException {
    WebhookRequest request = new WebhookRequest("POST", "paid/" + order, null, Map.of());
    int status =
        WebhookEndpoint.of(engine).answer(request, 0, new ByteArrayInputStream(NO_BODY)).status();
    if (status != 202) {
      throw new IOException("answered " + status);
    }
  }

  @Override
  public void close() {
    engine.close();
  }
}
