package io.restconnector.http.internal.body;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.content.internal.JsonText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Payloads as bytes of their type. Parts are MultipartBodyTest's. */
class RequestBodyTest {

  private static final String FORM = "application/x-www-form-urlencoded";

  private static String encoded(String type, String json) throws InvalidBodyException {
    RequestBody body = RequestBody.encode(type, JsonText.parse(json));
    assertThat(body.contentType()).startsWith(type);
    return new String(body.bytes(), ISO_8859_1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "application/json | {\"a\": [1.50, null]} | {\"a\":[1.50,null]}",
        "application/json; charset=iso-8859-1 | \"\\u00e4\" | \"\u00e4\"",
        "application/json | \"\\u00e4\" | \"\u00c3\u00a4\"",
        "application/x-www-form-urlencoded | {\"a b\": \"c&d\", \"e\": [1, null, true]} | a+b=c%26d&e=1&e=true",
        "application/x-www-form-urlencoded | {\"a\": \"\\u00e4\", \"n\": null, \"l\": []} | a=%C3%A4",
        "application/x-www-form-urlencoded; charset=iso-8859-1 | {\"a\": \"\\u00e4\"} | a=%E4",
        "application/x-www-form-urlencoded | {\"a\": 1.50} | a=1.50",
        "application/x-www-form-urlencoded | {} | ``",
      })
  void whenAPayloadFitsItsTypeThenItIsEncoded(String type, String json, String body)
      throws Exception {
    assertThat(encoded(type, json)).isEqualTo(body);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        FORM + " | [1] | a JSON ARRAY, wanted a JSON map for application/x-www-form-urlencoded",
        "multipart/form-data | \"a\" | a JSON STRING, wanted a JSON map for multipart/form-data",
        FORM + " | {\"a\": {}} | a JSON OBJECT at /a, wanted a scalar or an array of scalars",
        FORM + " | {\"a\": [[1]]} | a JSON ARRAY at /a, wanted a scalar or an array of scalars",
        FORM + "; charset=none | {\"a\": 1} | of an unknown charset, wanted one that this JVM has",
        "application/json; charset=us-ascii | \"\\u00e4\" | text with characters that charset US-ASCII lacks",
      })
  void whenAPayloadDoesNotFitItsTypeThenTheMessageSaysWhatItIs(
      String type, String json, String message) {
    assertThatThrownBy(() -> RequestBody.encode(type, JsonText.parse(json)))
        .isInstanceOf(InvalidBodyException.class)
        .hasMessageStartingWith(message);
  }

  @ParameterizedTest
  @CsvSource({
    "text/plain; charset=iso-8859-1, \u00e4, \u00e4",
    "text/plain, \u00e4, \u00c3\u00a4",
    "application/xml, <?xml version='1.0' encoding='iso-8859-1'?><a>\u00e4</a>, <?xml version='1.0' encoding='iso-8859-1'?><a>\u00e4</a>",
  })
  void whenTextHasACharsetThenItIsEncodedInIt(String type, String text, String bytes)
      throws Exception {
    assertThat(new String(RequestBody.text(type, text).bytes(), ISO_8859_1)).isEqualTo(bytes);
  }

  @Test
  void whenXmlDeclaresAnUnknownEncodingThenTheMessageSaysSo() {
    assertThatThrownBy(
            () -> RequestBody.text("application/xml", "<?xml version='1.0' encoding='none'?><a/>"))
        .hasMessageStartingWith("XML that declares an unknown encoding");
    assertThatThrownBy(() -> RequestBody.text("text/plain; charset=x-JISAutoDetect", "a"))
        .hasMessageEndingWith("wanted one that can be written");
  }

  @Test
  void whenBase64IsInLinesThenItIsDecoded() throws Exception {
    assertThat(RequestBody.base64(" AQID\r\n\t BAUG\n")).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(RequestBody.base64("")).isEmpty();
    for (String wrong : new String[] {"A", "AQ ID", "A-_=", "geheim!"}) {
      assertThatThrownBy(() -> RequestBody.base64(wrong))
          .isInstanceOf(InvalidBodyException.class)
          .hasMessage("text that is no base64");
    }
  }
}
