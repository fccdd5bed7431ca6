package io.restconnector.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.flowable.engine.ProcessEngine;
import org.flowable.engine.RuntimeService;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;

/** An application without servlets. */
@SpringBootTest(
    classes = SpringTest.Application.class,
    webEnvironment = SpringBootTest.WebEnvironment.NONE,
    properties = "spring.datasource.url=jdbc:h2:mem:kit;DB_CLOSE_DELAY=-1")
class SpringTest {

  @RegisterExtension static final RestConnectorExtension rest = new RestConnectorExtension();

  @Autowired ProcessEngine engine;
  @Autowired RuntimeService runtime;

  @Test
  void whenATaskIsStubbedThenTheApplicationGetsTheAnswer() {
    rest.on("reserve").answer(200);
    TestProcess.deploy(
        engine, "delegate", TestProcess.sequence(TestProcess.delegate("restPut", "")));

    runtime.startProcessInstanceByKey("delegate");

    assertThat(runtime.createProcessInstanceQuery().count()).isZero();
    assertThat(rest.calls("reserve")).hasSize(1);
  }

  @Test
  void whenAnExternalWorkerTaskIsStubbedThenTheApplicationGetsTheAnswer() {
    rest.on("reserve").answer(409);
    TestProcess.deploy(engine, "worker", TestProcess.sequence(TestProcess.worker("restPut")));

    runtime.startProcessInstanceByKey("worker");

    await().untilAsserted(() -> assertThat(runtime.createProcessInstanceQuery().count()).isZero());
    assertThat(rest.calls("reserve")).hasSize(1);
  }

  @Test
  void whenAWebhookRequestIsSentThenTheEngineOfTheApplicationAnswers() {
    assertThat(rest.webhook("nowhere").json("{}").send().status()).isEqualTo(404);
  }

  /** Shares the application, and its stubs. */
  @Nested
  class Within {

    @Test
    void whenATaskIsStubbedThenTheApplicationGetsTheAnswer() {
      rest.on("reserve").answer(200);
      TestProcess.deploy(
          engine, "nested", TestProcess.sequence(TestProcess.delegate("restGet", "")));

      runtime.startProcessInstanceByKey("nested");

      assertThat(rest.calls()).hasSize(1);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {}
}
