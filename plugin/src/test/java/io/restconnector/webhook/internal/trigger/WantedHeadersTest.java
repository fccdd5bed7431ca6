package io.restconnector.webhook.internal.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Headers that a request must have. */
class WantedHeadersTest {

  @Test
  void whenOneOfItsValuesIsTheWantedOneThenTheHeaderIsThere() {
    WantedHeaders wanted = WantedHeaders.of(Map.of("X-Event", "b"));

    assertThat(wanted.firstMissing(Map.of("x-event", List.of("a", "b")))).isNull();
    assertThat(wanted.firstMissing(Map.of("x-event", "b"))).isNull();
    assertThat(wanted.firstMissing(Map.of("x-event", "B"))).isEqualTo("x-event");
    assertThat(wanted.firstMissing(Map.of())).isEqualTo("x-event");
    assertThat(WantedHeaders.of(Map.of("X", "")).firstMissing(Map.of())).isEqualTo("x");
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, application/json;charset=utf-8, true",
    "application/JSON, Application/json, true",
    "application/json, application/xml, false",
    "text/plain;charset=utf-8, text/plain;charset=utf-8, true",
    "text/plain;charset=utf-8, text/plain, false"
  })
  void whenTheContentTypeIsWantedWithoutParametersThenTheTypeAloneCounts(
      String wanted, String found, boolean isThere) {
    assertThat(
            WantedHeaders.of(Map.of("Content-Type", wanted))
                .firstMissing(Map.of("content-type", found)))
        .isEqualTo(isThere ? null : "content-type");
  }
}
