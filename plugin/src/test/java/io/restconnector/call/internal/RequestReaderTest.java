package io.restconnector.call.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.restconnector.http.HttpSettings;
import io.restconnector.spi.RestRequest;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.hc.core5.http.Header;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Inputs as a request: above all requestPayload as the bytes of its Content-Type, and what does not
 * fit it.
 */
class RequestReaderTest {

  private static final RequestReader READER = new RequestReader(HttpSettings.defaults());
  private static final byte[] FILE = {0, (byte) 0xff, '%', 'P', 'D', 'F'};
  private static final String FILE_64 = "AP8lUERG";
  private static final String MULTIPART = "multipart/form-data; boundary=b";

  /** Expressions of templates, by their text. */
  private static final Map<String, Object> VALUES =
      Map.of(
          "${file}",
          FILE,
          "${text}",
          "a\"b",
          "${amount}",
          new BigDecimal("99999999999999.99"),
          "${large}",
          2.5e7,
          "${map}",
          Map.of("bytes", FILE),
          "${signed}",
          "{ \"a\" : 1.50 }",
          "${bean}",
          new Object());

  private static RestRequest read(@Nullable String type, Inputs.Input payload)
      throws InvalidInputException {
    Map<String, Inputs.Input> inputs = new HashMap<>();
    inputs.put("restUrl", new Inputs.Input("https://example.com/x", null));
    inputs.put("requestPayload", payload);
    if (type != null) {
      inputs.put("requestHeaders", new Inputs.Input(Map.of("Content-Type", type), null));
    }
    return READER.read(RestAction.POST, new Inputs(inputs::get));
  }

  private static Inputs.Input variable(@Nullable Object value) {
    return new Inputs.Input(value, null);
  }

  private static Inputs.Input template(String json) {
    return new Inputs.Input(json, VALUES::get);
  }

  private static byte[] body(@Nullable String type, Inputs.Input payload)
      throws InvalidInputException {
    return Objects.requireNonNull(read(type, payload).body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ \"a\" : 1.50 }",
        "{\"a\":1e3,\"a\":2}",
        " [1.0,\t2E+0]\n",
        "\"\\u00e4\"",
        "1.10",
        "{\"b\":1,\"a\":[0.10,1E-7,12345678901234567890.000]}",
        "true",
        "{\"n\":1e99999}",
        "{\"x\":\"${text}\"}",
        "\"\u00e4\""
      })
  void whenJsonIsGivenAsAStringThenItIsSentByteForByte(String json) throws Exception {
    for (String type :
        Arrays.asList(
            null, "application/json", "text/json", "a/b+json", "application/x-amz-json-1.1")) {
      assertThat(new String(body(type, variable(json)), UTF_8)).isEqualTo(json);
    }
    assertThat(body("application/json; charset=iso-8859-1", variable(json)))
        .isEqualTo(json.getBytes(ISO_8859_1));
  }

  static Stream<Arguments> leaves() {
    return Stream.of(
        Arguments.of(
            "{\"file\":{\"base64\":\"${file}\"}}", "{\"file\":{\"base64\":\"" + FILE_64 + "\"}}"),
        Arguments.of("[\"${file}\",\"${file}\"]", "[\"" + FILE_64 + "\",\"" + FILE_64 + "\"]"),
        Arguments.of("\"${file}\"", "\"" + FILE_64 + "\""),
        Arguments.of(
            "{\"a\":\"data:a/b;base64,${file}\"}", "{\"a\":\"data:a/b;base64," + FILE_64 + "\"}"),
        Arguments.of("{\"a\":\"${map}\"}", "{\"a\":{\"bytes\":\"" + FILE_64 + "\"}}"),
        Arguments.of("{\"a\":\"${text}\"}", "{\"a\":\"a\\\"b\"}"),
        Arguments.of("{\"a\":\"${amount}\"}", "{\"a\":99999999999999.99}"),
        Arguments.of("{\"a\":\"<${amount}>\"}", "{\"a\":\"<99999999999999.99>\"}"),
        Arguments.of("{\"a\":\"<${large}>\"}", "{\"a\":\"<25000000>\"}"),
        Arguments.of("{\"a\":\"${signed}\"}", "{\"a\":\"{ \\\"a\\\" : 1.50 }\"}"));
  }

