package io.restconnector.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.call.CallEngine.Outcome;
import io.restconnector.call.internal.RestAction;
import io.restconnector.fixtures.RawServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which inputs a task may give. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FieldNamesTest {

  private RawServer server;
  private CallEngine engine;
  private int deployed;

  @BeforeAll
  void start() throws Exception {
    server = RawServer.answering("HTTP/1.1 204 No Content\r\n\r\n");
    engine = CallEngine.withWorker();
  }

  @AfterAll
  void stop() {
    engine.close();
    server.close();
  }

  private Outcome run(String binding, String fields, Map<String, Object> more) {
    return run(engine, binding, fields, more);
  }

  private Outcome run(
      CallEngine deployer, String binding, String fields, Map<String, Object> more) {
    Map<String, Object> variables = new HashMap<>(more);
    variables.put("restUrl", server.url("/x"));
    String id = "p" + deployed++;
    deployer.deploy(id, binding, fields);
    return engine.run(id, variables);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "GET; timout; wanted timeout",
        "GET; requestheaders; wanted requestHeaders",
        "POST; payload; wanted one of authentication, ",
        "POST; requestBody; wanted one of authentication, ",
        "POST; requestPayLoad; wanted requestPayload",
        "PUT; restUrlParam; wanted restUrlParams",
        "PATCH; retryBackOff; wanted retryBackoff",
        "PATCH; maxAttempt; wanted maxAttempts",
        "POST; circuit-breaker; wanted circuitBreaker",
        "GET; outputMaping; wanted outputMapping",
        "GET; requestPayload; wanted one of ",
        "HEAD; requestPayload; wanted one of ",
        "OPTIONS; requestPayload; wanted one of ",
        "TRACE; requestPayload; wanted one of ",
        "TRACE; restUrlEncoded; wanted one of ",
      })
  void whenAnActionDoesNotReadANameThenItIsInvalidAndTheNearestIsNamed(
      RestAction action, String name, String wanted) {
    Map<String, Object> ignored = Map.of(name, "1");
    int before = server.requests().size();
    for (String binding : List.of(CallEngine.byClass(action), CallEngine.byExpression(action))) {
      for (String field : List.of(CallEngine.string(name, "1"), CallEngine.expression(name, "1"))) {
        assertRefused(
            run(engine.unchecked(), binding, field, Map.of()),
            name + " is a field that " + action,
            wanted);
      }
    }
    if (!name.startsWith("output")) {
      String in = "<flowable:in source='restUrl' target='restUrl'/>";
      assertRefused(
          run(
              engine.unchecked(),
              CallEngine.byTopic(action),
              in + "<flowable:in source='restUrl' target='%s'/>".formatted(name),
              Map.of()),
          name + " is a target of flowable:in that " + action,
          wanted);
    }
    assertThat(server.requests()).hasSize(before);
    assertThat(run(CallEngine.byClass(action), "", ignored).code()).isEqualTo("none");
    assertThat(run(CallEngine.byTopic(action), "", ignored).code()).isEqualTo("none");
  }

  private static void assertRefused(Outcome outcome, String... message) {
    assertThat(outcome.code()).isEqualTo("INVALID_INPUT");
    assertThat(outcome.error()).contains(message);
  }

  @ParameterizedTest
  @EnumSource
  void whenAFieldWasNotFilledInThenItIsNoneThatAnActionDoesNotRead(RestAction action) {
    for (String blank :
        List.of(
            "<flowable:field name='requestPayload'/>",
            "<flowable:field name='requestPayload' stringValue='' expression=''/>",
            "<flowable:field name='restUrlEncoded'>\n</flowable:field>")) {
      for (String binding : List.of(CallEngine.byClass(action), CallEngine.byExpression(action))) {
        assertThat(run(binding, blank, Map.of()).code()).as(blank).isEqualTo("none");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whenAnActionReadsANameThenEveryBindingTakesItsField(RestAction action) {
    Set<String> names = new TreeSet<>(action.fields());
    names.remove("poll"); // only to refuse it
    for (String name : names) {
      String field = CallEngine.expression(name, name.equals("restUrl") ? "${restUrl}" : "${null}");
      for (String binding : List.of(CallEngine.byClass(action), CallEngine.byExpression(action))) {
        assertThat(run(binding, field, Map.of()).code()).as(name).isEqualTo("none");
      }
    }
  }

  @Test
  void whenATaskGivesDeleteAPayloadThenItIsSentAndThatOfAVariableIsNot() {
    Map<String, Object> variables = Map.of("requestPayload", Map.of("a", 1), "none", "null");
    String in = "<flowable:in source='restUrl' target='restUrl'/>";
    String template = CallEngine.string("requestPayload", "{\"a\":\"${requestPayload.a}\"}");
    for (String[] row :
        new String[][] {
          {CallEngine.byClass(RestAction.DELETE), template, "{\"a\":1}"},
          {
            CallEngine.byExpression(RestAction.DELETE),
            CallEngine.expression("requestPayload", "${requestPayload}"),
            "{\"a\":1}"
          },
          {
            CallEngine.byTopic(RestAction.DELETE),
            in + "<flowable:in source='requestPayload' target='requestPayload'/>",
            "{\"a\":1}"
          },
          {
            CallEngine.byTopic(RestAction.DELETE),
            in + "<flowable:in sourceExpression='${requestPayload}' target='requestPayload'/>",
            "{\"a\":1}"
          },
          {CallEngine.byClass(RestAction.DELETE), "", ""},
          {CallEngine.byTopic(RestAction.DELETE), "", ""},
          {CallEngine.byTopic(RestAction.DELETE), in, ""},
          {
            CallEngine.byClass(RestAction.DELETE),
            CallEngine.expression("requestPayload", "${none}"),
            ""
          },
        }) {
      int before = server.requests().size();
      assertThat(run(row[0], row[1], variables).code()).isEqualTo("none");
      String request = server.requests().get(before);
      assertThat(request).startsWith("DELETE /x ").endsWith("\r\n\r\n" + row[2]);
      assertThat(request.contains("Content-Type: application/json")).isEqualTo(!row[2].isEmpty());
    }
  }
}
