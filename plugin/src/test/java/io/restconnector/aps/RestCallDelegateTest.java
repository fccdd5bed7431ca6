package io.restconnector.aps;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.RestConnector;
import io.restconnector.RestConnectorSettings;
import io.restconnector.call.CallEngine;
import io.restconnector.call.CallEngine.Outcome;
import io.restconnector.content.internal.JsonText;
import io.restconnector.fixtures.PlainEngines;
import io.restconnector.fixtures.RawServer;
import io.restconnector.http.AccessSettings;
import io.restconnector.http.AuthenticationSettings;
import io.restconnector.http.EndpointSettings;
import io.restconnector.http.HttpSettings;
import io.restconnector.model.Finding;
import io.restconnector.spi.Secret;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.flowable.common.engine.api.FlowableIllegalArgumentException;
import org.flowable.engine.delegate.JavaDelegate;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

/** REST call tasks of Alfresco Process Services, in the forms that exports have. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("JavaUtilDate") // Flowable's date variables are
class RestCallDelegateTest {

  private static final String OK = json("{\"ok\":true}");

  private RawServer server;
  private CallEngine engine;
  private volatile UnaryOperator<String> answer = request -> OK;

  @BeforeAll
  void start() throws Exception {
    server = RawServer.start(RawServer.replying(request -> answer.apply(request)));
    AccessSettings access =
        AccessSettings.defaults()
            .withSecrets(Map.of("password", Secret.of("s3cret")))
            .withAuthentications(Map.of("demo", AuthenticationSettings.basic("user", "password")))
            .withEndpoints(
                Map.of(
                    "APS Base", new EndpointSettings(server.url("")),
                    "2002", new EndpointSettings(server.url("/by-id/")),
                    "Slash", new EndpointSettings(server.url("/api/")),
                    "Guarded",
                        new EndpointSettings(
                            server.url("/guarded"),
                            "demo",
                            Map.of("X-Tenant", "t1", "Accept", "text/plain"))));
    engine =
        CallEngine.start(
            RestConnectorSettings.defaults().withHttp(HttpSettings.defaults().withAccess(access)));
  }

  @BeforeEach
  void answerOk() {
    answer = request -> OK;
  }

  @AfterAll
  void stop() {
    engine.close();
    server.close();
  }

  private static String json(String body) {
    return RawServer.response(
        "200 OK\r\nContent-Type: application/json", new String(body.getBytes(UTF_8), ISO_8859_1));
  }

  private static String field(String name, String value) {
    String kind = name.equals("requestMappingJSONTemplate") ? "expression" : "string";
    return "<activiti:field name=\"%1$s\"><activiti:%2$s><![CDATA[%3$s]]></activiti:%2$s></activiti:field>"
        .formatted(name, kind, value);
  }

  private static String header(String name, String value) {
    return "<modeler:request-header modeler:headerName=\"%s\" modeler:headerValue=\"%s\"/>"
        .formatted(name, value);
  }

  private static String mapping(String property, String type, String attribute, String value) {
    return "<modeler:request-mapping modeler:jsonPropertyName=\"%s\" modeler:jsonPropertyType=\"%s\" modeler:%s=\"%s\"/>"
        .formatted(property, type, attribute, value);
  }

  private static String response(String property, String variable, String type) {
    return "<modeler:response-mapping modeler:processVariableName=\"%s\" modeler:processVariableType=\"%s\" modeler:jsonPropertyName=\"%s\"/>"
        .formatted(variable, type, property);
  }

  /** As the modeler of that product exports it. */
  private static String export(String id, String attributes, String... extensions) {
    return """
        <?xml version='1.0' encoding='UTF-8'?>
        <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
            xmlns:activiti="http://activiti.org/bpmn" xmlns:modeler="http://activiti.com/modeler"
            targetNamespace="http://www.activiti.org/processdef" modeler:version="1.0en"
            modeler:modelId="7012" modeler:modelVersion="6">
          <process id="%s" name="Export" isExecutable="true">
            <startEvent id="s"/>
            <sequenceFlow id="f1" sourceRef="s" targetRef="call"/>
            <serviceTask id="call" name="Call" %s activiti:delegateExpression="${activiti_restCallDelegate}">
              <extensionElements>%s
                <modeler:editor-resource-id><![CDATA[call]]></modeler:editor-resource-id>
              </extensionElements>
            </serviceTask>
            <sequenceFlow id="f2" sourceRef="call" targetRef="done"/>
            <userTask id="done"/>
            <boundaryEvent id="error" attachedToRef="call">
              <extensionElements>
                <activiti:in source="errorCode" target="code"/>
                <activiti:in source="errorMessage" target="thrown"/>
              </extensionElements>
              <errorEventDefinition/>
            </boundaryEvent>
            <sequenceFlow id="f3" sourceRef="error" targetRef="caught"/>
            <userTask id="caught"/>
          </process>
        </definitions>
        """
        .formatted(id, attributes, String.join("", extensions))
        .strip();
  }

  private static String deploy(CallEngine engine, String... extensions) {
    String id = "p" + UUID.randomUUID();
    engine
        .engine
        .getRepositoryService()
        .createDeployment()
        .addString(id + ".bpmn20.xml", export(id, "", extensions))
        .deploy();
    return id;
  }

  private Outcome run(Map<String, Object> variables, String... extensions) {
    return engine.run(deploy(engine, extensions), variables);
  }

  /** A model that the deployment would refuse, for what the runtime says of it. */
  private Outcome runUnchecked(Map<String, Object> variables, String... extensions) {
    return engine.run(deploy(engine.unchecked(), extensions), variables);
  }

  private String lastRequest() {
    return server.requests().get(server.requests().size() - 1);
  }

  private String lastBody() {
    String request = lastRequest();
    return new String(
        request.substring(request.indexOf("\r\n\r\n") + 4).getBytes(ISO_8859_1), UTF_8);
  }

  private static Map<String, Object> values() {
    Map<String, Object> values = new HashMap<>();
    values.put("text", "Ann \"the\" \\ {1},\n${evil} #{evil} </x> \u00fc");
    values.put("number", 5L);
    values.put("amount", new BigDecimal("12.50"));
    values.put("flag", true);
    values.put("nothing", null);
    values.put("day", new Date(0));
    values.put("bytes", "hi".getBytes(UTF_8));
    values.put("my-field", "dash");
    values.put(
        "object",
        JsonNodeFactory.instance.objectNode().put("a", 1).put("b", "\"}, \"admin\": true, {\""));
    values.put("list", JsonNodeFactory.instance.arrayNode().add("x").add(2));
    values.put("jsonText", "{\"admin\": true}");
    return values;
  }

  static Stream<Arguments> templates() {
    String text = "\"Ann \\\"the\\\" \\\\ {1},\\n${evil} #{evil} </x> \u00fc\"";
    String object = "{\"a\":1,\"b\":\"\\\"}, \\\"admin\\\": true, {\\\"\"}";
    return Stream.of(
        Arguments.of("{\"v\": ${text}}", "{\"v\":" + text + "}"),
        Arguments.of("{\"v\": \"${text}\"}", "{\"v\":" + text + "}"),
        Arguments.of("{\"v\": ${number}}", "{\"v\":5}"),
        Arguments.of("{\"v\": \"${number}\"}", "{\"v\":\"5\"}"),
        Arguments.of("{\"v\": ${amount}, \"w\": \"${amount}\"}", "{\"v\":12.50,\"w\":\"12.50\"}"),
        Arguments.of("{\"v\": ${flag}, \"w\": \"${flag}\"}", "{\"v\":true,\"w\":\"true\"}"),
        Arguments.of("{\"v\": ${nothing}, \"w\": \"${nothing}\"}", "{\"v\":null,\"w\":\"\"}"),
        Arguments.of("{\"v\": ${day}}", "{\"v\":\"1970-01-01T00:00:00Z\"}"),
        Arguments.of("{\"v\": ${bytes}, \"w\": \"${bytes}\"}", "{\"v\":\"aGk=\",\"w\":\"aGk=\"}"),
        Arguments.of("{\"v\": ${object}}", "{\"v\":" + object + "}"),
        Arguments.of(
            "{\"v\": \"${object}\"}",
            "{\"v\":\"" + object.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}"),
        Arguments.of("{\"v\": ${list}}", "{\"v\":[\"x\",2]}"),
        Arguments.of("[${number}, ${text},${list}]", "[5," + text + ",[\"x\",2]]"),
        Arguments.of("${object}", object),
        Arguments.of("{\"v\": ${jsonText}}", "{\"v\":\"{\\\"admin\\\": true}\"}"),
        Arguments.of("{\"v\": \"${jsonText}\"}", "{\"v\":\"{\\\"admin\\\": true}\"}"),
        Arguments.of("{\"v\": ${my-field}}", "{\"v\":\"dash\"}"),
        Arguments.of("{\"v\": ${number + 1}, \"w\": ${flag ? 'a' : 'b'}}", "{\"v\":6,\"w\":\"a\"}"),
        Arguments.of("{\"v\": \"no ${number} and ${flag}!\"}", "{\"v\":\"no 5 and true!\"}"),
        Arguments.of("{\"v\": \"a \\\"${number}\\\"\"}", "{\"v\":\"a \\\"5\\\"\"}"),
        Arguments.of("{\"v\": {\"w\": [{\"x\": ${number}}]}}", "{\"v\":{\"w\":[{\"x\":5}]}}"),
        Arguments.of(
            "{\"cm:title\":${text}, \"n\":1.10}", "{\"cm:title\":" + text + ",\"n\":1.10}"),
        Arguments.of("{\"plain\": \"Happy Christmas !\"}", "{\"plain\":\"Happy Christmas !\"}"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("templates")
  void whenATemplateIsFilledThenEachValueStaysJsonInItsPlace(String template, String body) {
    Outcome outcome =
        run(
            values(),
            field("baseEndpointName", "APS Base"),
            field("httpMethod", "POST"),
            field("requestMappingJSONTemplate", template));

    assertThat(outcome.task()).as("%s", outcome.variables()).isEqualTo("done");
    assertThat(lastBody()).isEqualTo(JsonText.parse(body).toString());
    assertThat(lastRequest()).contains("Content-Type: application/json");
  }

  @ParameterizedTest(name = "{0} + {1}")
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          APS Base, -, /one?a=1,             /one?a=1
          APS Base, -, one,                  /one
          APS Base, 77, one,                 /one
          Another, 2002, /one,               /by-id/one
          -, 2002, one,                      /by-id/one
          Slash, -, /one,                    /api/one
          Slash, -, one,                     /api/one
          Slash, -, -,                       /api/
          Slash, -, ?q=1,                    /api/?q=1
          Slash, -, /items/${id}/x,          /api/items/a%20b/x
          Slash, -, ${id},                   /api/a%20b
          Slash, -, /f?q={${id}},            /api/f?q=%7Ba%20b%7D
          Slash, -, /f?q=${braces},          /api/f?q=%7Bx%7D
          ${'Sla'.concat('sh')}, -, /one,    /api/one
          -, -, URL/full,                    /full
          -, -, ${base}/full,                /full
          """)
  void whenATaskNamesAnEndpointThenItsUrlComesBeforeThePath(
      String name, String id, String path, String target) {
    Map<String, Object> variables = Map.of("id", "a b", "braces", "{x}", "base", server.url(""));

    Outcome outcome =
        run(
            variables,
            name == null ? "" : field("baseEndpointName", name),
            id == null ? "" : field("baseEndpoint", id),
            path == null ? "" : field("restUrl", path.replace("URL", server.url(""))),
            field("httpMethod", "GET"));

    assertThat(outcome.task()).as("%s", outcome.variables()).isEqualTo("done");
    assertThat(lastRequest()).startsWith("GET " + target + " HTTP/1.1\r\n");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, GET",
    "get, GET",
    "POST, POST",
    "PUT, PUT",
    "DELETE, DELETE",
    "PATCH, PATCH",
    "HEAD, HEAD",
    "OPTIONS, OPTIONS",
    "'', GET",
    "${m}, PUT"
  })
  void whenATaskNamesAMethodThenItIsSent(String method, String sent) {
    run(Map.of("m", "put"), field("baseEndpointName", "APS Base"), field("httpMethod", method));

    assertThat(lastRequest()).startsWith(sent + " / HTTP/1.1\r\n");
  }

  static Stream<Arguments> mappings() {
    return Stream.of(
        Arguments.of(mapping("p", "string", "jsonPropertyValueRestResponseField", "text"), "Ann"),
        Arguments.of(mapping("p", "string", "jsonPropertyValueFormField", "number"), "\"5\""),
        Arguments.of(mapping("p", "integer", "jsonPropertyValueFormField", "digits"), "7"),
        Arguments.of(mapping("p", "boolean", "jsonPropertyValueFormField", "flag"), "true"),
        Arguments.of(mapping("p", "", "jsonPropertyValueFormField", "object"), "{\"a\":1"),
        Arguments.of(mapping("p", "string", "jsonPropertyValueFormField", "nothing"), "null"),
        Arguments.of(mapping("p", "string", "jsonPropertyValue", "fixed"), "\"fixed\""),
        Arguments.of(mapping("p", "string", "jsonPropertyValue", "n=${number}"), "\"n=5\""),
        Arguments.of(mapping("p", "integer", "jsonPropertyValue", "12"), "12"));
  }

  @ParameterizedTest
  @MethodSource("mappings")
  void whenATaskHasRequestMappingsThenTheyAreTheBody(String mapping, String value) {
    Map<String, Object> variables = values();
    variables.put("digits", "7");
    run(
        variables,
        field("baseEndpointName", "APS Base"),
        field("httpMethod", "POST"),
        mapping,
        mapping("second", "string", "jsonPropertyValue", "2"));

    assertThat(lastBody()).startsWith("{\"p\":").contains(value).endsWith(",\"second\":\"2\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "DELETE"})
  void whenTheMethodHasNoBodyThenRequestMappingsAreTheQuery(String method) {
    run(
        values(),
        field("baseEndpointName", "APS Base"),
        field("restUrl", "/find?a=1"),
        field("httpMethod", method),
        mapping("name", "string", "jsonPropertyValueFormField", "text"),
        mapping("none", "string", "jsonPropertyValueFormField", "nothing"),
        mapping("n", "integer", "jsonPropertyValueFormField", "number"));

    assertThat(lastRequest())
        .startsWith(
            method
                + " /find?a=1&name=Ann%20%22the%22%20%5C%20%7B1%7D%2C%0A%24%7Bevil%7D%20%23%7Bevil%7D%20%3C%2Fx%3E%20%C3%BC&n=5 HTTP");
    assertThat(lastBody()).isEmpty();
  }

  @Test
  void whenATaskHasHeadersThenTheyAreSentEvaluated() {
    run(
        Map.of("token", "Bearer abc", "account", 17),
        field("baseEndpointName", "Guarded"),
        field("httpMethod", "GET"),
        header("Authorization", "${token}"),
        header("accept", "application/json"),
        header("Content-Type", "application/json"),
        header("X-Account", "no-${account}"),
        header("X-Two", "1"),
        header("X-Two", "2"));

    assertThat(lastRequest())
        .startsWith("GET /guarded HTTP/1.1\r\n")
        .contains("Authorization: Bearer abc\r\n", "accept: application/json\r\n")
        .contains("X-Account: no-17\r\n", "X-Two: 1\r\n", "X-Two: 2\r\n", "X-Tenant: t1\r\n")
        .doesNotContain("text/plain", "Basic");
  }

  @Test
  void whenAnEndpointHasAnAuthenticationThenItGoesWithTheCall() {
    run(Map.of(), field("baseEndpointName", "Guarded"), field("restUrl", "/x"));

    assertThat(lastRequest())
        .startsWith("GET /guarded/x HTTP/1.1\r\n")
        .contains("Accept: text/plain\r\n")
        .contains(
            "Authorization: Basic "
                + Base64.getEncoder().encodeToString("user:s3cret".getBytes(UTF_8)));
  }

  static Stream<Arguments> responses() {
    return Stream.of(
        Arguments.of("name", "string", "Ann"),
        Arguments.of("a.b.c", "string", "deep"),
        Arguments.of("a.b.n", "integer", 5L),
        Arguments.of("a.b.n", "string", "5"),
        Arguments.of("a.b.n", "double", 5.0),
        Arguments.of("digits", "long", 12L),
        Arguments.of("flag", "boolean", true),
        Arguments.of("flagText", "boolean", false),
        Arguments.of("flag", "", true),
        Arguments.of("amount", "", 1.5),
        Arguments.of("day", "date", new Date(86_400_000L)),
        Arguments.of("moment", "date", new Date(3_600_000L)),
        Arguments.of("moment2", "date", new Date(0)),
        Arguments.of("millis", "date", new Date(1000)),
        Arguments.of("data", "string", "[{\"id\":1},{\"id\":2}]"),
        Arguments.of("data[1].id", "integer", 2L),
        Arguments.of("data.0.id", "integer", 1L),
        Arguments.of("dotted.name.x", "string", "dots"),
        Arguments.of("nothing", "string", null),
        Arguments.of("a.none.c", "string", null),
        Arguments.of("name.first", "string", null),
        Arguments.of("data[7].id", "integer", null));
  }

  private static final String BODY =
      """
      {"name":"Ann","a":{"b":{"c":"deep","n":5}},"digits":"12","flag":true,"flagText":"false","amount":1.5,\
      "day":"1970-01-02","moment":"1970-01-01T02:00:00.000+01:00","moment2":"1970-01-01T00:00:00Z","millis":1000,\
      "data":[{"id":1},{"id":2}],"dotted.name":{"x":"dots"},"nothing":null}""";

  @ParameterizedTest(name = "{0} as {1}")
  @MethodSource("responses")
  void whenAResponseMappingNamesAPropertyThenItsValueIsTheVariable(
      String property, String type, Object value) {
    answer = request -> json(BODY);
    Outcome outcome =
        run(
            Map.of("v", "of an earlier call"),
            field("baseEndpointName", "APS Base"),
            response(property, "v", type),
            response("name", "other", "string"));

    assertThat(outcome.task()).as("%s", outcome.variables()).isEqualTo("done");
    assertThat(outcome.variables()).containsEntry("v", value).containsEntry("other", "Ann");
    assertThat(outcome.variables()).doesNotContainKeys("restResult", "restStatus", "restError");
  }

  @Test
  void whenAResponseMappingIsADotThenItIsTheWholeBody() {
    answer = request -> json(BODY);
    Outcome outcome =
        run(
            Map.of(),
            field("baseEndpointName", "APS Base"),
            response(".", "text", "string"),
            response(".", "tree", ""));

    assertThat(outcome.get("text")).isEqualTo(JsonText.parse(BODY).toString());
    assertThat(outcome.get("tree")).hasToString(JsonText.parse(BODY).toString());
  }

  @ParameterizedTest
  @CsvSource({"text/plain, hello, hello", "application/json, '', ", "application/json, '\"x\"', x"})
  void whenTheBodyIsNoObjectThenOnlyTheWholeIsThere(String type, String body, String whole) {
    answer = request -> RawServer.response("200 OK\r\nContent-Type: " + type, body);
    Outcome outcome =
        run(
            Map.of(),
            field("baseEndpointName", "APS Base"),
            response(".", "whole", "string"),
            response("name", "name", "string"));

    assertThat(outcome.variables()).containsEntry("whole", whole).containsEntry("name", null);
  }

  @ParameterizedTest
  @CsvSource({"name, integer", "a, boolean", "name, date", "data, long", "amount, integer"})
  void whenAValueHasNoFormOfTheTypeThenItIsAnUnknownErrorAndNothingIsWritten(
      String property, String type) {
    answer = request -> json(BODY);
    Outcome outcome =
        run(
            Map.of(),
            field("baseEndpointName", "APS Base"),
            response("digits", "first", "string"),
            response(property, "v", type));

    assertThat(outcome.code()).isEqualTo("UNKNOWN_ERROR");
    assertThat(outcome.variables()).doesNotContainKeys("first", "v");
    assertThat(outcome.get("thrown"))
        .asString()
        .startsWith("modeler:response-mapping of activity 'call' has 'v', which is a JSON ")
        .doesNotContain("Ann");
  }

  @ParameterizedTest
  @CsvSource({
    "404, NOT_FOUND",
    "422, BAD_REQUEST",
    "500, INTERNAL_SERVER_ERROR",
    "503, SERVICE_UNAVAILABLE"
  })
  void whenTheServiceAnswersWithAnErrorThenItIsTheErrorOfItsName(int status, String code) {
    answer = request -> RawServer.response(status + " X\r\nContent-Type: application/json", BODY);
    Outcome outcome =
        run(
            Map.of("v", "before"),
            field("baseEndpointName", "APS Base"),
            response("name", "v", "string"));

    assertThat(outcome.task()).isEqualTo("caught");
    assertThat(outcome.code()).isEqualTo(code);
    assertThat(outcome.get("v")).isEqualTo("before");
  }

  static Stream<Arguments> wrong() {
    String base = field("baseEndpointName", "APS Base");
    String post = base + field("httpMethod", "POST");
    return Stream.of(
        Arguments.of(
            field("baseEndpointName", "Nowhere") + field("baseEndpoint", "9"),
            "INVALID_INPUT",
            "baseEndpointName names no endpoint, wanted one of [2002, APS Base, Guarded, Slash]"),
        Arguments.of(
            field("baseEndpoint", "9"),
            "INVALID_INPUT",
            "baseEndpoint names no endpoint, wanted one of [2002, APS Base, Guarded, Slash]"),
        Arguments.of(
            field("httpMethod", "GET"),
            "MISSING_INPUT",
            "restUrl is missing, wanted a URL, or an endpoint in baseEndpointName"),
        Arguments.of(
            base + field("httpMethod", "FETCH"),
            "INVALID_INPUT",
            "httpMethod is another String, wanted GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS"),
        Arguments.of(
            base + field("restUrl", "https://elsewhere.example/x"),
            "INVALID_INPUT",
            "restUrl is an absolute URL beside an endpoint, wanted a path, or no endpoint"),
        Arguments.of(
            post + field("requestMappingJSONTemplate", "{\"a\": ${text} \"b\": 1}"),
            "INVALID_INPUT",
            "requestMappingJSONTemplate is a String that holds no JSON, wanted JSON; line 1, column 15: a comma is missing"),
        Arguments.of(
            post
                + field("requestMappingJSONTemplate", "{}")
                + mapping("a", "string", "jsonPropertyValue", "1"),
            "INVALID_INPUT",
            "requestMappingJSONTemplate stands beside modeler:request-mapping, wanted one of the two"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void whenTheModelCannotWorkThenTheDeploymentSaysSoAndSoDoesTheCall(
      String extensions, String code, String message) {
    assertThatThrownBy(() -> deploy(engine, extensions))
        .isInstanceOf(FlowableIllegalArgumentException.class)
        .hasMessageContaining("activity 'call'")
        .hasMessageContaining(message.replaceFirst("^(baseEndpoint\\w*) ", ""));
    int sent = server.requests().size();

    Outcome outcome = runUnchecked(values(), extensions);

    assertThat(outcome.code()).isEqualTo(code);
    assertThat(outcome.get("thrown"))
        .asString()
        .endsWith("of activity 'call' was not sent: " + message);
    assertThat(server.requests()).hasSize(sent);
  }

  static Stream<Arguments> wrongData() {
    String base = field("baseEndpointName", "Slash");
    return Stream.of(
        Arguments.of(
            base + field("restUrl", "/${missing}/x"), "restUrl is the expression ${missing}"),
        Arguments.of(
            base + field("restUrl", "/${up}/x"),
            "restUrl is a String whose expression has a dot segment"),
        Arguments.of(
            base + header("X-A", "${lines}"),
            "modeler:request-header value 'X-A' is text with a character"),
        Arguments.of(
            base + header("X-A", "${map}"), "modeler:request-header value 'X-A' is a JSON OBJECT"),
        Arguments.of(
            base
                + field("httpMethod", "POST")
                + field("requestMappingJSONTemplate", "{\"a\":{\"b\":${execution.class}}}"),
            "requestMappingJSONTemplate is a java.lang.Class at /a/b"),
        Arguments.of(
            base
                + field("httpMethod", "POST")
                + field("requestMappingJSONTemplate", "{\"a\":${missing}}"),
            "requestMappingJSONTemplate is the expression ${missing}, which cannot be evaluated: there is no such variable"),
        Arguments.of(
            base
                + field("httpMethod", "POST")
                + mapping("a", "integer", "jsonPropertyValueFormField", "lines"),
            "modeler:request-mapping 'a' is a JSON STRING that holds no number"));
  }

  @ParameterizedTest
  @MethodSource("wrongData")
  void whenAValueCannotBeUsedThenItIsAnInvalidInputAndNothingIsSent(
      String extensions, String message) {
    int sent = server.requests().size();

    Outcome outcome =
        run(
            Map.of(
                "up", "..",
                "lines", "a\r\nX-B: 1",
                "map", JsonNodeFactory.instance.objectNode()),
            extensions);

    assertThat(outcome.code()).as("%s", outcome.variables()).isEqualTo("INVALID_INPUT");
    assertThat(outcome.get("thrown")).asString().contains(message);
    assertThat(server.requests()).hasSize(sent);
  }

  @Test
  void whenATemplateStandsAtAGetThenTheModelIsWarnedOf() {
    List<Finding> findings =
        RestConnector.check(
            new ByteArrayInputStream(
                export(
                        "p",
                        "activiti:async=\"true\"",
                        field("baseEndpointName", "Anything"),
                        field("requestMappingJSONTemplate", "{}"))
                    .getBytes(UTF_8)));

    assertThat(findings)
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING);
              assertThat(finding.message())
                  .isEqualTo("requestMappingJSONTemplate is not sent with GET");
            });
  }

  @Test
  void whenTheApplicationHasABeanOfThatNameThenItStaysAndItsTasksAreNotChecked() {
    ProcessEngineConfigurationImpl configuration = PlainEngines.withoutHistory();
    JavaDelegate own = execution -> execution.setVariable("own", true);
    configuration.setBeans(new HashMap<>(Map.of(RestCallDelegate.BEAN_NAME, own)));
    try (CallEngine other = CallEngine.start(configuration)) {
      Outcome outcome = other.run(deploy(other, field("baseEndpointName", "Of its own")), Map.of());

      assertThat(outcome.get("own")).isEqualTo(true);
    }
  }
}
