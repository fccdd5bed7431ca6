package io.restconnector.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.testing.Answer;
import io.restconnector.testing.RestConnectorExtension;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.ProcessEngineConfiguration;
import org.flowable.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReservationProcessTest {

  @RegisterExtension static final RestConnectorExtension rest = new RestConnectorExtension();

  private static ProcessEngine engine;

  @BeforeAll
  static void start() {
    ProcessEngineConfiguration configuration = new StandaloneInMemProcessEngineConfiguration();
    engine = rest.start(configuration);
    engine
        .getRepositoryService()
        .createDeployment()
        .addClasspathResource("reservation.bpmn20.xml")
        .deploy();
  }

  @AfterAll
  static void stop() {
    engine.close();
  }

  @Test
  void whenTheItemIsThereThenItIsReserved() {
    rest.on("reserve").answers(Answer.status(503), Answer.json(201, "{\"place\": \"A7\"}"));

    engine.getRuntimeService().startProcessInstanceByKey("reservation");

    assertThat(engine.getTaskService().createTaskQuery().singleResult().getName())
        .isEqualTo("Pack what lies in A7");
    assertThat(rest.calls("reserve").get(0).body()).isEqualTo("{\"item\":\"lamp\"}");
    rest.assertAllCalled();
  }
}
