package io.restconnector.webhook.internal.respond;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restconnector.fixtures.LoopbackTomcat;
import io.restconnector.fixtures.OtherJvm;
import io.restconnector.fixtures.TestDatabase;
import io.restconnector.webhook.WebhookEngine;
import io.restconnector.webhook.WebhookServlet;
import io.restconnector.webhook.internal.WebhookEndpoint;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.threads.ThreadPoolExecutor;
import org.flowable.common.engine.impl.persistence.StrongUuidGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two nodes on one database; processes end on the one where nobody waits. */
@Tag("cluster")
class RespondClusterTest {

  private static final int REQUESTS = 500;
  private static final int THREADS = 20;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final String PROCESS =
      """
      <process id="quote"><startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="t"/>
        <userTask id="t"/><sequenceFlow sourceRef="t" targetRef="e"/><endEvent id="e"/></process>
      """;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<AutoCloseable> opened = new ArrayList<>();

  private record Node(WebhookEngine engine, LoopbackTomcat tomcat) {

    int waiting() {
      return WebhookEndpoint.of(engine.engine).triggers().waitingRequests();
    }

    int busyThreads() {
      return ((ThreadPoolExecutor) tomcat.tomcat.getConnector().getProtocolHandler().getExecutor())
          .getActiveCount();
    }
  }

  @AfterEach
  void close() throws Exception {
    for (int i = opened.size() - 1; i >= 0; i--) {
      opened.get(i).close();
    }
  }

  private static String channel(String key, String within) {
    return WebhookEngine.channel(
        key,
        key + "/{number}",
        """
        "action": {"type": "startProcess", "processDefinitionKey": "quote",
          "businessKey": "${pathVariables.number}"},
        "deduplication": {"key": "${pathVariables.number}"},
        "respond": {"when": "ended", "within": "%s",
          "body": ["${pathVariables.number}", "${result.instance.businessKey}",
            "${result.instance.variables.price}"]}
        """
            .formatted(within));
  }

  private WebhookEngine engine(TestDatabase database, String url) {
    WebhookEngine engine =
        WebhookEngine.on(
            database,
            url,
            each -> {
              // That of a standalone engine takes a second connection inside the transaction.
              each.setIdGenerator(new StrongUuidGenerator());
              each.setJdbcMaxIdleConnections(40);
            });
    opened.add(engine);
    return engine;
  }

  private static LoopbackTomcat tomcat(WebhookEngine engine, Path directory)
      throws LifecycleException {
    LoopbackTomcat tomcat = new LoopbackTomcat(directory);
    tomcat.tomcat.getConnector().setProperty("maxThreads", String.valueOf(THREADS));
    // A busy machine may take longer than Tomcat waits for a request on an open connection.
    tomcat.tomcat.getConnector().setProperty("connectionTimeout", "120000");
    Tomcat.addServlet(tomcat.context, "webhooks", new WebhookServlet(engine.engine));
    tomcat.context.addServletMappingDecoded("/rest-connector/events/*", "webhooks");
    tomcat.start();
    return tomcat;
  }

  private Node node(TestDatabase database, String url, Path directory) throws LifecycleException {
    WebhookEngine engine = engine(database, url);
    LoopbackTomcat tomcat = tomcat(engine, directory);
    opened.add(tomcat);
    return new Node(engine, tomcat);
  }

  private static void deploy(WebhookEngine engine) {
    engine.deploy(
        "quote.bpmn20.xml", PROCESS,
        "patient.channel", channel("patient", "PT5M"),
        "brief.channel", channel("brief", "PT2S"));
  }

  private static void complete(WebhookEngine engine, String number, int price) {
    String task =
        engine
            .engine
            .getTaskService()
            .createTaskQuery()
            .processInstanceBusinessKey(number)
            .singleResult()
            .getId();
    engine.engine.getTaskService().complete(task, Map.of("price", price));
  }

  private CompletableFuture<HttpResponse<String>> post(Object port, String path) {
    return client.sendAsync(
        HttpRequest.newBuilder(URI.create(url(port, "/rest-connector/events/" + path)))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{}"))
            .build(),
        BodyHandlers.ofString());
  }

