package io.restconnector.call.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.content.internal.JsonText;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The input requestHeaders. */
class RequestHeadersTest {

  private static String read(RestAction action, String json) throws InvalidInputException {
    return RequestHeaders.read(action, JsonText.parse(json)).stream()
        .map(header -> header.getName() + "=" + header.getValue())
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"X-A\":\"a\",\"X-B\":[1,true,\"c\"],\"X-C\":null} | X-A=a X-B=1 X-B=true X-B=c",
        "{\"X-A\":\"ü\\t€\"} | X-A=ü\t€",
        "{\"X-A\":\"\",\"X-N\":0.0000001} | X-A= X-N=0.0000001",
        "{\"If-Match\":\"*\",\"If-None-Match\":[\"a\",\"b\"]} | If-Match=* If-None-Match=a If-None-Match=b",
        "{\"Cookie\":\"a=b\"} | Cookie=a=b"
      })
  void whenValuesAreScalarsThenTheyAreHeadersInTheirOrder(String json, String headers)
      throws Exception {
    assertThat(read(RestAction.GET, json)).isEqualTo(headers);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"X A\":\"secret\"} | a name that is no HTTP token",
        "{\"\":\"secret\"} | a name that is no HTTP token",
        "{\"Content-LENGTH\":\"secret\"} | 'Content-LENGTH', which the connector sets itself",
        "{\"Host\":\"secret\"} | 'Host', which the connector sets itself",
        "{\"X-A\":{}} | value 'X-A' is a JSON OBJECT",
        "{\"X-A\":[[1]]} | value 'X-A' is a JSON ARRAY",
        "{\"X-A\":\"secret\\r\\nX: y\"} | value 'X-A' is text with a character that a header cannot hold",
        "{\"X-A\":\"secret\\u0000\"} | value 'X-A' is text with a character",
        "{\"X-A\":\"secret\\ud800\"} | value 'X-A' is text with a character",
        "{\"If-Match\":null} | value 'If-Match' is null or empty",
        "{\"if-none-match\":\" \"} | value 'if-none-match' is null or empty",
        "{\"If-Range\":[]} | value 'If-Range' is null or empty",
        "{\"If-Match\":[\"a\",null]} | value 'If-Match' is null or empty"
      })
  void whenAHeaderCannotBeSentThenItIsRefusedWithoutItsValue(String json, String message) {
    assertThatThrownBy(() -> read(RestAction.GET, json))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message)
        .message()
        .doesNotContain("secret");
  }

  @Test
  void whenTheActionIsTraceThenNoCredentialGoesWithIt() {
    for (String name : new String[] {"authorization", "Cookie"}) {
      assertThatThrownBy(() -> read(RestAction.TRACE, "{\"" + name + "\":\"secret\"}"))
          .hasMessageContaining("'" + name + "', which TRACE may not send");
    }
  }

  @Test
  void whenThereIsNoMapThenThereAreNoHeaders() throws Exception {
    assertThat(RequestHeaders.read(RestAction.GET, null)).isEmpty();
  }
}
