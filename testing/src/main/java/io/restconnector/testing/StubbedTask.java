package io.restconnector.testing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the calls of one task get. A new stub of a task replaces the one before. Safe for use by
 * many threads: instances of a process run side by side, and share the answers of their tasks.
 *
 * @since 0.1
 */
public final class StubbedTask {

  private final String activityId;

  /** In turn, or the only one for every call; null without a stub. */
  private @Nullable List<Answer> answers;

  private boolean repeats;
  private int used;

  StubbedTask(String activityId) {
    this.activityId = activityId;
  }

  /** Each call gets a response without a body. */
  public void answer(int status) {
    answer(Answer.status(status));
  }

  /** Each call gets a response with JSON. */
  public void answer(int status, String json) {
    answer(Answer.json(status, json));
  }

  /** Each call gets this. */
  public void answer(Answer answer) {
    set(List.of(answer), true);
  }

  /**
   * Each call gets the next of these, and so does each attempt of a call with {@code maxAttempts}.
   * A call after the last answer fails the test.
   */
  public void answers(Answer... inTurn) {
    set(List.of(inTurn), false);
  }

  /** Each call fails the test. */
  public void never() {
    set(List.of(), false);
  }

  /** Each call times out, without anybody waiting for it. */
  public void timesOut() {
    answer(Answer.timeout());
  }

  /** Each call finds the circuit breaker open. */
  public void circuitOpen() {
    answer(Answer.circuitOpen());
  }

  private synchronized void set(List<Answer> given, boolean forEveryCall) {
    answers = given;
    repeats = forEveryCall;
    used = 0;
  }

  /** Null where nothing is left. */
  synchronized @Nullable Answer next() {
    if (answers == null || (!repeats && used >= answers.size())) {
      return null;
    }
    int turn = used++;
    return answers.get(repeats ? 0 : turn);
  }

  /** Why a call finds no answer, as the end of a sentence. */
  synchronized String problem() {
    if (answers == null) {
      return "has no stub; add rest.on(\"%s\").answer(…)".formatted(activityId);
    }
    return answers.isEmpty()
        ? "must not be made"
        : "has no answer left: all %d of its stub are used".formatted(answers.size());
  }

  /** What is left of the stub, null for nothing. */
  synchronized @Nullable String rest() {
    int wanted = answers == null ? 0 : repeats ? 1 : answers.size();
    if (used >= wanted) {
      return null;
    }
    return wanted == 1 ? activityId : "%s (%d of %d)".formatted(activityId, used, wanted);
  }
}
