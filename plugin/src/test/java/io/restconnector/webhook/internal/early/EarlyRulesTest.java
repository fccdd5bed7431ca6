package io.restconnector.webhook.internal.early;

import static io.restconnector.webhook.internal.early.EarlySamples.KEEP;
import static io.restconnector.webhook.internal.early.EarlySamples.NEXT;
import static io.restconnector.webhook.internal.early.EarlySamples.action;
import static io.restconnector.webhook.internal.early.EarlySamples.channel;
import static io.restconnector.webhook.internal.early.EarlySamples.event;
import static io.restconnector.webhook.internal.early.EarlySamples.kept;
import static io.restconnector.webhook.internal.early.EarlySamples.process;
import static io.restconnector.webhook.internal.early.EarlySamples.start;
import static io.restconnector.webhook.internal.early.EarlySamples.tasks;
import static io.restconnector.webhook.internal.early.EarlySamples.waits;
import static io.restconnector.webhook.internal.early.EarlySamples.waitsFor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.restconnector.RestConnectorConfigurator;
import io.restconnector.RestConnectorSettings;
import io.restconnector.fixtures.LoggedEvents;
import io.restconnector.fixtures.TestDatabase;
import io.restconnector.spi.EarlyEventOutcome;
import io.restconnector.spi.EarlyEventOutcome.Kind;
import io.restconnector.spi.TriggerOutcome;
import io.restconnector.spi.WebhookListener;
import io.restconnector.spi.WebhookOutcome;
import io.restconnector.webhook.EarlyEvents.Delivery;
import io.restconnector.webhook.EarlyEvents.EarlyEvent;
import io.restconnector.webhook.WebhookEngine;
import io.restconnector.webhook.WebhookSettings;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.flowable.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.flowable.engine.runtime.ProcessInstance;
import org.flowable.task.api.Task;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept, for whom, and for how long. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EarlyRulesTest {

  /** What a process does after its wait, as a test wants it. */
  public static final class Follower {

    private final AtomicInteger failures = new AtomicInteger();
    private volatile @Nullable Throwable cause;
    private final List<Object> values = new CopyOnWriteArrayList<>();

    public void take(Object value) {
      if (failures.getAndDecrement() > 0) {
        throw new IllegalStateException("not now", cause);
      }
      values.add(value);
    }
  }

  /** Sees what became of events. */
  private static final class Listener implements WebhookListener {

    private final List<EarlyEventOutcome> early = new CopyOnWriteArrayList<>();
    private final List<WebhookOutcome> answered = new CopyOnWriteArrayList<>();

    @Override
    public void answered(WebhookOutcome outcome) {
      answered.add(outcome);
    }

    @Override
    public void early(EarlyEventOutcome outcome) {
      early.add(outcome);
    }
  }

  private static final String THEN_TAKE =
      "<serviceTask id=\"take\" flowable:expression=\"${follower.take(v)}\"/>";

  private final TestDatabase database = database();
  private final Follower follower = new Follower();
  private final Listener listener = new Listener();
  private WebhookEngine engine;
  private String key;

  TestDatabase database() {
    return TestDatabase.H2;
  }

  @BeforeAll
  void startEngine() {
    StandaloneProcessEngineConfiguration configuration =
        database.configure(new StandaloneProcessEngineConfiguration(), database.url());
    configuration.setBeans(new HashMap<>(Map.of("follower", follower)));
    configuration.addConfigurator(
        RestConnectorConfigurator.builder()
            .settings(
                RestConnectorSettings.defaults()
                    .withWebhooks(WebhookSettings.defaults().withEventNotMatchStatus(404)))
            .webhookListener(listener)
            .build());
    engine = WebhookEngine.around(configuration.buildProcessEngine());
  }

  @AfterAll
  void close() {
    engine.close();
  }

  @BeforeEach
  void newKey() {
    key = "k" + UUID.randomUUID().toString().replace("-", "");
    follower.failures.set(0);
    follower.cause = null;
    follower.values.clear();
  }

  @AfterEach
  void resetClock() {
    engine.configuration().getClock().reset();
  }

  @Test
  void whenTheTriggerDoesNotKeepThenTheAnswerIsThatNothingWaits() {
    engine.deploy(key + ".event", event(key, "a"), key + ".channel", channel(key, ""));

    assertThat(engine.post(key + "/1/x", "7").status()).isEqualTo(404);
    assertThat(kept(engine, key)).isEmpty();
  }

  @Test
  void whenSomethingWaitsThenTheEventIsDeliveredAndNotKept() {
    deploy("next", NEXT);
    String instance = start(engine, key, "1", "x");

    assertThat(engine.post(key + "/1/x", "7").status()).isEqualTo(202);

    assertThat(tasks(engine, instance)).containsExactly("next");
    assertThat(verdict()).isInstanceOf(TriggerOutcome.Fired.class);
  }

  @Test
  void whenAnEventIsKeptAndDeliveredThenListenersAreTold() {
    deploy("next", NEXT);
    engine.post(key + "/1/x", "7");
    assertThat(verdict()).isEqualTo(new TriggerOutcome.Kept("event", key));
    String instance = start(engine, key, "1", "x");

    await().untilAsserted(() -> assertThat(kinds()).containsExactly(Kind.KEPT, Kind.DELIVERED));

    EarlyEventOutcome delivered = outcomes().get(1);
    assertThat(delivered.action()).isEqualTo("event");
    assertThat(delivered.target()).isEqualTo(key);
    assertThat(delivered.instanceIds()).containsExactly(instance);
    assertThat(delivered.id()).isEqualTo(outcomes().get(0).id());
  }

  @Test
  void whenAProcessWithSuchAStartEventIsDeployedLaterThenItIsNotStarted() {
    engine.deploy(key + ".event", event(key, "a"), key + ".channel", channel(key, KEEP));
    engine.post(key + "/1/x", "7");

    engine.deploy(
        key + ".bpmn20.xml",
        """
        <process id="%1$s"><startEvent id="told"><extensionElements>
            <flowable:eventType>%1$s</flowable:eventType></extensionElements></startEvent>
          <sequenceFlow sourceRef="told" targetRef="next"/><userTask id="next"/>
          <startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="w"/>%2$s
          <sequenceFlow sourceRef="w" targetRef="next"/></process>
        """
            .formatted(key, waits("w", key, "a")));
    String instance = start(engine, key, "1", "x");

    await().untilAsserted(() -> assertThat(tasks(engine, instance)).containsExactly("next"));
    assertThat(engine.runtime().createProcessInstanceQuery().processDefinitionKey(key).count())
        .isEqualTo(1);
    assertThat(engine.post(key + "/2/x", "8").status()).isEqualTo(202);
    assertThat(engine.runtime().createProcessInstanceQuery().processDefinitionKey(key).count())
        .isEqualTo(2);
  }

  @Test
  void whenAStartEventWantsAnEventThenWhatIsKeptDoesNotHoldItBack() {
    engine.deploy(key + ".event", event(key, "a"), key + ".channel", channel(key, KEEP));
    engine.post(key + "/1/x", "7");
    engine.deploy(
        key + ".bpmn20.xml",
        """
        <process id="%1$s"><startEvent id="told"><extensionElements>
            <flowable:eventType>%1$s</flowable:eventType></extensionElements></startEvent>
          <sequenceFlow sourceRef="told" targetRef="next"/><userTask id="next"/></process>
        """
            .formatted(key));

    engine.post(key + "/1/x", "8");

    assertThat(engine.runtime().createProcessInstanceQuery().processDefinitionKey(key).count())
        .isEqualTo(1);
    assertThat(kept(engine, key)).hasSize(1);
  }

  @Test
  void whenAnEventSubProcessWaitsThenItIsGivenWhatCameEarly() {
    engine.deploy(
        key + ".event", event(key, "a"),
        key + ".channel", channel(key, KEEP),
        key + ".bpmn20.xml",
            """
            <process id="%1$s"><startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="t"/>
              <userTask id="t"/>
              <subProcess id="sub" triggeredByEvent="true">
                <startEvent id="told" isInterrupting="false"><extensionElements>
                  <flowable:eventType>%1$s</flowable:eventType>
                  <flowable:eventCorrelationParameter name="a" value="${a}"/></extensionElements>
                </startEvent>
                <sequenceFlow sourceRef="told" targetRef="next"/><userTask id="next"/>
              </subProcess></process>
            """
                .formatted(key));
    engine.post(key + "/1/x", "7");
    engine.post(key + "/1/x", "8");

    String instance = start(engine, key, "1", "x");

    await()
        .untilAsserted(
            () ->
                assertThat(tasks(engine, instance)).containsExactlyInAnyOrder("t", "next", "next"));
  }

  @Test
  void whenTheTenantDiffersThenOnlyItsOwnWaitIsWoken() {
    for (String tenant : List.of("one", "two")) {
      engine.deployFor(
          tenant,
          key + ".event",
          event(key, "a"),
          key + ".bpmn20.xml",
          process(key, "w", waits("w", key, "a"), "next", NEXT));
    }
    engine.deployFor("two", key + ".channel", channel(key, KEEP));
    engine.post(key + "/1/x", "7");
    assertThat(kept(engine, key)).extracting(KeptEvent::tenantId).containsExactly("two");

    String first = startFor("one");
    String second = startFor("two");

    await().untilAsserted(() -> assertThat(tasks(engine, second)).containsExactly("next"));
    assertThat(tasks(engine, first)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"event", "message", "signal"})
  void whenTheInstanceIsSuspendedThenItsEventStaysUntilItIsActivated(String type) {
    String wait = type.equals("event") ? waits("w", key, "a") : waitsFor("w", type);
    engine.deploy(
        key + ".event", event(key, "a"),
        key + ".channel", type.equals("event") ? channel(key, KEEP) : action(key, type, KEEP),
        key + ".bpmn20.xml", process(key, "t", "<userTask id=\"t\"/>", "w", wait, "next", NEXT));
    engine.post(key + "/1/x", "7");
    String instance = start(engine, key, "1", "x");

    completeAndSuspend(instance);
    if (!type.equals("signal")) {
      await()
          .untilAsserted(
              () -> assertThat(kept(engine, key).get(0).failures()).isGreaterThanOrEqualTo(1));
    }
    assertThat(kept(engine, key)).hasSize(1);
    engine.runtime().activateProcessInstanceById(instance);

    await().untilAsserted(() -> assertThat(tasks(engine, instance)).containsExactly("next"));
    assertThat(kept(engine, key)).isEmpty();
  }

  @Test
  void whenWhatFollowsFailsThenTheEventIsDeliveredAgainBeforeLaterOnesAndOneWarnSaysSo() {
    deploy(
        "take",
        THEN_TAKE,
        "w2",
        waits("w2", key, "a"),
        "take2",
        THEN_TAKE.replace("take\"", "take2\""));
    follower.failures.set(3);
    try (LoggedEvents log = LoggedEvents.of(getClass().getPackageName())) {
      engine.post(key + "/1/x", "\"first\"");
      String instance = start(engine, key, "1", "x");
      engine.post(key + "/1/x", "\"second\"");

      await().untilAsserted(() -> assertThat(isEnded(instance)).isTrue());

      assertThat(follower.values).containsExactly("first", "second");
      assertThat(log.events())
          .filteredOn(each -> each.getLevel().isGreaterOrEqual(Level.WARN))
          .singleElement()
          .satisfies(
              warned ->
                  assertThat(warned.getFormattedMessage())
                      .startsWith("Early event ")
                      .contains(" of trigger " + key + " is not delivered")
                      .doesNotContain("first"));
    }
  }

  /** More than a round of the sweep looks at. */
  @Test
  void whenManyHaveFailedThatNothingWaitsForThenOthersAreDeliveredAgainAndExpire()
      throws SQLException {
    String many = "many" + key;
    engine.deploy(
        "m.event", event(many, "a"),
        "m.channel",
            WebhookEngine.channel(
                many,
                many,
                KEEP
                    + """
                    "each": "${body}", "payload": {"v": 1, "a": "${item}"},
                    "channelEventKeyDetection": {"fixedValue": "%s"}
                    """
                        .formatted(many)));
    engine.post(many, IntStream.range(0, 250).boxed().toList().toString());
    update("update ACT_RC_EARLY_EVENT set FAILURES_ = 1, DUE_ = 1 where TRIGGER_ = ?", many);
    try {
      deploy("take", THEN_TAKE);
      engine.deploy(
          "s.channel", channel(key, KEEP.replace("PT10M", "PT1S")).replaceFirst(key, key + "z"));
      follower.failures.set(2);
      engine.post(key + "/1/x", "7");

      String instance = start(engine, key, "1", "x");

      await().untilAsserted(() -> assertThat(isEnded(instance)).isTrue());
      await().untilAsserted(() -> assertThat(kept(engine, key + "z")).isEmpty());
      assertThat(kept(engine, many)).hasSize(250);
    } finally {
      update("delete from ACT_RC_EARLY_EVENT where TRIGGER_ = ?", many);
    }
  }

  private void update(String sql, String trigger) throws SQLException {
    try (var connection = engine.configuration().getDataSource().getConnection();
        var statement = connection.prepareStatement(sql)) {
      statement.setString(1, trigger);
      statement.executeUpdate();
    }
  }

  /** It is not the engine's, which can note the failure. */
  @Test
  void whenADatabaseThatAProcessUsesIsAwayThenTheEventIsDeliveredAgainLater() {
    deploy("take", THEN_TAKE);
    follower.cause = new SQLException("away", "08006");
    follower.failures.set(1);
    try (LoggedEvents log = LoggedEvents.of(getClass().getPackageName())) {
      engine.post(key + "/1/x", "7");
      String instance = start(engine, key, "1", "x");

      await().untilAsserted(() -> assertThat(isEnded(instance)).isTrue());

      // The sweep may deliver it before the look that failed says so.
      await()
          .untilAsserted(
              () ->
                  assertThat(log.messages())
                      .filteredOn(line -> line.contains(key))
                      .singleElement()
                      .asString()
                      .contains(" is not delivered, since what follows it has failed"));
    }
  }

  @Test
  void whenItsTimeHasPassedThenItIsDroppedWithOneLineAndNothingIsGivenIt() {
    deploy("next", NEXT);
    try (LoggedEvents log = LoggedEvents.of(getClass().getPackageName()).at(Level.INFO)) {
      engine.post(key + "/1/x", "7");

      setClock(Duration.ofMinutes(10));

      await().untilAsserted(() -> assertThat(kinds()).containsExactly(Kind.KEPT, Kind.EXPIRED));
      assertThat(kept(engine, key)).isEmpty();
      assertThat(log.messages())
          .filteredOn(line -> line.contains(key))
          .singleElement()
          .asString()
          .contains("of trigger " + key + " is dropped: nothing has taken it since ");
    }
    assertThat(tasks(engine, start(engine, key, "1", "x"))).isEmpty();
  }

  @Test
  void whenNothingWaitsThenADeliveryThatWasKeptCountsForDeduplication() {
    engine.deploy(
        key + ".event", event(key, "a"),
        key + ".channel",
            channel(
                key,
                KEEP
                    + "\"body\": {\"n\": \"${body}\"}, \"deduplication\": {\"key\": \"${params.id}\"}, "),
        key + ".bpmn20.xml", process(key, "w", waits("w", key, "a"), "next", NEXT));

    assertThat(WebhookEngine.text(engine.post(key + "/1/x?id=1", "7"))).isEqualTo("{\"n\":7}");
    assertThat(WebhookEngine.text(engine.post(key + "/1/x?id=1", "8"))).isEqualTo("{\"n\":7}");
    assertThat(kept(engine, key)).hasSize(1);
    String instance = start(engine, key, "1", "x");
    await().untilAsserted(() -> assertThat(tasks(engine, instance)).containsExactly("next"));
    assertThat(WebhookEngine.text(engine.post(key + "/1/x?id=1", "9"))).isEqualTo("{\"n\":7}");

    assertThat(kept(engine, key)).isEmpty();
  }

  @Test
  void whenOtherTriggersFireWithItThenAllIsCommittedOrNothing() {
    deploy("next", NEXT);
    engine.deploy(
        "f.channel",
        WebhookEngine.channel(
            key + "z",
            key + "/{a}/{b}",
            """
            "condition": "${body == 1}", "action": {"type": "startProcess",
              "processDefinitionKey": "%sf"}
            """
                .formatted(key)),
        "f.bpmn20.xml",
        process(key + "f", "take", THEN_TAKE.replace("(v)", "(1)"), "next", NEXT));
    follower.failures.set(1);

    assertThat(engine.post(key + "/1/x", "1").status()).isEqualTo(500);
    assertThat(kept(engine, key)).isEmpty();
    assertThat(engine.post(key + "/1/x", "1").status()).isEqualTo(202);

    assertThat(kept(engine, key)).hasSize(1);
    assertThat(
            engine.runtime().createProcessInstanceQuery().processDefinitionKey(key + "f").count())
        .isEqualTo(1);
  }

  @Test
  void whenSeveralTriggersMatchThenEachKeepsItsOwn() {
    deploy("next", NEXT, "w2", waits("w2", key, "a"), "last", "<userTask id=\"last\"/>");
    engine.deploy("t.channel", channel(key, KEEP).replaceFirst(key, key + "z"));

    engine.post(key + "/1/x", "7");

    assertThat(kept(engine, key)).hasSize(1);
    assertThat(kept(engine, key + "z")).hasSize(1);
  }

  @Test
  void whenItsChannelIsDeletedThenTheEventIsDeliveredAllTheSame() {
    engine.deploy(key + ".bpmn20.xml", process(key, "w", waits("w", key, "a"), "next", NEXT));
    String deployment =
        engine.deploy(key + ".event", event(key, "a"), key + ".channel", channel(key, KEEP));
    engine.post(key + "/1/x", "7");
    String registryDeployment =
        engine
            .eventRegistry()
            .getEventRepositoryService()
            .createDeploymentQuery()
            .parentDeploymentId(deployment)
            .singleResult()
            .getId();
    engine.eventRegistry().getEventRepositoryService().deleteDeployment(registryDeployment);
    assertThat(engine.post(key + "/1/x", "7").status()).isEqualTo(404);
    engine.deploy(key + ".event", event(key, "a"));

    String instance = start(engine, key, "1", "x");

    await().untilAsserted(() -> assertThat(tasks(engine, instance)).containsExactly("next"));
  }

  @Test
  void whenAMigrationMakesAnInstanceWaitThenItIsGivenWhatCameEarly() {
    engine.deploy(
        key + ".event", event(key, "a"),
        key + ".channel", channel(key, KEEP),
        key + ".bpmn20.xml", process(key, "t", "<userTask id=\"t\"/>", "next", NEXT));
    String instance = start(engine, key, "1", "x");
    engine.post(key + "/1/x", "7");
    engine.deploy(key + ".bpmn20.xml", process(key, "w", waits("w", key, "a"), "next", NEXT));

    engine
        .engine
        .getProcessMigrationService()
        .createProcessInstanceMigrationBuilder()
        .migrateToProcessDefinition(key, 2)
        .addActivityMigrationMapping(
            org.flowable.engine.migration.ActivityMigrationMapping.createMappingFor("t", "w"))
        .migrate(instance);

    await().untilAsserted(() -> assertThat(tasks(engine, instance)).containsExactly("next"));
  }

  @Test
  void whenElementsOfAListComeEarlyThenEachIsKept() {
    engine.deploy(
        key + ".event", event(key, "a"),
        key + ".channel",
            WebhookEngine.channel(
                key,
                key,
                KEEP
                    + """
                    "each": "${body}", "payload": {"v": "${item.v}", "a": "${item.a}"},
                    "channelEventKeyDetection": {"fixedValue": "%s"}
                    """
                        .formatted(key)),
        key + ".bpmn20.xml", process(key, "w", waits("w", key, "a"), "next", NEXT));
    engine.post(key, "[{\"v\": 1, \"a\": \"1\"}, {\"v\": 2, \"a\": \"2\"}]");

    String second = start(engine, key, "2", "x");

    await().untilAsserted(() -> assertThat(tasks(engine, second)).containsExactly("next"));
    assertThat(engine.runtime().getVariable(second, "v")).isEqualTo(2L);
    assertThat(kept(engine, key)).hasSize(1);
  }

  @Test
  void whenAnOperatorLooksThenEventsCanBeDroppedAndDelivered() {
    deploy("next", NEXT);
    engine.post(key + "/1/x", "7");
    engine.post(key + "/2/x", "8");
    EarlySamples.of(engine).close(); // a search may have an event in hand
    try {
      io.restconnector.webhook.EarlyEvents early =
          EarlySamples.of(engine).events(() -> {}, name -> name);
      List<EarlyEvent> events =
          early.list(0, 100_000).stream().filter(each -> each.trigger().equals(key)).toList();
      assertThat(events).extracting(EarlyEvent::target).containsExactly(key, key);
      long first = events.get(0).id();
      long second = events.get(1).id();
      assertThat(early.list(first, 1)).extracting(EarlyEvent::id).containsExactly(second);

      assertThat(early.drop(first)).isTrue();

      assertThat(early.drop(first)).isFalse();
      assertThat(early.deliver(first)).isEqualTo(Delivery.GONE);
      assertThat(early.deliver(second)).isEqualTo(Delivery.NOT_TAKEN);
      assertThat(kept(engine, key)).hasSize(1);
      assertThat(kinds()).containsExactly(Kind.KEPT, Kind.KEPT, Kind.DROPPED);
      String instance = start(engine, key, "2", "x");
      assertThat(early.deliver(second)).isEqualTo(Delivery.DELIVERED);
      assertThat(tasks(engine, instance)).containsExactly("next");
    } finally {
      close();
      startEngine();
    }
  }

  @Test
  void whenTheTableIsFullThenTheAnswerIsAsWithoutKeeping() {
    try (WebhookEngine small =
        WebhookEngine.with(WebhookSettings.defaults().withMaxEarlyEvents(2))) {
      small.deploy(key + ".event", event(key, "a"), key + ".channel", channel(key, KEEP));

      assertThat(small.post(key + "/1/x", "1").status()).isEqualTo(202);
      assertThat(small.post(key + "/2/x", "1").status()).isEqualTo(202);
      assertThat(small.post(key + "/3/x", "1").status()).isEqualTo(404);
      assertThat(kept(small, key)).hasSize(2);
    }
  }

  @Test
  void whenManyCanKeepTheLastEventsThenNotOneIsTooMany() throws Exception {
    try (WebhookEngine small =
        WebhookEngine.with(WebhookSettings.defaults().withMaxEarlyEvents(3))) {
      small.deploy(key + ".event", event(key, "a"), key + ".channel", channel(key, KEEP));
      ExecutorService threads = Executors.newFixedThreadPool(8);
      try {
        List<Callable<Integer>> requests = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
          String path = key + "/" + i + "/x";
          requests.add(() -> small.post(path, "1").status());
        }
        List<Integer> answers = new ArrayList<>();
        for (Future<Integer> each : threads.invokeAll(requests)) {
          answers.add(each.get());
        }

        assertThat(answers).containsOnly(202, 404).filteredOn(each -> each == 202).hasSize(3);
        assertThat(kept(small, key)).hasSize(3);
      } finally {
        threads.shutdownNow();
      }
    }
  }

  @Test
  void whenTheNodeEndsBetweenTheCommitAndItsLookThenAnotherDelivers() {
    String url = database.url();
    String instance;
    try (WebhookEngine dead = WebhookEngine.on(database, url)) {
      dead.deploy(
          key + ".event", event(key, "a"),
          key + ".channel", channel(key, KEEP),
          key + ".bpmn20.xml",
              process(key, "t", "<userTask id=\"t\"/>", "w", waits("w", key, "a"), "next", NEXT));
      instance = start(dead, key, "1", "x");
      dead.post(key + "/1/x", "7");
      EarlySamples.of(dead).close();
      Task task = dead.engine.getTaskService().createTaskQuery().singleResult();
      dead.engine.getTaskService().complete(task.getId());
      assertThat(kept(dead, key)).hasSize(1);
      assertThat(tasks(dead, instance)).isEmpty();
    }
    try (WebhookEngine alive = WebhookEngine.on(database, url)) {
      await().untilAsserted(() -> assertThat(tasks(alive, instance)).containsExactly("next"));
    }
  }

  @Test
  void whenTheTableIsMissingThenTheChannelIsNotDeployedAndAnEngineWithOneDoesNotStart() {
    String url = database.url();
    try (WebhookEngine without = WebhookEngine.on(database, url)) {
      drop(url);
      assertThatThrownBy(
              () ->
                  without.deploy(
                      key + ".event", event(key, "a"), key + ".channel", channel(key, KEEP)))
          .hasMessageContaining("early needs the table ACT_RC_EARLY_EVENT")
          .hasMessageContaining("io/restconnector/db/early.");
    }
    try (WebhookEngine with = WebhookEngine.on(database, url)) {
      with.deploy(key + ".event", event(key, "a"), key + ".channel", channel(key, KEEP));
    }
    drop(url);
    assertThatThrownBy(
            () -> WebhookEngine.on(database, url, each -> each.setDatabaseSchemaUpdate("false")))
        .hasMessageContaining("early needs the table ACT_RC_EARLY_EVENT");
  }

  private void drop(String url) {
    try (var connection = database.connect(url);
        var statement = connection.createStatement()) {
      statement.execute("drop table ACT_RC_EARLY_EVENT");
    } catch (java.sql.SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private void deploy(String... idsAndElements) {
    String[] all = new String[idsAndElements.length + 2];
    all[0] = "w";
    all[1] = waits("w", key, "a");
    System.arraycopy(idsAndElements, 0, all, 2, idsAndElements.length);
    engine.deploy(
        key + ".event", event(key, "a"),
        key + ".channel", channel(key, KEEP),
        key + ".bpmn20.xml", process(key, all));
  }

  private String startFor(String tenant) {
    ProcessInstance instance =
        engine
            .runtime()
            .createProcessInstanceBuilder()
            .processDefinitionKey(key)
            .tenantId(tenant)
            .variable("a", "1")
            .start();
    return instance.getId();
  }

  private void completeAndSuspend(String instance) {
    String task =
        engine
            .engine
            .getTaskService()
            .createTaskQuery()
            .processInstanceId(instance)
            .singleResult()
            .getId();
    engine
        .engine
        .getManagementService()
        .executeCommand(
            context -> {
              engine.engine.getTaskService().complete(task);
              engine.runtime().suspendProcessInstanceById(instance);
              return null;
            });
  }

  private boolean isEnded(String instance) {
    return engine.runtime().createProcessInstanceQuery().processInstanceId(instance).count() == 0;
  }

  private TriggerOutcome.Verdict verdict() {
    return listener.answered.get(listener.answered.size() - 1).triggers().get(0).verdict();
  }

  private List<EarlyEventOutcome> outcomes() {
    return listener.early.stream().filter(each -> each.trigger().equals(key)).toList();
  }

  private List<Kind> kinds() {
    return outcomes().stream().map(EarlyEventOutcome::kind).toList();
  }

  @SuppressWarnings("JavaUtilDate") // of the engine's clock
  private void setClock(Duration later) {
    engine.configuration().getClock().setCurrentTime(Date.from(Instant.now().plus(later)));
  }
}
