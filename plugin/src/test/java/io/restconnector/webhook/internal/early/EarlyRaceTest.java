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
import static org.awaitility.Awaitility.await;

import io.restconnector.fixtures.TestDatabase;
import io.restconnector.webhook.WebhookEngine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.flowable.common.engine.impl.cfg.TransactionState;
import org.flowable.common.engine.impl.context.Context;
import org.flowable.common.engine.impl.persistence.StrongUuidGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The callback at every point of the transaction that begins to wait, on two nodes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EarlyRaceTest {

  private static final int SENDERS = 8;

  /** Calls back while the process is being started, from another thread and node. */
  public final class Callback {

    private volatile String wanted = "";
    private volatile String path = "";

    public boolean at(String point) {
      if (point.equals("begin") && wanted.startsWith("COMMIT")) {
        Context.getTransactionContext()
            .addTransactionListener(TransactionState.valueOf(wanted), context -> call());
      } else if (point.equals(wanted)) {
        call();
      }
      return true;
    }

    private void call() {
      CompletableFuture<Integer> answer =
          CompletableFuture.supplyAsync(() -> other.post(path, "7").status());
      assertThat(answer.orTimeout(1, TimeUnit.MINUTES).join()).isEqualTo(202);
    }
  }

  private final TestDatabase database = database();
  private final Callback callback = new Callback();
  private WebhookEngine engine;
  private WebhookEngine other;

  TestDatabase database() {
    return TestDatabase.H2;
  }

  /** How many pairs of a wait and its event meet at random. */
  int pairs() {
    return 200;
  }

  @BeforeAll
  void startNodes() {
    String url = database.url();
    engine = node(url);
    for (String type : List.of("event", "message", "signal")) {
      engine.deploy(
          type + ".event", event(type, "a"),
          type + ".channel", type.equals("event") ? channel(type, KEEP) : action(type, type, KEEP),
          type + ".bpmn20.xml",
              """
              <%1$s id="named" name="%1$s"/><process id="%1$s">
                <startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="begin"/>
                <serviceTask id="begin" flowable:expression="${callback.at('begin')}"/>
                <sequenceFlow sourceRef="begin" targetRef="fork"/><parallelGateway id="fork"/>
                <sequenceFlow id="f1" sourceRef="fork" targetRef="w"/>%2$s
                <sequenceFlow sourceRef="w" targetRef="next"/><userTask id="next"/>
                <sequenceFlow id="f2" sourceRef="fork" targetRef="waiting"/>
                <serviceTask id="waiting" flowable:expression="${callback.at('waiting')}"/>
                <sequenceFlow sourceRef="waiting" targetRef="end"/><endEvent id="end"/></process>
              """
                  .formatted(
                      type.equals("event") ? "message" : type,
                      type.equals("event") ? waits("w", type, "a") : waitsFor("w", type))
                  .replace("process id=\"message\"", "process id=\"" + type + "\""));
    }
    engine.deploy(
        "pair.event", event("pair", "a"),
        "pair.channel", channel("pair", KEEP),
        "pair.bpmn20.xml",
            process(
                    "pair",
                    "w",
                    waits("w", "pair", "a"),
                    "w2",
                    waits("w2", "pair", "a"),
                    "next",
                    NEXT)
                .replace(
                    "<startEvent id=\"s\"/>",
                    """
                    <startEvent id="s"/><startEvent id="told"><extensionElements>
                      <flowable:eventType>unused</flowable:eventType></extensionElements></startEvent>
                    <sequenceFlow sourceRef="told" targetRef="next"/>
                    """));
    // It knows what was deployed before it started.
    other = node(url);
  }

  private WebhookEngine node(String url) {
    return WebhookEngine.on(
        database,
        url,
        each -> {
          each.setBeans(new HashMap<>(Map.of("callback", callback)));
          each.setIdGenerator(new StrongUuidGenerator());
        });
  }

  @AfterAll
  void close() {
    other.close();
    engine.close();
  }

  @ParameterizedTest
  @CsvSource({
    "event, before", "event, begin", "event, waiting", "event, COMMITTING", "event, COMMITTED",
    "event, after", "message, before", "message, begin", "message, waiting", "message, COMMITTING",
    "message, COMMITTED", "message, after", "signal, before", "signal, begin", "signal, waiting",
    "signal, COMMITTING", "signal, COMMITTED", "signal, after"
  })
  void whenTheCallbackComesAtAPointThenItIsDelivered(String type, String point) {
    callback.path = type + "/" + type + point + "/x";
    callback.wanted = point;
    callback.at("before");

    String instance = start(engine, type, type + point, "x");
    callback.at("after");

    await().untilAsserted(() -> assertThat(tasks(engine, instance)).containsExactly("next"));
    assertThat(engine.runtime().getVariable(instance, "v")).isEqualTo(7L);
    assertThat(kept(engine, type)).isEmpty();
  }

  /** Two events for each instance, the second sent when the first is answered. */
  @Test
  void whenWaitsAndEventsMeetAtRandomThenEachIsDeliveredOnceAndInOrder() throws Exception {
    ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
    Random random = new Random(14);
    NavigableMap<Double, Runnable> work = new TreeMap<>();
    for (int i = 0; i < pairs(); i++) {
      String a = "p" + i;
      WebhookEngine waiting = random.nextBoolean() ? engine : other;
      WebhookEngine sent = random.nextBoolean() ? engine : other;
      // The two are so near to one another that they often run at the same time.
      work.put(i + SENDERS * random.nextDouble(), () -> start(waiting, "pair", a, "x"));
      work.put(i + SENDERS * random.nextDouble(), () -> sendTwo(sent, "pair/" + a + "/x"));
    }
    List<Future<?>> done = new ArrayList<>();
    try {
      work.values().forEach(each -> done.add(senders.submit(each)));
      for (Future<?> each : done) {
        each.get(10, TimeUnit.MINUTES);
      }
    } finally {
      senders.shutdownNow();
    }

    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(
            () ->
                assertThat(
                        engine
                            .engine
                            .getTaskService()
                            .createTaskQuery()
                            .processDefinitionKey("pair")
                            .taskDefinitionKey("next")
                            .count())
                    .isEqualTo(pairs()));
    assertThat(kept(engine, "pair")).isEmpty();
    assertThat(engine.runtime().createProcessInstanceQuery().processDefinitionKey("pair").count())
        .isEqualTo(pairs());
    assertThat(
            engine
                .runtime()
                .createProcessInstanceQuery()
                .processDefinitionKey("pair")
                .variableValueEquals("v", 2L)
                .count())
        .isEqualTo(pairs());
  }

  private static void sendTwo(WebhookEngine node, String path) {
    for (String value : List.of("1", "2")) {
      assertThat(node.post(path, value).status()).isEqualTo(202);
    }
  }
}
