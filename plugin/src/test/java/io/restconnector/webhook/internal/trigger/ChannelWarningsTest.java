package io.restconnector.webhook.internal.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.fixtures.TestDatabase;
import io.restconnector.webhook.WebhookEngine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is probably not meant in a channel. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChannelWarningsTest {

  private static final String EVENT =
      "{\"key\": \"%s\", \"payload\": [{\"name\": \"%s\", \"type\": \"string\", %s}]}";
  private static final String CORRELATION = "\"correlationParameter\": true";
  private static final String ON_E = "'channelEventKeyDetection': {'fixedValue': 'e'}";

  private final WebhookEngine engine = WebhookEngine.on(TestDatabase.H2);

  ChannelWarningsTest() {
    engine.deploy("deployed.event", EVENT.formatted("deployed", "v", CORRELATION));
    engine.deployFor("t", "ofTenant.event", EVENT.formatted("ofTenant", "v", CORRELATION));
  }

  @AfterAll
  void close() {
    engine.close();
  }

  private ChannelWarnings warnings(@Nullable String tenant) {
    return new ChannelWarnings(engine.eventRegistry(), tenant);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'method': 'GET'                       | v      | 1",
        "'method': ['GET', 'HEAD', 'OPTIONS', 'TRACE'] | v | 1",
        "'method': ['GET', 'POST']             | v      | 0",
        "'method': 'DELETE'                    | v      | 0",
        "'status': 200                         | v      | 0",
        "'method': 'GET', 'payload': {'v': 1}  | v      | 0",
        "'method': 'GET', 'payload': {'w': 1}  | v      | 1",
        "'method': 'GET', 'params': {'v': '1'} | v      | 0",
        "'method': 'GET'                       | id     | 0",
        "'method': 'GET'                       | path   | 0",
        "'method': 'GET'                       | params | 0"
      })
  void whenNothingCanFillACorrelationParameterThenThatIsTold(
      String properties, String parameter, int expected) throws Exception {
    Trigger trigger = Triggers.read(properties + ", " + ON_E);
    ChannelWarnings warnings = warnings(null);
    warnings.addEvent(tree(EVENT.formatted("e", parameter, CORRELATION)));

    assertThat(warnings.of(trigger)).hasSize(expected);
    if (expected > 0) {
      assertThat(warnings.of(trigger))
          .containsExactly(
              "nothing can fill the correlation parameter 'v' of event 'e', wanted a payload"
                  + " template of that name");
    }
  }

  private static JsonNode tree(String json) {
    return JsonMapper.shared().readTree(json);
  }

  @Test
  void whenAParameterDoesNotCorrelateOrIsAHeaderThenNothingIsTold() throws Exception {
    Trigger trigger = Triggers.read("'method': 'GET', " + ON_E);
    for (String kind :
        new String[] {"\"correlationParameter\": false", CORRELATION + ", \"header\": true"}) {
      ChannelWarnings warnings = warnings("");
      warnings.addEvent(tree(EVENT.formatted("e", "v", kind)));

      assertThat(warnings.of(trigger)).isEmpty();
    }
  }

  @Test
  void whenTheEventIsNotThereThenThatIsToldAndElseItIsLookedUpAsARequestWill() throws Exception {
    String deployed = "'method': 'GET', 'channelEventKeyDetection': {'fixedValue': 'deployed'}";
    String ofTenant = "'method': 'GET', 'channelEventKeyDetection': {'fixedValue': 'ofTenant'}";

    assertThat(warnings(null).of(Triggers.read(ON_E)))
        .containsExactly(
            "channelEventKeyDetection names the event 'e', which is not deployed, wanted a"
                + " deployed event");
    assertThat(warnings(null).of(Triggers.read(deployed)))
        .singleElement()
        .asString()
        .contains("'v'");
    assertThat(warnings("t").of(Triggers.read(ofTenant)))
        .singleElement()
        .asString()
        .contains("'v'");
    assertThat(warnings(null).of(Triggers.read(ofTenant)))
        .singleElement()
        .asString()
        .contains("not deployed");
    boolean before = engine.eventRegistry().isFallbackToDefaultTenant();
    try {
      engine.eventRegistry().setFallbackToDefaultTenant(false);
      assertThat(warnings("t").of(Triggers.read(deployed)).get(0)).contains("not deployed");
      engine.eventRegistry().setFallbackToDefaultTenant(true);
      assertThat(warnings("t").of(Triggers.read(deployed)).get(0)).contains("'v'");
    } finally {
      engine.eventRegistry().setFallbackToDefaultTenant(before);
    }
  }

  @Test
  void whenTheEventIsDetectedOrThereIsAnActionThenNothingIsTold() throws Exception {
    assertThat(
            warnings(null).of(Triggers.read("'channelEventKeyDetection': {'jsonField': 'none'}")))
        .isEmpty();
    assertThat(warnings(null).of(Triggers.read(Triggers.NONE))).isEmpty();
  }
}
