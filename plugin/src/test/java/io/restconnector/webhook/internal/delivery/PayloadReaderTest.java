package io.restconnector.webhook.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.content.internal.JsonText;
import io.restconnector.webhook.internal.request.RefusedException;
import io.restconnector.webhook.internal.trigger.RequestScope;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.flowable.eventregistry.api.runtime.EventPayloadInstance;
import org.flowable.eventregistry.model.EventModel;
import org.flowable.eventregistry.model.EventPayload;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of an event by the types of its definition. */
class PayloadReaderTest {

  private static List<EventPayloadInstance> read(
      EventPayload payload, String templates, String body) throws RefusedException {
    EventModel event = new EventModel();
    event.addPayload(payload);
    return PayloadReader.read(
        event,
        JsonText.parse(templates),
        new RequestScope(
            "",
            "POST",
            "orders",
            Map.of("id", "A-1"),
            Map.of(),
            Map.of("x-trace", "t"),
            JsonText.parse(body)));
  }

  private static @Nullable Object value(String type, String json) throws RefusedException {
    return read(new EventPayload("v", type), "{}", "{\"v\":" + json + "}").get(0).getValue();
  }

  @ParameterizedTest
  @CsvSource({
    "integer, 7, Integer, 7",
    "integer, 7.0, Integer, 7",
    "integer, '\"7\"', Integer, 7",
    "long, 9223372036854775807, Long, 9223372036854775807",
    "double, 1.5, Double, 1.5",
    "double, '\" 1e3 \"', Double, 1000.0",
    "double, 0.12345678901234567890, BigDecimal, 0.12345678901234567890",
    "boolean, true, Boolean, true",
    "boolean, '\"false\"', Boolean, false",
    "string, '\"x\"', String, x",
    "string, 1.50, String, 1.50",
    "json, '[1]', ArrayNode, [1]",
    "json, '\"x\"', String, x",
    "other, true, String, true"
  })
  void whenAValueFitsItsTypeThenItIsOfIt(String type, String json, String java, String shown)
      throws Exception {
    Object value = Objects.requireNonNull(value(type, json));
    assertThat(value.getClass().getSimpleName()).isEqualTo(java);
    assertThat(value).hasToString(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "integer, 2147483648, is no number of that type: it is a number",
    "integer, 1.5, is no number of that type: it is a number",
    "integer, '\"x\"', is no number of that type: it is a string",
    "long, true, is no number of that type: it is a boolean",
    "double, '[]', is no number: it is a array",
    "double, 1e999, is no number: it is a number",
    "boolean, 1, is no boolean: it is a number",
    "boolean, '\"TRUE\"', is no boolean: it is a string",
    "string, '{}', is no single value: it is a object"
  })
  void whenAValueDoesNotFitItsTypeThenTheRequestIsRefused(
      String type, String json, String problem) {
    assertThatThrownBy(() -> value(type, json))
        .isInstanceOf(RefusedException.class)
        .hasMessage("The event payload v %s, wanted %s.".formatted(problem, type));
  }

  @Test
  void whenANumberHasMoreDigitsThanAnybodyWritesThenItIsRefused() {
    assertThatThrownBy(() -> value("long", "\"" + "0".repeat(401) + "\""))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void whenAValueIsNullOrMissingThenItIsNullOrLeftOut() throws Exception {
    assertThat(value("integer", "null")).isNull();
    assertThat(read(new EventPayload("none", "integer"), "{}", "{}")).isEmpty();
  }

  @Test
  void whenSeveralPlacesHaveTheNameThenTheTemplateComesFirst() throws Exception {
    assertThat(only(read(new EventPayload("v", "string"), "{\"v\":\"t\"}", "{\"v\":\"b\"}")))
        .isEqualTo("t");
    assertThat(only(read(EventPayload.header("X-Trace", "string"), "{}", "{\"X-Trace\":\"b\"}")))
        .isEqualTo("t");
    assertThat(only(read(new EventPayload("path", "string"), "{}", "{\"path\":\"b\"}")))
        .isEqualTo("orders");
    assertThat(only(read(EventPayload.fullPayload("v"), "{}", "{\"v\":1}")))
        .hasToString("{\"v\":1}");
  }

  private static @Nullable Object only(List<EventPayloadInstance> payload) {
    return payload.get(0).getValue();
  }

  @Test
  void whenACorrelationParameterHasWhatNoDatabaseKeepsThenItIsRefusedAndElseReplaced()
      throws Exception {
    assertThat(value("string", "\"a\\u0000\"")).isEqualTo("a\ufffd");
    assertThatThrownBy(
            () -> read(EventPayload.correlation("v", "string"), "{}", "{\"v\":\"a\\u0000\"}"))
        .hasMessage("The event payload v has characters that no database keeps.");
  }
}
