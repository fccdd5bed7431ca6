package io.restconnector.webhook.internal.respond;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.fixtures.TestDatabase;
import io.restconnector.webhook.WebhookEngine;
import io.restconnector.webhook.internal.respond.AnswerRows.Row;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The life of an answer as its row has it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnswerRowsTest {

  private static final long HOUR = 3_600_000;

  private final WebhookEngine engine = WebhookEngine.on(TestDatabase.H2);

  @AfterAll
  void close() {
    engine.close();
  }

  private void run(Runnable work) {
    engine.inTransaction(
        () -> {
          work.run();
          return null;
        });
  }

  private <T extends @Nullable Object> T get(Supplier<T> work) {
    return engine.inTransaction(work);
  }

  private @Nullable Row find(String hash) {
    return get(() -> AnswerRows.find(hash));
  }

  private void insert(String hash, String instance, @Nullable String activity, long expires) {
    run(() -> AnswerRows.insert(hash, instance, activity, "template", expires));
  }

  @Test
  void whenAnAnswerIsGivenAndMadeThenItsRowHasWhatIsNeededNextAndNoMore() {
    insert("made", "i", null, 5);
    assertThat(find("made")).isEqualTo(new Row("i", "template", null, null, null));

    run(() -> AnswerRows.give(List.of("made"), "result", 7));
    assertThat(find("made")).isEqualTo(new Row("i", "template", "result", 7L, null));

    run(() -> AnswerRows.give(List.of("made"), "again", 8)); // it was given before
    assertThat(find("made")).isEqualTo(new Row("i", "template", "result", 7L, null));

    run(() -> AnswerRows.finish("made", "answer"));
    assertThat(find("made")).isEqualTo(new Row("i", null, null, 7L, "answer"));

    run(() -> AnswerRows.finish("made", "of a slower node"));
    assertThat(Objects.requireNonNull(find("made")).answer()).isEqualTo("answer");
    assertThat(find("none")).isNull();
  }

  @Test
  void whenAnInstanceHasGoneUnseenThenItsAnswerIsGivenWithoutAResult() {
    insert("unseen", "i", null, 5);
    run(() -> AnswerRows.give(List.of("unseen"), null, 0));

    assertThat(find("unseen")).isEqualTo(new Row("i", "template", null, 0L, null));
  }

  @Test
  void whenAnInstanceIsSoFarThenTheAnswersThatWaitForThatAreOpen() {
    insert("end", "open", null, 5);
    insert("t", "open", "t", 5);
    insert("u", "open", "u", 5);
    insert("given", "open", "t", 5);
    insert("other", "other", "t", 5);
    run(() -> AnswerRows.give(List.of("given"), "r", 1));

    assertThat(get(() -> AnswerRows.open("open", "t"))).containsExactly("t");
    assertThat(get(() -> AnswerRows.open("open", "none"))).isEmpty();
    assertThat(get(() -> AnswerRows.open("open", null))).containsExactlyInAnyOrder("end", "t", "u");
    assertThat(get(() -> AnswerRows.given(List.of("end", "given", "none"))))
        .containsExactly("given");
  }

  @Test
  void whenAnAnswerHasExpiredThenItIsRemovedUnlessItsInstanceStillRuns() {
    engine.deploy(
        "p.bpmn20.xml",
        """
        <process id="p"><startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="t"/>
        <userTask id="t"/></process>
        """);
    String running = engine.runtime().startProcessInstanceByKey("p").getId();
    long now = 10 * HOUR;
    insert("waits", running, null, now);
    insert("gone", "gone", null, now);
    insert("later", "gone", null, now + 1);
    insert("answered", running, null, now);
    run(() -> AnswerRows.give(List.of("answered"), "r", now - HOUR));
    insert("kept", running, null, 0);
    run(() -> AnswerRows.give(List.of("kept"), "r", now - HOUR + 1)); // for an hour from then on

    assertThat(get(() -> AnswerRows.clean(now))).isFalse();

    assertThat(find("waits")).isNotNull();
    assertThat(find("gone")).isNull();
    assertThat(find("later")).isNotNull();
    assertThat(find("answered")).isNull();
    assertThat(find("kept")).isNotNull();
  }

  @Test
  void whenManyHaveExpiredThenSomeAreRemovedAtATime() {
    run(
        () -> {
          for (int i = 0; i < 501; i++) {
            AnswerRows.insert("many" + i, "gone", null, "t", 0);
          }
        });

    assertThat(get(() -> AnswerRows.clean(1))).isTrue();
    assertThat(get(() -> AnswerRows.clean(1))).isFalse();
  }
}
