package io.restconnector.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.junit.jupiter.api.Test;

class RestWorkerTest {

  @Test
  void whenProcessReachesExternalTaskThenWorkerCallsAndProcessGoesOn() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = "{\"rate\":1.5}".getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    ProcessEngine engine =
        new StandaloneInMemProcessEngineConfiguration()
            .setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1")
            .setDatabaseSchemaUpdate("true")
            .setAsyncExecutorActivate(true)
            .buildProcessEngine();
    try {
      engine
          .getRepositoryService()
          .createDeployment()
          .addString(
              "p.bpmn20.xml",
              """
              <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:flowable="http://flowable.org/bpmn" targetNamespace="t">
                <process id="p"><startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="call"/>
                <serviceTask id="call" flowable:type="external-worker" flowable:topic="restGet" flowable:exclusive="false"/>
                <sequenceFlow sourceRef="call" targetRef="w"/><userTask id="w"/></process></definitions>
              """)
          .deploy();
      var instance =
          engine
              .getRuntimeService()
              .createProcessInstanceBuilder()
              .processDefinitionKey("p")
              .variable("restUrl", "http://127.0.0.1:" + server.getAddress().getPort() + "/x")
              .start();
      await()
          .untilAsserted(
              () ->
                  assertThat(engine.getTaskService().createTaskQuery().list())
                      .extracting("taskDefinitionKey")
                      .containsExactly("w"));
      var variables = engine.getRuntimeService().getVariables(instance.getId());
      assertThat(variables).containsEntry("restStatus", 200);
      assertThat(variables.get("restResult")).hasToString("{\"rate\":1.5}");
    } finally {
      engine.close();
      server.stop(0);
    }
  }
}
