package io.restconnector.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.restconnector.RestConnectorConfigurator;
import io.restconnector.testing.SlowServer;
import io.restconnector.webhook.WebhookServlet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.flowable.engine.ProcessEngine;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class RestConnectorOperationsTest {

  private static final String CALL =
      """
      <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
        xmlns:flowable="http://flowable.org/bpmn" targetNamespace="test">
        <process id="p"><startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="call"/>
        <serviceTask id="call" flowable:type="external-worker" flowable:topic="restGet"
          flowable:exclusive="false"/>
        <sequenceFlow sourceRef="call" targetRef="done"/><userTask id="done"/></process>
      </definitions>
      """;

  private static ApplicationContextRunner runner() {
    return new ApplicationContextRunner()
        .withPropertyValues(
            "spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1")
        .withUserConfiguration(Application.class);
  }

  @EnableAutoConfiguration
  static class Application {}

  @Test
  void whenACallIsInTheAirThenMetersAndHealthShowItAndTheContextWaitsForIt() {
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
                Health health =
                    Objects.requireNonNull(
                        context
                            .getBean("restConnectorHealthIndicator", HealthIndicator.class)
                            .health());
                assertThat(health.getStatus()).isEqualTo(Status.UP);
                assertThat(health.getDetails())
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
                assertThat(context.getBean(RestConnectorConfigurator.class).worker())
                    .extracting(worker -> worker.status().takesJobs())
                    .isEqualTo(true);
              });
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
  void whenMicrometerAndActuatorAreAbsentThenTheApplicationStarts() {
    new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                RestConnectorAutoConfiguration.class,
                RestConnectorOperationsAutoConfiguration.class))
        .withClassLoader(
            new FilteredClassLoader("io.micrometer", "org.springframework.boot.health"))
        .run(
            context ->
                assertThat(context)
                    .hasNotFailed()
                    .hasBean("restConnectorWorkerLifecycle")
                    .doesNotHaveBean("restConnectorMeters")
                    .doesNotHaveBean("restConnectorHealthIndicator"));
  }
}
