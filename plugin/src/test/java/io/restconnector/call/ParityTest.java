package io.restconnector.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.call.CallEngine.Outcome;
import io.restconnector.call.internal.RestAction;
import io.restconnector.fixtures.RawServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Every action × status × form of the inputs × form of the outputs: a delegate, by expression and
 * by class, and an external-worker task send the same and give the process the same.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ParityTest {

  /** One form in which a task says its inputs; the variables are there in each. */
  private enum In {
    VARIABLES,
    EXPRESSIONS,
    LITERALS,
    UNUSABLE;

    String fields(RestAction action, String base) {
      return switch (this) {
        case VARIABLES -> "";
        case EXPRESSIONS ->
            CallEngine.expression("restUrl", "${restUrl}")
                + CallEngine.expression("restUrlParams", "${params}")
                + CallEngine.expression("requestHeaders", "${headers}")
                + (action.readsPayload()
                    ? CallEngine.expression("requestPayload", "${payload}")
                    : "")
                + CallEngine.expression("timeout", "${20 * 1000}");
        case LITERALS ->
            CallEngine.expression("restUrl", base + "/${status}/{id}")
                + CallEngine.string("restUrlParams", "{\"id\":\"${text}\",\"q\":[\"${number}\"]}")
                + CallEngine.string("requestHeaders", "{\"X-In\":\"<${number}>\"}")
                + (action.readsPayload()
                    ? CallEngine.string(
                        "requestPayload",
                        "{\"t\":\"${text}\",\"n\":\"${number}\",\"l\":\"${list}\"}")
                    : "")
                + CallEngine.string("timeout", "20000");
        case UNUSABLE -> CallEngine.string("timeout", "soon");
      };
    }
  }

  private enum Out {
    DEFAULT(""),
    MAPPED(
        CallEngine.string(
            "outputMapping",
            "{\"s\":\"${restStatus}\",\"both\":\"${restStatus} ${restError}\",\"again\":\"${s}\","
                + "\"deep\":{\"of\":[\"${text}\"]},\"fixed\":1}")),
    LOCAL(CallEngine.string("outputScope", "local")),
    MAPPED_LOCAL(
        CallEngine.string("outputMapping", "{\"s\":\"${restStatus}\"}")
            + CallEngine.expression("outputScope", "${'local'}")),
    UNSUITABLE(
        CallEngine.string(
            "outputMapping", "{\"bad\":\"${restStatus.none.there}\",\"s\":\"${restStatus}\"}"));

    final String fields;

    Out(String fields) {
      this.fields = fields;
    }
  }

  private static final int[] STATUSES = {200, 204, 404, 503};

  private RawServer server;
  private CallEngine engine;

  @BeforeAll
  void start() throws Exception {
    server = RawServer.start(RawServer.replying(ParityTest::answer));
    engine = CallEngine.withWorker();
  }

  private static String answer(String request) {
    int status = Integer.parseInt(request.replaceFirst("(?s)^\\S+ /(\\d+).*", "$1"));
    String head = "HTTP/1.1 " + status + " What\r\n";
    return status == 204
        ? head + "\r\n"
        : head
            + "Content-Type: application/json\r\nContent-Length: 9\r\n\r\n"
            + (request.startsWith("HEAD") ? "" : "{\"n\":1.5}");
  }

  @AfterAll
  void stop() {
    engine.close();
    server.close();
  }

  static List<Arguments> cases() {
    List<Arguments> cases = new ArrayList<>();
    for (RestAction action : RestAction.values()) {
      for (In in : In.values()) {
        for (Out out : Out.values()) {
          cases.add(Arguments.of(action, in, out));
        }
      }
    }
    return cases;
  }

  @ParameterizedTest(name = "{0} with inputs {1} and outputs {2}")
  @MethodSource("cases")
  void whenOnlyTheAttributeDiffersThenRequestAndOutcomeAreTheSame(
      RestAction action, In in, Out out) {
    String id = action + "_" + in + "_" + out;
    String fields = in.fields(action, server.url("")) + out.fields;
    CallEngine deployer = in == In.UNUSABLE ? engine.unchecked() : engine;
    deployer.deploy(id + "_expression", CallEngine.byExpression(action), fields);
    deployer.deploy(id + "_class", CallEngine.byClass(action), fields);
    deployer.deploy(id + "_topic", CallEngine.byTopic(action), fields);
    for (int status : STATUSES) {
      String expected = run(id + "_expression", status);

      assertThat(run(id + "_class", status)).isEqualTo(expected);
      assertThat(run(id + "_topic", status)).isEqualTo(expected);
      if (in == In.UNUSABLE) {
        assertThat(expected).contains("code=INVALID_INPUT").endsWith("[]");
      } else if (status >= 400) {
        assertThat(expected).contains("code=" + (status == 404 ? "NOT_FOUND" : "SERVICE_UNAVAIL"));
      } else {
        assertThat(expected)
            .contains(out == Out.UNSUITABLE ? "code=UNKNOWN_ERROR" : "done {")
            .doesNotContain("INVALID_INPUT");
      }
    }
  }

  /** All that a process and a service see of a call, as one text. */
  private String run(String process, int status) {
    Map<String, Object> variables = new HashMap<>();
    variables.put("restUrl", server.url("/" + status + "/{id}"));
    variables.put("restUrlParams", "{\"id\":1}");
    variables.put("requestPayload", "{\"sent\":1}");
    variables.put("params", Map.of("id", "a/b c"));
    variables.put("headers", "{\"X-In\":[\"v\",\"w\"]}");
    variables.put("payload", "{\"p\":[1.10]}");
    variables.put("status", status);
    variables.put("text", "\"${no}\", {id} ä/");
    variables.put("number", 25000000.0);
    variables.put("list", List.of(1, "2"));
    variables.put("restStatus", -1);
    int before = server.requests().size();

    Outcome outcome = engine.run(process, variables);

    List<String> requests =
        server.requests().subList(before, server.requests().size()).stream()
            .map(each -> each.replaceFirst("Idempotency-Key: [0-9a-f-]{36}\r\n", ""))
            .toList();
    return outcome.task()
        + " "
        + texts(outcome.variables())
        + " here "
        + texts(engine.seenByTask(outcome))
        + " "
        + requests;
  }

  private static Map<String, String> texts(Map<String, Object> variables) {
    Map<String, String> texts = new TreeMap<>();
    variables.forEach(
        (name, value) ->
            texts.put(name, value + (value instanceof JsonNode ? " JSON" : " " + type(value))));
    return texts;
  }

  private static String type(Object value) {
    return value == null ? "" : value.getClass().getSimpleName();
  }
}
