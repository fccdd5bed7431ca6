package io.restconnector.http.internal.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.content.internal.JsonText;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Payloads in parts. */
class MultipartBodyTest {

  private static RequestBody encode(String boundary, String name, String json) throws Exception {
    return MultipartBody.encode(
        "multipart/form-data; boundary=" + boundary,
        boundary,
        Map.of(name, List.of(JsonText.parse(json))));
  }

  private static String part(String json) throws Exception {
    String text = new String(encode("b", "f", json).bytes(), UTF_8);
    assertThat(text).startsWith("--b\r\n").endsWith("\r\n--b--\r\n");
    return text.substring(5, text.length() - 9);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"ü\" | text/plain; charset=UTF-8 | ü",
        "1.50 | text/plain; charset=UTF-8 | 1.50",
        "{\"contentType\":\"application/json\",\"value\":{\"a\":1}} | application/json | {\"a\":1}",
        "{\"contentType\":\"application/json\",\"value\":\"[1 ]\"} | application/json | [1 ]",
        "{\"contentType\":\"text/csv\",\"value\":7} | text/csv | 7",
        "{\"base64\":\"aGk=\"} | application/octet-stream | hi",
        "{\"base64\":\"aGk=\",\"value\":null,\"contentType\":\"a/b; c=d\"} | a/b; c=d | hi"
      })
  void whenAPartHasAFormThenItIsWrittenSo(String json, String type, String content)
      throws Exception {
    assertThat(part(json))
        .isEqualTo(
            "Content-Disposition: form-data; name=\"f\"\r\nContent-Type: %s\r\n\r\n%s"
                .formatted(type, content));
  }

  @Test
  void whenNamesHaveQuotesThenTheyAreEscapedAsBrowsersDo() throws Exception {
    assertThat(part("{\"base64\":\"\",\"filename\":\"a\\\"b.pdf\"}"))
        .contains("; filename=\"a%22b.pdf\"\r\n");
  }

  @Test
  void whenTheContentTypeNamesNoBoundaryThenItGetsOne() throws Exception {
    RequestBody body =
        MultipartBody.encode(
            "multipart/form-data", null, Map.of("a", List.of(JsonText.parse("1"))));
    String boundary =
        String.valueOf(body.contentType()).replace("multipart/form-data; boundary=", "");
    assertThat(new String(body.bytes(), UTF_8)).startsWith("--" + boundary + "\r\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | a JSON ARRAY at /f, wanted text,",
        "{} | a JSON OBJECT at /f, wanted text,",
        "{\"base64\":\"\",\"value\":1} | a JSON OBJECT at /f, wanted text,",
        "{\"value\":1} | wanted a \"contentType\" beside \"value\"",
        "{\"value\":1,\"contentType\":2} | a JSON NUMBER at /f/contentType, wanted a String",
        "{\"value\":1,\"contentType\":\"text\"} | text that is no media type at /f/contentType",
        "{\"value\":[1],\"contentType\":\"text/csv\"} | at /f/value, wanted a scalar for text/csv",
        "{\"value\":\"a\",\"contentType\":\"image/png\"} | at /f/value, wanted \"base64\" for image/png",
        "{\"value\":\"{\",\"contentType\":\"application/json\"} | a String that holds no JSON at /f/value",
        "{\"base64\":\"!\"} | at /f/base64",
        "{\"base64\":1} | a JSON NUMBER at /f/base64, wanted a String",
        "{\"base64\":\"\",\"filename\":\"a\\r\\nX: y\"} | a name with CR, LF or NUL at /f/filename"
      })
  void whenAPartFitsNoFormThenItsPlaceIsTold(String json, String message) {
    assertThatThrownBy(() -> part(json))
        .isInstanceOf(InvalidBodyException.class)
        .hasMessageContaining(message);
  }

  @Test
  void whenAPartHoldsTheBoundaryThenItIsRefused() {
    assertThatThrownBy(() -> part("\"x--by\""))
        .hasMessage(
            "a map whose part /f holds the boundary of Content-Type, wanted another or none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\"b", "a ", "ü"})
  void whenABoundaryIsNoneThenItIsRefused(String boundary) {
    assertThatThrownBy(() -> encode(boundary, "f", "1"))
        .isInstanceOf(InvalidBodyException.class)
        .hasMessageContaining("boundary");
  }
}
