package io.restconnector.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.restconnector.RestConnectorConfigurator;
import io.restconnector.fixtures.Bpmn;
import io.restconnector.fixtures.PlainEngines;
import io.restconnector.fixtures.SlowServer;
import io.restconnector.fixtures.TestDatabase;
import io.restconnector.fixtures.platform.ShownHealth;
import io.restconnector.webhook.WebhookServlet;
import io.restconnector.worker.internal.RestWorker;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.flowable.engine.ProcessEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class RestConnectorOperationsAutoConfigurationTest {

  private static final String CALL =
      Bpmn.process(
          "p",
          """
          <startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="call"/>
          <serviceTask id="call" flowable:type="external-worker" flowable:topic="restGet"
            flowable:exclusive="false"/>
          <sequenceFlow sourceRef="call" targetRef="done"/><userTask id="done"/>
          """);

  /** Spring Boot 3.5 has a registry and a tracer of its own with Actuator. */
  private static final String NO_REGISTRY =
      "spring.autoconfigure.exclude="
          + "org.springframework.boot.actuate.autoconfigure.observation.ObservationAutoConfiguration,"
          + "org.springframework.boot.actuate.autoconfigure.tracing.MicrometerTracingAutoConfiguration";

  private static ApplicationContextRunner runner() {
    return new ApplicationContextRunner()
        .withPropertyValues("spring.datasource.url=" + TestDatabase.H2.url())
        .withUserConfiguration(Application.class);
  }

  @EnableAutoConfiguration
  static class Application {}

  @Test
  void whenACallIsInFlightThenMetersAndHealthShowItAndTheContextWaitsForIt() {
    try (SlowServer server = SlowServer.start()) {
      runner()
          .run(
              context -> {
                SimpleMeterRegistry registry = new SimpleMeterRegistry();
                context.getBean("restConnectorMeters", MeterBinder.class).bindTo(registry);
                ProcessEngine engine = engineWithCall(context);
                engine
                    .getRuntimeService()
                    .startProcessInstanceByKey("p", Map.of("restUrl", server.url("/hold")));
                await().until(() -> server.open() == 1);

                assertThat(registry.get("rest.connector.worker.in.flight").gauge().value())
                    .isEqualTo(1);
                assertThat(registry.get("rest.connector.worker.queue.age").gauge().value())
                    .isZero();
                ShownHealth health = ShownHealth.of(context);
                assertThat(health.status()).isEqualTo("UP");
                assertThat(health.details())
                    .containsEntry("inFlight", 1)
                    .containsEntry("sends", true)
                    .containsEntry("takesJobs", true);

                server.releaseAll();
                await().until(() -> engine.getTaskService().createTaskQuery().count() == 1);
                assertThat(
                        registry
                            .get("rest.connector.calls")
                            .tags("action", "restGet", "outcome", "2xx", "origin", server.url(""))
                            .timer()
                            .count())
                    .isEqualTo(1);
                assertThat(registry.get("rest.connector.worker.in.flight").gauge().value())
                    .isZero();
              });
    }
  }

  private static ProcessEngine engineWithCall(ApplicationContext context) {
    ProcessEngine engine = context.getBean(ProcessEngine.class);
    engine.getRepositoryService().createDeployment().addString("p.bpmn20.xml", CALL).deploy();
    return engine;
  }

  @Test
  void whenAContextIsStoppedAndStartedThenItsWorkerTakesJobsAgain() {
    try (SlowServer server = SlowServer.start()) {
      runner()
          .run(
              context -> {
                ProcessEngine engine = engineWithCall(context);
                context.stop();
                engine
                    .getRuntimeService()
                    .startProcessInstanceByKey("p", Map.of("restUrl", server.url("/stopped")));
                context.start();
                engine
                    .getRuntimeService()
                    .startProcessInstanceByKey("p", Map.of("restUrl", server.url("/started")));

                await().until(() -> engine.getTaskService().createTaskQuery().count() == 2);
                assertThat(
                        context.getBean(RestConnectorConfigurator.class).unwrap(RestWorker.class))
                    .extracting(worker -> worker.status().takesJobs())
                    .isEqualTo(true);
              });
    }
  }

  @Test
  void whenAnApplicationIsNotReadyThenItsWorkerTakesNoJobsAndThenItDoes() {
    try (SlowServer server = SlowServer.start()) {
      SpringApplication application = new SpringApplication(StartingApplication.class);
      application.setWebApplicationType(WebApplicationType.NONE);
      application.setDefaultProperties(
          Map.of(
              "spring.datasource.url",
              TestDatabase.H2.url(),
              "test.url",
              server.url("/x"),
              "rest-connector.worker.enabled",
              "true",
              "spring.main.banner-mode",
              "off"));
      try (ConfigurableApplicationContext context = application.run()) {
        Starting starting = context.getBean(Starting.class);
        assertThat(starting.takingJobs).containsExactly(false, false, false);
        ProcessEngine engine = context.getBean(ProcessEngine.class);
        await().until(() -> engine.getTaskService().createTaskQuery().count() == 1);
      }
    }
  }

  @EnableAutoConfiguration
  static class StartingApplication {
    @Bean
    Starting starting(
        ProcessEngine engine,
        RestConnectorConfigurator connector,
        @Value("${test.url}") String url) {
      return new Starting(engine, connector, url);
    }
  }

  /** Looks at the worker while its context is made, when the last bean starts, and when it runs. */
  static final class Starting implements SmartLifecycle, ApplicationRunner {
    final List<Boolean> takingJobs = new ArrayList<>();
    private final RestConnectorConfigurator connector;

    Starting(ProcessEngine engine, RestConnectorConfigurator connector, String url) {
      this.connector = connector;
      engine.getRepositoryService().createDeployment().addString("p.bpmn20.xml", CALL).deploy();
      engine.getRuntimeService().startProcessInstanceByKey("p", Map.of("restUrl", url));
      look();
    }

    private void look() {
      RestWorker worker = connector.unwrap(RestWorker.class);
      takingJobs.add(worker != null && worker.status().takesJobs());
    }

    @Override
    public void start() {
      look();
    }

    @Override
    public void run(ApplicationArguments arguments) {
      look();
    }

    @Override
    public void stop() {}

    @Override
    public boolean isRunning() {
      return takingJobs.size() > 1;
    }
  }

  @Test
  void whenTheDatabaseIsGoneThenAContextThatIsClosedLeavesNoThread() {
    AtomicBoolean gone = new AtomicBoolean();
    runner()
        .withBean(DataSource.class, () -> new GoneDatabase(gone))
        .run(
            context -> {
              context.getBean(ProcessEngine.class);
              await()
                  .until(
                      () ->
                          context.getBean(RestConnectorConfigurator.class).unwrap(RestWorker.class)
                              != null);
              gone.set(true);
            });
    await()
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.startsWith("rest-connector")));
  }

  private static final class GoneDatabase extends DelegatingDataSource {
    private final AtomicBoolean gone;

    GoneDatabase(AtomicBoolean gone) {
      this.gone = gone;
      setTargetDataSource(PlainEngines.database());
    }

    @Override
    public Connection getConnection() throws SQLException {
      if (gone.get()) {
        throw new SQLException("gone", "08001");
      }
      return super.getConnection();
    }
  }

  @Test
  void whenWebhookRequestsAreAnsweredThenTheMeterHasThemByTriggerAndOutcome() {
    runner()
        .run(
            context -> {
              SimpleMeterRegistry registry = new SimpleMeterRegistry();
              context.getBean("restConnectorMeters", MeterBinder.class).bindTo(registry);
              ProcessEngine engine = context.getBean(ProcessEngine.class);
              engine
                  .getRepositoryService()
                  .createDeployment()
                  .addString(
                      "ping.channel",
                      """
                      {"key": "ping", "channelType": "inbound", "type": "webhook",
                       "path": "ping", "action": {"type": "none"}}
                      """)
                  .deploy();
              WebhookServlet servlet = new WebhookServlet(engine);
              for (String path : List.of("ping", "ping", "pong/1", "pong/2")) {
                servlet.service(
                    new MockHttpServletRequest("POST", "/" + path), new MockHttpServletResponse());
              }

              assertThat(webhooks(registry, "ping", "Fired")).isEqualTo(2);
              assertThat(webhooks(registry, "none", "NotMatched")).isEqualTo(2);
              assertThat(registry.find("rest.connector.webhooks").timers()).hasSize(2);
            });
  }

  private static long webhooks(SimpleMeterRegistry registry, String trigger, String outcome) {
    return registry
        .get("rest.connector.webhooks")
        .tags("trigger", trigger, "outcome", outcome)
        .timer()
        .count();
  }

  @Test
  void whenTheApplicationHasARegistryForObservationsThenItsCallsAndWebhooksAreObserved() {
    InMemorySpanExporter spans = InMemorySpanExporter.create();
    try (SlowServer server = SlowServer.start()) {
      runner()
          .withPropertyValues(NO_REGISTRY)
          .withBean(ObservationRegistry.class, () -> TracedNode.observations("app", spans))
          .run(
              context -> {
                engineWithCall(context)
                    .getRuntimeService()
                    .startProcessInstanceByKey("p", Map.of("restUrl", server.url("/x")));
                await().until(() -> spans.getFinishedSpanItems().size() == 3);
                new WebhookServlet(context.getBean(ProcessEngine.class))
                    .service(
                        new MockHttpServletRequest("POST", "/none"), new MockHttpServletResponse());

                assertThat(spans.getFinishedSpanItems())
                    .extracting(SpanData::getName)
                    .containsExactlyInAnyOrder("send restGet", "process restGet", "GET", "POST");
              });
    }
    runner()
        .withPropertyValues(NO_REGISTRY)
        .run(context -> assertThat(context).doesNotHaveBean("restConnectorObservations"));
  }

  @Test
  void whenMicrometerAndActuatorAreAbsentThenTheApplicationStarts() {
    new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                RestConnectorAutoConfiguration.class,
                RestConnectorOperationsAutoConfiguration.class))
        .withClassLoader(
            new FilteredClassLoader(
                "io.micrometer",
                "org.springframework.boot.health",
                "org.springframework.boot.actuate.health"))
        .run(
            context ->
                assertThat(context)
                    .hasNotFailed()
                    .hasBean("restConnectorWorkerLifecycle")
                    .doesNotHaveBean("restConnectorMeters")
                    .doesNotHaveBean("restConnectorObservations")
                    .doesNotHaveBean("restConnectorHealthIndicator"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "management.health.rest-connector.enabled",
        "management.health.restConnector.enabled",
        "management.health.defaults.enabled"
      })
  void whenHealthIsSwitchedOffThenThereIsNoIndicator(String property) {
    runner()
        .withPropertyValues(property + "=false")
        .run(context -> assertThat(context).doesNotHaveBean("restConnectorHealthIndicator"));
  }
}