  private static String url(Object port, String path) {
    return "http://127.0.0.1:" + port + path;
  }

  private HttpResponse<String> look(Node node, HttpResponse<String> accepted) throws Exception {
    String location = accepted.headers().firstValue("Location").orElseThrow();
    return client.send(
        HttpRequest.newBuilder(URI.create(url(node.tomcat().port(), location))).build(),
        BodyHandlers.ofString());
  }

  private static String answer(String number, int price) {
    return "[\"%1$s\",\"%1$s\",%2$d]".formatted(number, price);
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void whenHundredsWaitOnTwoNodesThenNoThreadIsHeldAndEachGetsTheAnswerOfItsOwnInstance(
      TestDatabase database, @TempDir Path directory) throws Exception {
    String url = database.url();
    List<Node> nodes =
        List.of(
            node(database, url, directory.resolve("one")),
            node(database, url, directory.resolve("two")));
    deploy(nodes.get(0).engine);
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (int i = 0; i < REQUESTS; i++) {
      String path = (i % 2 == 0 ? "patient/" : "brief/") + i;
      answers.add(post(nodes.get(0).tomcat().port(), path));
    }
    // The brief ones go away by themselves.
    for (int i = 1; i < REQUESTS; i += 2) {
      assertThat(answers.get(i).get(2, TimeUnit.MINUTES).statusCode()).isEqualTo(202);
    }
    await()
        .atMost(PATIENCE)
        .until(() -> nodes.get(0).waiting() == REQUESTS / 2 && nodes.get(0).busyThreads() == 0);

    for (int i = 0; i < REQUESTS; i++) {
      complete(nodes.get(1).engine, String.valueOf(i), i);
    }

    for (int i = 0; i < REQUESTS; i++) {
      HttpResponse<String> answer = answers.get(i).get(2, TimeUnit.MINUTES);
      String body = i % 2 == 0 ? answer.body() : look(nodes.get(1), answer).body();
      assertThat(body).isEqualTo(answer(String.valueOf(i), i));
    }
    assertThat(nodes.get(0).waiting()).isZero();
  }

  @Test
  void whenTheNodeDiesThenTheOtherHasItsAnswers(@TempDir Path directory) throws Exception {
    String url = TestDatabase.POSTGRES.url();
    Node other = node(TestDatabase.POSTGRES, url, directory.resolve("other"));
    deploy(other.engine);
    HttpResponse<String> accepted;
    CompletableFuture<HttpResponse<String>> lost;
    try (OtherJvm dying = RespondNode.start(url, directory.resolve("dying"))) {
      String port = dying.awaitReady();
      accepted = post(port, "brief/1").get(2, TimeUnit.MINUTES);
      assertThat(accepted.statusCode()).isEqualTo(202);
      lost = post(port, "patient/2");
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  other
                          .engine
                          .runtime()
                          .createProcessInstanceQuery()
                          .processInstanceBusinessKey("2")
                          .count()
                      == 1);
      dying.kill();
    }
    assertThat(lost).failsWithin(PATIENCE);
    assertThat(look(other, accepted).statusCode()).isEqualTo(202);

    complete(other.engine, "1", 10);
    complete(other.engine, "2", 20);

    assertThat(look(other, accepted).body()).isEqualTo(answer("1", 10));
    // Its sender got nothing, and sends it again.
    HttpResponse<String> again = post(other.tomcat().port(), "patient/2").get(2, TimeUnit.MINUTES);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(answer("2", 20));
  }

  /** A node in a JVM of its own. */
  static final class RespondNode {

    private RespondNode() {}

    static OtherJvm start(String url, Path directory) {
      return OtherJvm.start(
          List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"),
          RespondNode.class,
          url,
          directory.toString());
    }

    public static void main(String[] arguments) throws LifecycleException {
      WebhookEngine engine = new RespondClusterTest().engine(TestDatabase.POSTGRES, arguments[0]);
      LoopbackTomcat tomcat = tomcat(engine, Path.of(arguments[1]));
      OtherJvm.ready(String.valueOf(tomcat.port()));
    }
  }
}
