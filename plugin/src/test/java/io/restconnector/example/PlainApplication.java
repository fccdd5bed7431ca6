package io.restconnector.example;

import io.restconnector.RestConnectorConfigurator;
import io.restconnector.RestConnectorSettings;
import io.restconnector.http.AccessSettings;
import io.restconnector.http.AuthenticationSettings;
import io.restconnector.http.HttpSettings;
import io.restconnector.spi.Secret;
import io.restconnector.webhook.WebhookServlet;
import io.restconnector.worker.WorkerSettings;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;

/** An engine with the REST connector, without Spring. */
public final class PlainApplication {

  /** Started by a webhook, asks a service of the partner, and holds no thread meanwhile. */
  private static final String PROCESS =
      """
      <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
          xmlns:flowable="http://flowable.org/bpmn" targetNamespace="example">
        <process id="order">
          <startEvent id="placed"/>
          <sequenceFlow sourceRef="placed" targetRef="ask"/>
          <serviceTask id="ask" flowable:type="external-worker" flowable:topic="restGet">
            <extensionElements>
              <flowable:in sourceExpression="${partner}/prices/${item}" target="restUrl"/>
              <flowable:in sourceExpression="partner" target="authentication"/>
              <flowable:out source="restResult" target="price"/>
            </extensionElements>
          </serviceTask>
          <sequenceFlow sourceRef="ask" targetRef="check"/>
          <userTask id="check"/>
        </process>
      </definitions>
      """;

  private static final String CHANNEL =
      """
      {"key": "orders", "channelType": "inbound", "type": "webhook", "path": "orders",
       "method": "POST", "status": 202,
       "authentication": {"type": "bearer", "secret": "orders"},
       "action": {"type": "startProcess", "processDefinitionKey": "order",
                  "variables": {"item": "${body.item}"}}}
      """;

  private PlainApplication() {}

  /** Arguments: a PKCS #12 file with the authority of the partner, and its password. */
  public static void main(String[] arguments) throws Exception {
    SSLContext trust = trust(Path.of(arguments[0]), arguments[1]);
    Map<String, String> environment = System.getenv();
    ProcessEngine engine = engine(settings(trust, environment), environment.get("PARTNER_HOST"));
    Tomcat tomcat = tomcat(engine, 8080);
    Runtime.getRuntime().addShutdownHook(new Thread(engine::close));
    tomcat.getServer().await();
  }

  static RestConnectorSettings settings(SSLContext trust, Map<String, String> environment) {
    AccessSettings access =
        AccessSettings.defaults()
            .withSecrets(
                Map.of(
                    "partner", Secret.of(environment.get("PARTNER_TOKEN")),
                    "orders", Secret.of(environment.get("ORDERS_TOKEN"))))
            .withSslContexts(Map.of("partner", trust))
            .withAuthentications(
                Map.of(
                    "partner",
                    AuthenticationSettings.bearer("partner")
                        .withHosts(List.of(environment.get("PARTNER_HOST")))
                        .withSslBundle("partner")));
    return RestConnectorSettings.defaults()
        .withHttp(
            HttpSettings.defaults().withAccess(access).withDefaultTimeout(Duration.ofSeconds(10)))
        .withWorker(WorkerSettings.defaults().withPollInterval(Duration.ofMillis(500)));
  }

  static SSLContext trust(Path file, String password) throws Exception {
    KeyStore authority = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      authority.load(in, password.toCharArray());
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(authority);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  /** The worker of external-worker tasks wants a running async executor. */
  static ProcessEngine engine(RestConnectorSettings settings, String partner) {
    ProcessEngineConfigurationImpl configuration = new StandaloneInMemProcessEngineConfiguration();
    configuration.setJdbcUrl("jdbc:h2:mem:orders;DB_CLOSE_DELAY=-1");
    configuration.setAsyncExecutorActivate(true);
    configuration.setBeans(Map.of("partner", "https://" + partner));
    configuration.addConfigurator(new RestConnectorConfigurator(settings));
    ProcessEngine engine = configuration.buildProcessEngine();
    engine
        .getRepositoryService()
        .createDeployment()
        .addString("order.bpmn20.xml", PROCESS)
        .addString("orders.channel", CHANNEL)
        .deploy();
    return engine;
  }

  static Tomcat tomcat(ProcessEngine engine, int port) throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
    tomcat.setPort(port);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context context = tomcat.addContext("", null);
    Tomcat.addServlet(context, "webhooks", new WebhookServlet(engine));
    context.addServletMappingDecoded("/rest-connector/events/*", "webhooks");
    tomcat.start();
    return tomcat;
  }
}
