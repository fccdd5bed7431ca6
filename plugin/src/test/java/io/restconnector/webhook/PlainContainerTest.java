package io.restconnector.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.fixtures.Bpmn;
import io.restconnector.fixtures.LoopbackTomcat;
import io.restconnector.fixtures.PlainEngines;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.flowable.engine.ProcessEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainContainerTest {

  private static final String CHANNEL =
      """
      { "key": "orders", "channelType": "inbound", "type": "webhook",
        "path": "orders/{orderId}", "method": ["POST"], "status": 202,
        "body": {"received": "${pathVariables.orderId}"},
        "payload": {"orderId": "${pathVariables.orderId}", "amount": "${body.amount}"},
        "channelEventKeyDetection": {"fixedValue": "orderPlaced"} }
      """;
  private static final String EVENT =
      """
      { "key": "orderPlaced", "name": "Order placed", "payload": [
        {"name": "orderId", "type": "string"}, {"name": "amount", "type": "integer"} ] }
      """;
  private static final String PROCESS =
      Bpmn.process(
          "order",
          """
          <startEvent id="placed"><extensionElements>
            <flowable:eventType>orderPlaced</flowable:eventType>
            <flowable:eventOutParameter source="orderId" target="orderId"/>
            <flowable:eventOutParameter source="amount" target="amount"/>
          </extensionElements></startEvent>
          <sequenceFlow sourceRef="placed" targetRef="wait"/>
          <userTask id="wait"/>
          """);

  @Test
  void whenServletIsAddedToATomcatThenARequestStartsAProcess(@TempDir Path directory)
      throws Exception {
    ProcessEngine engine = PlainEngines.configuration().buildProcessEngine();
    engine
        .getRepositoryService()
        .createDeployment()
        .addString("orders.channel", CHANNEL)
        .addString("orderPlaced.event", EVENT)
        .addString("order.bpmn20.xml", PROCESS)
        .deploy();
    try (LoopbackTomcat tomcat = new LoopbackTomcat(directory)) {
      Context context = tomcat.context;
      Tomcat.addServlet(context, "webhooks", new WebhookServlet(engine));
      context.addServletMappingDecoded("/rest-connector/events/*", "webhooks");
      tomcat.start();
      HttpResponse<String> response =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(
                          URI.create(tomcat.url("/rest-connector/events/orders/o-7")))
                      .header("Content-Type", "application/json")
                      .POST(BodyPublishers.ofString("{\"amount\": 5}"))
                      .build(),
                  BodyHandlers.ofString());

      assertThat(response.statusCode()).isEqualTo(202);
      assertThat(response.body()).isEqualTo("{\"received\":\"o-7\"}");
      var instance = engine.getRuntimeService().createProcessInstanceQuery().singleResult();
      assertThat(engine.getRuntimeService().getVariables(instance.getId()))
          .containsEntry("orderId", "o-7")
          .containsEntry("amount", 5);
    } finally {
      engine.close();
    }
  }
}
