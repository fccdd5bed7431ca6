package io.restconnector.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.restconnector.call.CallEngine.Outcome;
import io.restconnector.call.internal.OutputWriter;
import io.restconnector.call.internal.RestAction;
import io.restconnector.fixtures.LoggedEvents;
import io.restconnector.fixtures.RawServer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.flowable.task.api.Task;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What a call leaves in the process. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutputsTest {

  private final List<AutoCloseable> toClose = new ArrayList<>();
  private CallEngine engine;

  @BeforeAll
  void start() {
    engine = CallEngine.start();
    engine.deploy("plain", CallEngine.byExpression(RestAction.GET));
  }

  @AfterAll
  void stop() throws Exception {
    engine.close();
    for (AutoCloseable each : toClose) {
      each.close();
    }
  }

  private String answering(String statusAndHeaders, String body) throws Exception {
    RawServer server = RawServer.answering(RawServer.response(statusAndHeaders, body));
    toClose.add(server);
    return server.url("/x");
  }

  private Outcome get(String statusAndHeaders, String body) throws Exception {
    return engine.run("plain", Map.of("restUrl", answering(statusAndHeaders, body)));
  }

  private Outcome mapped(String mapping, String statusAndHeaders, String body) throws Exception {
    return mapped(engine, mapping, statusAndHeaders, body);
  }

  private Outcome mapped(CallEngine deployer, String mapping, String statusAndHeaders, String body)
      throws Exception {
    String process = "mapped" + toClose.size();
    deployer.deploy(
        process,
        CallEngine.byClass(RestAction.GET),
        CallEngine.string("restUrl", answering(statusAndHeaders, body)),
        mapping);
    return engine.run(
        process,
        Map.of(
            "mine", "kept", "json", "{\"${mine.foo}\":1}", "map", Map.of("#{mine.foo}", "data")));
  }

  private static String template(String mapping) {
    return CallEngine.string("outputMapping", mapping);
  }

  private static Arguments result(String type, String body, @Nullable Object result) {
    return Arguments.of(type, body, result);
  }

  static List<Arguments> results() {
    String utf8 =
        new String("\u00e4\u20ac".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    return List.of(
        result("application/json", "\"text\"", "text"),
        result("application/json", "5", 5L),
        result("application/json", "-9223372036854775808", Long.MIN_VALUE),
        result("application/json", "12345678901234567890", new BigInteger("12345678901234567890")),
        result("application/json", "0.1", 0.1),
        result("application/json", "-2.50e3", -2500.0),
        result("application/json", "99999999999999.99", new BigDecimal("99999999999999.99")),
        result("application/json", "999999999999999.99", new BigDecimal("999999999999999.99")),
        result(
            "application/json", "0.10000000000000000001", new BigDecimal("0.10000000000000000001")),
        result("application/json", "1e99", 1e99),
        result("application/json", "1e9999", "1E+9999"),
        result("application/json", "1e400", new BigDecimal("1" + "0".repeat(400))),
        result("application/json", "1e10000", "1e10000"),
        result("application/json", "-1.0E-999999999999", "-1.0E-999999999999"),
        result("application/json", "1.5", 1.5),
        result("application/json", "true", true),
        result("application/json", "null", null),
        result("application/json", "\"${1+1} #{2}\"", "${1+1} #{2}"),
        result("application/json; charset=utf-8", "\"" + utf8 + "\"", "\u00e4\u20ac"),
        result("application/problem+json", "7", 7L),
        result("application/json", "{not json", "{not json"),
        result("application/json", "1 2", "1 2"),
        result("application/json", "", null),
        result("text/plain", "", null),
        result("text/plain", "${1+1}", "${1+1}"),
        result("text/plain; charset=iso-8859-1", "\u00e4", "\u00e4"),
        result("text/plain; charset=\"" + "\\a".repeat(5000) + "\"", "x", "x"),
        result("text/html", utf8, "\u00e4\u20ac"),
        result("application/xml", "<a/>", "<a/>"),
        result("image/svg+xml", "<a/>", "<a/>"),
        result("text/plain", "long".repeat(5000), "long".repeat(5000)),
        result("application/octet-stream", "\0\u00ff", new byte[] {0, (byte) 0xff}),
        result("none of it", "x", new byte[] {'x'}));
  }

  @ParameterizedTest
  @MethodSource("results")
  void whenBodyIsReceivedThenItsVariableHasTheTypeOfItsContent(
      String type, String body, @Nullable Object result) throws Exception {
    assertThat(get("200 OK\r\nContent-Type: " + type, body).get("restResult")).isEqualTo(result);
  }

  @Test
  void whenBodyIsJsonThenItComesBackFromTheDatabaseAsAJsonNode() throws Exception {
    for (String json :
        List.of(
            "{\"a\":[1,{\"b\":\"${1+1}\"}]}",
            "[]",
            "{}",
            "{\"n\":[0.1,19.9,999999999999999.99,1E+999,-1E-400,12345678901234567890]}",
            "{\"long\":\"" + "x".repeat(9000) + "\"}",
            "[".repeat(500) + "]".repeat(500))) {
      assertThat(get("200 OK\r\nContent-Type: application/json", json).get("restResult"))
          .isInstanceOf(JsonNode.class)
          .hasToString(json);
    }
  }

  @Test
  void whenAnExponentIsBeyondAllNumbersThenItIsAString() throws Exception {
    assertThat(
            get(
                    "200 OK\r\nContent-Type: application/json",
                    "{\"a\":1e9999,\"b\":[1e-10000,1E+999999999],\"c\":1e00009}")
                .get("restResult")
                .toString()
                .replace("1.0E+9", "1.0E9"))
        .isEqualTo("{\"a\":1E+9999,\"b\":[\"1e-10000\",\"1E+999999999\"],\"c\":1.0E9}");
  }

  @Test
  void whenANumberIsMappedAndReadBackThenItHasEveryDigitAndThePlainType() throws Exception {
    Outcome outcome =
        mapped(
            template(
                """
                {"exact":"${restResult.exact}","item":"${restResult.items[0]}","plain":"${restResult.plain}",
                 "text":"${restResult.exact} ${restResult.plain} ${restResult.large}"}
                """),
            "200 OK\r\nContent-Type: application/json",
            "{\"exact\":999999999999999.99,\"plain\":19.9,\"large\":2.5E7,"
                + "\"items\":[12345678901234567890]}");
    assertThat(outcome.variables())
        .contains(
            entry("exact", new BigDecimal("999999999999999.99")),
            entry("item", new BigInteger("12345678901234567890")),
            entry("plain", 19.9),
            entry("text", "999999999999999.99 19.9 25000000"));
  }

  @Test
  void whenJsonIsNestedTooDeepThenItIsKeptAsText() throws Exception {
    String json = "[".repeat(501) + "]".repeat(501);
    assertThat(get("200 OK\r\nContent-Type: application/json", json).get("restResult"))
        .isEqualTo(json);
  }

  @Test
  void whenThereIsNoMappingThenOutputsAreAtTheProcess() throws Exception {
    Outcome outcome = get("200 OK", "");
    assertThat(outcome.variables().keySet())
        .containsExactlyInAnyOrder(
            "restUrl", "restResult", "restStatus", "restResponseHeaders", "restError");
    assertThat(outcome.get("restStatus")).isInstanceOf(Integer.class);
  }

  @Test
  void whenThereIsAMappingThenExactlyItsVariablesAreWrittenWithTheirTypes() throws Exception {
    Outcome outcome =
        mapped(
            template(
                """
                {"whole":"${restResult}", "name":"${restResult.name}", "none":"${restResult.none}",
                 "count":"${restResult.items.size()}", "node":"${restResult.get('n')}",
                 "missing":"${restResult.path('no')}",
                 "text":"  status ${restStatus} ", "etag":"${restResponseHeaders.etag}",
                 "error":"${restError}", "literal":"a", "number":1.5, "flag":true, "nothing":null,
                 "nested":{"deep":["${restResult.n}","${mine}",{"x":"${restResult}"}]}}
                """),
            "200 OK\r\nContent-Type: application/json\r\nETag: \"e\"",
            "{\"name\":\"${1+1} \\\",\\\"name\\\":1\",\"n\":5,\"items\":[1,2]}");
    String body = "{\"name\":\"${1+1} \\\",\\\"name\\\":1\",\"n\":5,\"items\":[1,2]}";
    assertThat(outcome.variables())
        .hasEntrySatisfying("whole", value -> assertThat(value).hasToString(body))
        .hasEntrySatisfying(
            "nested",
            value -> assertThat(value).hasToString("{\"deep\":[5,\"kept\",{\"x\":" + body + "}]}"))
        .contains(
            entry("name", "${1+1} \",\"name\":1"),
            entry("none", null),
            entry("count", 2),
            entry("node", 5L),
            entry("missing", null),
            entry("text", "  status 200 "),
            entry("etag", "\"e\""),
            entry("error", null),
            entry("literal", "a"),
            entry("number", 1.5),
            entry("flag", true),
            entry("nothing", null),
            entry("mine", "kept"))
        .hasSize(17);
  }

  @Test
  void whenAnInstanceChangesWhatAMappingGaveItThenOthersGetItAsTheModelHasIt() throws Exception {
    engine.deploy(
        "changing",
        CallEngine.byClass(RestAction.GET),
        CallEngine.string("restUrl", answering("200 OK", "")),
        template("{\"given\":{\"a\":[1]}}"),
        "<flowable:executionListener event=\"end\""
            + " expression=\"${changes ? given.removeAll() : 0}\"/>");
    engine.run("changing", Map.of("changes", true));
    assertThat(engine.run("changing", Map.of("changes", false)).get("given"))
        .hasToString("{\"a\":[1]}");
  }

  static List<Arguments> lacks() {
    return List.of(
        Arguments.of("${restResult.nane}", true),
        Arguments.of("${restResult.a.b.c}", true),
        Arguments.of("${ restResult.items[7] }", true),
        Arguments.of("${restResult.items[7].name}", true),
        Arguments.of("${restResult['nane']}", true),
        Arguments.of("${restResult.name.first}", true),
        Arguments.of("${restResponseHeaders.etag}", true),
        Arguments.of("${restResponseHeaders['x-none']}", true),
        Arguments.of("${restResult.none}", false),
        Arguments.of("${restResult['none']}", false),
        Arguments.of("${restResult.items[1]}", false),
        Arguments.of("${restError}", false),
        Arguments.of("${mine == 'kept' ? null : 1}", false));
  }

  @ParameterizedTest
  @MethodSource("lacks")
  void whenTheResponseLacksAPropertyThenTheVariableIsNullAndOneWarningTells(
      String expression, boolean told) throws Exception {
    try (LoggedEvents log = LoggedEvents.of(OutputWriter.class)) {
      Outcome outcome =
          mapped(
              template(
                  "{\"x\":\"%s\",\"t\":\"<%s>\",\"s\":\"${restStatus}\"}"
                      .formatted(expression, expression)),
              "200 OK\r\nContent-Type: application/json",
              "{\"name\":\"n\",\"none\":null,\"items\":[1,null]}");
      assertThat(outcome.error()).isNull();
      assertThat(outcome.variables())
          .containsEntry("x", null)
          .containsEntry("t", "<>")
          .containsEntry("s", 200);
      assertThat(log.events()).hasSize(told ? 2 : 0);
      for (ILoggingEvent warning : log.events()) {
        assertThat(warning.getLevel()).isEqualTo(Level.WARN);
        assertThat(warning.getFormattedMessage())
            .contains("'call'", log.events().get(0) == warning ? "'x'" : "'t'", expression);
      }
    }
  }

  static List<Arguments> headerValues() {
    String utf8 =
        new String("\u00e4\u20ac".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    return List.of(
        Arguments.of("plain", "plain"),
        Arguments.of("", ""),
        Arguments.of(utf8, "\u00e4\u20ac"),
        Arguments.of("\u00e4", "\u00e4"),
        Arguments.of("filename=\"B\u00fcro.pdf\"", "filename=\"B\u00fcro.pdf\""),
        Arguments.of("\u00e4" + utf8, "\u00e4" + utf8),
        Arguments.of("\u00ff\u00fe", "\u00ff\u00fe"),
        Arguments.of("a\u0085b", "a\u0085b"),
        Arguments.of("\u00c0\u0080", "\u00c0\u0080"),
        Arguments.of("\u00f0\u009f\u0098\u0080", "\ud83d\ude00"));
  }

  @ParameterizedTest
  @MethodSource("headerValues")
  void whenBytesOfAHeaderAreNoUtf8ThenTheyAreLatin1(String bytes, String value) throws Exception {
    assertThat(get("200 OK\r\nX-A: " + bytes, "").get("restResponseHeaders"))
        .isInstanceOfSatisfying(
            JsonNode.class,
            headers -> assertThat(headers.get("x-a").stringValue()).isEqualTo(value));
  }

  @Test
  void whenTheResponseIsNoJsonThenItLacksEveryProperty() throws Exception {
    for (String type : List.of("text/plain", "application/pdf")) {
      Outcome outcome =
          mapped(
              template("{\"x\":\"${restResult.name}\"}"), "200 OK\r\nContent-Type: " + type, "a");
      assertThat(outcome.error()).isNull();
      assertThat(outcome.variables()).containsEntry("x", null);
    }
  }

  @Test
  void whenMappedTextHoldsNulThenTheVariableHoldsTextThatEveryDatabaseStores() throws Exception {
    assertThat(
            mapped(
                    template("{\"name\":\"${restResult.name}\"}"),
                    "200 OK\r\nContent-Type: application/json",
                    "{\"name\":\"a\\u0000b\"}")
                .get("name"))
        .isEqualTo("a\ufffdb");
  }

  @Test
  void whenMappedBodyIsBinaryThenTheVariableHasItsBytes() throws Exception {
    assertThat(mapped(template("{\"bytes\":\"${restResult}\"}"), "200 OK", "\0\u00ff").get("bytes"))
        .isEqualTo(new byte[] {0, (byte) 0xff});
  }

  @Test
  void whenTheCallFailsThenWhatTheMappingCanEvaluateIsWritten() throws Exception {
    Outcome outcome =
        mapped(
            engine.unchecked(),
            template(
                """
                {"a":"${restResult.name.first}","status":"${restStatus}","why":"${restError}",
                 "broken":"${"}
                """),
            "404 Not Found",
            "");
    assertThat(outcome.code()).isEqualTo("NOT_FOUND");
    assertThat(outcome.variables())
        .containsEntry("status", 404)
        .containsEntry("why", outcome.get("thrown"))
        .doesNotContainKeys("restStatus", "restResult", "restError", "broken");
  }

  @Test
  void whenAMappingDoesNotSuitTheResponseThenTheRestIsWrittenAndTheErrorNamesIt() throws Exception {
    Outcome outcome =
        mapped(
            template("{\"a\":\"${restResult.name.size()}\",\"status\":\"${restStatus}\"}"),
            "200 OK\r\nContent-Type: text/plain",
            "secret");
    assertThat(outcome.code()).isEqualTo("UNKNOWN_ERROR");
    assertThat((String) outcome.get("thrown"))
        .contains("activity 'call'", "outputMapping", "'a'", "${restResult.name.size()}")
        .doesNotContain("secret");
    assertThat(outcome.variables()).containsEntry("status", 200).doesNotContainKey("a");
  }

  @Test
  void whenMappingNestsTheResultTooDeepThenTheErrorSaysSo() throws Exception {
    Outcome outcome =
        mapped(
            template("{\"a\":{\"b\":\"${restResult}\"}}"),
            "200 OK\r\nContent-Type: application/json",
            "[".repeat(500) + "]".repeat(500));
    assertThat(outcome.code()).isEqualTo("UNKNOWN_ERROR");
  }

  @Test
  void whenMappingIsAnExpressionThenItsValueIsData() throws Exception {
    engine.deploy(
        "data",
        CallEngine.byExpression(RestAction.GET),
        CallEngine.expression("outputMapping", "${given}"));
    String url = answering("200 OK", "");
    for (Object given :
        List.of(
            "{\"a\":\"${restStatus}\",\"b\":[\"#{1}\"]}",
            Map.of("a", "${restStatus}", "b", List.of("#{1}")))) {
      Outcome outcome = engine.run("data", Map.of("restUrl", url, "given", given));
      assertThat(outcome.variables())
          .containsEntry("a", "${restStatus}")
          .hasEntrySatisfying("b", b -> assertThat(b).hasToString("[\"#{1}\"]"))
          .containsOnlyKeys("restUrl", "given", "a", "b");
    }
  }

  @Test
  void whenAVariableIsNamedOutputMappingThenItHasNoMeaning() throws Exception {
    Map<String, Object> variables = new HashMap<>();
    variables.put("restUrl", answering("200 OK", ""));
    variables.put("outputMapping", "{\"a\":1}");
    variables.put("outputScope", "local");
    assertThat(engine.run("plain", variables).variables())
        .containsEntry("restStatus", 200)
        .doesNotContainKey("a");
  }

  @Test
  void whenMappingOrScopeCannotBeReadThenNothingIsSentAndTheDefaultsSayWhy() throws Exception {
    for (String field :
        List.of(
            template("no JSON"),
            template("[1]"),
            template("{\"x\":1,\"${mine.length()}\":2}"),
            template("{\"#{mine}\":2}"),
            template("{\" \":2}"),
            template("{\"%s\":2}".formatted("x".repeat(256))),
            CallEngine.expression("outputMapping", "${nowhere}"),
            CallEngine.expression("outputMapping", "${json}"),
            CallEngine.expression("outputMapping", "${map}"),
            CallEngine.string("outputScope", "global"))) {
      CallEngine deployer = field.contains("flowable:string") ? engine.unchecked() : engine;
      Outcome outcome = mapped(deployer, field, "200 OK", "");
      assertThat(outcome.code()).isEqualTo("INVALID_INPUT");
      assertThat(outcome.error())
          .contains(
              "activity 'call'", field.contains("nowhere") ? "" : "; it came from the field output")
          .doesNotContain("java.lang.String");
      assertThat(((RawServer) toClose.get(toClose.size() - 1)).requests()).isEmpty();
    }
  }

  @Test
  void whenScopeIsLocalThenParallelBranchesAndInstancesKeepTheirOwn() throws Exception {
    try (RawServer echo =
        RawServer.start(
            peer -> {
              for (var request = peer.readRequest();
                  request.isPresent();
                  request = peer.readRequest()) {
                String path = request.get().replaceFirst("(?s)^\\S+ (\\S+) .*", "$1");
                peer.send(RawServer.response("200 OK\r\nContent-Type: text/plain", path));
              }
            })) {
      String fields =
          "<extensionElements>%s%s</extensionElements>"
              .formatted(
                  CallEngine.string("outputScope", "local"),
                  CallEngine.expression("restUrl", echo.url("/") + "${item}"));
      engine.deployProcess(
          "branches",
          """
          <startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="each"/>
          <subProcess id="each">
            <multiInstanceLoopCharacteristics isSequential="false" flowable:collection="items"
              flowable:elementVariable="item"/>
            <startEvent id="s2"/><sequenceFlow sourceRef="s2" targetRef="call"/>
            <serviceTask id="call" flowable:delegateExpression="${restGet}">%s</serviceTask>
            <sequenceFlow sourceRef="call" targetRef="wait"/><userTask id="wait"/>
          </subProcess>
          """
              .formatted(fields));
      List<String> items = List.of("a", "b", "c", "d");
      String instance = engine.begin("branches", Map.of("items", items));
      List<Task> tasks =
          engine.engine.getTaskService().createTaskQuery().processInstanceId(instance).list();
      assertThat(tasks).hasSize(4);
      for (Task task : tasks) {
        Map<String, Object> seen = engine.runtime().getVariables(task.getExecutionId());
        assertThat(seen).containsEntry("restResult", "/" + seen.get("item"));
      }
      assertThat(engine.runtime().getVariables(instance))
          .doesNotContainKeys("restResult", "restStatus", "restError", "restResponseHeaders");
    }
  }
}
