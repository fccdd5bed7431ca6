package io.restconnector.webhook.internal.early;

import static io.restconnector.webhook.internal.early.EarlySamples.KEEP;
import static io.restconnector.webhook.internal.early.EarlySamples.NEXT;
import static io.restconnector.webhook.internal.early.EarlySamples.channel;
import static io.restconnector.webhook.internal.early.EarlySamples.event;
import static io.restconnector.webhook.internal.early.EarlySamples.kept;
import static io.restconnector.webhook.internal.early.EarlySamples.process;
import static io.restconnector.webhook.internal.early.EarlySamples.start;
import static io.restconnector.webhook.internal.early.EarlySamples.tasks;
import static io.restconnector.webhook.internal.early.EarlySamples.waits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restconnector.fixtures.SlowServer;
import io.restconnector.fixtures.TestDatabase;
import io.restconnector.internal.platform.EngineJson;
import io.restconnector.webhook.WebhookEngine;
import io.restconnector.webhook.internal.request.WebhookResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.RuntimeService;
import tools.jackson.databind.JsonNode;

/**
 * A database that an engine of one line of Flowable makes, and that one of the next line goes on
 * with. Each runs in a JVM with the class path of its line; .ci/flowable7 starts them.
 */
final class MovedDatabase {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String ORDER = "{\"id\":7,\"exact\":999999999999999.99,\"lines\":[1,\"a\"]}";

  private MovedDatabase() {}

  /**
   * Makes the database, or goes on with it.
   *
   * @param arguments {@code make} or {@code goOn}, and a JDBC URL
   */
  public static void main(String[] arguments) {
    String version = ProcessEngine.VERSION;
    if (arguments[0].equals("make")) {
      try (WebhookEngine engine = engine(arguments[1], false)) {
        make(engine);
      }
    } else {
      goOn(arguments[1]);
    }
    System.out.println("moved database: " + arguments[0] + " with Flowable " + version);
  }

  private static WebhookEngine engine(String url, boolean hasWorker) {
    return WebhookEngine.on(
        TestDatabase.H2,
        url,
        configuration -> {
          configuration.setDatabaseSchemaUpdate("true").setAsyncExecutorActivate(hasWorker);
          configuration
              .getAsyncExecutorConfiguration()
              .setResetExpiredJobsInterval(Duration.ofMillis(200));
        });
  }

  private static void make(WebhookEngine engine) {
    engine.deploy(
        "paid.event",
        event("paid", "a"),
        "paid.channel",
        channel("paid", "\"status\": 202, "),
        "paid.bpmn20.xml",
        process("paid", "w", waits("w", "paid", "a"), "next", NEXT),
        "told.event",
        event("told", "a"),
        "told.channel",
        channel("told", KEEP),
        "told.bpmn20.xml",
        process("told", "w", waits("w", "told", "a"), "next", NEXT),
        "once.channel",
        WebhookEngine.channel(
            "once",
            "once",
            """
            "deduplication": {"key": "${headers['x-id']}"}, "status": 202,
            "action": {"type": "startProcess", "processDefinitionKey": "once",
              "variables": {"order": "${body}"}}
            """),
        "once.bpmn20.xml",
        process("once", "next", NEXT),
        "called.bpmn20.xml",
        process(
            "called",
            "call",
            "<serviceTask id=\"call\" flowable:type=\"external-worker\" flowable:topic=\"restGet\"/>",
            "next",
            NEXT));
    start(engine, "paid", "1", "x");
    assertThat(engine.post("told/1/x", ORDER).status()).isEqualTo(202);
    assertThat(kept(engine, "told")).hasSize(1);
    assertThat(once(engine).status()).isEqualTo(202);
    engine.runtime().startProcessInstanceByKey("called", Map.of("restUrl", "http://127.0.0.1:1/"));
    // As by a node that ends while its call is in flight.
    assertThat(
            engine
                .engine
                .getManagementService()
                .createExternalWorkerJobAcquireBuilder()
                .topic("restGet", Duration.ofSeconds(1))
                .acquireAndLock(1, "gone"))
        .hasSize(1);
  }

  private static void goOn(String url) {
    try (SlowServer server = SlowServer.start()) {
      try (WebhookEngine engine = engine(url, false)) {
        RuntimeService runtime = engine.runtime();
        assertThat(once(engine).status()).isEqualTo(202);
        assertThat(only(engine, "once")).satisfies(one -> isOrder(engine, one, "order"));

        String paid = only(engine, "paid");
        assertThat(engine.post("paid/1/x", ORDER).status()).isEqualTo(202);
        assertThat(tasks(engine, paid)).containsExactly("next");
        isOrder(engine, paid, "v");

        String told = start(engine, "told", "1", "x");
        await().atMost(PATIENCE).until(() -> tasks(engine, told).equals(List.of("next")));
        isOrder(engine, told, "v");
        assertThat(kept(engine, "told")).isEmpty();

        runtime.setVariable(only(engine, "called"), "restUrl", server.url("/called"));
      }
      try (WebhookEngine engine = engine(url, true)) {
        String call = only(engine, "called");
        await().atMost(PATIENCE).until(() -> tasks(engine, call).equals(List.of("next")));
        assertThat(engine.runtime().getVariable(call, "restStatus")).isEqualTo(200);
        assertThat(engine.runtime().getVariable(call, "restResult"))
            .hasToString("{\"path\":\"/called\"}");
      }
    }
  }

  private static WebhookResponse once(WebhookEngine engine) {
    return engine.send(
        "POST", "once", Map.of("content-type", "application/json", "x-id", "1"), ORDER);
  }

  private static String only(WebhookEngine engine, String process) {
    return engine
        .runtime()
        .createProcessInstanceQuery()
        .processDefinitionKey(process)
        .singleResult()
        .getId();
  }

  private static void isOrder(WebhookEngine engine, String instance, String variable) {
    assertThat(EngineJson.fromEngine(engine.runtime().getVariable(instance, variable)))
        .isInstanceOf(JsonNode.class)
        .hasToString(ORDER);
  }
}
