package io.restconnector.webhook.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.content.internal.JsonText;
import io.restconnector.spi.Secret;
import io.restconnector.webhook.internal.request.RefusedException;
import io.restconnector.webhook.internal.trigger.Conditions;
import io.restconnector.webhook.internal.trigger.RequestScope;
import io.restconnector.webhook.internal.trigger.Trigger;
import io.restconnector.webhook.internal.trigger.Triggers;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a matching trigger takes of a request. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MatchedTriggerReaderTest {

  private static final String MESSAGE =
      "'action': {'type': 'message', 'name': 'm', 'correlationKey': '${method}'}";
  private static final String TO_ITEM =
      "'action': {'type': 'message', 'name': 'm', 'correlationKey': '${item.id}'}";
  private static final String EACH = "'each': '${body}', ";
  private static final long MAX_BODY = 10_000;

  private final Actions actions = new Actions();

  MatchedTriggerReaderTest() {
    actions.engine.deploy(
        "paid.event",
        "{\"key\": \"paid\", \"payload\": [{\"name\": \"n\", \"type\": \"integer\"}]}");
    actions.engine.deployFor("t", "own.event", "{\"key\": \"own\"}");
  }

  @AfterAll
  void close() {
    actions.close();
  }

  private List<MatchedTrigger> read(String properties, String body) throws Exception {
    return read(Triggers.read("t", properties), body, null);
  }

  private List<MatchedTrigger> read(Trigger trigger, String body, @Nullable String deliveryId)
      throws Exception {
    RequestScope request = Triggers.request(JsonText.parse(body));
    return new MatchedTriggerReader(
            actions.engine.eventRegistry(), name -> Secret.of("secret"), MAX_BODY)
        .read(trigger, request, WantedScopes.of(trigger, request, new Conditions()), deliveryId);
  }

  private static String deliveryOf(MatchedTrigger matched) {
    return Objects.requireNonNull(matched.delivery()).id();
  }

  @Test
  void whenATriggerFiresForEachElementThenEachHasItsOwnValues() throws Exception {
    List<MatchedTrigger> matched =
        read(EACH + "'body': '${item.id}', " + TO_ITEM, "[{\"id\": \"a\"}, {\"id\": \"b\"}]");

    assertThat(matched.stream().map(each -> each.action().correlation().get("correlationKey")))
        .containsExactly("a", "b");
    assertThat(matched.stream().map(each -> ((Answer) each.answer()).text()))
        .containsExactly("\"a\"", "\"b\"");
    assertThat(matched).allMatch(each -> each.delivery() == null);
  }

  @Test
  void whenTheListIsEmptyThenNothingIsFiredAndTheAnswerIsMadeOnlyWhereItIsGiven() throws Exception {
    String body = "'status': 202, 'body': {'n': '${item}'}, ";
    MatchedTrigger without = read(EACH + body + MESSAGE, "[]").get(0);
    MatchedTrigger accepted =
        read(EACH + body + "'acceptWithoutConsumer': true, " + MESSAGE, "[]").get(0);

    assertThat(without.action()).isEqualTo(new Untaken("event", ""));
    assertThat(without.answer()).isEqualTo(Answer.empty(202));
    assertThat(((Answer) accepted.answer()).text()).isEqualTo("{\"n\":null}");
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 1_001})
  void whenThereAreMoreThanAThousandElementsThenTheRequestIsRefused(int length) throws Exception {
    String body = "[" + "{\"id\":1},".repeat(length - 1) + "{\"id\":1}]";
    if (length <= 1_000) {
      assertThat(read(EACH + TO_ITEM, body)).hasSize(length);
    } else {
      assertThatThrownBy(() -> read(EACH + TO_ITEM, body))
          .isInstanceOf(RefusedException.class)
          .hasMessage("each of trigger k gives more than 1000 elements.");
    }
  }

  @Test
  void whenElementsTakeMoreThanTwoBodiesThenTheRequestIsRefusedAndElseThatIsTheSendersMatter()
      throws Exception {
    String action = "'action': {'type': 'signal', 'name': 's', 'variables': {'all': '${body}'}}";
    String body = "[\"%s\", \"b\", \"c\"]".formatted("x".repeat((int) MAX_BODY * 4 / 5));

    assertThatThrownBy(() -> read(EACH + action, body))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("each of trigger k gives all elements together more data than 2");
    assertThat(read(EACH + "'condition': '${item == \\\"b\\\"}', " + action, body)).hasSize(1);
    assertThat(read(action, "\"" + "x".repeat((int) MAX_BODY * 3) + "\"")).hasSize(1);
  }

  @Test
  void whenADeliveryHasAKeyThenItIsTheSameForTheSameKeyOfTheTrigger() throws Exception {
    String keyed = "'deduplication': {'key': '${body.id}'}, " + MESSAGE;
    String first = deliveryOf(read(keyed, "{\"id\": \"1\"}").get(0));

    assertThat(deliveryOf(read(keyed, "{\"id\": \"1\"}").get(0))).isEqualTo(first);
    assertThat(deliveryOf(read(keyed, "{\"id\": 1}").get(0))).isNotEqualTo(first);
    assertThat(deliveryOf(read(Triggers.read("u", keyed), "{\"id\": \"1\"}", null).get(0)))
        .isNotEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"id\": null} | has no single value in this request.",
        "{\"id\": \"\"} | has no single value in this request.",
        "{\"id\": []} | has no single value in this request.",
        "{\"id\": \"a\\u0000\"} | has characters that no database keeps."
      })
  void whenTheKeyOfADeliveryIsNoneThenTheRequestIsRefused(String body, String problem) {
    assertThatThrownBy(() -> read("'deduplication': {'key': '${body.id}'}, " + MESSAGE, body))
        .isInstanceOf(RefusedException.class)
        .hasMessage("deduplication.key of trigger k " + problem);
  }

  @Test
  void whenTheSignatureNamesTheDeliveryThenThatIsItsKey() throws Exception {
    Trigger trigger =
        Triggers.read(
            "t",
            "'signature': {'scheme': 'standard-webhooks', 'secret': 's'}, 'deduplication': {}, "
                + MESSAGE);

    assertThat(deliveryOf(read(trigger, "{}", "msg_1").get(0)))
        .isEqualTo(deliveryOf(read(trigger, "{\"a\": 1}", "msg_1").get(0)))
        .isNotEqualTo(deliveryOf(read(trigger, "{}", "msg_2").get(0)));
    assertThatThrownBy(() -> read(trigger, "{}", null)).isInstanceOf(RefusedException.class);
  }

  @Test
  void whenAKeyIsOfTheWholeRequestThenItsElementsAreDifferentDeliveries() throws Exception {
    String two = "[{\"id\": \"a\"}, {\"id\": \"a\"}]";
    List<MatchedTrigger> ofRequest =
        read(EACH + "'deduplication': {'key': '${params.q}'}, " + MESSAGE, two);
    List<MatchedTrigger> ofElement =
        read(EACH + "'deduplication': {'key': '${item.id}'}, " + MESSAGE, two);

    assertThat(deliveryOf(ofRequest.get(0))).isNotEqualTo(deliveryOf(ofRequest.get(1)));
    assertThat(deliveryOf(ofElement.get(0))).isEqualTo(deliveryOf(ofElement.get(1)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'fixedValue': 'none'}  | {} | Untaken[type=event, target=none]",
        "{'jsonField': 'type'}   | {\"type\": \"none\"} | Untaken[type=event, target=none]",
        "{'jsonField': 'type'}   | {\"type\": 5} | Untaken[type=event, target=]",
        "{'jsonField': 'type'}   | {} | Untaken[type=event, target=]",
        "{'jsonPointerExpression': '/a/0'} | {\"a\": [\"none\"]} | Untaken[type=event, target=none]"
      })
  void whenNoSuchEventIsDeployedThenNothingTakesIt(String detection, String body, String action)
      throws Exception {
    assertThat(read("'channelEventKeyDetection': " + detection, body).get(0).action())
        .hasToString(action);
  }

  @Test
  void whenTheEventKeyIsNoTextOfADatabaseThenTheRequestIsRefused() {
    assertThatThrownBy(
            () -> read("'channelEventKeyDetection': {'jsonField': 't'}", "{\"t\": \"a\\u0000\"}"))
        .isInstanceOf(RefusedException.class)
        .hasMessage("channelEventKeyDetection of trigger k has characters that no database keeps.");
  }

  @Test
  void whenAnEventIsDeployedThenItIsReadByItsTypesAndForTheTenant() throws Exception {
    String own = "'channelEventKeyDetection': {'fixedValue': 'own'}";
    String paid = "'channelEventKeyDetection': {'fixedValue': 'paid'}";
    boolean before = actions.engine.eventRegistry().isFallbackToDefaultTenant();
    try {
      actions.engine.eventRegistry().setFallbackToDefaultTenant(false);
      assertThat(read(own, "{}").get(0).action()).isInstanceOf(PublishEvent.class);
      assertThat(read(paid, "{}").get(0).action()).isInstanceOf(Untaken.class);
      actions.engine.eventRegistry().setFallbackToDefaultTenant(true);
      PublishEvent event = (PublishEvent) read(paid, "{\"n\": \"7\"}").get(0).action();

      assertThat(event.instance().getTenantId()).isEqualTo("t");
      assertThat(event.values().get("n")).isEqualTo(7);
      assertThat(read(Triggers.read("", own), "{}", null).get(0).action())
          .isInstanceOf(Untaken.class);
    } finally {
      actions.engine.eventRegistry().setFallbackToDefaultTenant(before);
    }
  }
}
