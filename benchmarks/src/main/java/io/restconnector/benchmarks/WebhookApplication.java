package io.restconnector.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import io.restconnector.RestConnectorConfigurator;
import io.restconnector.RestConnectorSettings;
import io.restconnector.http.AccessSettings;
import io.restconnector.http.HttpSettings;
import io.restconnector.spi.Secret;
import io.restconnector.webhook.WebhookServlet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.flowable.engine.repository.DeploymentBuilder;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/** One engine on one database, with the webhook endpoint and a Spring controller in one Tomcat. */
final class WebhookApplication implements AutoCloseable {

  /** The process that a request starts: by its key, or by an event. */
  static final String STARTED = "started";

  /** Of the trigger {@code trusted}, which wants a signature as GitHub makes it. */
  static final String SECRET = "no secret at all";

  private static final String PROCESSES =
      """
      <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
          xmlns:flowable="http://flowable.org/bpmn" targetNamespace="benchmarks">
        <process id="started">
          <startEvent id="start"/>
          <sequenceFlow sourceRef="start" targetRef="wait"/>
          <userTask id="wait"/>
        </process>
        <process id="startedByEvent">
          <startEvent id="start"><extensionElements>
            <flowable:eventType>orderPlaced</flowable:eventType>
            <flowable:eventOutParameter source="orderId" target="orderId"/>
            <flowable:eventOutParameter source="amount" target="amount"/>
          </extensionElements></startEvent>
          <sequenceFlow sourceRef="start" targetRef="wait"/>
          <userTask id="wait"/>
        </process>
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
  private static final String ORDER_PLACED =
      """
      { "key": "orderPlaced", "payload": [
        {"name": "orderId", "type": "string"}, {"name": "amount", "type": "integer"} ] }
      """;
  private static final String ORDER_PAID =
      """
      { "key": "orderPaid", "correlationParameters": [ {"name": "orderId", "type": "string"} ] }
      """;
  private static final String STARTS =
      """
      { "key": "starts", "channelType": "inbound", "type": "webhook",
        "path": "orders/{orderId}", "method": ["POST"], "status": 202,
        "body": {"received": "${pathVariables.orderId}"},
        "action": {"type": "startProcess", "processDefinitionKey": "started",
          "variables": {"orderId": "${pathVariables.orderId}", "amount": "${body.amount}"}} }
      """;
  private static final String TRUSTED =
      STARTS
          .replace("\"starts\"", "\"trusted\"")
          .replace("orders/{orderId}", "trusted/{orderId}")
          .replace(
              "\"status\"",
              """
              "signature": {"scheme": "github", "secret": "benchmark"},
                "deduplication": {"key": "${pathVariables.orderId}"}, "status\"""");
  private static final String PLACED =
      """
      { "key": "placed", "channelType": "inbound", "type": "webhook",
        "path": "placed/{orderId}", "method": ["POST"], "status": 202,
        "body": {"received": "${pathVariables.orderId}"},
        "payload": {"orderId": "${pathVariables.orderId}", "amount": "${body.amount}"},
        "channelEventKeyDetection": {"fixedValue": "orderPlaced"} }
      """;
  private static final String PAID =
      """
      { "key": "paid", "channelType": "inbound", "type": "webhook",
        "path": "paid/{orderId}", "method": ["POST"], "status": 202,
        "payload": {"orderId": "${pathVariables.orderId}"},
        "channelEventKeyDetection": {"fixedValue": "orderPaid"} }
      """;
  private static final String ONLY_ANSWERS =
      """
      { "key": "none%1$d", "channelType": "inbound", "type": "webhook",
        "path": "none%1$d/{id}", "method": ["POST"], "status": 202,
        "body": {"received": "${pathVariables.id}"}, "action": {"type": "none"} }
      """;

  private final HikariDataSource database;
  private final ProcessEngine engine;
  private final Tomcat tomcat;

  WebhookApplication(HikariDataSource database, String name, @Nullable StatementLog log)
      throws Exception {
    this.database = database;
    ProcessEngineConfigurationImpl configuration = new StandaloneProcessEngineConfiguration();
    configuration
        .setDataSource(log == null ? database : log.watch(database))
        .setDatabaseSchemaUpdate("true")
        .setEngineName(name);
    configuration.addConfigurator(
        new RestConnectorConfigurator(
            RestConnectorSettings.defaults()
                .withHttp(
                    HttpSettings.defaults()
                        .withAccess(
                            AccessSettings.defaults()
                                .withSecrets(Map.of("benchmark", Secret.of(SECRET)))))));
    engine = configuration.buildProcessEngine();
    deployment()
        .addString("processes.bpmn20.xml", PROCESSES)
        .addString("orderPlaced.event", ORDER_PLACED)
        .addString("orderPaid.event", ORDER_PAID)
        .addString("starts.channel", STARTS)
        .addString("trusted.channel", TRUSTED)
        .addString("placed.channel", PLACED)
        .addString("paid.channel", PAID)
        .deploy();
    deployTriggers(0, 1);
    tomcat = tomcat();
  }

  private Tomcat tomcat() throws Exception {
    Path directory = Files.createTempDirectory("benchmark-tomcat");
    Tomcat started = new Tomcat();
    started.setBaseDir(directory.toString());
    started.setPort(0);
    started.getConnector().setProperty("address", "127.0.0.1");
    // Without this a connection ends after a hundred requests.
    started.getConnector().setProperty("maxKeepAliveRequests", "-1");
    Context context = started.addContext("", null);
    Tomcat.addServlet(context, "webhooks", new WebhookServlet(engine));
    context.addServletMappingDecoded("/rest-connector/events/*", "webhooks");
    AnnotationConfigWebApplicationContext spring = new AnnotationConfigWebApplicationContext();
    spring.register(Mvc.class);
    spring.addBeanFactoryPostProcessor(
        beans ->
            beans.registerSingleton("controller", new BareController(engine.getRuntimeService())));
    Tomcat.addServlet(context, "spring", new DispatcherServlet(spring));
    context.addServletMappingDecoded("/", "spring");
    started.start();
    return started;
  }

  private DeploymentBuilder deployment() {
    return engine.getRepositoryService().createDeployment().disableSchemaValidation();
  }

  /** Triggers {@code none<n>/{id}} that only answer. */
  void deployTriggers(int from, int to) {
    DeploymentBuilder deployment = deployment();
    for (int i = from; i < to; i++) {
      deployment.addString("none" + i + ".channel", ONLY_ANSWERS.formatted(i));
    }
    deployment.deploy();
  }

  /**
   * Instances that wait for {@code paid/0}, {@code paid/1} and so on, and others that also wait.
   */
  void startWaiting(int instances, int others) throws SQLException {
    for (int i = 0; i < instances; i++) {
      startWaiting(i);
    }
    if (others > 0) {
      InstanceCopies.create(database, startWaiting(instances), others - 1);
    }
  }

  String startWaiting(int orderId) {
    return engine
        .getRuntimeService()
        .startProcessInstanceByKey("woken", Map.of("orderId", String.valueOf(orderId)))
        .getId();
  }

  int port() {
    return tomcat.getConnector().getLocalPort();
  }

  @Override
  public void close() throws LifecycleException {
    tomcat.stop();
    tomcat.destroy();
    engine.close();
    database.close();
  }

  @EnableWebMvc
  static class Mvc {}
}
