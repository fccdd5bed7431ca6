package io.restconnector.webhook.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.content.internal.JsonText;
import io.restconnector.webhook.internal.trust.Deduplication;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** How much one request may give to processes. */
@SuppressWarnings("NullAway") // the trigger is not looked at
class CopiedValuesTest {

  private static MatchedTrigger trigger(
      Object value, @Nullable JsonNode body, Deduplication.@Nullable Delivery delivery) {
    return new MatchedTrigger(
        null,
        new Answer(200, Map.of(), body, false),
        new StartProcess("p", null, null, new ActionArguments.Variables(Map.of("v", value))),
        delivery);
  }

  @ParameterizedTest
  @CsvSource({"'\"abc\"', 3", "12, 2", "'{\"ab\":\"c\"}', 8", "'[[],[]]', 6"})
  void whenAValueIsCountedThenItsCharactersAre(String json, long length) {
    MatchedTrigger trigger = trigger(JsonText.parse(json), null, null);
    assertThat(new CopiedValues(length).add(trigger)).isTrue();
    assertThat(new CopiedValues(length - 1).add(trigger)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"true, 6", "false, 3"})
  void whenTheAnswerIsStoredThenItsBodyCountsToo(boolean isStored, long length) {
    MatchedTrigger trigger =
        trigger(
            "abc",
            JsonText.parse("\"def\""),
            isStored ? new Deduplication.Delivery("id", Duration.ZERO) : null);
    CopiedValues count = new CopiedValues(2 * length);

    assertThat(count.add(trigger)).isTrue();
    assertThat(count.add(trigger)).isTrue();
    assertThat(count.add(trigger)).isFalse();
  }
}
