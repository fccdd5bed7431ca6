package io.restconnector.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restconnector.webhook.Container.Running;
import io.restconnector.webhook.internal.WebhookEndpoint;
import jakarta.servlet.Filter;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.flowable.common.engine.impl.persistence.StrongUuidGenerator;
import org.flowable.task.api.Task;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers of processes through real containers with 20 threads each. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebhookWaitTest {

  private static final int REQUESTS = 3 * Container.THREADS;
  private static final Filter SYNCHRONOUS =
      (request, response, chain) -> chain.doFilter(request, response);

  private final WebhookEngine engine =
      WebhookEngine.with(
          each -> {
            // That of a standalone engine takes a second connection inside the transaction.
            each.setIdGenerator(new StrongUuidGenerator());
            each.setJdbcMaxIdleConnections(40);
          });
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @BeforeAll
  void deploy() {
    engine.deploy(
        "quote.bpmn20.xml",
        """
        <process id="quote"><startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="t"/>
          <userTask id="t"/><sequenceFlow sourceRef="t" targetRef="e"/><endEvent id="e"/></process>
        """,
        "quote.channel",
        WebhookEngine.channel(
            "quote",
            "quote/{number}/{within}",
            """
            "action": {"type": "startProcess", "processDefinitionKey": "quote",
              "businessKey": "${pathVariables.number}"},
            "respond": {"when": "ended", "within": "PT5M", "status": 201,
              "body": {"number": "${pathVariables.number}",
                "of": "${result.instance.businessKey}",
                "price": "${result.instance.variables.price}"},
              "answerHeaders": {"X-Of": "${result.instance.businessKey}"}}
            """),
        "brief.channel",
        WebhookEngine.channel(
            "brief",
            "brief/{number}",
            """
            "action": {"type": "startProcess", "processDefinitionKey": "quote",
              "businessKey": "${pathVariables.number}"},
            "respond": {"when": "ended", "within": "PT0.001S",
              "body": "${result.instance.variables.price}"}
            """));
  }

  @AfterAll
  void close() {
    engine.close();
  }

  private int waiting() {
    return WebhookEndpoint.of(engine.engine).triggers().waitingRequests();
  }

  /** A request waits already when its transaction commits. */
  private void complete(String businessKey, int price) {
    await().until(() -> count(businessKey) == 1);
    Task task =
        engine
            .engine
            .getTaskService()
            .createTaskQuery()
            .processInstanceBusinessKey(businessKey)
            .singleResult();
    engine.engine.getTaskService().complete(task.getId(), Map.of("price", price));
  }

  private CompletableFuture<HttpResponse<String>> send(Running running, String path, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
            URI.create(
                "http://127.0.0.1:%d/rest-connector/events/%s".formatted(running.port(), path)));
    return client.sendAsync(
        (body.isEmpty()
                ? request.GET()
                : request
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(body)))
            .build(),
        BodyHandlers.ofString());
  }

  private static HttpResponse<String> get(CompletableFuture<HttpResponse<String>> answer)
      throws Exception {
    return answer.get(1, TimeUnit.MINUTES);
  }

  /** More wait than there are threads, with and without a body; others are answered meanwhile. */
  @ParameterizedTest
  @EnumSource(Container.class)
  void whenMoreRequestsWaitThanThereAreThreadsThenNoneIsHeldAndEachGetsItsOwnAnswer(
      Container container, @TempDir Path directory) throws Exception {
    try (Running running =
        container.start(new WebhookServlet(engine.engine), List.of(), directory)) {
      List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 0; i < REQUESTS; i++) {
        answers.add(send(running, "quote/" + container + i + "/x", i % 2 == 0 ? "" : "{}"));
      }
      await().until(() -> waiting() == REQUESTS);
      assertThat(get(send(running, "nothing", "{}")).statusCode()).isEqualTo(404);

      for (int i = REQUESTS - 1; i >= 0; i--) {
        complete(container.name() + i, i);
      }

      for (int i = 0; i < REQUESTS; i++) {
        HttpResponse<String> answer = get(answers.get(i));
        String number = container.name() + i;
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("X-Of")).contains(number);
        assertThat(answer.body())
            .isEqualTo("{\"number\":\"%1$s\",\"of\":\"%1$s\",\"price\":%2$d}".formatted(number, i));
      }
      assertThat(waiting()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(Container.class)
  void whenItTakesLongerThenTheAnswerIsAtItsAddress(Container container, @TempDir Path directory)
      throws Exception {
    try (Running running =
        container.start(new WebhookServlet(engine.engine), List.of(), directory)) {
      HttpResponse<String> accepted = get(send(running, "brief/" + container, "{}"));
      assertThat(accepted.statusCode()).isEqualTo(202);
      assertThat(accepted.body()).isEmpty();
      String address = accepted.headers().firstValue("Location").orElseThrow();
      String path = accepted.uri().resolve(address).getPath();
      assertThat(path).startsWith("/rest-connector/events/.answers/");
      String below = path.substring("/rest-connector/events/".length());
      assertThat(get(send(running, below, "")).statusCode()).isEqualTo(202);

      complete(container.name(), 5);

      HttpResponse<String> answer = get(send(running, below, ""));
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("5");
      assertThat(get(send(running, below, "{}")).statusCode()).isEqualTo(405);
    }
  }

  @ParameterizedTest
  @EnumSource(Container.class)
  void whenAFilterKnowsNoAsynchronousRequestsThenTheAddressComesAtOnce(
      Container container, @TempDir Path directory) throws Exception {
    try (Running running =
        container.start(new WebhookServlet(engine.engine), List.of(SYNCHRONOUS), directory)) {
      for (String body : List.of("{}", "")) {
        HttpResponse<String> accepted =
            get(send(running, "quote/sync" + body.length() + container + "/x", body));
        assertThat(accepted.statusCode()).isEqualTo(202);
        assertThat(accepted.headers().firstValue("Location")).isPresent();
      }
      assertThat(waiting()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(Container.class)
  void whenTheClientGoesAwayThenNothingIsLeft(Container container, @TempDir Path directory)
      throws Exception {
    try (Running running =
        container.start(new WebhookServlet(engine.engine), List.of(), directory)) {
      for (int i = 0; i < Container.THREADS; i++) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), running.port())) {
          socket
              .getOutputStream()
              .write(
                  ("POST /rest-connector/events/quote/gone%d%s/x HTTP/1.1\r\nHost: x\r\n"
                          + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")
                      .formatted(i, container)
                      .getBytes(StandardCharsets.US_ASCII));
          String key = "gone" + i + container;
          await().until(() -> count(key) == 1);
        }
      }
      for (int i = 0; i < Container.THREADS; i++) {
        complete("gone" + i + container, i);
      }

      await().until(() -> waiting() == 0);
      CompletableFuture<HttpResponse<String>> next =
          send(running, "quote/next" + container + "/x", "{}");
      await().until(() -> waiting() == 1);
      complete("next" + container, 1);
      assertThat(get(next).statusCode()).isEqualTo(201);
    }
  }

  private long count(String businessKey) {
    return engine
        .runtime()
        .createProcessInstanceQuery()
        .processInstanceBusinessKeyLike(businessKey)
        .count();
  }
}
