package io.restconnector.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.call.CallEngine.Outcome;
import io.restconnector.call.internal.RestAction;
import io.restconnector.fixtures.RawServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Places where a value tries to leave its place. What the model says of an input is tried as an
 * expression of a delegate's field and as that of a worker task's {@code flowable:in}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ValuesInPlaceTest {

  private static final String REFUSED = "INVALID_INPUT";

  /** The value that tries, as the variable v. */
  private record Attempt(
      String name,
      Object value,
      Map<String, String> expressions,
      Map<String, String> literals,
      Map<String, Object> variables,
      String outcome,
      String expected,
      boolean isWrongModel) {

    /** Sent, with this in the request. */
    static Attempt sent(String name, Object value, String expected) {
      return new Attempt(name, value, Map.of(), Map.of(), Map.of(), "none", expected, false);
    }

    /** Refused, with this in the message. */
    static Attempt refused(String name, Object value, String expected) {
      return new Attempt(name, value, Map.of(), Map.of(), Map.of(), REFUSED, expected, false);
    }

    /** Refused whatever the value is, hence at deployment too. */
    static Attempt wrong(String name, Object value, String expected) {
      return new Attempt(name, value, Map.of(), Map.of(), Map.of(), REFUSED, expected, true);
    }

    private static <T> Map<String, T> with(Map<String, T> map, String name, T value) {
      Map<String, T> more = new LinkedHashMap<>(map);
      more.put(name, value);
      return more;
    }

    /** The model has this expression for an input. */
    Attempt says(String input, String text) {
      return new Attempt(
          name,
          value,
          with(expressions, input, text),
          literals,
          variables,
          outcome,
          expected,
          isWrongModel);
    }

    /** The model has this literal for an input, which only delegates can have. */
    Attempt literally(String input, String text) {
      return new Attempt(
          name,
          value,
          expressions,
          with(literals, input, text),
          variables,
          outcome,
          expected,
          isWrongModel);
    }

    /** A variable that an input reads. */
    Attempt given(String input, Object data) {
      return new Attempt(
          name,
          value,
          expressions,
          literals,
          with(variables, input, data),
          outcome,
          expected,
          isWrongModel);
    }

    @Override
    public String toString() {
      return name;
    }
  }

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

  private static List<Attempt> urls() {
    Map<String, Object> params = Map.of("tenant", "secret", "id", 7);
    List<Attempt> attempts = new ArrayList<>();
    attempts.add(
        Attempt.sent("reads no parameter", "{tenant}", "/o?f=%7Btenant%7D&tenant=secret")
            .says("restUrl", "${base}/o?f=${v}")
            .given("restUrlParams", Map.of("tenant", "secret")));
    attempts.add(
        Attempt.sent("reads no parameter in the path", "{tenant}", "/o/7/%7Btenant%7D?tenant=")
            .says("restUrl", "${base}/o/{id}/${v}")
            .given("restUrlParams", new LinkedHashMap<>(Map.of("id", 7, "tenant", "x"))));
    attempts.add(
        Attempt.sent("needs no parameter", "{nowhere}", "/o/%7Bnowhere%7D ")
            .says("restUrl", "${base}/o/${v}"));
    attempts.add(
        Attempt.sent("evaluates nothing", "${1+1}#{2}", "/o/$%7B1+1%7D ")
            .says("restUrl", "${base}/o/${v}"));
    attempts.add(
        Attempt.sent("names no placeholder", "tenant", "/o/%7Btenant%7D?")
            .says("restUrl", "${base}/o/{${v}}")
            .given("restUrlParams", params));
    attempts.add(
        Attempt.sent("a whole value is the template", "/o/{id}", "/o/7?")
            .says("restUrl", "${base.concat(v)}")
            .given("restUrlParams", params));
    for (String host : List.of("evil.example/", "evil.example#", "evil.example?", "a@b", "a\\")) {
      attempts.add(
          Attempt.refused("host " + host, host, "restUrl is a String")
              .says("restUrl", "http://${v}.example.com/x"));
    }
    for (String host :
        List.of(
            ".evil.example", "@evil.example/", ":80@evil", "x.evil.example/", "munity", "x/y")) {
      attempts.add(
          Attempt.refused("end of host " + host, host, "restUrl is a String")
              .says("restUrl", "http://api.example.com${v}"));
    }
    for (String number : List.of("1", "")) {
      attempts.add(
          Attempt.sent("part of a host " + number, number, "GET /x ")
              .says(
                  "restUrl", "http://127.0.0." + (number.isEmpty() ? "1" : "") + "${v}:${port}/x"));
    }
    attempts.add(
        Attempt.refused("port", "80@evil.example", "restUrl is a String")
            .says("restUrl", "http://api.example.com:${v}/x"));
    attempts.add(
        Attempt.sent("a path behind the host", "/o?q=1", "GET /o?q=1 ")
            .says("restUrl", "http://127.0.0.1:${port}${v}"));
    for (String dots :
        List.of("..", ".", "a/../../b", "%2e%2E", ".%2e", "..;x=1", "../x?", "a/..")) {
      attempts.add(
          Attempt.refused("path " + dots, dots, "dot segment").says("restUrl", "${base}/o/${v}"));
    }
    attempts.add(
        Attempt.refused("a path after the base", "/a/../b", "dot segment")
            .says("restUrl", "${base}${v}"));
    attempts.add(
        Attempt.refused("path, not encoded", "%2e%2e", "dot segment")
            .says("restUrl", "${base}/o/${v}")
            .given("restUrlEncoded", false));
    for (String value : List.of("..", ".", "%2e%2e")) {
      boolean encoded = !value.startsWith("%");
      attempts.add(
          Attempt.refused("placeholder " + value, "", "dot segment")
              .says("restUrl", "${base}/o/{id}/x")
              .given("restUrlEncoded", encoded)
              .given("restUrlParams", Map.of("id", value)));
    }
    attempts.add(
        Attempt.refused("fragment", "7#", "ends the URL before the model does")
            .says("restUrl", "${base}/o/${v}/cancel"));
    attempts.add(
        Attempt.refused("query", "7?x=", "ends the path before the model does")
            .says("restUrl", "${base}/o/${v}/cancel"));
    attempts.add(
        Attempt.refused("query twice", "7?a=1&", "ends the path before the model does")
            .says("restUrl", "${base}/o/${v}?f=1"));
    for (String behind : List.of(".pdf", "-2", "(x)", "=1", ";v=1", "@x")) {
      attempts.add(
          Attempt.refused("query before " + behind, "7?x=", "ends the path before the model does")
              .says("restUrl", "${base}/o/${v}" + behind));
    }
    attempts.add(
        Attempt.sent("a whole query", "?a=1", "/o?a=1&b=2 ")
            .says("restUrl", "${base}/o${v}&b=2#end"));
    attempts.add(
        Attempt.sent("a base with a query", "/t?to=", "/t?to=/o/7 ")
            .says("restUrl", "${base.concat(v)}/o/7"));
    attempts.add(
        Attempt.refused("query behind a base with none", "/7?x=", "ends the path before")
            .says("restUrl", "${base}${v}/cancel"));
    attempts.add(
        Attempt.refused("line break", "a\r\nX-Evil: 1", "line break")
            .says("restUrl", "${base}/o/${v}"));
    attempts.add(
        Attempt.sent("a parameter", "a&b=1#c", "/o?q=a%26b%3D1%23c ")
            .says("restUrl", "${base}/o")
            .says("restUrlParams", "${params}"));
    attempts.add(
        Attempt.refused("a parameter that is not encoded", "a#c", "#")
            .says("restUrl", "${base}/o")
            .says("restUrlParams", "${params}")
            .given("restUrlEncoded", false));
    return attempts;
  }

  private static List<Attempt> jsons() {
    List<Attempt> attempts = new ArrayList<>();
    String breaksOut = "x\",\"admin\":\"true";
    for (String input : List.of("requestPayload", "requestHeaders", "restUrlParams")) {
      for (String mixed :
          List.of("{\"a\":\"${v}\"}", "[${v}${v}]", " ${v}${v}", "{\"a\":\"${nowhere}\"}")) {
        attempts.add(
            Attempt.wrong(input + " mixed as " + mixed, breaksOut, "mixed with expressions")
                .says("restUrl", "${base}/o")
                .says(input, mixed));
      }
    }
    attempts.add(
        Attempt.sent("one expression is data", "{\"a\":\"${1+1}\"}", "{\"a\":\"${1+1}\"}")
            .says("restUrl", "${base}/o")
            .says("requestPayload", "${v}"));
    attempts.add(
        Attempt.sent("no expression is data", "", "{\"a\":\"${x}\"}")
            .says("restUrl", "${base}/o")
            .says("requestPayload", "{\"a\":\"\\${x}\"}"));
    attempts.add(
        Attempt.refused("form mixed", "1&admin=true", "mixed with expressions")
            .says("restUrl", "${base}/o")
            .says("requestPayload", "a=${v}")
            .says("requestHeaders", "${form}"));
    attempts.add(
        Attempt.sent("form value", "1&admin=true", "a=1%26admin%3Dtrue")
            .says("restUrl", "${base}/o")
            .says("requestPayload", "${map}")
            .says("requestHeaders", "${form}"));
    attempts.add(
        Attempt.sent("form as it is", "a=1&b=%20", "\r\n\r\na=1&b=%20")
            .says("restUrl", "${base}/o")
            .says("requestPayload", "${v}")
            .says("requestHeaders", "${form}"));
    for (String part :
        List.of(
            "x\r\n--B0undary\r\nContent-Disposition: form-data; name=\"admin\"", "--B0undary--")) {
      attempts.add(
          Attempt.refused("multipart text " + part.length(), part, "boundary")
              .says("restUrl", "${base}/o")
              .says("requestPayload", "${map}")
              .says("requestHeaders", "${multipart}"));
      attempts.add(
          Attempt.refused("multipart name " + part.length(), part, "requestPayload is")
              .says("restUrl", "${base}/o")
              .says("requestPayload", "${named}")
              .says("requestHeaders", "${multipart}"));
      attempts.add(
          Attempt.refused("multipart file name " + part.length(), part, "requestPayload is")
              .says("restUrl", "${base}/o")
              .says("requestPayload", "${file}")
              .says("requestHeaders", "${multipart}"));
    }
    attempts.add(
        Attempt.sent("multipart name", "a\"; filename=\"x", "name=\"a%22; filename=%22x\"\r\n")
            .says("restUrl", "${base}/o")
            .says("requestPayload", "${named}")
            .says("requestHeaders", "${multipart}"));
    for (String control : List.of("a\r\nX-Evil: 1", "a\nb", "a\0b")) {
      attempts.add(
          Attempt.refused("header value " + control.length(), control, "requestHeaders value 'a'")
              .says("restUrl", "${base}/o")
              .says("requestHeaders", "${map}"));
    }
    attempts.add(
        Attempt.refused("header name", "X: 1\r\nEvil", "no HTTP token")
            .says("restUrl", "${base}/o")
            .says("requestHeaders", "${named}"));
    attempts.add(
        Attempt.refused("authentication", "x\r\nEvil: 1", "authentication")
            .says("restUrl", "${base}/o")
            .says("authentication", "${v}"));
    attempts.add(
        Attempt.sent("key of a template", "admin", "{\"${v}\":\"admin\"}")
            .says("restUrl", "${base}/o")
            .literally("requestPayload", "{\"${v}\":\"${v}\"}"));
    attempts.add(
        Attempt.sent("leaf of a template", breaksOut, "{\"a\":\"<x\\\",\\\"admin\\\":\\\"true>\"}")
            .says("restUrl", "${base}/o")
            .literally("requestPayload", "{\"a\":\"<${v}>\"}"));
    for (String hidden : List.of("{\"a\":\"${v}\"}", "<a>${v}</a>", "#{v}")) {
      attempts.add(
          Attempt.wrong("literal text " + hidden, "x", "flowable:expression")
              .says("restUrl", "${base}/o")
              .literally("requestHeaders", "{\"Content-Type\":\"text/xml\"}")
              .literally("requestPayload", hidden));
    }
    attempts.add(
        Attempt.wrong("literal form", "x", "flowable:expression")
            .says("restUrl", "${base}/o")
            .literally("requestHeaders", "{\"Content-Type\":\"application/x-www-form-urlencoded\"}")
            .literally("requestPayload", "a=${v}"));
    for (String input :
        List.of(
            "restUrl",
            "timeout",
            "circuitBreaker",
            "restUrlEncoded",
            "authentication",
            "maxAttempts",
            "retryBackoff",
            "outputScope")) {
      for (String hidden : List.of("http://127.0.0.1/${v}", "#{v}")) {
        attempts.add(
            Attempt.wrong("literal " + input + hidden, "x", input + " is a literal")
                .given("restUrl", "http://127.0.0.1:1/")
                .literally(input, hidden));
      }
    }
    return attempts;
  }

  static List<Attempt> attempts() {
    List<Attempt> attempts = new ArrayList<>(urls());
    attempts.addAll(jsons());
    return attempts;
  }

  private void run(Attempt attempt, String binding, String fields) {
    Map<String, Object> variables = new HashMap<>(attempt.variables());
    Object value = attempt.value();
    variables.put("v", value);
    variables.put("base", server.url(""));
    variables.put("port", server.port());
    variables.put("params", Map.of("q", value));
    variables.put("map", Map.of("a", value));
    variables.put("named", Map.of(value, "x"));
    variables.put("file", Map.of("a", Map.of("filename", value, "base64", "eA==")));
    variables.put("form", Map.of("Content-Type", "application/x-www-form-urlencoded"));
    variables.put("multipart", Map.of("Content-Type", "multipart/form-data; boundary=B0undary"));
    String id = "p" + deployed++;
    int before = server.requests().size();

    (attempt.isWrongModel() ? engine.unchecked() : engine).deploy(id, binding, fields);
    Outcome outcome = engine.run(id, variables);

    List<String> requests = server.requests().subList(before, server.requests().size());
    assertThat(outcome.code()).as(outcome.error()).isEqualTo(attempt.outcome());
    if (attempt.outcome().equals(REFUSED)) {
      assertThat(outcome.error())
          .contains("of activity 'call' was not sent: ", attempt.expected())
          .doesNotContainIgnoringCase("evil");
      assertThat(requests).isEmpty();
    } else {
      assertThat(requests).singleElement().asString().contains(attempt.expected());
    }
  }

  private static RestAction action(Attempt attempt) {
    return attempt.expressions().containsKey("requestPayload")
            || attempt.literals().containsKey("requestPayload")
        ? RestAction.POST
        : RestAction.GET;
  }

  @ParameterizedTest
  @MethodSource("attempts")
  void whenAValueTriesToLeaveItsPlaceInADelegateThenItDoesNot(Attempt attempt) {
    StringBuilder fields = new StringBuilder();
    attempt.expressions().forEach((name, text) -> fields.append(CallEngine.expression(name, text)));
    attempt.literals().forEach((name, text) -> fields.append(CallEngine.string(name, text)));
    String binding =
        deployed % 2 == 0
            ? CallEngine.byClass(action(attempt))
            : CallEngine.byExpression(action(attempt));
    run(attempt, binding, fields.toString());
  }

  static List<Attempt> attemptsWithoutLiterals() {
    return attempts().stream().filter(attempt -> attempt.literals().isEmpty()).toList();
  }

  @ParameterizedTest
  @MethodSource("attemptsWithoutLiterals")
  void whenAValueTriesToLeaveItsPlaceInAWorkerTaskThenItDoesNot(Attempt attempt) {
    StringBuilder in = new StringBuilder();
    attempt
        .expressions()
        .forEach(
            (name, text) ->
                in.append(
                    "<flowable:in sourceExpression='%s' target='%s'/>"
                        .formatted(text.replace("<", "&lt;").replace("&", "&amp;"), name)));
    attempt
        .variables()
        .keySet()
        .forEach(name -> in.append("<flowable:in source='%1$s' target='%1$s'/>".formatted(name)));
    run(attempt, CallEngine.byTopic(action(attempt)), in.toString());
  }
}
