package io.restconnector.webhook.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.fixtures.TestDatabase;
import io.restconnector.spi.Secret;
import io.restconnector.webhook.WebhookEngine;
import io.restconnector.webhook.internal.check.Occasion;
import io.restconnector.webhook.internal.request.WebhookRequest;
import io.restconnector.webhook.internal.trigger.Trigger;
import io.restconnector.webhook.internal.trigger.Triggers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an engine has for its triggers, and what it has not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServedTriggersTest {

  private static final String UNUSABLE =
      " names what is no usable secret under rest-connector.secrets";

  private final String url = TestDatabase.H2.url();
  private final WebhookEngine engine =
      WebhookEngine.on(
          TestDatabase.H2, url, Map.of("good", Secret.of("secret"), "empty", Secret.of("")));
  private final ServedTriggers served = WebhookEndpoint.of(engine.engine).triggers();

  @AfterAll
  void close() {
    engine.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "'status': 200 | -",
        "'signature': {'scheme': 'github', 'secret': 'good'} | -",
        "'signature': {'scheme': 'github', 'secret': 'none'} | signature.secret",
        "'authentication': {'type': 'bearer', 'secret': 'empty'} | authentication.secret",
        "'body': '${hmac:hex(\\\"sha256\\\", \\\"good\\\", method)}' | -",
        "'body': '${hmac:hex(\\\"sha256\\\", \\\"empty\\\", method)}' | a function hmac",
        "'body': '${hmac:hex(\\\"sha256\\\", \\\"none\\\", method)}' | a function hmac"
      })
  void whenATriggerNamesASecretThatIsNotHereThenItsPropertyIsNamed(
      String properties, @Nullable String property) throws Exception {
    assertThat(served.problemOf(Triggers.read(properties + ", " + Triggers.NONE)))
        .isEqualTo(property == null ? null : property + UNUSABLE);
  }

  @ParameterizedTest
  @CsvSource({"1048576, true", "1048577, false"})
  void whenABodyMayBeLargerThanAnyThenThatIsAProblem(long size, boolean isFine) throws Exception {
    assertThat(served.problemOf(Triggers.read("'maxBodySize': " + size + ", " + Triggers.NONE)))
        .isEqualTo(
            isFine ? null : "maxBodySize is more than rest-connector.webhooks.max-body-size");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ACT_RC_DELIVERY    | 'deduplication': {'key': '${method}'}",
        "ACT_RC_EARLY_EVENT | 'early': {'keep': 'PT1M'}",
        "ACT_RC_ANSWER      | 'respond': {'when': 'ended', 'within': 'PT1S'}"
      })
  void whenATableIsMissingThenOnlyTheTriggersThatNeedItAreAtFault(String table, String properties)
      throws Exception {
    String event = "'channelEventKeyDetection': {'fixedValue': 'e'}";
    Trigger needing = Triggers.read(properties + ", " + event);
    assertThat(served.problemOf(needing)).isNull();
    execute("alter table " + table + " rename to AWAY");
    try {
      assertThat(served.problemOf(needing)).contains("needs the table " + table);
      assertThat(served.problemOf(Triggers.read(event))).isNull();
    } finally {
      execute("alter table AWAY rename to " + table);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = TestDatabase.H2.connect(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void whenChannelsAreDeployedThenTheyAreServedByTheirPaths() {
    engine.deploy(
        "a.channel", WebhookEngine.channel("a", "a/{id}", "\"action\": {\"type\": \"none\"}"));

    assertThat(served.all().stream().map(Trigger::key)).contains("a");
    assertThat(
            served
                .checks(
                    new WebhookRequest("GET", "a/1", null, Map.of()),
                    List.of("a", "1"),
                    Instant.EPOCH,
                    Occasion.SENT)
                .candidates())
        .hasSize(1);
    assertThat(
            served
                .checks(
                    new WebhookRequest("GET", "a", null, Map.of()),
                    List.of("a"),
                    Instant.EPOCH,
                    Occasion.SENT)
                .candidates())
        .isEmpty();
  }

  @Test
  void whenSubscriptionsAreCountedThenTheyAreThoseOfTheActionAndItsTarget() {
    engine.deploy(
        "m.bpmn20.xml",
        """
        <message id="r" name="n"/><process id="m"><startEvent id="s">
        <messageEventDefinition messageRef="r"/></startEvent></process>
        """);
    for (String process : List.of("g", "h")) {
      engine.deploy(
          process + ".bpmn20.xml",
          """
          <signal id="r" name="n"/><process id="%s"><startEvent id="s">
          <signalEventDefinition signalRef="r"/></startEvent></process>
          """
              .formatted(process));
    }

    assertThat(served.subscriptions("message", "n")).isEqualTo(1);
    assertThat(served.subscriptions("startMessage", "n")).isEqualTo(1);
    assertThat(served.subscriptions("signal", "n")).isEqualTo(2);
    assertThat(served.subscriptions("signal", "other")).isZero();
    assertThat(served.subscriptions("event", "n")).isZero();
    assertThat(served.subscriptions("event", "")).isNull();
    assertThat(served.subscriptions("startProcess", "m")).isNull();
  }
}
