package io.restconnector.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers of a trace in a column of text. */
class TraceTextTest {

  @Test
  void whenHeadersAreWrittenThenTheyAreReadInTheirOrder() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("traceparent", "00-1-2-01");
    headers.put("baggage", "a: b");
    headers.put("empty", "");

    assertThat(TraceText.write(headers))
        .isEqualTo("traceparent: 00-1-2-01\nbaggage: a: b\nempty: \n");
    assertThat(TraceText.read(TraceText.write(headers))).containsExactlyEntriesOf(headers);
  }

  @Test
  void whenThereAreNoHeadersThenThereIsNoText() {
    assertThat(TraceText.write(Map.of())).isNull();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "\n\n", "any text", ": no name", "name:no blank"})
  void whenATextHoldsNoHeaderThenNoneIsRead(@Nullable String text) {
    assertThat(TraceText.read(text)).isEmpty();
  }

  @Test
  void whenOtherTextStandsBetweenThenItIsPassedOver() {
    assertThat(TraceText.read("other\na: 1\n: x")).isEqualTo(Map.of("a", "1"));
  }
}
