package io.restconnector.webhook.internal.respond;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.webhook.WebhookEngine;
import io.restconnector.webhook.internal.respond.AnswerStore.Found;
import java.time.Duration;
import java.util.Date;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.flowable.common.engine.impl.runtime.Clock;
import org.flowable.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Answers of processes, from the request to the one who asks for them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnswerStoreTest {

  private final AtomicReference<AnswerStore> installed = new AtomicReference<>();
  private final WebhookEngine engine =
      WebhookEngine.with(configuration -> installed.set(AnswerStore.install(configuration)));
  private final AnswerStore store = Objects.requireNonNull(installed.get());

  AnswerStoreTest() {
    engine.deploy(
        "p.bpmn20.xml",
        """
        <process id="p"><startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="t"/>
        <userTask id="t"/><sequenceFlow sourceRef="t" targetRef="u"/><userTask id="u"/></process>
        """);
  }

  @AfterEach
  void resetClock() {
    engine.configuration().getClock().reset();
  }

  @AfterAll
  void close() {
    store.close();
    engine.close();
  }

  private String start() {
    return engine.runtime().startProcessInstanceByKey("p").getId();
  }

  private String add(String instance, @Nullable String activity, Duration keptFor) {
    return engine.inTransaction(() -> store.add(instance, activity, "template", keptFor));
  }

  private void pass(Duration time) {
    Clock clock = engine.configuration().getClock();
    clock.setCurrentTime(Date.from(clock.getCurrentTime().toInstant().plus(time)));
  }

  @Test
  void whenTheProcessIsSoFarThenTheAnswerIsGivenThenMadeAndGoneAfterAnHour() {
    String instance = start();
    String id = add(instance, "u", Duration.ZERO);

    assertThat(id).matches("[A-Za-z0-9_-]{43}");
    assertThat(store.find(id, false)).isEqualTo(new Found.Waiting());
    engine.complete(instance);
    assertThat(store.find(id, false))
        .isInstanceOfSatisfying(
            Found.Given.class,
            given -> {
              assertThat(given.template()).isEqualTo("template");
              assertThat(given.instance()).contains(instance);
            });
    store.finish(id, "answer");
    assertThat(store.find(id, false)).isEqualTo(new Found.Made("answer"));

    pass(Duration.ofMinutes(61));
    assertThat(store.find(id, false)).isNull();
    assertThat(store.find(id, true)).isEqualTo(new Found.Made("answer"));
    assertThat(store.find("none", false)).isNull();
  }

  @Test
  void whenTheEndOfAnInstanceWasNotSeenThenItsAnswerIsGivenWithoutIt() {
    String instance = start();
    String id = add(instance, null, Duration.ZERO);
    engine.configuration().getEventDispatcher().setEnabled(false);
    try {
      engine.runtime().deleteProcessInstance(instance, "test");
    } finally {
      engine.configuration().getEventDispatcher().setEnabled(true);
    }

    assertThat(store.find(id, false)).isEqualTo(new Found.Given("template", null));
  }

  @Test
  void whenAnswersHaveExpiredThenASweepRemovesThemAndThoseThatAreKeptLongerStay() {
    String instance = start();
    String shortly = add(instance, "u", Duration.ZERO);
    String longer = add(instance, "u", Duration.ofHours(5));
    engine.complete(instance);

    pass(Duration.ofMinutes(59));
    store.sweep();
    assertThat(store.find(shortly, true)).isNotNull();
    pass(Duration.ofHours(3));
    store.sweep();

    assertThat(store.find(shortly, true)).isNull();
    assertThat(store.find(longer, true)).isNotNull();
  }

  @Test
  void whenRequestsWaitThenTheyLearnOfTheirAnswerAtTheCommitOrThatThereIsNone() throws Exception {
    String instance = start();
    CompletableFuture<@Nullable Void> answered =
        engine.inTransaction(
            () -> store.await(store.add(instance, "u", "template", Duration.ZERO)));
    assertThat(answered).isNotDone();
    engine.complete(instance);
    answered.get(30, TimeUnit.SECONDS);

    AtomicReference<CompletableFuture<@Nullable Void>> rolledBack = new AtomicReference<>();
    assertThatThrownBy(
            () ->
                engine.inTransaction(
                    () -> {
                      rolledBack.set(
                          store.await(store.add(start(), "u", "template", Duration.ZERO)));
                      throw new IllegalStateException("rolls back");
                    }))
        .hasMessageContaining("rolls back");
    Objects.requireNonNull(rolledBack.get()).get(30, TimeUnit.SECONDS);
    assertThat(store.waiting()).isZero();
  }

  @Test
  void whenTheEngineHasNoEventsThenProcessesCannotAnswer() {
    var configuration = new StandaloneProcessEngineConfiguration();
    AnswerStore without = AnswerStore.install(configuration);
    configuration.setEnableEventDispatcher(false);

    assertThat(without.problem()).contains("enableEventDispatcher");
    assertThat(store.problem()).isNull();
    assertThat(without.isClosed()).isFalse();
    without.close();
    assertThat(without.isClosed()).isTrue();
  }
}
