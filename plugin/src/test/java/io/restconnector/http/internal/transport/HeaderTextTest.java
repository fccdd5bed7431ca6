package io.restconnector.http.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Header values between text and the bytes of the wire, a character for each. */
class HeaderTextTest {

  @ParameterizedTest
  @CsvSource({"plain, plain", "Ã¼, ü", "â\u0082¬, €", "caf\u00e9, café", "\u00c3, \u00c3"})
  void whenAValueHasBeenReadThenItIsUtf8OrElseLatin1(String characters, String text) {
    assertThat(HeaderText.ofWire(characters)).isEqualTo(text);
  }

  @Test
  void whenAValueIsSentThenItIsUtf8OnceHoweverOftenItIsConverted() {
    BasicHttpRequest request = new BasicHttpRequest("GET", "/");
    request.addHeader("X-Name", "ü");
    request.addHeader("X-Plain", "a");
    Header plain = request.getHeaders()[1];

    HeaderText.toWire(request);
    HeaderText.toWire(request);

    assertThat(request.getHeaders()[0].getValue()).isEqualTo("Ã¼");
    assertThat(request.getHeaders()[0]).asString().doesNotContain("Ã");
    assertThat(request.getHeaders()[0].isSensitive()).isTrue();
    assertThat(request.getHeaders()[1]).isSameAs(plain);
  }
}
