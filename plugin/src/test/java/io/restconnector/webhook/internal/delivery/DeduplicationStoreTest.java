package io.restconnector.webhook.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.fixtures.TestDatabase;
import io.restconnector.spi.Secret;
import io.restconnector.webhook.WebhookEngine;
import io.restconnector.webhook.internal.request.WebhookResponse;
import io.restconnector.webhook.internal.trust.Deduplication;
import io.restconnector.webhook.internal.trust.Hmac;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.flowable.common.engine.api.FlowableException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.NullNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeduplicationStoreTest {

  private static final String BY_ID = "\"deduplication\": {\"key\": \"${params.id}\"}, ";
  private static final String PROCESS =
      """
      <process id="%s"><startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="t"/>
        <userTask id="t"/></process>
      """;
  private static final String FAILING =
      """
      <process id="failing"><startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="t"/>
        <serviceTask id="t" flowable:expression="${missing.bean}"/></process>
      """;

  private final TestDatabase database = database();
  private WebhookEngine engine;

  TestDatabase database() {
    return TestDatabase.H2;
  }

  @BeforeAll
  void start() {
    engine = engine(database.url(), Map.of("key", Secret.of("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")));
    engine.deploy(
        "started.bpmn20.xml", PROCESS.formatted("started"), "failing.bpmn20.xml", FAILING);
  }

  @AfterEach
  void resetClock() {
    engine.configuration().getClock().reset();
  }

  @AfterAll
  void close() {
    engine.close();
  }

  @Test
  void whenDeliveryComesAgainThenItIsAnsweredAsBeforeAndHasNoEffect() {
    deploy(
        "again", BY_ID + "\"status\": 202, \"body\": {\"n\": \"${body.n}\"}, " + starts("started"));
    long before = count("started");

    WebhookResponse first = engine.post("again?id=1", "{\"n\": 1.50}");
    WebhookResponse second = engine.post("again?id=1", "{\"n\": 2}");
    WebhookResponse other = engine.post("again?id=2", "{\"n\": 2}");

    assertThat(first.status()).isEqualTo(202);
    assertThat(second.status()).isEqualTo(202);
    assertThat(second.contentType()).isEqualTo(first.contentType());
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(WebhookEngine.text(other)).isEqualTo("{\"n\":2}");
    assertThat(count("started") - before).isEqualTo(2);
  }

  @Test
  void whenAnswerHasNoBodyThenTheNextOneHasNone() {
    deploy("empty", BY_ID + starts("started"));

    WebhookResponse first = engine.post("empty?id=1", "{}");
    WebhookResponse second = engine.post("empty?id=1", "{}");

    assertThat(first.body()).isEmpty();
    assertThat(second.body()).isEmpty();
    assertThat(second.contentType()).isNull();
  }

  @Test
  void whenDeliveryComesAgainThenItsAnswerHasTheSameHeadersAndText() {
    deploy(
        "headed",
        BY_ID
            + """
            "status": 201, "body": "${body.n}",
            "answerHeaders": {"Content-Type": "text/plain; charset=utf-8", "X-N": "${body.n}"},
            """
            + starts("started"));

    WebhookResponse first = engine.post("headed?id=1", "{\"n\": \"é\"}");
    WebhookResponse second = engine.post("headed?id=1", "{\"n\": \"b\"}");

    for (WebhookResponse answer : List.of(first, second)) {
      assertThat(answer.status()).isEqualTo(201);
      assertThat(answer.contentType()).isEqualTo("text/plain; charset=utf-8");
      assertThat(answer.headers()).containsOnly(Map.entry("X-N", "é"));
      assertThat(WebhookEngine.text(answer)).isEqualTo("é");
    }
  }

  @Test
  void whenTheTableIsOfBeforeAnswersHadHeadersThenItIsUpgradedAndItsAnswersStay() {
    String url = database.url();
    try (WebhookEngine before = engine(url, Map.of())) {
      before.deploy(
          "d.channel",
          WebhookEngine.channel(
              "d", "d", BY_ID + "\"body\": \"${body.n}\", \"action\": {\"type\": \"none\"}"));
      before.post("d?id=1", "{\"n\": 1}");
    }
    execute(url, "alter table ACT_RC_DELIVERY drop column HEADERS_");

    assertThatThrownBy(
            () -> WebhookEngine.on(database, url, each -> each.setDatabaseSchemaUpdate("false")))
        .hasMessageContaining("with the column HEADERS_")
        .hasMessageEndingWith(".upgrade.sql");
    try (WebhookEngine later = engine(url, Map.of())) {
      assertThat(WebhookEngine.text(later.post("d?id=1", "{\"n\": 2}"))).isEqualTo("1");
      assertThat(WebhookEngine.text(later.post("d?id=2", "{\"n\": 2}"))).isEqualTo("2");
    }
  }

  @Test
  void whenSchemeIsStandardWebhooksThenItsIdIsTheKey() {
    deploy(
        "standard",
        "\"signature\": {\"scheme\": \"standard-webhooks\", \"secret\": \"key\"}, "
            + "\"deduplication\": {}, "
            + starts("started"));
    long before = count("started");

    for (String id : new String[] {"msg_1", "msg_1", "msg_2", "msg_1"}) {
      assertThat(engine.send("POST", "standard", signed(id), "{}").status()).isEqualTo(200);
    }

    assertThat(count("started") - before).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"keyless", "keyless?id=", "keyless?id=1&id=2"})
  void whenRequestHasNoSingleKeyThenItIsRefused(String path) {
    deploy("keyless", BY_ID + starts("started"));

    assertThat(engine.post(path, "{}").status()).isEqualTo(400);
  }

  @Test
  void whenKeysAreLongOrDifferInCaseOrSpaceThenTheyAreDifferent() {
    deploy("keys", "\"deduplication\": {\"key\": \"${body.id}\"}, " + starts("started"));
    long before = count("started");
    String key = "k".repeat(5_000);
    for (String each : new String[] {key, key + "a", key + "A", key + "a ", key + "ä"}) {
      engine.post("keys", "{\"id\": \"%s\"}".formatted(each));
      engine.post("keys", "{\"id\": \"%s\"}".formatted(each));
    }

    assertThat(count("started") - before).isEqualTo(5);
  }

  @Test
  void whenTwoTriggersHaveTheSameKeyThenEachKnowsItsOwnDeliveries() {
    engine.deploy(
        "one.channel", WebhookEngine.channel("one", "both", BY_ID + starts("started")),
        "two.channel", WebhookEngine.channel("two", "both", starts("started")));
    long before = count("started");

    engine.post("both?id=1", "{}");
    engine.post("both?id=1", "{}");

    // The second trigger takes every delivery.
    assertThat(count("started") - before).isEqualTo(3);
  }

  @Test
  void whenNothingTookTheDeliveryThenItMayComeAgain() {
    deploy("early", BY_ID + starts("later"));

    assertThat(engine.post("early?id=1", "{}").status()).isEqualTo(404);
    assertThat(rows("early", "1")).isZero();
    engine.deploy("later.bpmn20.xml", PROCESS.formatted("later"));

    assertThat(engine.post("early?id=1", "{}").status()).isEqualTo(200);
    assertThat(count("later")).isEqualTo(1);
  }

  @Test
  void whenTheEngineFailsThenNoKeyIsLeft() {
    deploy("broken", BY_ID + starts("failing"));

    assertThat(engine.post("broken?id=1", "{}").status()).isEqualTo(500);
    assertThat(rows("broken", "1")).isZero();
    assertThat(engine.post("broken?id=1", "{}").status()).isEqualTo(500);
  }

  @Test
  void whenRetentionIsOverThenTheDeliveryIsNew() {
    deploy(
        "short",
        "\"deduplication\": {\"key\": \"${params.id}\", \"retention\": \"PT1H\"}, "
            + starts("started"));
    long before = count("started");
    Instant now = Instant.now();

    at(now, "short?id=1");
    at(now.plus(Duration.ofMinutes(59)), "short?id=1");
    assertThat(count("started") - before).isEqualTo(1);
    at(now.plus(Duration.ofMinutes(61)), "short?id=1");
    at(now.plus(Duration.ofMinutes(62)), "short?id=1");

    assertThat(count("started") - before).isEqualTo(2);
  }

  @Test
  void whenKeysHaveExpiredThenTheyAreRemovedInBatches() {
    try (WebhookEngine own = engine(database.url(), Map.of())) {
      own.deploy(
          "many.channel",
          WebhookEngine.channel("many", "many", BY_ID + "\"action\": {\"type\": \"none\"}"));
      for (int i = 0; i < 750; i++) {
        own.post("many?id=" + i, "{}");
      }
      assertThat(rows(own)).isEqualTo(750);
      own.configuration()
          .getClock()
          .setCurrentTime(Date.from(Instant.now().plus(Duration.ofDays(2))));

      for (int i = 0; i < 100; i++) {
        own.post("many?id=new" + i, "{}");
      }
      assertThat(rows(own)).isEqualTo(350);
      for (int i = 100; i < 200; i++) {
        own.post("many?id=new" + i, "{}");
      }
      assertThat(rows(own)).isEqualTo(200);
      own.configuration().getClock().reset();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"key\": \"always the same\"}",
        "{\"key\": 7}",
        "{\"key\": \"${params.id}\", \"retention\": \"P1M\"}",
        "{\"key\": \"${params.id}\", \"window\": \"P1D\"}"
      })
  void whenPropertyIsWrongThenDeploymentFails(String value) {
    assertThatThrownBy(
            () ->
                deploy(
                    "wrong", "\"deduplication\": " + value + ", \"action\": {\"type\": \"none\"}"))
        .hasMessageStartingWith("wrong.channel: deduplication.");
  }

  @Test
  void whenTableIsMissingThenDeploymentSaysWhichScriptMakesIt() {
    String url = database.url();
    engine(url, Map.of()).close();
    dropTable(url);

    try (WebhookEngine later =
        WebhookEngine.on(database, url, each -> each.setDatabaseSchemaUpdate("false"))) {
      assertThatThrownBy(
              () ->
                  later.deploy(
                      "d.channel",
                      WebhookEngine.channel("d", "d", BY_ID + "\"action\": {\"type\": \"none\"}")))
          .hasMessageContaining("ACT_RC_DELIVERY")
          .hasMessageContaining("io/restconnector/db/")
          .hasMessageEndingWith(".create.sql");
    }
  }

  @Test
  void whenTableIsMissingAndADeployedTriggerNeedsItThenTheEngineDoesNotStart() {
    String url = database.url();
    try (WebhookEngine before = engine(url, Map.of())) {
      before.deploy(
          "d.channel", WebhookEngine.channel("d", "d", BY_ID + "\"action\": {\"type\": \"none\"}"));
    }
    dropTable(url);

    assertThatThrownBy(
            () -> WebhookEngine.on(database, url, each -> each.setDatabaseSchemaUpdate("false")))
        .isInstanceOf(FlowableException.class)
        .hasMessageContaining("ACT_RC_DELIVERY");
  }

  @Test
  void whenSchemaIsUpdatedThenTheTableIsMade() {
    String url = database.url();
    engine(url, Map.of()).close();
    dropTable(url);

    try (WebhookEngine later = engine(url, Map.of())) {
      assertThat(rows(later)).isZero();
    }
  }

  private void at(Instant time, String path) {
    engine.configuration().getClock().setCurrentTime(Date.from(time));
    assertThat(engine.post(path, "{}").status()).isEqualTo(200);
  }

  private void deploy(String key, String properties) {
    engine.deploy(key + ".channel", WebhookEngine.channel(key, key, properties));
  }

  private static String starts(String process) {
    return "\"action\": {\"type\": \"startProcess\", \"processDefinitionKey\": \"%s\"}"
        .formatted(process);
  }

  private long count(String process) {
    return engine.runtime().createProcessInstanceQuery().processDefinitionKey(process).count();
  }

  private int rows(String trigger, String key) {
    String id =
        new Deduplication(NullNode.getInstance(), Duration.ZERO).delivery("", trigger, key).id();
    return count(engine, " where ID_ = '" + id + "'");
  }

  private static int rows(WebhookEngine engine) {
    return count(engine, "");
  }

  static int count(WebhookEngine engine, String condition) {
    try (Connection connection = engine.configuration().getDataSource().getConnection();
        ResultSet rows =
            connection
                .createStatement()
                .executeQuery("select count(*) from ACT_RC_DELIVERY" + condition)) {
      rows.next();
      return rows.getInt(1);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private void dropTable(String url) {
    execute(url, "drop table ACT_RC_DELIVERY");
  }

  private void execute(String url, String statement) {
    try (Connection connection = database.connect(url)) {
      connection.createStatement().execute(statement);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private WebhookEngine engine(String url, Map<String, Secret> secrets) {
    return WebhookEngine.on(database, url, secrets);
  }

  private static Map<String, String> signed(String id) {
    long now = Instant.now().getEpochSecond();
    String signature =
        Hmac.SHA256_BASE64.of(
            Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
            (id + "." + now + ".{}").getBytes(StandardCharsets.UTF_8));
    return Map.of(
        "webhook-id",
        id,
        "webhook-timestamp",
        Long.toString(now),
        "webhook-signature",
        "v1," + signature);
  }
}
