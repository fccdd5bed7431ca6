package io.restconnector.webhook.internal.respond;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.fixtures.TestDatabase;
import io.restconnector.webhook.WebhookEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Which instances are asked for answers, and who is told when. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AwaitedInstancesTest {

  private final WebhookEngine engine = WebhookEngine.on(TestDatabase.H2);
  private final AtomicBoolean isTableThere = new AtomicBoolean();
  private final List<String> told = new ArrayList<>();
  private final AwaitedInstances awaited =
      new AwaitedInstances(engine.configuration(), isTableThere::get, told::addAll);

  AwaitedInstancesTest() {
    engine.deploy(
        "p.bpmn20.xml",
        """
        <process id="p"><startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="t"/>
        <userTask id="t"/></process>
        """);
  }

  @AfterAll
  void close() {
    engine.close();
  }

  /** Something with an instance for which one answer is open, at the activity. */
  private void with(String hash, @Nullable String activity, Consumer<ExecutionEntity> work) {
    String id = engine.runtime().startProcessInstanceByKey("p").getId();
    told.clear();
    engine.inTransaction(
        () -> {
          AnswerRows.insert(hash, id, activity, "template", 0);
          work.accept(
              Objects.requireNonNull(
                  engine.configuration().getExecutionEntityManager().findById(id)));
          assertThat(told).isEmpty(); // before the commit
          return null;
        });
  }

  private boolean isGiven(String hash) {
    return engine.inTransaction(() -> AnswerRows.given(List.of(hash))).size() == 1;
  }

  @Test
  void whenAMarkedInstanceIsSoFarThenItsAnswerIsGivenAndToldAtTheCommit() {
    with(
        "reached",
        "t",
        instance -> {
          awaited.mark(instance.getId());
          awaited.reached(instance, "other");
        });
    assertThat(isGiven("reached")).isFalse();
    assertThat(told).isEmpty();

    with(
        "reached2",
        "t",
        instance -> {
          awaited.mark(instance.getId());
          awaited.reached(instance, "t");
        });
    assertThat(isGiven("reached2")).isTrue();
    assertThat(told).containsExactly("reached2");

    with(
        "ended",
        "never",
        instance -> {
          awaited.mark(instance.getId());
          awaited.ended(instance);
        });
    assertThat(told).containsExactly("ended");
  }

  @Test
  void whenNobodyHasMarkedAnInstanceThenNothingIsAsked() {
    isTableThere.set(true);
    with("unmarked", "t", instance -> awaited.reached(instance, "t"));

    assertThat(isGiven("unmarked")).isFalse();
  }

  @Test
  void whenSomebodyElseHasMarkedAnInstanceThenItsMarkStaysAndItIsAskedWhereThereIsTheTable() {
    for (boolean isThere : new boolean[] {false, true}) {
      isTableThere.set(isThere);
      with(
          "foreign" + isThere,
          "t",
          instance -> {
            instance.setCallbackId("of a case");
            awaited.mark(instance.getId());
            assertThat(instance.getCallbackId()).isEqualTo("of a case");
            awaited.reached(instance, "t");
          });
      assertThat(isGiven("foreign" + isThere)).isEqualTo(isThere);
    }
  }

  @Test
  void whenTheTransactionRollsBackThenNobodyIsTold() {
    assertThatThrownBy(
            () ->
                with(
                    "rolledBack",
                    "t",
                    instance -> {
                      awaited.mark(instance.getId());
                      awaited.reached(instance, "t");
                      throw new IllegalStateException("rolls back");
                    }))
        .hasMessageContaining("rolls back");
    assertThat(told).isEmpty();
  }
}
