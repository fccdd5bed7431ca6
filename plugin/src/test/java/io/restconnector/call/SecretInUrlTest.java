package io.restconnector.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.restconnector.RestConnectorSettings;
import io.restconnector.call.CallEngine.Outcome;
import io.restconnector.call.internal.RestAction;
import io.restconnector.fixtures.LoggedEvents;
import io.restconnector.fixtures.PlainEngines;
import io.restconnector.fixtures.RawServer;
import io.restconnector.http.AccessSettings;
import io.restconnector.http.AuthenticationSettings;
import io.restconnector.http.CircuitBreakerSettings;
import io.restconnector.http.EgressSettings;
import io.restconnector.http.HttpSettings;
import io.restconnector.spi.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A service that wants its key in the path, as bots and incoming webhooks do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecretInUrlTest {

  private static final String SECRET = "8412:Path/Secret";
  private static final String DENIED = "denied-secret.invalid";

  private RawServer server;
  private CallEngine engine;

  @BeforeAll
  void start() throws Exception {
    server =
        RawServer.start(
            peer -> {
              for (var r = peer.readRequest(); r.isPresent(); r = peer.readRequest()) {
                serve(peer, r.get());
              }
            });
    ProcessEngineConfigurationImpl configuration = PlainEngines.withoutHistory();
    configuration.setAsyncExecutorActivate(true);
    configuration.addConfigurator(
        new io.restconnector.RestConnectorConfigurator(
            RestConnectorSettings.defaults().withHttp(settings())));
    engine = CallEngine.start(configuration);
  }

  private HttpSettings settings() {
    return HttpSettings.defaults()
        .withMaxResponseSize(1000)
        .withEgress(EgressSettings.defaults().withDeny(List.of(DENIED)))
        .withCircuitBreaker(
            new CircuitBreakerSettings(50f, 1, 1, Duration.ofMinutes(5), 1, null, null))
        .withAccess(
            AccessSettings.defaults()
                .withSecrets(
                    Map.of(
                        "path",
                        Secret.of(SECRET),
                        "host",
                        Secret.of(DENIED.replaceAll("\\..*", ""))))
                .withAuthentications(
                    Map.of(
                        "oauth",
                        AuthenticationSettings.clientCredentials(
                            URI.create(server.url("/8412%3APath%2FSecret/refused")),
                            "id",
                            "path",
                            null))));
  }

  @AfterAll
  void stop() {
    engine.close();
    server.close();
  }

  private static void serve(RawServer.Peer peer, String request) throws Exception {
    String path = request.split(" ", 3)[1].replaceAll("[?].*", "");
    switch (path.substring(path.lastIndexOf('/') + 1)) {
      case "202" ->
          peer.send(RawServer.response("202 Accepted\r\nLocation: /8412%3APath%2FSecret/gone", ""));
      case "500" -> peer.send(RawServer.response("500 Oops", ""));
      case "503" -> peer.send(RawServer.response("503 Busy", ""));
      case "nonsense" -> peer.send("nonsense\r\n\r\n");
      case "large" -> peer.send(RawServer.response("200 OK", "x".repeat(2000)));
      case "elsewhere" ->
          peer.send(RawServer.response("302 Found\r\nLocation: ftp://8412:Path/Secret", ""));
      case "silent" -> peer.awaitClose();
      default -> peer.send(RawServer.response("404 No", ""));
    }
  }

  static List<Arguments> calls() {
    return List.of(
        arguments("{base}/bot8412:Path/Secret/404", "", "/bot***/404 answered 404"),
        arguments("{base}/bot8412%3APath%2FSecret/404", "", "/bot***/404 answered 404"),
        arguments("{base}/bot8412%253A%50ath%252FSecret/404", "", "/bot***/404 answered 404"),
        arguments("{base}/x/404;k=8412:PATH/SECRET", "", "/x/404;k=*** answered 404"),
        arguments("{base}/8412:Path/Secret/503", "<maxAttempts>2", "answered 503 (attempt 2)"),
        arguments("{base}/8412:Path/Secret/nonsense", "", "the head is malformed"),
        arguments("{base}/8412:Path/Secret/large", "", "larger than 1000 bytes"),
        arguments("{base}/8412:Path/Secret/elsewhere", "", "no http or https URL"),
        arguments("{base}/8412:Path/Secret/silent", "<timeout>100", "did not end within 100 ms"),
        arguments(
            "{base}/8412:Path/Secret/x", "<authentication>oauth", "/***/refused answered 404"),
        arguments(
            "http://127.0.0.1:1/8412:Path/Secret", "", "/*** got no connection: it was refused"),
        arguments("http://" + DENIED + "/", "", "was stopped, calls to ***.invalid are denied"));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("calls")
  void whenACallFailsThenWhatIsToldOfItDoesNotShowTheSecret(
      String url, String field, String error) {
    for (String binding :
        List.of(CallEngine.byExpression(RestAction.GET), CallEngine.byTopic(RestAction.GET))) {
      try (LoggedEvents log = LoggedEvents.of("io.restconnector")) {
        Outcome outcome = run(binding, url, fields(field));

        assertThat(outcome.error()).endsWith(error).startsWith("GET http://");
        assertThat(outcome.get("thrown")).isEqualTo(outcome.error());
        assertHidden(outcome.error());
        assertThat(log.text()).contains(error);
        assertHidden(log.text());
      }
    }
  }

  @Test
  void whenTheCircuitIsOpenThenItsOriginDoesNotShowTheSecret() {
    String guarded = CallEngine.string("circuitBreaker", "true");
    String url = "http://127.0.0.1:1/8412:Path/Secret";

    assertThat(run(CallEngine.byExpression(RestAction.GET), url, guarded).code())
        .isEqualTo("SERVICE_UNAVAILABLE");
    assertThat(run(CallEngine.byExpression(RestAction.GET), url, guarded).error())
        .isEqualTo(
            "GET http://127.0.0.1:1/*** was not sent, the circuit of http://127.0.0.1:1 is open");
  }

  @Test
  void whenTheStatusOfARequestIsAskedThenNeitherURLShowsTheSecret() {
    try (LoggedEvents log = LoggedEvents.of("io.restconnector")) {
      Outcome outcome =
          run(
              CallEngine.byTopic(RestAction.GET),
              "{base}/bot8412:Path/Secret/202",
              CallEngine.string("poll", "{\"every\": 1}"));

      assertThat(outcome.error())
          .endsWith(
              "answered 404 (asked for the status of GET %s)".formatted(server.url("/bot***/202")));
      assertHidden(outcome.error());
      assertHidden(log.text());
    }
  }

  @Test
  void whenNothingCatchesTheErrorThenTheDeadLetterJobDoesNotShowTheSecret() {
    engine.deployProcess(
        "dead",
        """
        <startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="call"/>
        <serviceTask id="call" %s flowable:async="true"><extensionElements>
          <flowable:failedJobRetryTimeCycle>R1/PT1S</flowable:failedJobRetryTimeCycle>
        </extensionElements></serviceTask>
        """
            .formatted(CallEngine.byExpression(RestAction.GET)));
    engine.begin("dead", Map.of("restUrl", server.url("/bot8412:Path/Secret/404")));

    String message =
        org.awaitility.Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .until(
                () ->
                    engine.engine.getManagementService().createDeadLetterJobQuery().list().stream()
                        .map(job -> job.getExceptionMessage())
                        .findFirst()
                        .orElse(""),
                text -> !text.isEmpty());
    assertThat(message).contains("/bot***/404 answered 404");
    assertHidden(message);
  }

  private static String fields(String field) {
    return field.isEmpty()
        ? ""
        : CallEngine.string(
            field.substring(1, field.indexOf('>')), field.substring(field.indexOf('>') + 1));
  }

  private Outcome run(String binding, String url, String fields) {
    engine.deploy("call", binding, fields);
    return engine.run("call", Map.of("restUrl", url.replace("{base}", server.url(""))));
  }

  private static void assertHidden(String text) {
    assertThat(text).doesNotContainIgnoringCase("8412").doesNotContainIgnoringCase("denied-secret");
  }
}
