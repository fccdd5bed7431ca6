package io.restconnector.httptask.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.restconnector.call.CallEngine;
import io.restconnector.call.internal.RestCalls;
import io.restconnector.fixtures.Bpmn;
import io.restconnector.fixtures.LoggedEvents;
import io.restconnector.fixtures.PlainEngines;
import io.restconnector.fixtures.RawServer;
import io.restconnector.http.HttpSettings;
import io.restconnector.http.internal.Extensions;
import io.restconnector.httptask.HttpTaskSettings;
import io.restconnector.spi.CallSource;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.flowable.common.engine.api.FlowableException;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.http.common.api.HttpRequest;
import org.flowable.http.common.api.HttpResponse;
import org.flowable.http.common.impl.HttpClientConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client that http tasks have, without and with a task. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectorHttpClientTest {

  private final List<Optional<CallSource>> sources = new CopyOnWriteArrayList<>();
  private RestCalls calls;
  private RawServer server;

  @BeforeAll
  void start() throws IOException {
    calls =
        new RestCalls(
            HttpSettings.defaults(),
            new Extensions(
                List.of(
                    chain -> {
                      sources.add(Optional.ofNullable(chain.source()));
                      return chain.proceed(chain.request());
                    }),
                List.of(),
                List.of(),
                List.of()),
            true);
    server =
        RawServer.start(
            RawServer.replying(
                request ->
                    request.startsWith("GET /moved")
                        ? RawServer.response("302 Found\r\nLocation: /there", "moved")
                        : RawServer.response("418 Teapot\r\nX-A: b", "there")));
  }

  @AfterAll
  void stop() {
    calls.close();
    server.close();
  }

  private ConnectorHttpClient client(HttpClientConfig config) {
    return new ConnectorHttpClient(HttpTaskSettings.defaults(), config, () -> calls);
  }

  private static HttpRequest task(String url) {
    HttpRequest task = new HttpRequest();
    task.setMethod("GET");
    task.setUrl(url);
    return task;
  }

  private CompletableFuture<HttpResponse> send(HttpRequest task) {
    return client(new HttpClientConfig()).prepareRequest(task).callAsync();
  }

  /** What a future ended with, as it is. */
  private static Throwable failure(CompletableFuture<HttpResponse> response) {
    return response.handle((told, failed) -> failed).join();
  }

  @Test
  void whenTheEngineIsNotBuiltThenThatIsSaid() {
    ConnectorHttpClient client =
        new ConnectorHttpClient(HttpTaskSettings.defaults(), new HttpClientConfig(), () -> null);

    assertThatExceptionOfType(FlowableException.class)
        .isThrownBy(() -> client.prepareRequest(task(server.url("/x"))))
        .withMessage("The REST connector is not started: the engine is not built yet");
  }

  @Test
  void whenARequestIsPreparedThenNothingIsSentBeforeItIsCalled() {
    int before = server.requests().size();
    var prepared = client(new HttpClientConfig()).prepareRequest(task(server.url("/x")));
    assertThat(server.requests()).hasSize(before);

    HttpResponse response = prepared.callAsync().join();

    assertThat(response.getStatusCode()).isEqualTo(418);
    assertThat(response.getBody()).isEqualTo("there");
    assertThat(response.getHttpHeaders().get("X-A")).containsExactly("b");
    assertThat(server.requests()).hasSize(before + 1);
  }

  @Test
  void whenTheMethodCannotBeSentThenThatIsSaidAtOnce() {
    HttpRequest task = task(server.url("/x"));
    task.setMethod("FETCH");

    assertThatExceptionOfType(FlowableException.class)
        .isThrownBy(() -> client(new HttpClientConfig()).prepareRequest(task))
        .withMessageStartingWith("FETCH HTTP method not supported");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/secret",
        "secret",
        "ftp://h/secret",
        "http:/secret",
        "https:secret",
        "urn:secret"
      })
  void whenAUrlIsNotAbsoluteOrOfAnotherSchemeThenTheCallFailsAndSaysNothingOfIt(String url) {
    int before = server.requests().size();

    assertThat(failure(send(task(url))))
        .isExactlyInstanceOf(FlowableException.class)
        .hasMessage("requestUrl of an http task is no absolute http or https URL");
    assertThat(server.requests()).hasSize(before);
  }

  @Test
  void whenTheSchemeIsInCapitalsThenItIsTheSame() {
    assertThat(send(task(server.url("/x").replace("http:", "HTTP:"))).join().getStatusCode())
        .isEqualTo(418);
  }

  @ParameterizedTest
  @CsvSource({"false, 418, there", "true, 302, moved"})
  void whenATaskWantsNoRedirectsThenItGetsThem(boolean noRedirects, int status, String body) {
    HttpRequest task = task(server.url("/moved"));
    task.setNoRedirects(noRedirects);

    HttpResponse response = send(task).join();

    assertThat(response.getStatusCode()).isEqualTo(status);
    assertThat(response.getBody()).isEqualTo(body);
  }

  @Test
  void whenTheCallFailsThenTheTypeIsThatOfFlowablesClientAndTheQueryIsNotShown() throws Exception {
    String gone;
    try (RawServer closed = RawServer.answering("")) {
      gone = closed.url("/x");
    }
    assertThat(failure(send(task(gone + "?secret=1"))))
        .isExactlyInstanceOf(HttpHostConnectException.class)
        .hasMessageStartingWith("GET " + gone + " ")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whenCertificatesAreNotToBeVerifiedThenItIsToldThatTheyAre(boolean disabled) {
    HttpClientConfig config = new HttpClientConfig();
    config.setDisableCertVerify(disabled);
    try (LoggedEvents log = LoggedEvents.of(ConnectorHttpClient.class)) {
      client(config);

      assertThat(log.messages()).hasSize(disabled ? 1 : 0);
      assertThat(log.messages()).allMatch(line -> line.contains("rest-connector.ssl-bundle"));
    }
  }

  @Test
  void whenATaskSendsThenItIsTheSourceAndElsewhereThereIsNone() {
    ProcessEngineConfigurationImpl configuration = PlainEngines.withoutHistory();
    HttpClientConfig config = configuration.getHttpClientConfig();
    config.setHttpClient(client(config));
    sources.clear();
    try (CallEngine engine = CallEngine.start(configuration)) {
      engine.deployProcess(
          "p",
          """
          <startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="http"/>
          <serviceTask id="http" flowable:type="http"><extensionElements>%s%s</extensionElements></serviceTask>
          <sequenceFlow sourceRef="http" targetRef="done"/><userTask id="done"/>
          """
              .formatted(
                  Bpmn.string("requestMethod", "GET"),
                  Bpmn.string("requestUrl", server.url("/x"))));
      String instance = engine.begin("p", Map.of());

      assertThat(sources)
          .singleElement()
          .satisfies(
              source -> {
                assertThat(source.orElseThrow().activityId()).isEqualTo("http");
                assertThat(source.orElseThrow().processDefinitionKey()).isEqualTo("p");
                assertThat(source.orElseThrow().processInstanceId()).isEqualTo(instance);
              });
    }

    send(task(server.url("/x"))).join();
    assertThat(sources).hasSize(2);
    assertThat(sources.get(1)).isEmpty();
  }
}
