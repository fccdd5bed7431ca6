package io.restconnector.aps.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.call.internal.CallResult;
import io.restconnector.call.internal.ErrorCode;
import io.restconnector.call.internal.TaskEngine;
import io.restconnector.fixtures.Bpmn;
import io.restconnector.fixtures.LoggedEvents;
import io.restconnector.fixtures.RawServer;
import java.io.IOException;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.flowable.engine.delegate.BpmnError;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one execution of a REST call task gives its process. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestCallTest {

  /** What expressions call. */
  @SuppressWarnings("DoNotCallSuggester") // only expressions do
  public static final class Shop implements Serializable {
    private static final long serialVersionUID = 1;

    public String sold() {
      throw new BpmnError("SOLD", "of the application");
    }
  }

  /** A result, and what the task's variables are then. */
  private record Ran(CallResult result, Map<String, Object> variables) {}

  private static final String JSON = "200 OK\r\nContent-Type: application/json";
  private static final String BODY = "{\"n\":5,\"name\":\"Ann\",\"nothing\":null}";

  private final LoggedEvents log = LoggedEvents.of(RestCall.class);
  private TaskEngine engine;
  private volatile String answer = "";
  private RawServer server;

  @BeforeAll
  void start() throws IOException {
    engine = new TaskEngine();
    server = RawServer.start(RawServer.replying(request -> answer));
  }

  @AfterAll
  void stop() {
    engine.close();
    server.close();
    log.close();
  }

  private static String url(String url) {
    return Bpmn.string("restUrl", url);
  }

  private static String mapping(String property, String variable, String type) {
    return "<modeler:response-mapping xmlns:modeler=\"http://activiti.com/modeler\" modeler:processVariableName=\"%s\" modeler:processVariableType=\"%s\" modeler:jsonPropertyName=\"%s\"/>"
        .formatted(variable, type, property);
  }

  private Ran run(Map<String, Object> variables, String... elements) {
    log.clear();
    AtomicReference<CallResult> result = new AtomicReference<>();
    Map<String, Object> after =
        engine.in(
            String.join("", elements),
            variables,
            execution -> result.set(RestCall.execute(execution)));
    return new Ran(Objects.requireNonNull(result.get()), after);
  }

  private Ran answered(String head, String body, String... mappings) {
    answer = RawServer.response(head, body);
    return run(
        Map.of("a", "before", "b", "before"), url(server.url("/x")), String.join("", mappings));
  }

  @Test
  void whenTheResponseHasAllThenItIsWrittenAndNothingElse() {
    Ran ran = answered(JSON, BODY, mapping("name", "a", "string"), mapping("n", "c", "integer"));

    assertThat(ran.result().code()).isNull();
    assertThat(ran.variables()).isEqualTo(Map.of("a", "Ann", "b", "before", "c", 5L));
    assertThat(log.messages()).isEmpty();
  }

  @Test
  void whenTheResponseLacksSomeThenTheyAreNullAndNamed() {
    Ran ran =
        answered(
            JSON,
            BODY,
            mapping("none", "a", "string"),
            mapping("name", "b", "string"),
            mapping("none.deep", "c", "integer"));

    Map<String, Object> wanted = new HashMap<>();
    wanted.put("a", null);
    wanted.put("b", "Ann");
    wanted.put("c", null);
    assertThat(ran.result().code()).isNull();
    assertThat(ran.variables()).isEqualTo(wanted);
    assertThat(log.messages())
        .singleElement()
        .asString()
        .startsWith("Activity 'call' of instance ")
        .endsWith(": the response has nothing for [a, c], so these variables are null");
  }

  @Test
  void whenTheResponseHasNullThenNothingLacks() {
    assertThat(answered(JSON, BODY, mapping("nothing", "a", "string")).variables())
        .containsEntry("a", null);
    assertThat(log.messages()).isEmpty();
  }

  @Test
  void whenThereIsNoBodyThenAllLack() {
    assertThat(answered("204 None", "", mapping(".", "a", "string")).variables())
        .containsEntry("a", null);
    assertThat(log.messages()).singleElement().asString().contains("nothing for [a]");
  }

  @Test
  void whenTheBodyIsBinaryThenOnlyTheWholeIsThere() {
    Ran ran =
        answered(
            "200 OK\r\nContent-Type: application/octet-stream",
            "\0\1\u00ff",
            mapping(".", "a", ""),
            mapping("n", "b", ""));

    assertThat(ran.variables())
        .containsEntry("a", "\0\1\u00ff".getBytes(ISO_8859_1))
        .containsEntry("b", null);
    assertThat(log.messages()).singleElement().asString().contains("nothing for [b]");
  }

  @Test
  void whenOneValueHasNoFormOfItsTypeThenNothingIsWritten() {
    Ran ran =
        answered(
            JSON,
            BODY,
            mapping("n", "a", "integer"),
            mapping("name", "b", "integer"),
            mapping("none", "c", "string"));

    assertThat(ran.result().error()).isEqualTo(ErrorCode.UNKNOWN_ERROR);
    assertThat(ran.result().message())
        .startsWith("modeler:response-mapping of activity 'call' has 'b', which is ")
        .doesNotContain("Ann");
    assertThat(ran.variables()).isEqualTo(Map.of("a", "before", "b", "before"));
    assertThat(log.messages()).isEmpty();
  }

  @Test
  void whenTheServiceRefusesThenItsBodyIsNotWritten() {
    Ran ran =
        answered(
            "404 None\r\nContent-Type: application/json", BODY, mapping("name", "a", "string"));

    assertThat(ran.result().code()).isEqualTo("NOT_FOUND");
    assertThat(ran.variables()).isEqualTo(Map.of("a", "before", "b", "before"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | GET | MISSING_INPUT | GET of activity 'call' was not sent: restUrl ",
        "ftp://h/x | GET | INVALID_INPUT | GET of activity 'call' was not sent: restUrl ",
        "ftp://h/x | PUT | INVALID_INPUT | PUT of activity 'call' was not sent: restUrl ",
        "URL | FETCH | INVALID_INPUT | GET of activity 'call' was not sent: httpMethod ",
        "${none.url} | GET | INVALID_INPUT | GET of activity 'call' was not sent: restUrl ",
      })
  void whenAnInputIsAtFaultThenNothingIsSentAndTheResultSaysWhatIs(
      String url, String method, String code, String message) {
    int sent = server.requests().size();

    Ran ran =
        run(
            Map.of("a", "before"),
            url(url.replace("URL", server.url("/x"))),
            Bpmn.string("httpMethod", method),
            mapping("name", "a", "string"));

    assertThat(ran.result().code()).isEqualTo(code);
    assertThat(ran.result().message()).startsWith(message);
    assertThat(ran.variables()).isEqualTo(Map.of("a", "before"));
    assertThat(server.requests()).hasSize(sent);
  }

  @ParameterizedTest
  @ValueSource(strings = {"restUrl", "httpMethod"})
  void whenTheApplicationRaisesAnErrorThenItIsTheResultAndNothingIsSent(String field) {
    int sent = server.requests().size();
    String other = field.equals("restUrl") ? "" : url(server.url("/x"));

    Ran ran = run(Map.of("shop", new Shop()), other, Bpmn.string(field, "${shop.sold()}"));

    assertThat(ran.result().code()).isEqualTo("SOLD");
    assertThat(ran.result().message()).isEqualTo("of the application");
    assertThat(ran.result().asError()).isSameAs(ran.result().cause());
    assertThat(ran.result().outputs()).isEmpty();
    assertThat(server.requests()).hasSize(sent);
  }

  @Test
  void whenVariablesAreWrittenThenTheyAreThoseOfTheMappingsInAnyOrder() {
    assertThat(
            answered(
                    JSON,
                    BODY,
                    mapping("name", "a", "string"),
                    mapping("n", "a", "string"),
                    mapping(".", "b", "string"))
                .variables())
        .containsEntry("a", "5") // the last one counts
        .containsEntry("b", BODY)
        .containsOnlyKeys(List.of("a", "b"));
  }
}
