package io.restconnector.webhook.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restconnector.fixtures.OtherJvm;
import io.restconnector.fixtures.TestDatabase;
import io.restconnector.webhook.WebhookEngine;
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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.flowable.common.engine.impl.cfg.TransactionState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A node is killed by SIGKILL; its database lives on. */
@Tag("cluster")
class WebhookKillTest {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int MILLIS_BETWEEN_REQUESTS = 5; // 200 requests a second
  private static final int WARM_UP = 200;
  private static final int BEFORE_KILL = 1_000;
  private static final int AFTER_KILL = 100;
  private static final int UNANSWERED = 0;

  private static final String CALLED =
      WebhookEngine.channel(
          "called",
          "called/{number}",
          """
          "status": 202, "action": {"type": "startProcess", "processDefinitionKey": "counted",
            "variables": {"number": "${pathVariables.number}"}}
          """);
  private static final String TOLD =
      WebhookEngine.channel(
          "told",
          "told/{number}",
          """
          "status": 202, "payload": {"number": "${pathVariables.number}"},
          "channelEventKeyDetection": {"fixedValue": "told"}
          """);
  private static final String EVENT =
      """
      {"key": "told", "payload": [{"name": "number", "type": "string"}]}
      """;
  private static final String ONCE =
      WebhookEngine.channel(
          "once",
          "once/{number}",
          """
          "deduplication": {"key": "${pathVariables.number}"},
          "status": 202, "body": {"by": "${body.by}"},
          "action": {"type": "startProcess", "processDefinitionKey": "counted",
            "variables": {"number": "${pathVariables.number}"}}
          """);
  private static final String PROCESS =
      """
      <process id="counted">
        <startEvent id="called"/><sequenceFlow sourceRef="called" targetRef="wait"/>
        <startEvent id="told"><extensionElements><flowable:eventType>told</flowable:eventType>
          <flowable:eventOutParameter source="number" target="number"/></extensionElements>
        </startEvent><sequenceFlow sourceRef="told" targetRef="wait"/>
        <userTask id="wait"/>
      </process>
      """;

  private final String url = TestDatabase.POSTGRES.url();
  private final WebhookEngine engine = WebhookEngine.on(TestDatabase.POSTGRES, url);
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @BeforeEach
  void deploy() {
    engine.deploy(
        "called.channel", CALLED,
        "told.channel", TOLD,
        "told.event", EVENT,
        "once.channel", ONCE,
        "counted.bpmn20.xml", PROCESS);
  }

  @AfterEach
  void close() {
    engine.close();
  }

  /**
   * The pause keeps some ten transactions before their commit, also at the moment of the kill. The
   * load goes on while the node falls behind, until enough is answered, and while it is killed.
   */
  @ParameterizedTest
  @ValueSource(strings = {"called", "told"})
  void whenANodeIsKilledUnderLoadThenEachAnsweredRequestHasItsInstance(
      String trigger, @TempDir Path directory) throws Exception {
    List<CompletableFuture<Integer>> answers = new CopyOnWriteArrayList<>();
    ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
    final int sentBeforeKill;
    try (OtherJvm node =
        WebhookNode.start(url, directory, TransactionState.COMMITTING, Duration.ofMillis(50))) {
      String port = node.awaitReady();
      Runnable request =
          () -> answers.add(status(post(port, trigger + "/" + answers.size(), "{}")));
      for (int i = 0; i < WARM_UP; i++) {
        request.run();
      }
      assertThat(Set.copyOf(allOf(answers))).containsExactly(202);

      pace.scheduleAtFixedRate(request, 0, MILLIS_BETWEEN_REQUESTS, TimeUnit.MILLISECONDS);
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(10))
          .until(() -> countAnswered(answers) >= WARM_UP + BEFORE_KILL);
      sentBeforeKill = answers.size();
      node.kill();
      await().atMost(PATIENCE).until(() -> answers.size() >= sentBeforeKill + AFTER_KILL);
    } finally {
      pace.shutdownNow();
    }

    assertThat(pace.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    List<Integer> statuses = allOf(answers);
    assertThat(Set.copyOf(statuses.subList(0, sentBeforeKill))).containsOnly(202, UNANSWERED);
    List<String> answered =
        IntStream.range(0, statuses.size())
            .filter(number -> statuses.get(number) != UNANSWERED)
            .mapToObj(String::valueOf)
            .toList();
    assertThat(answered.size()).isGreaterThanOrEqualTo(WARM_UP + BEFORE_KILL);
    List<String> stored = numbers();
    assertThat(stored).doesNotHaveDuplicates();
    assertThat(answered).filteredOn(number -> !stored.contains(number)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"COMMITTING, 0, again", "COMMITTED, 1, first"})
  void whenANodeIsKilledBeforeOrAfterTheCommitThenTheRepeatedDeliveryMakesItOneEffect(
      TransactionState state, int committed, String answered, @TempDir Path directory)
      throws Exception {
    try (OtherJvm node = WebhookNode.start(url, directory, state, Duration.ofDays(1))) {
      CompletableFuture<HttpResponse<String>> first =
          post(node.awaitReady(), "once/1", "{\"by\": \"first\"}");
      await().atMost(PATIENCE).until(() -> node.output().contains(WebhookNode.PAUSED));
      assertThat(numbers()).hasSize(committed);
      node.kill();
      assertThat(first).failsWithin(PATIENCE);
    }
    try (OtherJvm node = WebhookNode.start(url, directory, state, Duration.ZERO)) {
      HttpResponse<String> again =
          post(node.awaitReady(), "once/1", "{\"by\": \"again\"}").get(1, TimeUnit.MINUTES);

      assertThat(again.statusCode()).isEqualTo(202);
      assertThat(again.body()).isEqualTo("{\"by\":\"%s\"}".formatted(answered));
      assertThat(numbers()).containsExactly("1");
    }
  }

  private CompletableFuture<HttpResponse<String>> post(String port, String path, String json) {
    return client.sendAsync(
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:%s/rest-connector/events/%s".formatted(port, path)))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json))
            .build(),
        BodyHandlers.ofString());
  }

  private static CompletableFuture<Integer> status(CompletableFuture<HttpResponse<String>> answer) {
    return answer.handle(
        (response, failure) -> failure == null ? response.statusCode() : UNANSWERED);
  }

  private static List<Integer> allOf(List<CompletableFuture<Integer>> answers) throws Exception {
    List<Integer> statuses = new ArrayList<>();
    for (CompletableFuture<Integer> answer : answers) {
      statuses.add(answer.get(1, TimeUnit.MINUTES));
    }
    return statuses;
  }

  private static long countAnswered(List<CompletableFuture<Integer>> answers) {
    return answers.stream().filter(answer -> answer.getNow(UNANSWERED) != UNANSWERED).count();
  }

  /** Of the instances in the database. */
  private List<String> numbers() {
    return engine.runtime().createProcessInstanceQuery().includeProcessVariables().list().stream()
        .map(instance -> String.valueOf(instance.getProcessVariables().get("number")))
        .toList();
  }
}
