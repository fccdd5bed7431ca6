package io.restconnector.http.internal.chain;

import static io.restconnector.fixtures.TestRequests.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.spi.CallOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The end of a call ends its steps, from the inside outwards. */
class CallContextTest {

  private static final CallOutcome ANSWER = new CallOutcome.TooLarge(1);

  private final CallContext call =
      new CallContext(get("http://127.0.0.1/"), SendPermit.ALWAYS, new Object());
  private final List<String> ended = new ArrayList<>();

  private CompletableFuture<CallOutcome> step(String name) {
    CompletableFuture<CallOutcome> result = new CompletableFuture<>();
    call.endWithCall(
        result,
        because -> {
          ended.add(name);
          return because;
        });
    return result;
  }

  @Test
  void whenTheDeadlinePassesThenStepsEndFromTheInsideOutwards() {
    CompletableFuture<CallOutcome> outer = step("outer");
    CompletableFuture<CallOutcome> inner = step("inner");
    call.expire();

    assertThat(ended).containsExactly("inner", "outer");
    assertThat(List.of(outer.join(), inner.join()))
        .containsOnly(new CallOutcome.TimedOut(call.timeout()));
  }

  @Test
  void whenAStepHasEndedThenTheEndOfTheCallDoesNotAskIt() {
    step("outermost");
    CompletableFuture<CallOutcome> middle = step("middle");
    CompletableFuture<CallOutcome> inner = step("inner");
    middle.complete(ANSWER);
    call.close();

    assertThat(ended).containsExactly("inner", "outermost");
    assertThat(inner.join().isOfThisNode()).isTrue();
    assertThat(middle.join()).isEqualTo(ANSWER);
  }

  @Test
  void whenTheCallHasEndedThenAStepThatBeginsLateEndsAtOnce() {
    call.close();

    assertThat(step("late")).isCompleted();
    assertThat(ended).containsExactly("late");
  }

  @Test
  void whenAResourceIsLostThenOnlyTheStepsThatNeedItEnd() {
    CompletableFuture<CallOutcome> needing = new CompletableFuture<>();
    CompletableFuture<CallOutcome> other = new CompletableFuture<>();
    call.endWithCall(other, because -> because, "another");
    call.endWithCall(needing, because -> because, "client");
    CompletableFuture<CallOutcome> without = step("without");
    call.lose("client", ANSWER);

    assertThat(needing).isCompletedWithValue(ANSWER);
    assertThat(other).isNotDone();
    assertThat(without).isNotDone();
  }
}
