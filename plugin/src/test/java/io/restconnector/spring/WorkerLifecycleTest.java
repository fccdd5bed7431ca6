package io.restconnector.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restconnector.RestConnector;
import io.restconnector.RestConnectorConfigurator;
import io.restconnector.fixtures.Bpmn;
import io.restconnector.fixtures.TestDatabase;
import io.restconnector.webhook.Webhooks;
import io.restconnector.worker.internal.RestWorker;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.flowable.engine.ProcessEngine;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;

/** When the worker of a context starts that has a parent. */
class WorkerLifecycleTest {

  @EnableAutoConfiguration
  static class Engine {}

  static class Parent {}

  private static final String CHANNEL =
      """
      {"key": "kept", "channelType": "inbound", "type": "webhook", "path": "kept",
       "early": {"keep": "PT1H"}, "action": {"type": "signal", "name": "later"}}
      """;
  private static final String PROCESS =
      Bpmn.process(
              "p",
              """
          <startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="w"/>
          <intermediateCatchEvent id="w"><signalEventDefinition signalRef="later"/>
          </intermediateCatchEvent>
          """)
          .replace("<process ", "<signal id=\"later\" name=\"later\"/><process ");

  @Test
  void whenTheContextStopsThenNothingLooksForEarlyEventsUntilItStartsAgain() {
    Set<Thread> others = looking();
    new ApplicationContextRunner()
        .withPropertyValues("spring.datasource.url=" + TestDatabase.H2.url())
        .withUserConfiguration(Engine.class)
        .run(
            context -> {
              ProcessEngine engine = context.getBean(ProcessEngine.class);
              engine
                  .getRepositoryService()
                  .createDeployment()
                  .addString("kept.channel", CHANNEL)
                  .addString("p.bpmn20.xml", PROCESS)
                  .deploy();
              WorkerLifecycle lifecycle = context.getBean(WorkerLifecycle.class);
              assertThat(looking()).hasSizeGreaterThan(others.size());

              lifecycle.stop();

              assertThat(looking()).isSubsetOf(others);
              Webhooks.of(engine).answer("POST", "kept", Map.of(), new byte[0]);
              engine.getRuntimeService().startProcessInstanceByKey("p");
              assertThat(RestConnector.of(engine).earlyEvents().count()).isEqualTo(1);

              lifecycle.start();

              await()
                  .until(
                      () -> engine.getRuntimeService().createProcessInstanceQuery().count() == 0);
            });
  }

  /** The threads that look for early events. */
  private static Set<Thread> looking() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(each -> each.getName().startsWith("rest-connector-early"))
        .collect(Collectors.toSet());
  }

  @Test
  void whenAContextWithoutApplicationHasAnApplicationAsParentThenItsWorkerStartsWithIt() {
    SpringApplication application = new SpringApplication(Parent.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    application.setLogStartupInfo(false);
    try (ConfigurableApplicationContext parent = application.run()) {
      new ApplicationContextRunner()
          .withParent(parent)
          .withPropertyValues("spring.datasource.url=" + TestDatabase.H2.url())
          .withUserConfiguration(Engine.class)
          .run(
              context ->
                  assertThat(
                          context.getBean(RestConnectorConfigurator.class).unwrap(RestWorker.class))
                      .isNotNull()
                      .extracting(worker -> worker.status().takesJobs())
                      .isEqualTo(true));
    }
  }
}
