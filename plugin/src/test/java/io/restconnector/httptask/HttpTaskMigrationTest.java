package io.restconnector.httptask;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.RestConnectorSettings;
import io.restconnector.call.CallEngine;
import io.restconnector.content.internal.JsonText;
import io.restconnector.fixtures.PlainEngines;
import io.restconnector.fixtures.RawServer;
import io.restconnector.http.AccessSettings;
import io.restconnector.http.AuthenticationSettings;
import io.restconnector.http.HttpSettings;
import io.restconnector.spi.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.http.common.impl.apache.client5.ApacheHttpComponents5FlowableHttpClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The rows of docs/migration.md from the {@code http} task to the actions, each run both ways. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpTaskMigrationTest {

  private static final String GET = action("restGet");
  private static final String HTTP = "flowable:type=\"http\"";
  private static final String URL = expression("requestUrl", "URL/a");
  private static final String REST_URL = field("restUrl", "URL/a");
  private static final String NO_OUTPUT = field("outputMapping", "{}");
  private static final String FOUND = field("outputMapping", "{\"found\": \"${restResult}\"}");
  private static final String OK =
      RawServer.response("200 OK\r\nContent-Type: application/json", "{\"name\":\"Ann\"}");
  private static final String NOT_FOUND = RawServer.response("404 Not Found", "");

  /** One row: the field, and the same task with it and as an action. */
  private enum Row {
    REQUEST_METHOD(
        "requestMethod",
        OK,
        field("requestMethod", "POST") + URL,
        action("restPost"),
        REST_URL + NO_OUTPUT),
    REQUEST_URL(
        "requestUrl",
        OK,
        get(expression("requestUrl", "URL/orders/${n}?q=${text}")),
        GET,
        field("restUrl", "URL/orders/{id}")
            + field("restUrlParams", "{\"id\": \"${n}\", \"q\": \"${text}\"}")
            + NO_OUTPUT),
    REQUEST_HEADERS(
        "requestHeaders",
        OK,
        get(URL + expression("requestHeaders", "X-A: 1\nX-B: ${text}")),
        GET,
        REST_URL + field("requestHeaders", "{\"X-A\": \"1\", \"X-B\": \"${text}\"}") + NO_OUTPUT),
    REQUEST_SECURE_HEADERS(
        "requestSecureHeaders",
        OK,
        get(URL + field("requestSecureHeaders", "Authorization: Bearer t0ken")),
        GET,
        REST_URL + field("authentication", "service") + NO_OUTPUT),
    REQUEST_BODY(
        "requestBody",
        OK,
        field("requestMethod", "POST")
            + URL
            + field("requestHeaders", "Content-Type: application/json")
            + expression("requestBody", "{\"n\": ${n}}"),
        action("restPost"),
        REST_URL + field("requestPayload", "{\"n\": \"${n}\"}") + NO_OUTPUT),
    REQUEST_BODY_ENCODING(
        "requestBodyEncoding",
        OK,
        field("requestMethod", "POST")
            + URL
            + field("requestHeaders", "Content-Type: text/plain; charset=ISO-8859-1")
            + field("requestBody", "J\u00fcrgen")
            + field("requestBodyEncoding", "ISO-8859-1"),
        action("restPost"),
        REST_URL
            + field("requestHeaders", "{\"Content-Type\": \"text/plain; charset=ISO-8859-1\"}")
            + field("requestPayload", "J\u00fcrgen")
            + NO_OUTPUT),
    REQUEST_TIMEOUT(
        "requestTimeout",
        "", // never complete
        get(URL + field("requestTimeout", "300") + field("ignoreException", "true")),
        GET,
        REST_URL + field("timeout", "300") + NO_OUTPUT),
    DISALLOW_REDIRECTS(
        "disallowRedirects",
        "HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n",
        get(URL + field("disallowRedirects", "true")),
        GET,
        REST_URL + NO_OUTPUT),
    FAIL_STATUS_CODES(
        "failStatusCodes",
        NOT_FOUND,
        get(URL + field("failStatusCodes", "404")),
        GET,
        REST_URL + NO_OUTPUT),
    HANDLE_STATUS_CODES(
        "handleStatusCodes",
        NOT_FOUND,
        get(URL + field("handleStatusCodes", "404")),
        GET,
        REST_URL + NO_OUTPUT),
    IGNORE_EXCEPTION(
        "ignoreException",
        "no http at all\r\n\r\n",
        get(URL + field("ignoreException", "true")),
        GET,
        REST_URL + NO_OUTPUT),
    RESPONSE_VARIABLE_NAME(
        "responseVariableName",
        RawServer.response("200 OK\r\nContent-Type: text/plain", "Ann"),
        get(URL + field("responseVariableName", "found")),
        GET,
        REST_URL + FOUND),
    SAVE_RESPONSE_VARIABLE_AS_JSON(
        "saveResponseVariableAsJson",
        OK,
        get(
            URL
                + field("saveResponseVariableAsJson", "true")
                + field("responseVariableName", "found")),
        GET,
        REST_URL + FOUND),
    SAVE_RESPONSE_PARAMETERS(
        "saveResponseParameters",
        OK,
        get(URL + field("saveResponseParameters", "true")),
        GET,
        REST_URL + field("outputMapping", "{\"callResponseStatusCode\": \"${restStatus}\"}")),
    RESULT_VARIABLE_PREFIX(
        "resultVariablePrefix",
        OK,
        get(URL + field("saveResponseParameters", "true") + field("resultVariablePrefix", "it")),
        GET,
        REST_URL + field("outputMapping", "{\"itResponseStatusCode\": \"${restStatus}\"}")),
    SAVE_RESPONSE_PARAMETERS_TRANSIENT(
        "saveResponseParametersTransient",
        OK,
        get(
            URL
                + field("saveResponseParameters", "true")
                + field("saveResponseParametersTransient", "true")),
        GET,
        REST_URL + NO_OUTPUT),
    SAVE_REQUEST_VARIABLES(
        "saveRequestVariables",
        OK,
        get(URL + field("saveRequestVariables", "true")),
        GET,
        REST_URL + NO_OUTPUT),
    PARALLEL(
        "flowable:parallelInSameTransaction",
        OK,
        get(URL),
        CallEngine.byTopic(io.restconnector.call.internal.RestAction.GET),
        REST_URL + NO_OUTPUT);

    private final String field;
    private final String answer;
    private final String httpFields;
    private final String binding;
    private final String actionFields;

    Row(String field, String answer, String httpFields, String binding, String actionFields) {
      this.field = field;
      this.answer = answer;
      this.httpFields = httpFields;
      this.binding = binding;
      this.actionFields = actionFields;
    }
  }

  /** What both have in common: where the process went, what was sent, what the example names. */
  private record Seen(String end, List<String> requests, Map<String, String> variables) {}

  private ProcessEngine stock;
  private ProcessEngine ours;

  private static String action(String bean) {
    return "flowable:delegateExpression=\"${%s}\"".formatted(bean);
  }

  private static String field(String name, String value) {
    return CallEngine.string(name, value);
  }

  private static String expression(String name, String value) {
    return CallEngine.expression(name, value);
  }

  private static String get(String fields) {
    return field("requestMethod", "GET") + fields;
  }

  @BeforeAll
  void start() {
    ProcessEngineConfigurationImpl plain = PlainEngines.withoutHistory();
    plain.setDisableEventRegistry(true).setEnableConfiguratorServiceLoader(false);
    plain
        .getHttpClientConfig()
        .setHttpClient(new ApacheHttpComponents5FlowableHttpClient(plain.getHttpClientConfig()));
    stock = plain.buildProcessEngine();
    ProcessEngineConfigurationImpl configuration = PlainEngines.withoutHistory();
    configuration.setAsyncExecutorActivate(true);
    configuration.addConfigurator(
        new io.restconnector.RestConnectorConfigurator(
            RestConnectorSettings.defaults()
                .withIdempotencyKey(false)
                .withHttp(
                    HttpSettings.defaults()
                        .withFollowRedirects(false)
                        .withAccess(
                            AccessSettings.defaults()
                                .withSecrets(Map.of("t", Secret.of("t0ken")))
                                .withAuthentications(
                                    Map.of("service", AuthenticationSettings.bearer("t")))))));
    ours = configuration.buildProcessEngine();
  }

  @AfterAll
  void stop() {
    stock.close();
    ours.close();
  }

  @Test
  void whenARowStandsInTheDocsThenItHasACase() throws Exception {
    String page = Files.readString(Path.of("../docs/migration.md"));
    String section =
        page.substring(page.indexOf("## From the `http` task to the connector's actions"));
    section = section.substring(0, section.indexOf("\n## ", 5));
    assertThat(
            Pattern.compile("(?m)^\\| `([\\w:]+)` \\|")
                .matcher(section)
                .results()
                .map(row -> row.group(1))
                .toList())
        .isEqualTo(Arrays.stream(Row.values()).map(row -> row.field).toList());
  }

  /** The other rows differ in what becomes of the process, of which the docs tell. */
  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"REQUEST_TIMEOUT", "FAIL_STATUS_CODES", "IGNORE_EXCEPTION"})
  void whenATaskBecomesAnActionThenServerAndProcessSeeTheSame(Row row) throws Exception {
    String attributes =
        row == Row.PARALLEL ? HTTP + " flowable:parallelInSameTransaction=\"true\"" : HTTP;

    Seen wanted = run(stock, row, attributes, row.httpFields);
    Seen seen = run(ours, row, row.binding, row.actionFields);

    assertThat(wanted.requests()).isNotEmpty();
    assertThat(seen).isEqualTo(wanted);
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUEST_TIMEOUT", "IGNORE_EXCEPTION"})
  void whenATaskIgnoresWhatFailsThenAnActionGoesOnBehindItsErrorEvent(Row row) throws Exception {
    assertThat(run(stock, row, HTTP, row.httpFields).end()).isEqualTo("done");
    assertThat(run(ours, row, row.binding, row.actionFields).end()).isEqualTo("caught");
  }

  @Test
  void whenATaskFailsForAStatusThenAnActionRaisesAnError() throws Exception {
    Row row = Row.FAIL_STATUS_CODES;
    assertThat(run(stock, row, HTTP, row.httpFields).end()).isEqualTo("failed");
    assertThat(run(ours, row, row.binding, row.actionFields).end()).isEqualTo("caught");
  }

  private static Seen run(ProcessEngine engine, Row row, String attributes, String fields)
      throws Exception {
    try (RawServer server = RawServer.answering(row.answer)) {
      String id = "p" + UUID.randomUUID();
      engine
          .getRepositoryService()
          .createDeployment()
          .addString(id + ".bpmn20.xml", process(id, attributes, fields, server.url("")))
          .deploy();
      Map<String, Object> variables = new HashMap<>(Map.of("n", 7, "text", "a b"));
      String end;
      Map<String, String> written = new TreeMap<>();
      try {
        String instance =
            engine.getRuntimeService().startProcessInstanceByKey(id, variables).getId();
        end = waiting(engine, instance);
        engine
            .getRuntimeService()
            .getVariables(instance)
            .forEach((name, value) -> written.put(name, text(value)));
        written.keySet().removeIf(name -> !row.actionFields.contains("\"" + name + "\":"));
      } catch (org.flowable.common.engine.api.FlowableException failed) {
        end = "failed";
      }
      return new Seen(
          end, server.requests().stream().map(HttpTaskMigrationTest::common).toList(), written);
    }
  }

  private static String waiting(ProcessEngine engine, String instance) {
    return org.awaitility.Awaitility.await()
        .atMost(java.time.Duration.ofSeconds(30))
        .until(
            () ->
                engine
                    .getTaskService()
                    .createTaskQuery()
                    .processInstanceId(instance)
                    .singleResult(),
            java.util.Objects::nonNull)
        .getTaskDefinitionKey();
  }

  private static String text(Object value) {
    String text = String.valueOf(value);
    return text.startsWith("{") ? JsonText.parse(text).toString() : text;
  }

  /** Without the headers that say which client it is; JSON without its white space. */
  private static String common(String request) {
    String[] parts = request.split("\r\n\r\n", 2);
    StringBuilder common = new StringBuilder();
    parts[0]
        .lines()
        .map(
            line ->
                line.matches("(?i)[a-z-]+: .*")
                    ? line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT)
                        + line.substring(line.indexOf(':'))
                    : line.replace("+", "%20"))
        .filter(
            line ->
                !line.matches(
                    "(?s)(user-agent|accept|accept-encoding|connection|host|content-length|traceparent): .*"))
        .map(line -> line.replace("application/json; charset=UTF-8", "application/json"))
        .sorted()
        .forEach(line -> common.append(line).append('\n'));
    return common.append(text(parts[1])).toString();
  }

  private static String process(String id, String attributes, String fields, String url) {
    return """
        <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
            xmlns:flowable="http://flowable.org/bpmn" targetNamespace="t">
          <process id="%s">
            <startEvent id="s"/>
            <sequenceFlow sourceRef="s" targetRef="call"/>
            <serviceTask id="call" %s><extensionElements>%s</extensionElements></serviceTask>
            <sequenceFlow sourceRef="call" targetRef="done"/>
            <userTask id="done"/>
            <boundaryEvent id="error" attachedToRef="call"><errorEventDefinition/></boundaryEvent>
            <sequenceFlow sourceRef="error" targetRef="caught"/>
            <userTask id="caught"/>
          </process>
        </definitions>
        """
        .formatted(id, attributes, fields.replace("URL/", url + "/"));
  }
}
