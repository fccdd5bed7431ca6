package io.restconnector.httptask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.RestConnector;
import io.restconnector.RestConnectorConfigurator;
import io.restconnector.RestConnectorSettings;
import io.restconnector.call.CallEngine;
import io.restconnector.fixtures.PlainEngines;
import io.restconnector.fixtures.RawServer;
import io.restconnector.http.AuthenticationSettings;
import io.restconnector.http.HttpSettings;
import io.restconnector.httptask.internal.ConnectorHttpClient;
import io.restconnector.spi.Secret;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.flowable.common.engine.impl.history.HistoryLevel;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.http.common.api.HttpRequest;
import org.flowable.http.common.impl.apache.client5.ApacheHttpComponents5FlowableHttpClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Flowable's own {@code http} tasks, once with Flowable's HttpClient 5 client and once with the
 * connector's: what the server is sent, and what the process gets, is the same.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpTaskTest {

  /** How a task ended, and what its process then holds. */
  private record Seen(String end, Map<String, Object> variables, List<String> requests) {}

  private static final String OK =
      RawServer.response(
          "200 OK\r\nContent-Type: application/json\r\nX-One: 1\r\nX-One: 2",
          "{\"name\": \"J\u00c3\u00bcrgen\"}");

  private final ProcessEngine stock = stock();
  private final ProcessEngine ours = ours(HttpSettings.defaults(), settings());

  @AfterAll
  void stop() {
    stock.close();
    ours.close();
  }

  private static HttpTaskSettings settings() {
    return HttpTaskSettings.defaults().withEnabled(true);
  }

  private static ProcessEngineConfigurationImpl configuration() {
    ProcessEngineConfigurationImpl configuration = PlainEngines.withoutHistory();
    configuration.setHistoryLevel(HistoryLevel.AUDIT);
    return configuration;
  }

  private static ProcessEngine stock() {
    ProcessEngineConfigurationImpl configuration = configuration();
    configuration.setDisableEventRegistry(true).setEnableConfiguratorServiceLoader(false);
    configuration
        .getHttpClientConfig()
        .setHttpClient(
            new ApacheHttpComponents5FlowableHttpClient(configuration.getHttpClientConfig()));
    return configuration.buildProcessEngine();
  }

  private static ProcessEngine ours(HttpSettings http, HttpTaskSettings tasks) {
    ProcessEngineConfigurationImpl configuration = configuration();
    configuration.addConfigurator(
        new RestConnectorConfigurator(
            RestConnectorSettings.defaults().withHttp(http).withHttpTasks(tasks)));
    return configuration.buildProcessEngine();
  }

  private static String field(String name, String value) {
    return CallEngine.string(name, value);
  }

  private static String fields(String... namesAndValues) {
    StringBuilder fields = new StringBuilder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.append(field(namesAndValues[i], namesAndValues[i + 1]));
    }
    return fields.toString();
  }

  private static void deploy(ProcessEngine engine, String id, String attributes, String fields) {
    engine
        .getRepositoryService()
        .createDeployment()
        .addString(
            id + ".bpmn20.xml",
            """
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
                xmlns:flowable="http://flowable.org/bpmn" targetNamespace="t">
              <process id="%s">
                <startEvent id="s"/>
                <sequenceFlow sourceRef="s" targetRef="call"/>
                <serviceTask id="call" flowable:type="http" %s>
                  <extensionElements>%s</extensionElements>
                </serviceTask>
                <sequenceFlow sourceRef="call" targetRef="done"/>
                <userTask id="done"/>
                <boundaryEvent id="error" attachedToRef="call"><errorEventDefinition/></boundaryEvent>
                <sequenceFlow sourceRef="error" targetRef="caught"/>
                <userTask id="caught"/>
              </process>
            </definitions>
            """
                .formatted(id, attributes, fields))
        .deploy();
  }

  /** Runs a task against a server of its own; {@code URL} in the fields is its address. */
  private static Seen run(
      ProcessEngine engine, UnaryOperator<String> answer, String attributes, String fields)
      throws Exception {
    String id = "p" + UUID.randomUUID();
    try (RawServer server = RawServer.start(RawServer.replying(answer))) {
      String address = server.url("");
      deploy(engine, id, attributes, fields.replace("URL", address));
      Seen seen = run(engine, id);
      return new Seen(
          seen.end().replace(address, "URL"),
          seen.variables().entrySet().stream()
              .collect(
                  Collectors.toMap(
                      Map.Entry::getKey,
                      each ->
                          each.getValue() instanceof String text
                              ? text.replace(address, "URL")
                              : each.getValue())),
          server.requests().stream().map(each -> common(each).replace(address, "URL")).toList());
    }
  }

  private static Seen run(ProcessEngine engine, String id) {
    String instance;
    try {
      instance =
          engine
              .getRuntimeService()
              .startProcessInstanceByKey(id, Map.of("n", 7, "text", "a b"))
              .getId();
    } catch (RuntimeException failed) {
      Throwable cause = failed.getCause();
      String end =
          failed.getClass().getName() + (cause == null ? "" : " " + cause.getClass().getName());
      return new Seen(cause == null ? end + failed.getMessage() : end, Map.of(), List.of());
    }
    Map<String, Object> variables = new TreeMap<>();
    engine
        .getRuntimeService()
        .getVariables(instance)
        .forEach((name, value) -> variables.put(name, String.valueOf(value)));
    String task =
        engine
            .getTaskService()
            .createTaskQuery()
            .processInstanceId(instance)
            .singleResult()
            .getTaskDefinitionKey();
    return new Seen(task, variables, List.of());
  }

  /** Without the headers that say which client it is, in one order. */
  private static String common(String request) {
    String[] parts = request.split("\r\n\r\n", 2);
    List<String> lines = parts[0].lines().toList();
    return lines.get(0)
        + lines.stream()
            .skip(1)
            .filter(
                line ->
                    !line.toLowerCase(Locale.ROOT)
                        .matches("(user-agent|accept-encoding|accept: \\*/\\*|connection|host).*"))
            .map(
                line ->
                    line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT)
                        + line.substring(line.indexOf(':')))
            .sorted()
            .collect(Collectors.joining("\n", "\n", "\n\n"))
        + parts[1];
  }

  private void same(String attributes, String fields, String answer) throws Exception {
    Seen wanted = run(stock, request -> answer, attributes, fields);
    Seen seen = run(ours, request -> answer, attributes, fields);
    assertThat(wanted.requests()).isNotEmpty();
    assertThat(seen).isEqualTo(wanted);
  }

  static List<String> requests() {
    return List.of(
        fields("requestMethod", "GET", "requestUrl", "URL/a"),
        fields("requestMethod", "GET", "requestUrl", "URL/a?q=1+2&r=a b&s=%2Fx%20y"),
        fields(
            "requestMethod",
            "GET",
            "requestUrl",
            "URL/a",
            "requestHeaders",
            "X-A: 1\nX-B: ${text}\nAccept: text/plain"),
        fields(
            "requestMethod",
            "GET",
            "requestUrl",
            "URL/a",
            "requestSecureHeaders",
            "Authorization: Bearer geheim"),
        fields("requestMethod", "GET", "requestUrl", "URL/a", "requestBody", "not sent"),
        fields("requestMethod", "POST", "requestUrl", "URL/a"),
        fields(
            "requestMethod",
            "POST",
            "requestUrl",
            "URL/a",
            "requestBody",
            "{\"n\": ${n}}",
            "requestHeaders",
            "Content-Type: application/json"),
        fields("requestMethod", "POST", "requestUrl", "URL/a", "requestBody", "J\u00fcrgen \u20ac"),
        fields(
            "requestMethod",
            "POST",
            "requestUrl",
            "URL/a",
            "requestBody",
            "J\u00fcrgen \u20ac",
            "requestBodyEncoding",
            "UTF-8"),
        fields(
            "requestMethod",
            "PUT",
            "requestUrl",
            "URL/a",
            "requestBody",
            "J\u00fcrgen",
            "requestBodyEncoding",
            "ISO-8859-1",
            "requestHeaders",
            "content-type: text/x"),
        fields("requestMethod", "PATCH", "requestUrl", "URL/a", "requestBody", "x"),
        fields("requestMethod", "DELETE", "requestUrl", "URL/a"),
        fields("requestMethod", "DELETE", "requestUrl", "URL/a", "requestBody", "x"),
        fields(
            "requestMethod",
            "GET",
            "requestUrl",
            "URL/a",
            "saveRequestVariables",
            "true",
            "requestTimeout",
            "5000",
            "requestHeaders",
            "A: b",
            "requestSecureHeaders",
            "Authorization: x"),
        fields("requestMethod", "GET", "requestUrl", "URL/a", "saveResponseParameters", "true"),
        fields(
            "requestMethod",
            "GET",
            "requestUrl",
            "URL/a",
            "saveResponseParameters",
            "true",
            "resultVariablePrefix",
            "it",
            "responseVariableName",
            "found"),
        fields(
            "requestMethod",
            "GET",
            "requestUrl",
            "URL/a",
            "saveResponseVariableAsJson",
            "true",
            "responseVariableName",
            "found"),
        fields(
            "requestMethod",
            "GET",
            "requestUrl",
            "URL/a",
            "saveResponseParametersTransient",
            "true",
            "saveResponseParameters",
            "true"));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void whenATaskSendsARequestThenServerAndProcessSeeWhatFlowablesClientGives(String fields)
      throws Exception {
    same("", fields, OK);
    same("flowable:parallelInSameTransaction=\"true\"", fields, OK);
  }

  static List<String> answers() {
    return List.of(
        RawServer.response("404 Nothing", "no"),
        RawServer.response("500 Oops\r\nContent-Type: text/plain", "J\u00fcrgen"),
        RawServer.response(
            "200 OK\r\nContent-Type: text/plain; charset=utf-8", "J\u00c3\u00bcrgen"),
        RawServer.response("200 OK\r\nContent-Type: text/xml", "<a>J\u00fcrgen</a>"),
        RawServer.response("200 OK\r\nContent-Type: application/octet-stream", "\u00ff\u0000x"),
        RawServer.response("200 OK\r\nContent-Type: ;;;", "x"),
        RawServer.response("200 OK", "x"),
        RawServer.response("200 OK", ""),
        RawServer.response("299 Miscellaneous", "x"),
        "HTTP/1.1 204 No Content\r\nX-A: 1\r\n\r\n",
        "HTTP/1.1 304 Not Modified\r\n\r\n",
        "HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n");
  }

  @ParameterizedTest
  @MethodSource("answers")
  void whenAServerAnswersThenTheProcessGetsWhatFlowablesClientGives(String answer)
      throws Exception {
    for (String more :
        List.of(
            "",
            fields("handleStatusCodes", "4XX,500"),
            fields("failStatusCodes", "404,5XX"),
            fields("disallowRedirects", "true", "handleStatusCodes", "3XX"))) {
      String fields =
          fields(
              "requestMethod",
              "GET",
              "requestUrl",
              "URL/a",
              "saveResponseParameters",
              "true",
              "responseVariableName",
              "found");
      // A redirect leads to what answers.
      UnaryOperator<String> server =
          request -> request.startsWith("GET /b") ? RawServer.response("200 OK", "b") : answer;
      assertThat(run(ours, server, "", fields + more))
          .isEqualTo(run(stock, server, "", fields + more));
    }
  }

  private static String unused() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "http://127.0.0.1:" + socket.getLocalPort();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"refused", "http://nothing.invalid/", "ftp://a/", "not a url"})
  void whenThereIsNoConnectionThenTheFailureIsOfTheTypeThatFlowablesClientGives(String url)
      throws Exception {
    String target = url.equals("refused") ? unused() : url;
    for (String more : List.of("", fields("ignoreException", "true"))) {
      for (String attribute : List.of("", "flowable:parallelInSameTransaction=\"true\"")) {
        String fields = fields("requestMethod", "GET", "requestUrl", target);
        Seen wanted = run(stock, request -> OK, attribute, fields + more);
        Seen seen = run(ours, request -> OK, attribute, fields + more);
        assertThat(kind(seen)).isEqualTo(kind(wanted));
      }
    }
  }

  /** The words differ; the type of the cause is what a task may map to an error. */
  private static String kind(Seen seen) {
    return seen.end()
        .replaceAll("FlowableException.*(java.net|org.apache.hc.client5)", "FlowableException $1")
        .replaceAll("(FlowableException)(?! java.net| org.apache.hc.client5).*", "$1");
  }

  @Test
  void whenAServerDripsThenTheTimeoutIsADeadline() throws Exception {
    try (RawServer server =
        RawServer.start(
            peer -> {
              peer.readRequest();
              peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
              peer.sendForever("x", java.time.Duration.ofMillis(50));
            })) {
      deploy(
          ours,
          "drip",
          "",
          fields("requestMethod", "GET", "requestUrl", server.url("/"), "requestTimeout", "500"));
      assertThatThrownBy(() -> ours.getRuntimeService().startProcessInstanceByKey("drip"))
          .cause()
          .isInstanceOf(java.net.SocketTimeoutException.class)
          .hasMessageContaining("did not end within 500 ms");
    }
  }

  @Test
  void whenAnAddressIsDeniedThenATaskDoesNotReachIt() {
    deploy(
        ours,
        "metadata",
        "",
        fields("requestMethod", "GET", "requestUrl", "http://169.254.169.254/latest"));
    assertThatThrownBy(() -> ours.getRuntimeService().startProcessInstanceByKey("metadata"))
        .hasMessageContaining("calls to 169.254.169.254 are denied");
  }

  @ParameterizedTest
  @CsvSource({
    "/mine, '', Bearer t0ken",
    "/mine, Authorization: own, own",
  })
  void whenAHostHasAnAuthenticationThenItGoesWithATask(String path, String header, String sent)
      throws Exception {
    try (RawServer server = RawServer.answering(OK)) {
      HttpSettings http =
          HttpSettings.defaults()
              .withAccess(
                  HttpSettings.defaults()
                      .access()
                      .withSecrets(Map.of("t", Secret.of("t0ken")))
                      .withAuthentications(Map.of("token", AuthenticationSettings.bearer("t"))));
      HttpTaskSettings tasks =
          settings()
              .withAuthentications(
                  List.of(
                      new HostAuthentication(List.of("other.example.com"), "token"),
                      new HostAuthentication(List.of(server.url("")), "token")));
      runOnce(
          ours(http, tasks),
          fields("requestMethod", "GET", "requestUrl", server.url(path), "requestHeaders", header));
      assertThat(server.requests().get(0)).contains("Authorization: " + sent + "\r\n");
    }
  }

  @Test
  void whenAnAuthenticationIsUnknownThenTheSettingsAreRefused() {
    HttpTaskSettings tasks =
        settings()
            .withAuthentications(List.of(new HostAuthentication(List.of("a.example.com"), "none")));
    assertThatThrownBy(() -> RestConnectorSettings.defaults().withHttpTasks(tasks))
        .hasMessage(
            "http-tasks.authentications[0].authentication names no authentication under authentications");
  }

  @Test
  void whenTheTasksAreNotAskedForThenFlowablesClientSendsThem() throws Exception {
    try (RawServer server = RawServer.answering(OK)) {
      runOnce(
          ours(HttpSettings.defaults(), HttpTaskSettings.defaults()),
          fields("requestMethod", "GET", "requestUrl", server.url("/")));
      assertThat(server.requests().get(0)).doesNotContain("Accept: */*");
    }
  }

  private static void runOnce(ProcessEngine engine, String fields) {
    try {
      deploy(engine, "once", "", fields);
      engine.getRuntimeService().startProcessInstanceByKey("once");
    } finally {
      engine.close();
    }
  }

  @Test
  void whenAUrlHoldsAPasswordThenTheJournalDoesNotShowIt() throws Exception {
    String url = "http://ann:geheim@127.0.0.1:1/a";
    run(ours, request -> OK, "", fields("requestMethod", "GET", "requestUrl", url));

    RestConnector connector = RestConnector.of(ours);
    assertThat(connector.journal().calls().get(0).url()).isEqualTo("http://127.0.0.1:1/a");
    assertThat(connector.overview().toString()).doesNotContain("geheim");
  }

  @ParameterizedTest
  @CsvSource({"''", "flowable:parallelInSameTransaction=\"true\"", "flowable:async=\"true\""})
  void whenATaskIsJournaledThenItsEntryNamesProcessInstanceAndActivity(String attributes)
      throws Exception {
    try (RawServer server = RawServer.answering(OK)) {
      String id = "journaled" + UUID.randomUUID();
      String fields = fields("requestMethod", "GET", "requestUrl", server.url("/"));
      deploy(ours, id, attributes, fields);
      String instance = ours.getRuntimeService().startProcessInstanceByKey(id).getId();
      for (org.flowable.job.api.Job job :
          ours.getManagementService().createJobQuery().processInstanceId(instance).list()) {
        ours.getManagementService().executeJob(job.getId());
      }

      assertThat(RestConnector.of(ours).journal().calls())
          .first()
          .satisfies(
              entry -> {
                assertThat(entry.processDefinitionKey()).isEqualTo(id);
                assertThat(entry.instance()).isEqualTo(instance);
                assertThat(entry.activity()).isEqualTo("call");
              });
    }
  }

  @Test
  void whenAMethodIsUnknownThenTheMessageNamesTheOthersInOneOrder() {
    HttpRequest task = new HttpRequest();
    task.setMethod("TRACE");
    assertThatThrownBy(
            () ->
                ((ConnectorHttpClient)
                        ours.getProcessEngineConfiguration().getHttpClientConfig().getHttpClient())
                    .prepareRequest(task))
        .hasMessage(
            "TRACE HTTP method not supported, wanted GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS");
  }
}
