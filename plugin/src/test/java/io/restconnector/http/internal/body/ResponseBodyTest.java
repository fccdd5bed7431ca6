package io.restconnector.http.internal.body;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.spi.CallOutcome;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ResponseBodyTest {

  private static final String JSON = "application/json";
  private static final String DECLARED = "<?xml version='1.0' encoding='ISO-8859-1'?><a>\u00fc</a>";

  private static CallOutcome.Response response(@Nullable String type, byte[] body) {
    List<Header> headers =
        type == null ? List.of() : List.of(new BasicHeader("content-TYPE", type));
    byte[] buffer = Arrays.copyOf(body, body.length + 7);
    Arrays.fill(buffer, body.length, buffer.length, (byte) '#');
    return new CallOutcome.Response(200, headers, buffer, body.length);
  }

  static Stream<Arguments> scalarsAndTexts() {
    return Stream.of(
        body(JSON, "\"text\"", "text"),
        body(JSON, " 42 ", 42L),
        body(JSON, "-9223372036854775808", Long.MIN_VALUE),
        body(JSON, "9223372036854775808", new BigInteger("9223372036854775808")),
        body(JSON, "1.5", 1.5),
        body(JSON, "1e400", new BigDecimal("1e400")),
        body(JSON, "true", true),
        body(JSON, "\ufeff7", 7L),
        body(JSON + "; charset=utf-8", "\ufeff7", 7L),
        body("Application/Problem+JSON; charset=utf-8", "false", false),
        body(JSON, "{\"a\":1", "{\"a\":1"),
        body(JSON, "{} trailing", "{} trailing"),
        body(JSON, "[1] [2]", "[1] [2]"),
        body(JSON, "<html/>", "<html/>"),
        body(JSON, "NaN", "NaN"),
        body(JSON, "[".repeat(5000), "[".repeat(5000)),
        body(JSON, "[" + "1".repeat(5000) + "]", "[" + "1".repeat(5000) + "]"),
        body(JSON, "\"a\\u0000b\"", "a\ufffdb"),
        body("text/json", "5", 5L),
        body("application/x-amz-json-1.1", "\"x\"", "x"),
        body("application/x-ndjson", "{\"a\":1}\n{\"a\":2}\n", "{\"a\":1}\n{\"a\":2}\n"),
        body("application/yaml", "a: 1", "a: 1"),
        body("application/x-pem-file", "-----BEGIN", "-----BEGIN"),
        body("text/plain; charset=latin1", "\ufeff\u00fc", "\u00fc"),
        body(JSON + "; charset=latin1", "\ufeff\"\u00fc\"", "\u00fc"),
        body(JSON, "\ufeff{oops", "{oops"),
        body("application/xml", "\ufeff<a/>", "<a/>"),
        in(ISO_8859_1, "text/xml", DECLARED, DECLARED),
        // Without a type, a scalar is text.
        body(null, "5", "5"),
        body(null, "\"x\"", "\"x\""),
        body(null, "null", "null"),
        body(null, "{oops", "{oops"),
        body(null, "[1] [2]", "[1] [2]"),
        body(null, "\ufeffplain", "plain"),
        body(null, "<a>\u00fc</a>\r\n\t", "<a>\u00fc</a>\r\n\t"),
        body(" ", "x", "x"),
        body(";;;", "x", "x"),
        body("text/plain", "plain", "plain"),
        body("text/plain", "a\0b", "a\ufffdb"),
        body("text/csv; charset=\"utf-8\"", "\u00fc;1", "\u00fc;1"),
        body("text/plain; charset=nonsense!", "\u00fc", "\u00fc"),
        body("application/xml", "<a/>", "<a/>"),
        body("image/svg+xml", "<svg/>", "<svg/>"),
        body("application/x-www-form-urlencoded", "a=1", "a=1"),
        in(ISO_8859_1, "text/plain; charset=ISO-8859-1", "\u00fc", "\u00fc"),
        in(ISO_8859_1, JSON + ";charset=latin1", "\"\u00fc\"", "\u00fc"),
        in(UTF_16BE, JSON, "\"\u00fc\"", "\u00fc"));
  }

  private static Arguments body(@Nullable String type, String body, Object expected) {
    return in(UTF_8, type, body, expected);
  }

  private static Arguments in(
      Charset charset, @Nullable String type, String body, Object expected) {
    return Arguments.of(type, body.getBytes(charset), expected);
  }

  @ParameterizedTest
  @MethodSource("scalarsAndTexts")
  void whenBodyIsScalarOrTextThenValueIsOfItsType(
      @Nullable String type, byte[] body, Object expected) {
    assertThat(ResponseBody.decode(response(type, body))).isEqualTo(expected);
  }

  @Test
  void whenBodyIsJsonObjectOrArrayThenItStaysJson() {
    String json = "{\"a\":[1,12345678901234567890,1.5,null]}";
    assertThat(ResponseBody.decode(response(JSON, json.getBytes(UTF_8))))
        .isInstanceOfSatisfying(JsonNode.class, node -> assertThat(node).hasToString(json));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":1}", " \n[1]", "\ufeff{}", "[0.1,99999999999999.99]"})
  void whenThereIsNoTypeThenAnObjectOrArrayIsJson(String body) {
    assertThat(ResponseBody.decode(response(null, body.getBytes(UTF_8))))
        .isInstanceOfSatisfying(
            JsonNode.class,
            node -> assertThat(node).hasToString(body.replaceAll("[\ufeff\\s]", "")));
  }

  @Test
  void whenBodyIsJsonNullOrEmptyThenNull() {
    assertThat(ResponseBody.decode(response(JSON, "null".getBytes(UTF_8)))).isNull();
    assertThat(ResponseBody.decode(response(JSON, new byte[0]))).isNull();
    assertThat(ResponseBody.decode(response("image/png", new byte[0]))).isNull();
  }

  @Test
  void whenTypeIsOtherOrMissingThenBytes() {
    for (byte[] binary :
        new byte[][] {{'a', 0}, {1, 'a'}, {(byte) 0xc3}, {(byte) 0xfe, (byte) 0xff, 0, 'a'}}) {
      assertThat(ResponseBody.decode(response(null, binary))).isEqualTo(binary);
    }
    byte[] body = {0, 1, -1};
    assertThat(ResponseBody.decode(response("image/png", body))).isEqualTo(body);
    assertThat(ResponseBody.decode(response(null, body))).isEqualTo(body);
    assertThat(ResponseBody.decode(response(";;;", body))).isEqualTo(body);
  }
}
