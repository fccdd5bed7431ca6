package io.restconnector.console;

import static io.restconnector.console.ConsoleApplication.CONSOLE;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.flowable.engine.ManagementService;
import org.flowable.engine.RepositoryService;
import org.flowable.engine.RuntimeService;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.FilteredClassLoader;
import tools.jackson.databind.JsonNode;

/** Secrets stand wherever they can, and the console tells none of them. */
class ConsoleLeakTest {

  private static final String SECRET = "0-Known-Secret";

  private static final String PROCESS =
      """
      <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
          xmlns:flowable="http://flowable.org/bpmn" targetNamespace="t">
        <process id="order">
          <documentation>0-Known-Secret</documentation>
          <startEvent id="start"/>
          <sequenceFlow id="f1" sourceRef="start" targetRef="call"/>
          <serviceTask id="call" flowable:delegateExpression="${restPost}" flowable:async="true">
            <extensionElements>
              <flowable:field name="restUrl"><flowable:expression>${url}</flowable:expression></flowable:field>
              <flowable:field name="authentication"><flowable:string>shop</flowable:string></flowable:field>
              <flowable:field name="requestHeaders"><flowable:string>{"X-Copy": "0-Known-Secret"}</flowable:string></flowable:field>
              <flowable:field name="requestPayload"><flowable:string>{"copy": "0-Known-Secret"}</flowable:string></flowable:field>
            </extensionElements>
          </serviceTask>
        </process>
      </definitions>
      """;
  private static final String CHANNEL =
      """
      {"key": "orders", "channelType": "inbound", "type": "webhook", "path": "orders/{id}",
       "authentication": {"type": "bearer", "secret": "key"}, "action": {"type": "none"}}
      """;

  @ParameterizedTest
  @ValueSource(strings = {"metadata", "headers", "bodies"})
  void whenSecretsStandEverywhereThenNoAnswerHoldsOne(String capture) throws IOException {
    HttpServer shop =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    shop.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().add("X-Copy", SECRET);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(404, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    shop.start();
    String origin = "http://127.0.0.1:" + shop.getAddress().getPort();
    try (ConsoleApplication application =
        ConsoleApplication.start(
            new FilteredClassLoader("org.springframework.security"),
            "flowable.async-executor-activate=false",
            "rest-connector.journal.capture=" + capture,
            "rest-connector.secrets.key=" + SECRET,
            "rest-connector.authentications.shop.type=bearer",
            "rest-connector.authentications.shop.secret=key")) {
      application
          .bean(RepositoryService.class)
          .createDeployment()
          .addString("order.bpmn20.xml", PROCESS)
          .addString("orders.channel", CHANNEL)
          .deploy();
      String instance = fail(application, origin + "/" + SECRET + "?q=" + SECRET);
      for (String token : List.of(SECRET, SECRET + "x")) {
        application.send(
            "POST",
            "/rest-connector/events/orders/" + SECRET + "?q=" + SECRET,
            "{\"copy\": \"0-Known-Secret\"}",
            "Content-Type: application/json",
            "Authorization: Bearer " + token,
            "X-Copy: " + SECRET);
      }

      StringBuilder told = new StringBuilder();
      for (String path : List.of("overview", "calls", "requests", "instances", "calls?find=0-")) {
        told.append(application.get(CONSOLE + "/api/" + path).body());
      }
      for (String list : List.of("calls", "requests")) {
        JsonNode entries = application.get(CONSOLE + "/api/" + list).json();
        assertThat(entries).as(list).isNotEmpty();
        entries.forEach(
            each -> {
              String path = CONSOLE + "/api/" + list + "/" + each.get("id").asLong();
              told.append(application.get(path).body());
            });
      }
      told.append(application.get(CONSOLE + "/api/instances/" + instance).body());
      told.append(application.get(CONSOLE + "/api/instances/" + instance + "/diagram").body());

      assertThat(told.toString())
          .doesNotContain(SECRET)
          .contains("NOT_FOUND", "\"deadLetters\":[{", "<serviceTask id=\"call\"");
    } finally {
      shop.stop(0);
    }
  }

  private static String fail(ConsoleApplication application, String url) {
    String instance =
        application
            .bean(RuntimeService.class)
            .startProcessInstanceByKey("order", Map.of("url", url))
            .getId();
    ManagementService management = application.bean(ManagementService.class);
    String job = management.createJobQuery().processInstanceId(instance).singleResult().getId();
    try {
      management.executeJob(job);
    } catch (RuntimeException failed) {
      assertThat(failed).hasStackTraceContaining("NOT_FOUND");
    }
    String timer =
        management.createTimerJobQuery().processInstanceId(instance).singleResult().getId();
    management.moveJobToDeadLetterJob(timer);
    return instance;
  }
}
