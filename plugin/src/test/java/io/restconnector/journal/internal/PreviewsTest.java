package io.restconnector.journal.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.RestConnector;
import io.restconnector.RestConnectorSettings;
import io.restconnector.call.CallEngine;
import io.restconnector.call.internal.RestAction;
import io.restconnector.fixtures.RawServer;
import io.restconnector.http.AccessSettings;
import io.restconnector.http.AuthenticationSettings;
import io.restconnector.http.HttpSettings;
import io.restconnector.journal.CallEntry;
import io.restconnector.journal.DeadLetter;
import io.restconnector.journal.OperationsSettings;
import io.restconnector.journal.RefusedOperationException;
import io.restconnector.journal.RequestPreview;
import io.restconnector.journal.SendResult;
import io.restconnector.spi.Secret;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreviewsTest {

  private static final String[] FIELDS = {
    CallEngine.expression("restUrl", "${base}/orders"),
    CallEngine.string("requestHeaders", "{\"X-Order\": \"${order.id}\"}"),
    CallEngine.string("requestPayload", "{\"id\": \"${order.id}\", \"note\": \"it's\"}"),
    CallEngine.string("authentication", "crm"),
    CallEngine.string(
        "outputMapping", "{\"state\": \"${restResult.state}\", \"s\": \"${restStatus}\"}")
  };

  private static CallEngine engine(boolean actions) {
    return CallEngine.start(
        RestConnectorSettings.defaults()
            .withOperations(new OperationsSettings(actions))
            .withHttp(
                HttpSettings.defaults()
                    .withAccess(
                        AccessSettings.defaults()
                            .withSecrets(Map.of("key", Secret.of("open sesame")))
                            .withAuthentications(
                                Map.of("crm", AuthenticationSettings.bearer("key"))))));
  }

  private static RestConnector connector(CallEngine engine) {
    return RestConnector.of(engine.engine);
  }

  private static Map<String, Object> variables(String base) {
    return Map.of("base", base, "order", Map.of("id", "A-1"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whenATaskIsPreviewedThenItsRequestIsShownAndNothingIsSent(boolean byWorker) {
    try (CallEngine engine = engine(false)) {
      engine.deploy(
          "p",
          byWorker ? CallEngine.byTopic(RestAction.POST) : CallEngine.byExpression(RestAction.POST),
          FIELDS);

      RequestPreview preview =
          connector(engine).preview("p", "call", variables("http://127.0.0.1:1"));
      assertThat(preview)
          .isEqualTo(
              new RequestPreview(
                  "restPost",
                  byWorker ? "WORKER" : "DELEGATE",
                  "POST",
                  "http://127.0.0.1:1/orders",
                  Map.of(
                      "x-order", List.of("A-1"),
                      "content-type", List.of("application/json"),
                      "authorization", List.of("Bearer ***")),
                  "{\"id\":\"A-1\",\"note\":\"it's\"}",
                  "crm",
                  Duration.ofSeconds(30),
                  "curl -i -X POST 'http://127.0.0.1:1/orders' -H 'x-order: A-1'"
                      + " -H 'content-type: application/json' -H 'authorization: Bearer ***'"
                      + " --data-raw '{\"id\":\"A-1\",\"note\":\"it'\\''s\"}'",
                  null,
                  null));
      assertThat(connector(engine).journal().calls()).isEmpty();
    }
  }

  @Test
  void whenATaskHasNoUsableInputsThenThePreviewSaysWhichAndWhy() {
    try (CallEngine engine = engine(true)) {
      engine.deploy("p", CallEngine.byExpression(RestAction.GET));

      RequestPreview preview = connector(engine).preview("p", "call", Map.of("restUrl", 5));
      assertThat(preview.code()).isEqualTo("INVALID_INPUT");
      assertThat(preview.restError())
          .startsWith(
              "GET of activity 'call' was not sent: restUrl is a java.lang.Integer, wanted");
      assertThat(preview.curl()).isNull();
      SendResult result = connector(engine).send("p", "call", Map.of());
      assertThat(result.code()).isEqualTo("MISSING_INPUT");
      assertThat(result.status()).isNull();
      assertThat(result.duration()).isZero();
      assertThat(result.outputs()).containsKeys("restStatus", "restError");
    }
  }

  @Test
  void whenATaskIsSentThenItsOutputsAreShownAndTheEngineIsUntouched() throws IOException {
    try (RawServer server =
            RawServer.answering(
                RawServer.response(
                    "200 OK\r\nContent-Type: application/json",
                    "{\"state\": \"taken\", \"other\": \"open sesame\"}"));
        CallEngine engine = engine(true)) {
      engine.deploy("p", CallEngine.byExpression(RestAction.POST), FIELDS);

      SendResult result = connector(engine).send("p", "call", variables(server.url("")));
      assertThat(result.outputs()).hasSize(2);
      assertThat(result.outputs().get("state").stringValue()).isEqualTo("taken");
      assertThat(result.outputs().get("s").intValue()).isEqualTo(200);
      assertThat(result.status()).isEqualTo(200);
      assertThat(result.code()).isNull();
      assertThat(result.duration()).isPositive();
      assertThat(server.requests().get(0)).contains("Authorization: Bearer open sesame");

      CallEntry call = connector(engine).journal().calls().get(0);
      assertThat(call.instance()).isNull();
      assertThat(call.activity()).isEqualTo("call");
      assertThat(engine.runtime().createProcessInstanceQuery().count()).isZero();
      assertThat(engine.engine.getHistoryService().createHistoricVariableInstanceQuery().count())
          .isZero();
    }
  }

  @Test
  void whenTheServerEchoesASecretThenNoOutputShowsIt() throws IOException {
    try (RawServer server =
            RawServer.answering(
                RawServer.response(
                    "404 Not Found\r\nContent-Type: application/json\r\nX-Echo: open sesame",
                    "{\"a\": [\"see open%20sesame\"], \"token\": \"x\"}"));
        CallEngine engine = engine(true)) {
      engine.deploy(
          "p", CallEngine.byExpression(RestAction.GET), CallEngine.string("authentication", "crm"));

      SendResult result = connector(engine).send("p", "call", Map.of("restUrl", server.url("/")));
      assertThat(result.code()).isEqualTo("NOT_FOUND");
      assertThat(result.restError()).endsWith("answered 404");
      assertThat(result.toString()).doesNotContain("sesame").contains("x-echo");
    }
  }

  @Test
  void whenAnExpressionSetsAVariableThenNothingOfItIsStored() {
    try (CallEngine engine = engine(false)) {
      engine.deploy(
          "p",
          CallEngine.byExpression(RestAction.GET),
          CallEngine.expression("restUrl", "${execution.setVariable('url', 'http://a.test/')}"));

      connector(engine).preview("p", "call", Map.of());
      assertThat(engine.runtime().createVariableInstanceQuery().variableName("url").count())
          .isZero();
    }
  }

  @Test
  void whenThereIsNoSuchTaskOrActionsAreOffThenTheRefusalSaysWhy() {
    try (CallEngine engine = engine(false)) {
      engine.deploy("p", CallEngine.byExpression(RestAction.GET));

      assertThatThrownBy(() -> connector(engine).preview("q", "call", Map.of()))
          .isInstanceOf(RefusedOperationException.class)
          .hasMessage("There is no process definition 'q'");
      assertThatThrownBy(() -> connector(engine).preview("p", "done", Map.of()))
          .hasMessage("The process has no service task 'done'");
      assertThatThrownBy(() -> connector(engine).send("p", "call", Map.of()))
          .isInstanceOf(RefusedOperationException.class)
          .hasMessage(
              "This changes something, which rest-connector.operations.actions does not allow");
      assertThatThrownBy(() -> connector(engine).replay(0))
          .isInstanceOf(RefusedOperationException.class);
      assertThatThrownBy(() -> connector(engine).retry("1"))
          .isInstanceOf(RefusedOperationException.class);
    }
  }

  @Test
  void whenADeadLetterJobIsRunAgainThenItsCallIsMadeAgain() throws IOException {
    try (RawServer server = RawServer.answering(RawServer.response("200 OK", ""));
        CallEngine engine = engine(true)) {
      engine.deployProcess(
          "p",
          """
          <startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="call"/>
          <serviceTask id="call" flowable:async="true" flowable:delegateExpression="${restGet}"/>
          <sequenceFlow sourceRef="call" targetRef="done"/><userTask id="done"/>
          """);
      String instance = engine.runtime().startProcessInstanceByKey("p").getId();
      var management = engine.engine.getManagementService();
      String job = management.createJobQuery().singleResult().getId();
      assertThatThrownBy(() -> management.executeJob(job)).isNotNull();

      assertThat(connector(engine).deadLetters("other")).isEmpty();
      DeadLetter dead = connector(engine).deadLetters(instance).get(0);
      assertThat(dead.activity()).isEqualTo("call");
      assertThat(dead.message()).contains("MISSING_INPUT", "restUrl is missing");
      assertThatThrownBy(() -> connector(engine).retry("none"))
          .hasMessage("There is no dead letter job 'none'");

      engine.runtime().setVariable(instance, "restUrl", server.url("/"));
      connector(engine).retry(dead.job());
      management.executeJob(management.createJobQuery().singleResult().getId());
      assertThat(server.requests()).hasSize(1);
      assertThat(connector(engine).deadLetters(null)).isEmpty();
    }
  }
}
