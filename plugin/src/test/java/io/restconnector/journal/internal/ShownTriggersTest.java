package io.restconnector.journal.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.RestConnector;
import io.restconnector.RestConnectorSettings;
import io.restconnector.journal.Journal;
import io.restconnector.journal.RequestEntry;
import io.restconnector.journal.TriggerState;
import io.restconnector.spi.Secret;
import io.restconnector.webhook.WebhookEngine;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Triggers as people may see them, where the endpoint has a public URL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShownTriggersTest {

  private static final String NONE = "\"action\": {\"type\": \"none\"}";

  private WebhookEngine engine;

  @BeforeAll
  void start() {
    RestConnectorSettings settings =
        WebhookEngine.settings(Map.of("key", Secret.of("open sesame")));
    engine =
        WebhookEngine.with(
            settings.withWebhooks(settings.webhooks().withPublicUrl("https://hooks.test/app")));
    deploy("any", "");
    deploy("post", "\"method\": [\"PUT\", \"POST\"], ");
    deploy("put", "\"method\": [\"PUT\", \"PATCH\"], ");
    deploy("get", "\"method\": [\"HEAD\", \"GET\"], ");
    deploy("delete", "\"method\": \"DELETE\", ");
    deploy(
        "wanted",
        "\"method\": \"GET\", \"headers\": {\"X-Event\": \"it's\", \"X-Token\": \"t\"},"
            + " \"params\": {\"a b\": \"c&d\", \"token\": \"t\"}, ");
    deploy(
        "known",
        "\"method\": \"GET\", \"authentication\":"
            + " {\"type\": \"api-key\", \"header\": \"X-Key\", \"secret\": \"key\"}, ");
  }

  private void deploy(String key, String properties) {
    engine.deploy(key + ".channel", WebhookEngine.channel(key, key, properties + NONE));
  }

  @AfterAll
  void close() {
    engine.close();
  }

  private TriggerState state(String key) {
    return RestConnector.of(engine.engine).triggers().stream()
        .filter(each -> each.key().equals(key))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "any    | -X POST 'U' -H 'content-type: application/json' --data-raw '{}'",
        "post   | -X POST 'U' -H 'content-type: application/json' --data-raw '{}'",
        "put    | -X PATCH 'U' -H 'content-type: application/json' --data-raw '{}'",
        "get    | -X GET 'U'",
        "delete | -X DELETE 'U' -H 'content-type: application/json' --data-raw '{}'",
        "wanted | -X GET 'U?a+b=c%26d&token=***' -H 'x-event: it'\\''s' -H 'x-token: ***'",
        "known  | -X GET 'U' -H 'x-key: <x-key>'",
      })
  void whenATriggerIsListedThenALineForAShellReachesIt(String key, String line) {
    assertThat(state(key).curl())
        .isEqualTo("curl -i " + line.replace("'U", "'" + state(key).url()));
  }

  @Test
  void whenThereIsAPublicUrlThenTheTriggerIsThere() {
    assertThat(state("put").path()).isEqualTo("/rest-connector/events/put");
    assertThat(state("put").url()).isEqualTo("https://hooks.test/app/rest-connector/events/put");
    assertThat(state("put").methods()).containsExactly("PATCH", "PUT");
    assertThat(state("any").methods()).isEmpty();
    assertThat(state("any").works()).isTrue();
    assertThat(state("any").problem()).isNull();
  }

  @Test
  void whenRequestsCameThenTheNewestIsTheLast() {
    assertThat(state("delete").last()).isNull();
    engine.send("GET", "delete", Map.of(), null);
    engine.send("DELETE", "delete", Map.of(), null);
    Journal journal = RestConnector.of(engine.engine).journal();
    RequestEntry newest = journal.requests().get(0);

    assertThat(state("delete").last())
        .isEqualTo(
            new TriggerState.Last(
                newest.id(), newest.time(), newest.status(), newest.triggers().get(0).result()));
    assertThat(newest.method()).isEqualTo("DELETE");
    assertThat(state("any").last()).isNull();
  }
}
