package io.restconnector.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.content.internal.ParsingBudget;
import io.restconnector.content.internal.ParsingBudget.Permit;
import io.restconnector.fixtures.TestRequests;
import io.restconnector.http.internal.chain.CallContext;
import io.restconnector.http.internal.chain.SendPermit;
import io.restconnector.spi.CallOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Responses that wait for memory to be parsed in: there is some for 750 bytes of JSON. */
class AdmissionTest {

  private final ParsingBudget budget = new ParsingBudget(32 * 1_000);
  private final ScheduledThreadPoolExecutor deadlines = new ScheduledThreadPoolExecutor(1);
  private final Admission admission = new Admission(budget, deadlines);
  private final CompletableFuture<CallOutcome> sent = new CompletableFuture<>();

  @AfterEach
  void stop() {
    deadlines.shutdownNow();
  }

  private CompletableFuture<CallOutcome> admit(Duration timeout) {
    return admission.of(
        new CallContext(
            TestRequests.within(timeout, TestRequests.get("http://a.test/")),
            SendPermit.ALWAYS,
            new Object()),
        sent);
  }

  private CompletableFuture<CallOutcome> admit() {
    return admit(Duration.ofMinutes(1));
  }

  private static CallOutcome.Response response(@Nullable String type, int length) {
    List<Header> headers =
        type == null ? List.of() : List.of(new BasicHeader("content-type", type));
    return new CallOutcome.Response(200, headers, new byte[length], length);
  }

  private Permit others(int bytes) {
    return Objects.requireNonNull(budget.request(bytes, "others").getNow(null));
  }

  @Test
  void whenThereIsNothingToParseThenTheOutcomeIsHandedOnAsItIs() {
    try (Permit others = others(700)) {
      CallOutcome empty = response("application/json", 0);
      CompletableFuture<CallOutcome> admitted = admit();
      sent.complete(empty);

      assertThat(admitted).isCompletedWithValue(empty);
      assertThat(others).isNotNull();
    }
    assertThat(budget.isUnused()).isTrue();
    CallOutcome none = new CallOutcome.TooLarge(1);
    assertThat(
            admission.of(
                new CallContext(
                    TestRequests.get("http://a.test/"), SendPermit.ALWAYS, new Object()),
                CompletableFuture.completedFuture(none)))
        .isCompletedWithValue(none);
  }

  @Test
  void whenThereIsMemoryThenItIsHeldUntilTheOutcomeIsReleased() {
    CompletableFuture<CallOutcome> admitted = admit();
    sent.complete(new CallOutcome.RetriesExhausted(2, response("application/json", 400)));
    CallOutcome outcome = Objects.requireNonNull(admitted.getNow(null));
    assertThat(outcome).isInstanceOf(CallOutcome.RetriesExhausted.class);
    assertThat(budget.isUnused()).isFalse();

    outcome.release();
    assertThat(budget.isUnused()).isTrue();
  }

  /** What is no JSON takes less; what has no type may be JSON. */
  @ParameterizedTest
  @CsvSource({
    "application/json, 400, false",
    "application/problem+json, 400, false",
    ", 400, false",
    "text/plain, 400, true",
    "application/json, 200, true",
  })
  void whenOthersHoldMemoryThenAResponseWaitsForWhatItsTreeTakes(
      @Nullable String type, int length, boolean isAdmitted) {
    Permit others = others(500);
    CompletableFuture<CallOutcome> admitted = admit();
    sent.complete(response(type, length));
    assertThat(admitted.isDone()).isEqualTo(isAdmitted);
    others.close();

    assertThat(admitted).isCompleted();
    admitted.join().release();
    assertThat(budget.isUnused()).isTrue();
  }

  @Test
  void whenTheCallEndsWhileItWaitsThenItTimesOutAndTakesNoMemory() throws Exception {
    Permit others = others(700);
    Duration timeout = Duration.ofMillis(10);
    CompletableFuture<CallOutcome> admitted = admit(timeout);
    sent.complete(response("application/json", 400));

    assertThat(admitted.get(20, TimeUnit.SECONDS)).isEqualTo(new CallOutcome.TimedOut(timeout));
    others.close();
    assertThat(budget.isUnused()).isTrue();
  }

  @Test
  void whenTheCallIsGivenUpThenTheRestIsToo() {
    admit().cancel(false);

    assertThat(sent).isCancelled();
  }

  @Test
  void whenACallThatWaitsIsGivenUpThenThoseBehindItTakeItsTurn() {
    Permit others = others(500);
    CompletableFuture<CallOutcome> waiting = admit();
    sent.complete(response("application/json", 400));
    CompletableFuture<Permit> behind = budget.request(200, "behind");
    assertThat(behind).isNotDone();
    waiting.cancel(false);

    assertThat(behind).isCompleted();
    behind.join().close();
    others.close();
    assertThat(budget.isUnused()).isTrue();
  }

  @Test
  void whenWhatWasSentIsGivenUpThenTheCallIsToo() {
    CompletableFuture<CallOutcome> admitted = admit();
    sent.cancel(false);

    assertThat(admitted).isCancelled();
  }

  @Test
  void whenTheClientIsClosedThenNobodyWaits() {
    Permit others = others(700);
    CompletableFuture<CallOutcome> before = admit();
    sent.complete(response("application/json", 400));
    deadlines.shutdown();
    CompletableFuture<CallOutcome> after = admit();
    assertThat(after).isCompletedWithValueMatching(CallOutcome::isOfThisNode);
    assertThat(before).isNotDone();
    admission.close();

    assertThat(before).isCompletedWithValueMatching(CallOutcome::isOfThisNode);
    others.close();
    assertThat(budget.isUnused()).isTrue();
  }
}
