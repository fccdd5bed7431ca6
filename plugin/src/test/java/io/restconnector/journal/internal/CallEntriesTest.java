package io.restconnector.journal.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restconnector.RestConnector;
import io.restconnector.RestConnectorConfigurator;
import io.restconnector.RestConnectorSettings;
import io.restconnector.call.CallEngine;
import io.restconnector.call.internal.RestAction;
import io.restconnector.fixtures.PlainEngines;
import io.restconnector.fixtures.RawServer;
import io.restconnector.http.AccessSettings;
import io.restconnector.http.AuthenticationSettings;
import io.restconnector.http.EgressSettings;
import io.restconnector.http.HttpSettings;
import io.restconnector.journal.CallEntry;
import io.restconnector.journal.Journal;
import io.restconnector.journal.JournalFilter;
import io.restconnector.journal.JournalSettings;
import io.restconnector.spi.CallSource;
import io.restconnector.spi.Secret;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CallEntriesTest {

  private static CallEngine engine(JournalSettings settings) {
    ProcessEngineConfigurationImpl configuration = PlainEngines.withoutHistory();
    configuration.setAsyncExecutorActivate(true);
    configuration.addConfigurator(
        new RestConnectorConfigurator(
            RestConnectorSettings.defaults()
                .withJournal(settings)
                .withHttp(
                    HttpSettings.defaults()
                        .withMaxResponseSize(100)
                        .withEgress(EgressSettings.defaults().withDeny(List.of("denied.test"))))));
    return CallEngine.start(configuration);
  }

  private static RawServer server() throws IOException {
    return RawServer.start(
        peer -> {
          for (var r = peer.readRequest(); r.isPresent(); r = peer.readRequest()) {
            switch (r.get().split("[ ?]", 3)[1]) {
              case "/ok" -> peer.send(RawServer.response("200 OK", "{}"));
              case "/404" -> peer.send(RawServer.response("404 Not Found", ""));
              case "/503" -> peer.send(RawServer.response("503 Busy", ""));
              case "/nonsense" -> peer.send("nonsense\r\n\r\n");
              case "/loop" -> peer.send(RawServer.response("302 Found\r\nLocation: /loop", ""));
              case "/large" -> peer.send(RawServer.response("200 OK", "x".repeat(200)));
              default -> peer.awaitClose();
            }
          }
        });
  }

  @ParameterizedTest
  @EnumSource(CallSource.Kind.class)
  void whenATaskHasCalledThenTheEntryTellsWhoCalledWhatAndHowItEnded(CallSource.Kind kind)
      throws IOException {
    String binding =
        kind == CallSource.Kind.DELEGATE
            ? CallEngine.byExpression(RestAction.POST)
            : CallEngine.byTopic(RestAction.POST);
    try (RawServer server = server();
        CallEngine engine =
            engine(JournalSettings.defaults())
                .deploy("p", binding, CallEngine.string("requestPayload", "{\"a\":1}"))) {
      String instance =
          engine.run("p", Map.of("restUrl", server.url("/ok") + "?page=2")).instance();

      CallEntry call = RestConnector.of(engine.engine).journal().calls().get(0);
      assertThat(call.kind()).isEqualTo(kind.name());
      assertThat(call.processDefinitionKey()).isEqualTo("p");
      assertThat(call.instance()).isEqualTo(instance);
      assertThat(call.activity()).isEqualTo("call");
      assertThat(call.action()).isEqualTo("restPost");
      assertThat(call.method()).isEqualTo("POST");
      assertThat(call.url()).isEqualTo(server.url("/ok"));
      assertThat(call.status()).isEqualTo(200);
      assertThat(call.outcome()).isEqualTo("2xx");
      assertThat(call.attempts()).hasSize(1);
      assertThat(call.requestBytes()).isEqualTo(7);
      assertThat(call.responseBytes()).isEqualTo(2);
      assertThat(call.duration()).isPositive();
      assertThat(call.code()).isNull();
      assertThat(call.restError()).isNull();
      assertThat(call.requestHeaders()).isNull();
      assertThat(call.responseBody()).isNull();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /404      | 1 | 404 | 4xx              | NOT_FOUND           | answered 404
          /503      | 2 | 503 | 5xx              | SERVICE_UNAVAILABLE | answered 503 (attempt 2)
          /silent   | 1 |     | TimedOut         | REQUEST_TIMEOUT     | did not end within 300 ms
          /nonsense | 1 |     | BadResponse      | BAD_GATEWAY         | got no valid HTTP response
          /loop     | 1 |     | Failed           | UNKNOWN_ERROR       | redirect
          /large    | 1 |     | TooLarge         | UNKNOWN_ERROR       | got a response larger than 100 bytes
          http://127.0.0.1:1/     | 2 | | ConnectionFailed | SERVICE_UNAVAILABLE | got no connection
          http://denied.test/     | 0 | | Blocked          | INVALID_INPUT       | was stopped, calls to denied.test are denied
          """)
  void whenACallFailsThenTheEntryHasTheReasonOfTheError(
      String target, int attempts, Integer status, String outcome, String code, String reason)
      throws IOException {
    try (RawServer server = server();
        CallEngine engine =
            engine(JournalSettings.defaults())
                .deploy("p", CallEngine.byExpression(RestAction.GET))) {
      CallEngine.Outcome ended =
          engine.run(
              "p",
              Map.of(
                  "restUrl",
                  target.startsWith("/") ? server.url(target) : target,
                  "timeout",
                  target.equals("/silent") ? 300 : 30_000,
                  "maxAttempts",
                  2,
                  "retryBackoff",
                  1));

      CallEntry call = RestConnector.of(engine.engine).journal().calls().get(0);
      assertThat(call.outcome()).isEqualTo(outcome);
      assertThat(call.code()).isEqualTo(code).isEqualTo(ended.code());
      assertThat(call.restError()).contains(reason).isEqualTo(ended.error());
      assertThat(call.status()).isEqualTo(status);
      assertThat(call.attempts()).hasSize(attempts);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          DELEGATE | ${5} | INVALID_INPUT | restUrl is a java.lang.Long
          DELEGATE | ${''} | MISSING_INPUT | restUrl is missing
          DELEGATE | ${'ftp://a.test/'} | INVALID_INPUT | its scheme is another or none
          WORKER   | ${5} | INVALID_INPUT | restUrl is a java.lang.Long
          WORKER   | ${''} | MISSING_INPUT | restUrl is missing
          """)
  void whenInputsCannotBeUsedThenTheEntrySaysThatNothingWasSentAndWhy(
      CallSource.Kind kind, String url, String code, String reason) {
    try (CallEngine engine = engine(JournalSettings.defaults())) {
      engine.deploy(
          "p",
          kind == CallSource.Kind.DELEGATE
              ? CallEngine.byExpression(RestAction.GET)
              : CallEngine.byTopic(RestAction.GET),
          CallEngine.expression("restUrl", url));
      CallEngine.Outcome ended = engine.run("p", Map.of());

      CallEntry call = RestConnector.of(engine.engine).journal().calls().get(0);
      assertThat(call.outcome()).isEqualTo("NotSent");
      assertThat(call.kind()).isEqualTo(kind.name());
      assertThat(call.instance()).isEqualTo(ended.instance());
      assertThat(call.activity()).isEqualTo("call");
      assertThat(call.action()).isEqualTo("restGet");
      assertThat(call.attempts()).isEmpty();
      assertThat(call.url()).isNull();
      assertThat(call.code()).isEqualTo(code).isEqualTo(ended.code());
      assertThat(call.restError()).contains(reason).isEqualTo(ended.error());
    }
  }

  @Test
  void whenThereIsNoTokenThenTheEntrySaysWhyAndTheCallReachedNoNetwork() throws IOException {
    try (RawServer server =
            RawServer.answering(
                RawServer.response(
                    "401 Unauthorized\r\nContent-Type: application/json",
                    "{\"error\": \"invalid_client\"}"));
        CallEngine engine =
            CallEngine.start(
                RestConnectorSettings.defaults()
                    .withHttp(
                        HttpSettings.defaults()
                            .withAccess(
                                AccessSettings.defaults()
                                    .withSecrets(Map.of("key", Secret.of("open sesame")))
                                    .withAuthentications(
                                        Map.of(
                                            "crm",
                                            AuthenticationSettings.clientCredentials(
                                                    URI.create(server.url("/token")),
                                                    "me",
                                                    "key",
                                                    null)
                                                .withHosts(List.of("http://127.0.0.1:1")))))))) {
      engine.deploy(
          "p", CallEngine.byExpression(RestAction.GET), CallEngine.string("authentication", "crm"));
      engine.run("p", Map.of("restUrl", "http://127.0.0.1:1/"));

      CallEntry call = RestConnector.of(engine.engine).journal().calls().get(0);
      assertThat(call.outcome()).isEqualTo("NotAuthenticated");
      assertThat(call.authentication()).isEqualTo("crm");
      assertThat(call.attempts()).isEmpty();
      assertThat(call.code()).isEqualTo("UNAUTHORIZED");
      assertThat(call.restError()).contains("no access token", "invalid_client");
    }
  }

  @Test
  void whenACallIsMadeAgainThenTheEntryHasTheTimesOfEachAttempt() throws IOException {
    AtomicInteger requests = new AtomicInteger();
    try (RawServer server =
            RawServer.start(
                RawServer.replying(
                    request ->
                        RawServer.response(
                            requests.incrementAndGet() < 3 ? "503 No" : "200 OK", "")));
        CallEngine engine =
            engine(JournalSettings.defaults())
                .deploy("p", CallEngine.byExpression(RestAction.GET))) {
      engine.run("p", Map.of("restUrl", server.url("/"), "maxAttempts", 5, "retryBackoff", 1));

      CallEntry call = RestConnector.of(engine.engine).journal().calls().get(0);
      assertThat(call.outcome()).isEqualTo("2xx");
      assertThat(call.code()).isNull();
      assertThat(call.attempts())
          .extracting(CallEntry.Attempt::outcome)
          .containsExactly("5xx", "5xx", "2xx");
      assertThat(call.attempts())
          .extracting(CallEntry.Attempt::status)
          .containsExactly(503, 503, 200);
      Duration before = Duration.ZERO;
      Duration waited = Duration.ZERO;
      for (CallEntry.Attempt each : call.attempts()) {
        for (Duration next :
            List.of(
                each.begun(),
                Objects.requireNonNull(each.connected()),
                Objects.requireNonNull(each.firstByte()),
                each.ended())) {
          assertThat(next).isGreaterThanOrEqualTo(before);
          before = next;
        }
        waited = waited.plus(Objects.requireNonNull(each.connected()).minus(each.begun()));
      }
      assertThat(call.waited()).isEqualTo(waited);
      assertThat(call.firstByte()).isEqualTo(call.attempts().get(2).firstByte());
      assertThat(call.duration()).isGreaterThanOrEqualTo(before);
    }
  }

  @Test
  void whenACallWaitsForAConnectionUntilItsEndThenTheEntrySaysSo() throws IOException {
    RestConnectorSettings settings =
        RestConnectorSettings.defaults().withHttp(HttpSettings.defaults().withMaxConnections(1, 1));
    CompletableFuture<?> held;
    try (RawServer server = server();
        CallEngine engine =
            CallEngine.start(settings).deploy("p", CallEngine.byExpression(RestAction.GET))) {
      Map<String, Object> holding = Map.of("restUrl", server.url("/silent"), "timeout", 60_000);
      held =
          CompletableFuture.runAsync(
              () -> engine.runtime().startProcessInstanceByKey("p", holding));
      await().until(() -> !server.requests().isEmpty());
      engine.run("p", Map.of("restUrl", server.url("/ok"), "timeout", 50));

      CallEntry call = RestConnector.of(engine.engine).journal().calls().get(0);
      assertThat(call.outcome()).isEqualTo("TimedOut");
      assertThat(call.restError()).endsWith("it waited for a free connection of this node");
      assertThat(call.attempts().get(0).connected()).isNull();
      assertThat(call.waited()).isGreaterThanOrEqualTo(Duration.ofMillis(10));
    }
    await().until(held::isDone); // the engine has ended it
  }

  @Test
  void whenACallHasATraceParentThenTheEntryHasItsTraceId() throws IOException {
    try (RawServer server = server();
        CallEngine engine =
            engine(JournalSettings.defaults())
                .deploy("p", CallEngine.byExpression(RestAction.GET))) {
      engine.run(
          "p",
          Map.of(
              "restUrl",
              server.url("/ok"),
              "requestHeaders",
              "{\"traceparent\": \"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\"}"));
      engine.run(
          "p", Map.of("restUrl", server.url("/ok"), "requestHeaders", "{\"traceparent\": \"x\"}"));

      assertThat(RestConnector.of(engine.engine).journal().calls())
          .extracting(CallEntry::traceId)
          .containsExactly(null, "0af7651916cd43dd8448eb211c80319c");
    }
  }

  @Test
  void whenACircuitIsOpenThenNothingWasSent() {
    try (CallEngine engine =
        engine(JournalSettings.defaults()).deploy("p", CallEngine.byExpression(RestAction.GET))) {
      Map<String, Object> variables = new HashMap<>();
      variables.put("restUrl", "http://127.0.0.1:1/");
      variables.put("circuitBreaker", true);
      for (int i = 0; i < 11; i++) {
        engine.run("p", variables);
      }

      CallEntry call = RestConnector.of(engine.engine).journal().calls().get(0);
      assertThat(call.outcome()).isEqualTo("CircuitOpen");
      assertThat(call.attempts()).isEmpty();
      assertThat(call.restError()).endsWith("the circuit of http://127.0.0.1:1 is open");
    }
  }

  @Test
  void whenThereAreMoreCallsThanPlacesThenTheLastAreThereNewestFirstAndCanBeFiltered()
      throws IOException {
    try (RawServer server = server();
        CallEngine engine =
            engine(JournalSettings.defaults().withSize(3))
                .deploy("p", CallEngine.byExpression(RestAction.GET))) {
      engine.run("p", Map.of("restUrl", server.url("/ok")));
      String second = engine.run("p", Map.of("restUrl", server.url("/404"))).instance();
      engine.run("p", Map.of("restUrl", server.url("/ok")));
      String last = engine.run("p", Map.of("restUrl", server.url("/ok"))).instance();

      Journal journal = RestConnector.of(engine.engine).journal();
      assertThat(journal.calls()).hasSize(3);
      assertThat(journal.calls().get(0).instance()).isEqualTo(last);
      assertThat(journal.calls(JournalFilter.all().withOutcome("4XX")))
          .extracting(CallEntry::instance)
          .containsExactly(second);
      assertThat(journal.calls(JournalFilter.all().withInstance(second))).hasSize(1);
      assertThat(journal.calls(JournalFilter.all().withActivity("call"))).hasSize(3);
      assertThat(journal.calls(JournalFilter.all().withActivity("other"))).isEmpty();
      assertThat(journal.calls(JournalFilter.all().withTrigger("call"))).isEmpty();
    }
  }

  @Test
  void whenTheSizeIsZeroThenNothingIsRemembered() throws IOException {
    try (RawServer server = server();
        CallEngine engine =
            engine(JournalSettings.defaults().withSize(0))
                .deploy("p", CallEngine.byExpression(RestAction.GET))) {
      assertThat(engine.run("p", Map.of("restUrl", server.url("/ok"))).task()).isEqualTo("done");
      assertThat(RestConnector.of(engine.engine).journal().calls()).isEmpty();
    }
  }
}
