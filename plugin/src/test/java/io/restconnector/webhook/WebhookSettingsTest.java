package io.restconnector.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSettingsTest {

  @Test
  void whenTheEnvironmentNamesAStatusThenItIsTheAnswerForWhatDoesNotMatch() {
    assertThat(WebhookSettings.notMatchStatus(Map.of("EVENT_NOT_MATCH_STATUS", "202")))
        .isEqualTo(202);
    assertThat(WebhookSettings.notMatchStatus(Map.of())).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "199", "600", "teapot"})
  void whenTheEnvironmentNamesNoStatusThenTheMessageSaysWhatIsWanted(String value) {
    assertThatThrownBy(
            () -> WebhookSettings.notMatchStatus(Map.of("EVENT_NOT_MATCH_STATUS", value)))
        .hasMessage("EVENT_NOT_MATCH_STATUS is no status, wanted 200 to 599");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "events", "/events/", "/a//b", "/a/*"})
  void whenThePathIsNoneThenTheMessageNamesTheProperty(String path) {
    assertThatThrownBy(() -> WebhookSettings.defaults().withPath(path))
        .hasMessage("webhooks.path is no such path as /rest-connector/events");
  }

  @Test
  void whenTheSizeIsNegativeThenTheMessageNamesTheProperty() {
    assertThatThrownBy(() -> WebhookSettings.defaults().withMaxBodySize(-1))
        .hasMessageContaining("webhooks.max-body-size is out of range");
  }
}
