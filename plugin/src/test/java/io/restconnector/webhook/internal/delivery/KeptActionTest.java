package io.restconnector.webhook.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.content.internal.JsonText;
import io.restconnector.webhook.internal.delivery.ActionArguments.Variables;
import io.restconnector.webhook.internal.delivery.KeptAction.Kind;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.flowable.eventregistry.api.runtime.EventPayloadInstance;
import org.flowable.eventregistry.impl.runtime.EventInstanceImpl;
import org.flowable.eventregistry.impl.runtime.EventPayloadInstanceImpl;
import org.flowable.eventregistry.model.EventPayload;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Actions that wait, and the text that a table keeps of them. */
@SuppressWarnings("NullAway") // the engine is asked only for the keys of events
class KeptActionTest {

  private static final Variables NO_VARIABLES = new Variables(Map.of());

  private static Variables variables() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("text", "\u20ac \u00e4");
    values.put("exact", new BigDecimal("99999999999999.99"));
    values.put("flag", true);
    values.put("none", null);
    values.put("tree", JsonText.parse("{\"a\": [1.50, {\"b\": \"\\u20ac\"}]}"));
    return new Variables(values);
  }

  @Test
  void whenNothingCanEverWaitForAnActionThenItIsNotKept() {
    for (EngineAction action :
        List.of(
            new StartProcess("p", null, null, NO_VARIABLES),
            new StartMessage("m", null, NO_VARIABLES),
            new DoNothing(),
            new Untaken("event", "e"))) {
      assertThat(KeptAction.of(action, null)).as(action.type()).isNull();
    }
  }

  @Test
  void whenAMessageOrASignalIsKeptThenItIsFoundByItsCorrelation() {
    KeptAction message = KeptAction.of(new SendMessage("m", "key", NO_VARIABLES), null);
    KeptAction signal = KeptAction.of(new SendSignal("s", NO_VARIABLES), null);

    assertThat(List.of(message.kind(), signal.kind())).containsExactly(Kind.MESSAGE, Kind.SIGNAL);
    assertThat(List.of(message.name(), signal.name())).containsExactly("m", "s");
    assertThat(Arrays.asList(message.key(), signal.key())).containsExactly("key", null);
  }

  @Test
  void whenAMessageOrASignalIsReadAgainThenItHasTheSameValues() {
    KeptAction message = KeptAction.of(new SendMessage("m", "key", variables()), null);
    KeptAction signal = KeptAction.of(new SendSignal("s", variables()), null);

    assertThat(message.data()).matches("\\p{ASCII}*").isEqualTo(signal.data());
    assertThat(KeptAction.read(Kind.MESSAGE, "m", "key", "t", message.data()))
        .isEqualTo(message.action());
    assertThat(KeptAction.read(Kind.SIGNAL, "s", null, "t", signal.data()))
        .isEqualTo(signal.action());
  }

  private static EventPayloadInstance payload(EventPayload definition, @Nullable Object value) {
    return new EventPayloadInstanceImpl(definition, value);
  }

  @Test
  void whenAnEventIsReadAgainThenItsPayloadHasTheSameTypesAndValues() {
    PublishEvent event =
        new PublishEvent(
            new EventInstanceImpl(
                "e",
                List.of(
                    payload(EventPayload.correlation("id", "string"), "\u20ac"),
                    payload(EventPayload.header("x-h", "integer"), 7),
                    payload(EventPayload.fullPayload("all"), JsonText.parse("{\"a\": 1.50}")),
                    payload(new EventPayload("d", "double"), new BigDecimal("0.12345678901234567")),
                    payload(new EventPayload("l", "long"), 5L),
                    payload(new EventPayload("n", "json"), null),
                    payload(new EventPayload("untyped", null), "text")),
                "tenant"));
    KeptAction kept = new KeptAction(Kind.EVENT, "e", List.of("all", "some"), event);

    PublishEvent read =
        (PublishEvent) KeptAction.read(Kind.EVENT, "e", kept.key(), "tenant", kept.data());

    assertThat(kept.data()).matches("\\p{ASCII}*");
    assertThat(kept.key()).isEqualTo("all");
    assertThat(read.target()).isEqualTo("e");
    assertThat(read.instance().getTenantId()).isEqualTo("tenant");
    assertThat(read.values()).isEqualTo(event.values());
    assertThat(read.correlation()).isEqualTo(Map.of("id", "\u20ac"));
    assertThat(
            read.instance().getPayloadInstances().stream()
                .map(EventPayloadInstance::getEventPayloadDefinition)
                .map(
                    each ->
                        "%s %s %b %b"
                            .formatted(
                                each.getName(),
                                each.getType(),
                                each.isHeader(),
                                each.isFullPayload())))
        .containsExactly(
            "id string false false",
            "x-h integer true false",
            "all null false true",
            "d double false false",
            "l long false false",
            "n json false false",
            "untyped null false false");
  }
}