  @ParameterizedTest
  @MethodSource("leaves")
  void whenALeafYieldsAValueThenItStandsInJson(String json, String sent) throws Exception {
    assertThat(new String(body(null, template(json)), UTF_8)).isEqualTo(sent);
  }

  static Stream<Arguments> texts() {
    String declared = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>\u00fc</a>";
    return Stream.of(
        Arguments.of("text/xml", declared, ISO_8859_1),
        Arguments.of("application/xml", declared, ISO_8859_1),
        Arguments.of("application/soap+xml; action=x", declared, ISO_8859_1),
        Arguments.of("text/xml; charset=utf-8", declared, UTF_8),
        Arguments.of(
            "text/xml", declared.replace("ISO-8859-1", "UTF-16"), Charset.forName("UTF-16")),
        Arguments.of("text/xml", "<a>\u00fc</a>", UTF_8),
        Arguments.of("application/x-ndjson", "{\"a\":1}\n{\"a\":\"\u00fc\"}\n", UTF_8),
        Arguments.of("application/yaml", "a: \u00fc", UTF_8),
        Arguments.of("application/graphql", "{ me { name } }", UTF_8),
        Arguments.of("application/edifact; charset=iso-8859-1", "UNA:+.? '\u00fc", ISO_8859_1),
        Arguments.of("application/csv", "a;\u00fc", UTF_8),
        Arguments.of("application/x-www-form-urlencoded", "a=%20b&c", UTF_8),
        Arguments.of("application/x-www-form-urlencoded", "[1]", UTF_8),
        Arguments.of("application/x-www-form-urlencoded", "5", UTF_8),
        Arguments.of("text/plain", "  {\"a\": 1}\n", UTF_8));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void whenTextIsGivenThenItIsSentAsItIsInItsCharset(String type, String text, Charset charset)
      throws Exception {
    assertThat(body(type, variable(text))).isEqualTo(text.getBytes(charset));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        FILE_64,
        "AP8l\r\nUERG\r\n",
        "AP8l\nUERG",
        "\n  AP8l\n  UERG\n",
        "AP\n8l\rUE\r\n\r\nRG",
        " AP8lUERG "
      })
  void whenBase64IsInLinesThenItIsTheBytes(String base64) throws Exception {
    assertThat(body("application/pdf", variable(base64))).isEqualTo(FILE);
    assertThat(
            body(MULTIPART, variable(Map.of("f", Map.of("filename", "a.pdf", "base64", base64)))))
        .endsWith(join(FILE, "\r\n--b--\r\n".getBytes(UTF_8)));
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  static Stream<Arguments> parts() {
    return Stream.of(
        part("\"x\"", "text/plain; charset=UTF-8", "x"),
        part("5", "text/plain; charset=UTF-8", "5"),
        part("2.5E7", "text/plain; charset=UTF-8", "25000000"),
        part("\"${amount}\"", "text/plain; charset=UTF-8", "99999999999999.99"),
        part("\"${file}\"", "text/plain; charset=UTF-8", FILE_64),
        part(
            "{\"contentType\":\"application/json\",\"value\":{\"a\":[1.50]}}",
            "application/json",
            "{\"a\":[1.50]}"),
        part("{\"contentType\":\"application/json\",\"value\":[1]}", "application/json", "[1]"),
        part("{\"contentType\":\"application/json\",\"value\":5}", "application/json", "5"),
        part(
            "{\"contentType\":\"application/json\",\"value\":\"${signed}\"}",
            "application/json",
            "{ \"a\" : 1.50 }"),
        part(
            "{\"contentType\":\"a/b+json\",\"value\":{\"f\":\"${file}\"}}",
            "a/b+json",
            "{\"f\":\"" + FILE_64 + "\"}"),
        part(
            "{\"contentType\":\"text/csv; charset=iso-8859-1\",\"value\":\"\u00fc\"}",
            "text/csv; charset=iso-8859-1",
            "\u00fc"),
        part(
            "{\"contentType\":\"application/yaml\",\"value\":\"a: 1\"}",
            "application/yaml",
            "a: 1"),
        part("{\"contentType\":\"text/plain\",\"value\":1E-7}", "text/plain", "0.0000001"),
        part(
            "{\"contentType\":\"a/b\",\"base64\":\"${file}\"}",
            "a/b",
            new String(FILE, ISO_8859_1)),
        part("{\"base64\":\"AP8=\"}", "application/octet-stream", "\0\u00ff"));
  }

  private static Arguments part(String value, String type, String content) {
    return Arguments.of(value, type, content);
  }

  @ParameterizedTest
  @MethodSource("parts")
  void whenAFieldOfMultipartIsGivenThenItIsAPartOfItsType(String value, String type, String content)
      throws Exception {
    assertThat(new String(body(MULTIPART, template("{\"f\":" + value + "}")), ISO_8859_1))
        .isEqualTo(
            "--b\r\nContent-Disposition: form-data; name=\"f\"\r\nContent-Type: "
                + type
                + "\r\n\r\n"
                + content
                + "\r\n--b--\r\n");
  }

  @Test
  void whenAPartHasAFilenameThenItIsQuoted() throws Exception {
    assertThat(
            new String(
                body(
                    MULTIPART,
                    template(
                        "{\"f\":{\"filename\":\"a \\\"b\\\".json\",\"contentType\":\"text/json\",\"value\":{}}}")),
                UTF_8))
        .contains("; filename=\"a %22b%22.json\"\r\nContent-Type: text/json\r\n\r\n{}\r\n");
  }

  @Test
  void whenTheBoundaryIsNotGivenThenItIsMade() throws Exception {
    RestRequest request = read("multipart/form-data", variable(Map.of("a", "--b")));
    Header type = request.headers().get(0);
    assertThat(type.getValue()).matches("multipart/form-data; boundary=[0-9a-f-]{36}");
    assertThat(new String(Objects.requireNonNull(request.body()), UTF_8))
        .contains("\r\n\r\n--b\r\n")
        .startsWith("--" + type.getValue().substring(30));
  }

  static Stream<Arguments> misfits() {
    String form = "application/x-www-form-urlencoded";
    return Stream.of(
        misfit(null, template("{\"a\":{\"b\":[1,\"${bean}\"]}}"), "a java.lang.Object at /a/b/1"),
        misfit(null, template("{\"x~/y\":\"${bean}\"}"), "a java.lang.Object at /x~0~1y"),
        misfit(
            null,
            variable(Map.of("a", List.of(Double.NaN))),
            "a number that is not finite at /a/0"),
        misfit(null, variable(new byte[1]), "requestPayload is a byte[], wanted JSON"),
        misfit(
            null,
            template("{\"a\": ${text}}"),
            "in a JSON template an expression stands in double quotes"),
        misfit(
            null,
            variable("{\"a\":\n secret}"),
            "holds no JSON, wanted JSON; line 2, column 2: a word"),
        misfit(null, variable(""), "it is empty"),
        misfit(
            form,
            variable(Map.of("a", Map.of("b", "secret"))),
            "a JSON OBJECT at /a, wanted a scalar"),
        misfit(form, template("{\"a\":[1,[\"secret\"]]}"), "a JSON ARRAY at /a, wanted a scalar"),
        misfit(form, template("a=${text}"), "wanted flowable:expression"),
        misfit(
            MULTIPART,
            template("{\"f\":{\"filename\":\"secret\"}}"),
            "a JSON OBJECT at /f, wanted text, {"),
        misfit(
            MULTIPART,
            template("{\"f\":{\"value\":\"secret\"}}"),
            "at /f, wanted a \"contentType\""),
        misfit(MULTIPART, template("{\"f\":{\"base64\":\"\",\"value\":1}}"), "a JSON OBJECT at /f"),
        misfit(MULTIPART, template("{\"f\":{\"base64\":\"secret!\"}}"), "no base64 at /f/base64"),
        misfit(MULTIPART, template("{\"f\":{\"base64\":5}}"), "a JSON NUMBER at /f/base64"),
        misfit(
            MULTIPART,
            template("{\"f\":{\"filename\":5,\"base64\":\"\"}}"),
            "a JSON NUMBER at /f/filename"),
        misfit(MULTIPART, template("{\"a\\nb\":1}"), "a name with CR, LF or NUL"),
        misfit(
            MULTIPART,
            template("{\"f\":{\"filename\":\"a\\r\",\"base64\":\"\"}}"),
            "NUL at /f/filename"),
        misfit(
            MULTIPART,
            template("{\"f\":{\"contentType\":\"a/b\\r\\nX: y\",\"base64\":\"\"}}"),
            "no media type at /f/contentType"),
        misfit(
            MULTIPART,
            template("{\"f\":{\"contentType\":\"secret\",\"base64\":\"\"}}"),
            "no media type at /f/contentType"),
        misfit(
            MULTIPART,
            template("{\"f\":{\"contentType\":\"image/png\",\"value\":\"x\"}}"),
            "at /f/value, wanted \"base64\" for image/png"),
        misfit(
            MULTIPART,
            template("{\"f\":{\"contentType\":\"text/csv\",\"value\":[1]}}"),
            "a JSON ARRAY at /f/value, wanted a scalar"),
        misfit(
            MULTIPART,
            template("{\"f\":{\"contentType\":\"text/json\",\"value\":\"secret\"}}"),
            "holds no JSON at /f/value, line 1, column 1"),
        misfit(
            MULTIPART,
            template("{\"f\":{\"contentType\":\"text/csv; charset=ascii\",\"value\":\"\u00fc\"}}"),
            "lacks at /f/value"),
        misfit(MULTIPART, template("{\"f\":[\"--b\"]}"), "part /f holds the boundary"),
        misfit(MULTIPART, template("{\"f\":\"x--by\"}"), "part /f holds the boundary"),
        misfit("multipart/form-data; boundary=\u00fc", variable(Map.of()), "boundary that is none"),
        misfit(
            "text/xml",
            variable("<?xml version='1.0' encoding='no-such'?>"),
            "an unknown encoding"),
        misfit("text/plain", template("a ${text}"), "wanted flowable:expression"),
        misfit("application/xml", template("<a>#{text}</a>"), "wanted flowable:expression"),
        misfit(
            "application/x-ndjson", variable(Map.of()), "wanted a String for application/x-ndjson"),
        misfit(form, variable(Map.of("a", "x\ud800")), "that charset UTF-8 lacks at /a"),
        misfit(form, variable(Map.of("\udc00", "x")), "that charset UTF-8 lacks at /\ufffd"),
        misfit(
            form + "; charset=ISO-8859-1",
            variable(Map.of("a", List.of("\u00e9", "1 \u20ac"))),
            "that charset ISO-8859-1 lacks at /a"),
        misfit(
            form + "; charset=US-ASCII",
            variable(Map.of("\u00e9", 1)),
            "that charset US-ASCII lacks at /\u00e9"),
        misfit(MULTIPART, variable(Map.of("f", "\ud800")), "that charset UTF-8 lacks at /f"),
        misfit(MULTIPART, variable(Map.of("\ud800", 1)), "that charset UTF-8 lacks at /\ufffd"),
        misfit(
            MULTIPART,
            variable(Map.of("f", Map.of("filename", "\ud800.txt", "base64", ""))),
            "that charset UTF-8 lacks at /f/filename"),
        misfit("application/pdf", variable("AP8l UERG"), "text that is no base64"),
        misfit("application/pdf", variable("AP8*"), "text that is no base64"));
  }

  private static Arguments misfit(@Nullable String type, Inputs.Input payload, String what) {
    return Arguments.of(type, payload, what);
  }

  @ParameterizedTest
  @MethodSource("misfits")
  void whenAPayloadDoesNotFitItsTypeThenTheMessageNamesTheLeaf(
      @Nullable String type, Inputs.Input payload, String what) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> read(type, payload))
        .satisfies(
            invalid -> {
              assertThat(invalid.code()).isEqualTo(ErrorCode.INVALID_INPUT);
              assertThat(invalid.getMessage())
                  .startsWith("requestPayload ")
                  .contains(what, "; it came from the ")
                  .doesNotContainPattern("secret[^:]")
                  .doesNotContain("Exception");
            });
  }

  private static RestRequest read(RestAction action, Map<String, Inputs.Input> inputs)
      throws InvalidInputException {
    Map<String, Inputs.Input> all = new HashMap<>(inputs);
    all.putIfAbsent("restUrl", variable("https://example.com/a b"));
    return READER.read(action, new Inputs(all::get));
  }

  @Test
  void whenNothingElseIsGivenThenTheSettingsAreTaken() throws Exception {
    RestRequest request = read(RestAction.GET, Map.of());
    HttpSettings defaults = HttpSettings.defaults();

    assertThat(request.method()).isEqualTo("GET");
    assertThat(request.uri()).hasToString("https://example.com/a%20b");
    assertThat(request.headers()).isEmpty();
    assertThat(request.body()).isNull();
    assertThat(request.timeout()).isEqualTo(defaults.defaultTimeout());
    assertThat(request.circuitBreaker()).isFalse();
    assertThat(request.authentication()).isNull();
    assertThat(request.retry()).isEqualTo(defaults.retry());
  }

  @Test
  void whenTheRestIsGivenThenItIsTaken() throws Exception {
    RestRequest request =
        read(
            RestAction.GET,
            Map.of(
                "timeout", variable(7),
                "circuitBreaker", variable(true),
                "maxAttempts", variable(3),
                "retryBackoff", variable(0),
                "restUrlParams", variable("{\"c\":1}")));

    assertThat(request.uri()).hasToString("https://example.com/a%20b?c=1");
    assertThat(request.timeout()).hasMillis(7);
    assertThat(request.circuitBreaker()).isTrue();
    assertThat(request.retry().maxAttempts()).isEqualTo(3);
    assertThat(request.retry().backoff()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "POST, true, true", "PUT, true, true", "PATCH, true, true", "DELETE, false, true",
    "GET, false, false", "HEAD, false, false", "OPTIONS, false, false", "TRACE, false, false"
  })
  void whenAnActionReadsAPayloadThenADeleteTakesOnlyThatOfTheTask(
      RestAction action, boolean ofVariable, boolean ofTask) throws Exception {
    assertThat(read(action, Map.of("requestPayload", variable(5))).body() != null)
        .isEqualTo(ofVariable);
    assertThat(read(action, Map.of("requestPayload", Inputs.Input.ofTask(5))).body() != null)
        .isEqualTo(ofTask);
  }

  @Test
  void whenAUrlIsEncodedAlreadyThenOnlyTraceEncodesItAgain() throws Exception {
    Map<String, Inputs.Input> inputs =
        Map.of("restUrl", variable("https://h/%20"), "restUrlEncoded", variable(false));

    assertThat(read(RestAction.GET, inputs).uri()).hasToString("https://h/%20");
    assertThat(
            read(
                    RestAction.TRACE,
                    Map.of("restUrl", variable("https://h/ "), "restUrlEncoded", variable("x")))
                .uri())
        .hasToString("https://h/");
  }

  static Stream<Arguments> wrongInputs() {
    return Stream.of(
        Arguments.of(
            Map.of("restUrl", variable(" ")), "restUrl is missing, wanted an absolute http"),
        Arguments.of(Map.of("restUrl", variable(5)), "restUrl is a java.lang.Integer, wanted"),
        Arguments.of(
            Map.of("restUrl", variable("${a}")), "; it holds ${, which only flowable:expression"),
        Arguments.of(
            Map.of("restUrlParams", variable("[]")), "restUrlParams is a JSON ARRAY, wanted"),
        Arguments.of(Map.of("timeout", variable(86_400_001)), "out of range, wanted 1 to 86400000"),
        Arguments.of(Map.of("timeout", variable(0)), "out of range, wanted 1 to 86400000"),
        Arguments.of(Map.of("maxAttempts", variable(0)), "maxAttempts is an Integer out of range"),
        Arguments.of(Map.of("retryBackoff", variable(-1)), "out of range, wanted 0 to 86400000"),
        Arguments.of(Map.of("authentication", variable("crm")), "authentication is a String"));
  }

  @ParameterizedTest
  @MethodSource("wrongInputs")
  void whenAnInputIsWrongThenItIsSaidWhich(Map<String, Inputs.Input> inputs, String said) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> read(RestAction.GET, inputs))
        .withMessageContaining(said);
  }

  @Test
  void whenALiteralUrlIsReadAgainThenItIsTheSame() throws Exception {
    Inputs.Input literal = new Inputs.Input("https://h/literal", VALUES::get);

    assertThat(read(RestAction.GET, Map.of("restUrl", literal)).uri())
        .isSameAs(read(RestAction.GET, Map.of("restUrl", literal)).uri());
  }
}
