package io.restconnector.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.call.CallEngine.Outcome;
import io.restconnector.call.internal.RestAction;
import io.restconnector.fixtures.RawServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Every action × every status × every binding, the worker too: outputs, error, and the bytes that
 * were sent.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ActionMatrixTest {

  private static final int[] STATUSES = {
    200, 201, 202, 203, 204, 205, 206, 226, 299, 300, 304, 305, 399, 400, 401, 402, 403, 404, 405,
    406, 407, 408, 409, 410, 411, 412, 413, 415, 418, 421, 422, 429, 451, 499, 500, 501, 502, 503,
    504, 505, 507, 511, 599
  };

  private static final Map<Integer, String> CODES =
      Map.ofEntries(
          Map.entry(401, "UNAUTHORIZED"),
          Map.entry(403, "FORBIDDEN"),
          Map.entry(404, "NOT_FOUND"),
          Map.entry(405, "METHOD_NOT_ALLOWED"),
          Map.entry(406, "NOT_ACCEPTABLE"),
          Map.entry(407, "PROXY_AUTHENTICATION_REQUIRED"),
          Map.entry(408, "REQUEST_TIMEOUT"),
          Map.entry(409, "CONFLICT"),
          Map.entry(410, "GONE"),
          Map.entry(501, "NOT_IMPLEMENTED"),
          Map.entry(502, "BAD_GATEWAY"),
          Map.entry(503, "SERVICE_UNAVAILABLE"),
          Map.entry(504, "GATEWAY_TIMEOUT"));

  private static final String IDEMPOTENCY_KEY = "Idempotency-Key: [0-9a-f-]{36}\r\n";

  private RawServer server;
  private CallEngine engine;

  @BeforeAll
  void start() throws Exception {
    server = RawServer.start(RawServer.replying(ActionMatrixTest::answer));
    engine = CallEngine.withWorker();
    for (RestAction action : RestAction.values()) {
      engine.deploy(action + "_expression", CallEngine.byExpression(action));
      engine.deploy(action + "_class", CallEngine.byClass(action));
      engine.deploy(action + "_topic", CallEngine.byTopic(action));
    }
  }

  /** The status that the path names, with a body where that status and method may have one. */
  private static String answer(String request) {
    String method = request.substring(0, request.indexOf(' '));
    int status = Integer.parseInt(request.replaceFirst("(?s)^\\S+ /(\\d+).*", "$1"));
    String head = "HTTP/1.1 " + status + " What\r\nX-Twice: a\r\nx-once: 1\r\nX-TWICE: b\r\n";
    if (status == 204 || status == 304) {
      return head + "\r\n";
    }
    return head
        + "Content-Type: application/json\r\nContent-Length: 15\r\n\r\n"
        + (method.equals("HEAD") ? "" : "{\"n\": [1, \"?\"]}");
  }

  @AfterAll
  void stop() {
    engine.close();
    server.close();
  }

  static List<Arguments> cases() {
    List<Arguments> cases = new ArrayList<>();
    for (RestAction action : RestAction.values()) {
      for (int status : STATUSES) {
        cases.add(Arguments.of(action, "expression", status));
        cases.add(Arguments.of(action, "class", status));
        cases.add(Arguments.of(action, "topic", status));
      }
    }
    return cases;
  }

  @ParameterizedTest(name = "{0} by {1} gets {2}")
  @MethodSource("cases")
  void whenServiceAnswersThenOutputsErrorAndRequestAreAsDocumented(
      RestAction action, String binding, int status) {
    Map<String, Object> variables = new HashMap<>();
    variables.put("restUrl", server.url("/" + status + "/{id}?fixed=1"));
    variables.put("restUrlParams", "{\"id\":\"a/b\",\"q\":[1,\"x y\"],\"none\":null}");
    variables.put("requestHeaders", "{\"X-In\":[\"v\",\"w\"]}");
    variables.put("requestPayload", "{\"sent\": 1.10}");
    variables.put("restResult", "stale");
    variables.put("restStatus", -1);
    variables.put("restResponseHeaders", "stale");
    variables.put("restError", "stale");
    int before = server.requests().size();

    Outcome outcome = engine.run(action + "_" + binding, variables);

    String code =
        status < 400
            ? "none"
            : CODES.getOrDefault(status, status < 500 ? "BAD_REQUEST" : "INTERNAL_SERVER_ERROR");
    String error =
        status < 400
            ? null
            : "%s %s answered %d".formatted(action, server.url("/" + status + "/a%2Fb"), status);
    boolean empty = status == 204 || status == 304;
    assertThat(outcome.code()).isEqualTo(code);
    assertThat(outcome.get("thrown")).isEqualTo(error);
    assertThat(outcome.variables()).containsEntry("restError", error);
    assertThat(outcome.get("restStatus")).isEqualTo(status);
    switch (action) {
      case HEAD, OPTIONS -> assertThat(outcome.get("restResult")).isEqualTo("stale");
      case TRACE ->
          assertThat(outcome.get("restResult")).isEqualTo(empty ? null : "{\"n\": [1, \"?\"]}");
      default ->
          assertThat(outcome.get("restResult"))
              .satisfies(
                  result -> {
                    if (empty) {
                      assertThat(result).isNull();
                    } else {
                      assertThat(result)
                          .isInstanceOf(JsonNode.class)
                          .hasToString("{\"n\":[1,\"?\"]}");
                    }
                  });
    }
    if (action == RestAction.TRACE) {
      assertThat(outcome.get("restResponseHeaders")).isEqualTo("stale");
    } else {
      assertThat(outcome.get("restResponseHeaders"))
          .isInstanceOf(JsonNode.class)
          .hasToString(
              "{\"x-twice\":[\"a\",\"b\"],\"x-once\":\"1\"%s}"
                  .formatted(
                      empty
                          ? ""
                          : ",\"content-type\":\"application/json\",\"content-length\":\"15\""));
    }
    assertThat(outcome.task()).isEqualTo(status < 400 ? "done" : "caught");
    List<String> requests = server.requests().subList(before, server.requests().size());
    assertThat(requests).hasSize(1);
    String request = requests.get(0);
    if (binding.equals("topic") && (action == RestAction.POST || action == RestAction.PATCH)) {
      assertThat(request).containsPattern(IDEMPOTENCY_KEY);
      request = request.replaceFirst(IDEMPOTENCY_KEY, "");
    }
    assertThat(request).isEqualTo(request(action, status));
  }

  private String request(RestAction action, int status) {
    boolean payload =
        action == RestAction.POST || action == RestAction.PUT || action == RestAction.PATCH;
    return "%s /%d/a%%2Fb?fixed=1&q=1&q=x%%20y HTTP/1.1\r\n".formatted(action, status)
        + "X-In: v\r\nX-In: w\r\n"
        + (payload ? "Content-Type: application/json\r\n" : "")
        + "Accept: application/json, */*;q=0.8\r\n"
        + "Accept-Encoding: gzip, deflate\r\n"
        + "Host: 127.0.0.1:%d\r\n".formatted(server.port())
        + (payload ? "Content-Length: 14\r\n" : "")
        + "Connection: keep-alive\r\nUser-Agent: flowable-rest-connector/dev\r\n\r\n"
        + (payload ? "{\"sent\": 1.10}" : "");
  }
}
