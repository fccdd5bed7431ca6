package io.restconnector.call.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.restconnector.call.CallEngine;
import io.restconnector.call.CallEngine.Outcome;
import io.restconnector.fixtures.RawServer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Inputs given as process variables: what they do on the wire, and what is refused and how. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InputsTest {

  private static final String ACCEPT = "Accept: application/json, */*;q=0.8\r\n";

  private RawServer server;
  private CallEngine engine;

  @BeforeAll
  void start() throws Exception {
    server = RawServer.answering("HTTP/1.1 204 No Content\r\n\r\n");
    engine = CallEngine.start();
    for (RestAction action : RestAction.values()) {
      engine.deploy(action.name(), CallEngine.byExpression(action));
    }
  }

  @AfterAll
  void stop() {
    engine.close();
    server.close();
  }

  private Outcome run(String action, Map<String, Object> variables) {
    Map<String, Object> all = new HashMap<>(variables);
    all.computeIfPresent(
        "restUrl",
        (k, url) ->
            url instanceof String s && s.startsWith("/") && !s.startsWith("//")
                ? server.url(s)
                : url);
    all.computeIfPresent(
        "restUrl",
        (k, url) -> url instanceof String s ? s.replace("PORT", "" + server.port()) : url);
    return engine.run(action, all);
  }

  private String sent(String action, Map<String, Object> variables) {
    int before = server.requests().size();
    Outcome outcome = run(action, variables);
    assertThat(outcome.error()).isNull();
    List<String> requests = server.requests();
    assertThat(requests).hasSize(before + 1);
    return requests.get(before);
  }

  static Map<String, Object> vars(Object... namesAndValues) {
    Map<String, Object> variables = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      variables.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return variables;
  }

  private static Arguments url(String restUrl, Object params, String target) {
    return Arguments.of(vars("restUrl", restUrl, "restUrlParams", params), target);
  }

  private static Arguments raw(String restUrl, Object params, String target) {
    return Arguments.of(
        vars("restUrl", restUrl, "restUrlParams", params, "restUrlEncoded", false), target);
  }

  static List<Arguments> urls() {
    Map<String, Object> nulls = new LinkedHashMap<>();
    nulls.put("a", null);
    nulls.put("b", Arrays.asList(null, 1, null));
    return List.of(
        url("/x", null, "/x"),
        url("http://127.0.0.1:PORT", null, "/"),
        url("http://127.0.0.1:PORT?q=1", null, "/?q=1"),
        url("HTTP://127.0.0.1:PORT/x", null, "/x"),
        url("  http://127.0.0.1:PORT/x\n", null, "/x"),
        url("/a b/\u00e4|\"<>^`\\?q=a b", null, "/a%20b/%C3%A4%7C%22%3C%3E%5E%60%5C?q=a%20b"),
        url("/a%20b%2F%zz%", null, "/a%20b%2F%25zz%25"),
        url("/x#frag?no", "{\"q\":1}", "/x?q=1"),
        url("/x", "{\"q\":\"a b+c&d=e/\u00e4~\"}", "/x?q=a%20b%2Bc%26d%3De%2F%C3%A4~"),
        url(
            "/x",
            "{\"a b\":true,\"z\":1.50,\"a\":12345678901234567890}",
            "/x?a%20b=true&z=1.50&a=12345678901234567890"),
        url(
            "/x/{n}",
            Map.of("n", 25000000.0, "q", List.of(1e-7, 19.0, 0.1f, 1e300, new BigDecimal("1E+9"))),
            "/x/25000000?q=0.0000001&q=19.0&q=0.1&q=1.0E300&q=1000000000"),
        url(
            "/x",
            new TreeMap<>(Map.of(2.5e7, 1, 1e-7, 2, 19.0, 3)),
            "/x?0.0000001=2&19.0=3&25000000=1"),
        url("/x", "{\"a\":1e999,\"b\":1e999999999}", "/x?a=1E%2B999&b=1e999999999"),
        url("/x?a=1", "{\"b\":[1,\"two\",false]}", "/x?a=1&b=1&b=two&b=false"),
        url("/x?", "{\"b\":1}", "/x?b=1"),
        url("/x?a&", "{\"b\":\"\"}", "/x?a&b="),
        url("/x", nulls, "/x?b=1"),
        url("/x", "{}", "/x"),
        url("/x", "null", "/x"),
        url(
            "/x/{id}/y",
            "{\"q\":1,\"id\":\"a/b?c#d%20{x}\",\"z\":2}",
            "/x/a%2Fb%3Fc%23d%2520%7Bx%7D/y?q=1&z=2"),
        url("/{a}{a}?q={b}", "{\"a\":1,\"b\":\"..\"}", "/11?q=.."),
        url("/x?filter={\"a\":1}", null, "/x?filter=%7B%22a%22:1%7D"),
        url(
            "/x/{+p}?q={q}",
            "{\"p\":\"a/b c?d#e%20{y}:@;=\u00e9\",\"q\":\"a/b\"}",
            "/x/a/b%20c%3Fd%23e%2520%7By%7D%3A%40%3B%3D%C3%A9?q=a%2Fb"),
        url("/{+a}/{a}", "{\"a\":\"1/2\",\"b\":3}", "/1/2/1%2F2?b=3"),
        url("/x/{+p}", "{\"p\":\"/a//b/\"}", "/x//a//b/"),
        url("/x/{+p}", "{\"p\":0}", "/x/0"),
        url("/x{+p}", "{\"p\":\"/...\"}", "/x/..."),
        url("/x/{+p}", "{\"p\":\"a/.b/c.\"}", "/x/a/.b/c."),
        url("/x/{id}", "{\"id\":false,\"q\":\"\"}", "/x/false?q="),
        url("/x/{id}", "{\"id\":\" \"}", "/x/%20"),
        url("/stra\u00dfe/\u03c2?\u200d", null, "/stra%C3%9Fe/%CF%82?%E2%80%8D"),
        raw("/x/{+p}", "{\"p\":\"a/b%20c\"}", "/x/a/b%20c"),
        url("/x/${1+1}/y", "{\"q\":\"${1+1}#{2}\"}", "/x/$%7B1+1%7D/y?q=%24%7B1%2B1%7D%23%7B2%7D"),
        url("/x/{v}", "{\"v\":\"${1+1}#{2}\"}", "/x/%24%7B1%2B1%7D%23%7B2%7D"),
        url("/../a/./b", null, "/../a/./b"),
        raw(
            "/a%20b+c?q=%zz".replace("%zz", "%2B"),
            "{\"a+b\":\"c%20d\"}",
            "/a%20b+c?q=%2B&a+b=c%20d"),
        raw("/x/{id}", "{\"id\":\"a/b\"}", "/x/a/b"),
        Arguments.of(vars("restUrl", "/a b", "restUrlEncoded", "true"), "/a%20b"),
        Arguments.of(vars("restUrl", "/a%20b", "restUrlEncoded", "false"), "/a%20b"));
  }

  @ParameterizedTest
  @MethodSource("urls")
  void whenUrlAndParamsAreGivenThenTargetIsTheirs(Map<String, Object> variables, String target) {
    assertThat(sent("GET", variables)).startsWith("GET " + target + " HTTP/1.1\r\n");
  }

  static List<Object> paramForms() throws Exception {
    String json = "{\"a\":[1,true],\"b\":\"x\"}";
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("a", new Object[] {1, true});
    map.put("b", 'x');
    Map<String, Object> collections = new LinkedHashMap<>();
    collections.put("a", new ArrayList<>(List.of((short) 1, true)));
    collections.put("b", "x");
    return List.of(
        json,
        JsonMapper.shared().readTree(json),
        new ObjectMapper().readTree(json),
        map,
        collections);
  }

  @ParameterizedTest
  @MethodSource("paramForms")
  void whenJsonIsGivenInAnyFormThenItIsTheSame(Object params) {
    assertThat(sent("GET", vars("restUrl", "/x", "restUrlParams", params)))
        .startsWith("GET /x?a=1&a=true&b=x HTTP/1.1\r\n");
  }

  private static Arguments body(Object headers, Object payload, String type, String bytes) {
    return Arguments.of(headers, payload, type, bytes);
  }

  @SuppressWarnings("JavaUtilDate")
  static List<Arguments> bodies() throws Exception {
    return List.of(
        body(null, "{\"a\": 1.10}", "application/json", "{\"a\": 1.10}"),
        body(
            null,
            "[1E9999,1e-10000,-1e99999999999999]",
            "application/json",
            "[1E9999,1e-10000,-1e99999999999999]"),
        body(null, Map.of("a", new BigDecimal("1E+2")), "application/json", "{\"a\":1E+2}"),
        body(null, List.of(1, "x", 0.1f), "application/json", "[1,\"x\",0.1]"),
        body(null, new int[] {1, 2}, "application/json", "[1,2]"),
        body(null, "\"text\"", "application/json", "\"text\""),
        body(null, 5, "application/json", "5"),
        body(null, true, "application/json", "true"),
        body(
            null,
            new BigInteger("99999999999999999999"),
            "application/json",
            "99999999999999999999"),
        body(
            null,
            Map.of("d", LocalDate.of(2026, 1, 2)),
            "application/json",
            "{\"d\":\"2026-01-02\"}"),
        body(null, new Date(0), "application/json", "\"1970-01-01T00:00:00Z\""),
        body(null, new ObjectMapper().readTree("{\"a\":[1]}"), "application/json", "{\"a\":[1]}"),
        body(null, "{\"v\":\"${1+1} #{2}\"}", "application/json", "{\"v\":\"${1+1} #{2}\"}"),
        body("{\"content-type\":\"application/vnd.x+json\"}", "[]", "application/vnd.x+json", "[]"),
        body(
            "{\"Content-Type\":\"application/x-www-form-urlencoded\"}",
            "{\"a\":\"b c\",\"d\":[1,2]}",
            "application/x-www-form-urlencoded",
            "a=b+c&d=1&d=2"),
        body(
            "{\"Content-Type\":\"text/plain\"}",
            "a ${x} \u00e4",
            "text/plain",
            "a ${x} \u00c3\u00a4"),
        body(
            "{\"Content-Type\":\"text/plain; charset=iso-8859-1\"}",
            "\u00e4",
            "text/plain; charset=iso-8859-1",
            "\u00e4"),
        body("{\"Content-Type\":\"application/xml\"}", "<a/>", "application/xml", "<a/>"),
        body("{\"Content-Type\":\"a/b+xml\"}", "<a/>", "a/b+xml", "<a/>"),
        body(
            "{\"Content-Type\":\"application/octet-stream\"}",
            new byte[] {0, (byte) 0xff},
            "application/octet-stream",
            "\0\u00ff"),
        body("{\"Content-Type\":\"image/png\"}", "AP8=", "image/png", "\0\u00ff"));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void whenPayloadIsGivenThenItIsSentAsItsContentType(
      Object headers, Object payload, String type, String bytes) {
    for (String action : List.of("POST", "PUT", "PATCH")) {
      String request =
          sent(action, vars("restUrl", "/x", "requestHeaders", headers, "requestPayload", payload));
      assertThat(request.toLowerCase(java.util.Locale.ROOT))
          .contains("\r\ncontent-type: " + type + "\r\n", "\r\ncontent-length: " + bytes.length());
      assertThat(request).endsWith("\r\n\r\n" + bytes);
    }
  }

  @Test
  void whenPayloadIsMultipartThenEachFieldIsAPart() {
    assertThat(
            sent(
                "POST",
                vars(
                    "restUrl",
                    "/x",
                    "requestHeaders",
                    "{\"Content-Type\":\"multipart/form-data; boundary=b\"}",
                    "requestPayload",
                    "{\"t\":\"x\",\"f\":{\"filename\":\"a.bin\",\"contentType\":\"a/b\",\"base64\":\"AP8=\"}}")))
        .contains("\r\n--b\r\n", "name=\"t\"", "filename=\"a.bin\"", "a/b", "\0\u00ff", "--b--");
  }

  @Test
  void whenThereIsNoPayloadThenTheRequestHasNoContentType() {
    for (Object none : Arrays.asList(null, "null")) {
      assertThat(sent("POST", vars("restUrl", "/x", "requestPayload", none)))
          .contains("\r\nContent-Length: 0\r\n")
          .doesNotContain("Content-Type");
    }
  }

  static List<Arguments> headers() {
    return List.of(
        Arguments.of("{\"a\":1,\"B\":[\"x\",true,null],\"c\":null}", "a: 1\r\nB: x\r\nB: true\r\n"),
        Arguments.of("{\"a\":\"${1+1} #{2}\"}", "a: ${1+1} #{2}\r\n"),
        Arguments.of("{\"a\":\"\"}", "a: \r\n"),
        Arguments.of(Map.of("a", List.of(2.5E7, 1e-7)), "a: 25000000\r\na: 0.0000001\r\n"),
        Arguments.of("{\"a\":\"x\\ty\u00e4\u010a\"}", "a: x\ty\u00c3\u00a4\u00c4\u008a\r\n"),
        Arguments.of(Map.of("User-Agent", "mine"), "User-Agent: mine\r\n"),
        Arguments.of(Map.of("Authorization", "Basic x"), "Authorization: Basic x\r\n"),
        Arguments.of(Map.of("Cookie", "a=b"), "Cookie: a=b\r\n"));
  }

  @ParameterizedTest
  @MethodSource("headers")
  void whenHeadersAreGivenThenTheyAreSentInOrder(Object headers, String lines) {
    assertThat(sent("GET", vars("restUrl", "/x", "requestHeaders", headers)))
        .startsWith("GET /x HTTP/1.1\r\n" + lines + ACCEPT + "Accept-Encoding:");
  }

  @Test
  void whenAcceptIsGivenThenItIsTheOnlyOne() {
    for (String accept : List.of("text/csv", "")) {
      assertThat(sent("GET", vars("restUrl", "/x", "requestHeaders", Map.of("aCCept", accept))))
          .contains("aCCept: " + accept + "\r\n")
          .doesNotContain(ACCEPT);
    }
  }

  private static Arguments refused(String what, Map<String, Object> variables) {
    Map<String, Object> all = new LinkedHashMap<>(vars("restUrl", "/x"));
    all.putAll(variables);
    return Arguments.of("POST", all, "INVALID_INPUT", what);
  }

  private static Arguments refusedOn(String action, String what, String header) {
    return Arguments.of(
        action,
        vars("restUrl", "/x", "requestHeaders", Map.of(header, "secret")),
        "INVALID_INPUT",
        what);
  }

  private static Arguments refusedUrl(Object restUrl, String what) {
    return Arguments.of("GET", vars("restUrl", restUrl), "INVALID_INPUT", what);
  }

  static List<Arguments> refusals() {
    List<Arguments> all = new ArrayList<>();
    for (Object none : Arrays.asList(null, "", " \t\n")) {
      all.add(Arguments.of("GET", vars("restUrl", none), "MISSING_INPUT", "restUrl is missing"));
    }
    all.add(Arguments.of("GET", vars(), "MISSING_INPUT", "restUrl is missing"));
    all.add(refusedUrl(5, "restUrl is a java.lang.Integer, wanted a String"));
    all.add(refusedUrl(new byte[0], "restUrl is a byte[], wanted a String"));
    all.add(refusedUrl(List.of("x"), "wanted a String"));
    for (String url :
        List.of(
            "secret",
            "//secret/x",
            "ftp://secret/x",
            "file:///secret",
            "http:secret",
            "http://",
            "http:///secret",
            "http://:80/secret",
            "http://user@secret/",
            "http://u:secret@h/",
            "http://secret:99999/",
            "http://secret:x/",
            "http://sec ret/",
            "http://a%20secret/",
            "http://[secret]/",
            "http://sec..ret/",
            "http://.secret/",
            "http://" + "secret".repeat(11) + ".example/",
            "http://secret\uff0f.example/",
            "http://a\uff20secret/",
            "http://h/secret\ud800",
            "jdbc:secret",
            "http://h\\secret/",
            "javascript:secret")) {
      all.add(refusedUrl(url, "restUrl is a String "));
    }
    all.add(
        Arguments.of(
            "GET",
            vars("restUrl", "http://{h}/", "restUrlParams", Map.of("h", "u@secret")),
            "INVALID_INPUT",
            "restUrl is a String"));
    for (String url : List.of("/a b", "/%zz", "/{", "/\u00e4", "/a|b", "/a?q=\"")) {
      all.add(
          Arguments.of(
              "GET",
              vars("restUrl", url, "restUrlEncoded", false),
              "INVALID_INPUT",
              "restUrl is a String"));
    }
    all.add(
        Arguments.of(
            "GET",
            vars("restUrl", "/{a}/{b}", "restUrlParams", "{\"a\":\"secret\",\"b\":null}"),
            "MISSING_INPUT",
            "restUrlParams has no value for the placeholder {b} of restUrl"));
    all.add(
        Arguments.of(
            "GET",
            vars("restUrl", "/{id}"),
            "MISSING_INPUT",
            "restUrlParams has no value for the placeholder {id} of restUrl"));
    for (String empty : List.of("/{a}", "/{+a}", "/x/{a}/y", "/x?q={a}")) {
      all.add(
          Arguments.of(
              "DELETE",
              vars("restUrl", empty, "restUrlParams", "{\"a\":\"\",\"b\":1}"),
              "MISSING_INPUT",
              "a} of restUrl: it is empty, which would be another resource"));
    }
    for (String name : List.of("gr\u00f6\u00dfe", "\u540d\u524d", "\u0928\u093e\u092e", "_x1")) {
      for (String params : Arrays.asList(null, "{}", "{\"" + name + "\":null}")) {
        all.add(
            Arguments.of(
                "DELETE",
                vars("restUrl", "/{" + name + "}", "restUrlParams", params),
                "MISSING_INPUT",
                "no value for the placeholder {" + name + "} of restUrl"));
      }
    }
    for (String name : List.of("0", "order id", "a:b", "1+1")) {
      for (String none : List.of("null", "\"\"")) {
        all.add(
            Arguments.of(
                "DELETE",
                vars(
                    "restUrl",
                    "/{" + name + "}",
                    "restUrlParams",
                    "{\"" + name + "\":" + none + "}"),
                "MISSING_INPUT",
                "no value for the placeholder {" + name + "} of restUrl"));
      }
    }
    for (String path : List.of("..", ".", "a/../b", "../a", "a/..", "./a", "a/./b", "/..")) {
      all.add(
          Arguments.of(
              "GET",
              vars("restUrl", "/x/{+a}/y", "restUrlParams", Map.of("a", path)),
              "INVALID_INPUT",
              "restUrlParams has a dot segment"));
    }
    for (String url :
        List.of(
            "http://stra\u00dfe.example/",
            "http://STRA\u1e9eE.example/",
            "http://\u03b2\u03cc\u03bb\u03bf\u03c2.example/",
            "http://a.fa\u00df:80/",
            "https://\u0646\u0627\u0645\u0647\u200c\u0627\u06cc.example/",
            "http://a\u200db.example/")) {
      all.add(refusedUrl(url, "restUrl is a String whose host has a letter"));
    }
    for (String url : List.of("http://h/a\nb", "http://h/a\r\nX: secret", "http://h\n.example/")) {
      all.add(refusedUrl(url, "restUrl is a String that is no usable URL (it holds a line break)"));
    }
    for (String header :
        List.of(
            "If-Match", "if-none-match", "IF-MODIFIED-SINCE", "If-Unmodified-Since", "If-Range")) {
      for (String none :
          List.of("null", "[]", "[null]", "[\"\\\"a\\\"\",null]", "\"\"", "[\"a\",\" \"]")) {
        all.add(
            refused(
                "requestHeaders value '%s' is null or empty, wanted a value".formatted(header),
                vars("requestHeaders", "{\"X-A\":null,\"" + header + "\":" + none + "}")));
      }
    }
    all.add(
        refused(
            "requestHeaders value 'If-Match' is a JSON OBJECT",
            vars("requestHeaders", Map.of("If-Match", Map.of("a", 1, "b", 2)))));
    all.add(
        refused(
            "authentication is a String that names none, wanted one below rest-connector.authentications, where there is none; it came from the variable authentication, which bears the name of an input that the task does not have",
            vars("authentication", "secret")));
    all.add(
        refused(
            "requestHeaders is a String that holds no JSON, wanted a JSON map; line 1, column 1: a word is neither true, false nor null; it came from the variable requestHeaders, which bears the name of an input that the task does not have",
            vars("requestHeaders", "secret")));
    for (String dots : List.of("{\"a\":\"..\"}", "{\"a\":\".\"}")) {
      all.add(
          Arguments.of(
              "GET",
              vars("restUrl", "/x/{a}/y", "restUrlParams", dots),
              "INVALID_INPUT",
              "restUrlParams has a dot segment"));
    }
    for (String map : List.of("restUrlParams", "requestHeaders")) {
      all.add(
          refused(map + " is a String that holds no JSON, wanted a JSON map", vars(map, "secret")));
      all.add(refused(map + " is a JSON ARRAY, wanted a JSON map", vars(map, "[\"secret\"]")));
      all.add(refused(map + " is a JSON NUMBER, wanted a JSON map", vars(map, 5)));
      all.add(refused("is a byte[], wanted a JSON map", vars(map, new byte[] {1})));
      all.add(refused("a number that is not finite", vars(map, Map.of("a", Double.NaN))));
      all.add(refused("is a JSON OBJECT, wanted", vars(map, "{\"a\":{\"b\":\"secret\"}}")));
      all.add(refused("is a JSON ARRAY, wanted", vars(map, "{\"a\":[[\"secret\"]]}")));
    }
    all.add(refused("unpaired surrogate", vars("restUrlParams", Map.of("a", "\udc00secret"))));
    for (String name : List.of("", "a b", "a:", "a\r\nb", "\u00e4", "a\0", "secret(")) {
      all.add(
          refused(
              "requestHeaders has a name that is no HTTP token",
              vars("requestHeaders", Map.of(name, "secret"))));
    }
    for (String value : List.of("a\rsecret", "a\nsecret", "\0secret", "\u007f", "\ud800secret")) {
      all.add(
          refused(
              "requestHeaders value 'X-A' is text with a character that a header cannot hold",
              vars("requestHeaders", Map.of("X-A", List.of("ok", value)))));
    }
    for (String header :
        List.of(
            "Connection",
            "content-length",
            "Transfer-Encoding",
            "TE",
            "Trailer",
            "Upgrade",
            "Keep-Alive",
            "Proxy-Connection",
            "Host",
            "Expect")) {
      for (String action : List.of("GET", "POST", "TRACE")) {
        all.add(
            refusedOn(
                action,
                "requestHeaders has '%s', which the connector sets".formatted(header),
                header));
      }
    }
    for (String header : List.of("Authorization", "COOKIE")) {
      all.add(
          refusedOn(
              "TRACE",
              "requestHeaders has '%s', which TRACE may not send".formatted(header),
              header));
    }
    for (Object timeout : List.of(0, -1, 86_400_001L, "0", new BigInteger("9".repeat(30)))) {
      all.add(
          refused(
              "timeout is an Integer out of range, wanted 1 to 86400000",
              vars("timeout", timeout)));
    }
    for (Object timeout : List.of("secret", "", " 5", "5.0", "1e3", 5.0, true, Map.of("a", 1))) {
      all.add(refused("timeout is a ", vars("timeout", timeout)));
    }
    String hint = "it holds ${, which only flowable:expression evaluates here";
    all.add(refused("wanted an Integer; " + hint, vars("timeout", "${secret}")));
    all.add(refused("URL; " + hint, vars("restUrl", "${secret")));
    for (Object flag : List.of("secret", "", "TRUE", "yes", 1, List.of(true))) {
      all.add(refused("circuitBreaker is a ", vars("circuitBreaker", flag)));
      all.add(refused("restUrlEncoded is a ", vars("restUrlEncoded", flag)));
    }
    all.add(
        refused(
            "requestPayload is a String that holds no JSON, wanted JSON",
            vars("requestPayload", "secret")));
    all.add(refused("requestPayload is a byte[]", vars("requestPayload", new byte[1])));
    for (Object[] row :
        new Object[][] {
          {
            "text/plain", 5, "requestPayload is a java.lang.Integer, wanted a String for text/plain"
          },
          {"image/png", "secret!", "requestPayload is text that is no base64"},
          {"image/png", 5, "requestPayload is a java.lang.Integer, wanted byte[] or"},
          {"application/x-www-form-urlencoded", List.of(1), "requestPayload is a JSON ARRAY"},
          {"multipart/form-data", "5", "requestPayload is a JSON NUMBER"},
          {"text/plain; charset=none", "secret", "requestPayload is of an unknown charset"},
          {"text/plain; charset=us-ascii", "secr\u00e4t", "requestPayload is text with characters"}
        }) {
      all.add(
          refused(
              (String) row[2],
              vars("requestHeaders", Map.of("Content-Type", row[0]), "requestPayload", row[1])));
    }
    all.add(
        refused(
            "requestHeaders has Content-Type more than once",
            vars("requestHeaders", Map.of("Content-Type", List.of("a/b", "a/c")))));
    return all;
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void whenAnInputCannotBeUsedThenItsErrorSaysSoAndNothingIsSent(
      String action, Map<String, Object> variables, String code, String what) {
    int before = server.requests().size();

    Outcome outcome = run(action, variables);

    assertThat(outcome.code()).isEqualTo(code);
    assertThat(outcome.error())
        .startsWith(action + " of activity 'call' was not sent: ")
        .contains(what)
        .doesNotContainIgnoringCase("ecret")
        .doesNotContainPattern("\\p{Cntrl}")
        .isEqualTo(outcome.get("thrown"));
    assertThat(outcome.variables()).containsEntry("restStatus", null);
    assertThat(server.requests()).hasSize(before);
  }

  @Test
  void whenTimeoutIsInRangeThenTheCallIsSent() {
    for (Object timeout :
        List.of(86_400_000, 5000L, (short) 5000, "+5000", "5000", new BigInteger("5000"))) {
      sent("GET", vars("restUrl", "/x", "timeout", timeout, "circuitBreaker", "true"));
    }
  }

  @Test
  void whenTimeoutPassesThenTheErrorIsRequestTimeout() throws Exception {
    try (RawServer silent = RawServer.start(RawServer.Peer::awaitClose)) {
      Outcome outcome = run("GET", vars("restUrl", silent.url("/x?secret=1"), "timeout", 50));
      assertThat(outcome.code()).isEqualTo("REQUEST_TIMEOUT");
      assertThat(outcome.error())
          .isEqualTo("GET " + silent.url("/x") + " did not end within 50 ms");
    }
  }

  @Test
  void whenActionDoesNotReadAnInputThenItsValueIsOfNoMatter() {
    for (String action : List.of("GET", "HEAD", "DELETE", "OPTIONS", "TRACE")) {
      assertThat(sent(action, vars("restUrl", "/x", "requestPayload", "no JSON")))
          .doesNotContain("no JSON");
    }
    assertThat(sent("TRACE", vars("restUrl", "/a b", "restUrlEncoded", "nonsense")))
        .startsWith("TRACE /a%20b ");
  }

  @Test
  void whenAMapKeyHasLineBreaksThenRestErrorIsStillOneLine() {
    Outcome outcome =
        run(
            "GET",
            vars(
                "restUrl",
                "/x",
                "restUrlParams",
                Map.of("a\r\nb\u2028" + "k".repeat(9999), List.of(List.of()))));
    assertThat(outcome.error()).hasSizeLessThan(2100).doesNotContainPattern("[\\p{Cntrl}\u2028]");
  }
}
