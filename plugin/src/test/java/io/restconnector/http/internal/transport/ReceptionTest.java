package io.restconnector.http.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.content.internal.ParsingBudget;
import io.restconnector.fixtures.TestRequests;
import io.restconnector.http.internal.body.Decoders;
import io.restconnector.spi.CallOutcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;
import org.apache.hc.core5.http.message.BasicHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a response that was received, and of the memory for it. */
class ReceptionTest {

  private static final int LIMIT = 200_000;

  private final Decoders decoders = new Decoders();
  private final ParsingBudget budget = new ParsingBudget(4_000_000);
  private final CompletableFuture<CallOutcome> result = new CompletableFuture<>();
  private final Reception reception =
      new Reception(
          TestRequests.get("http://a.test/"), result, LIMIT, decoders, budget, new Object());

  @AfterEach
  void close() {
    decoders.close();
  }

  private static CallOutcome.Response response(int status, byte[] body, String coding) {
    return new CallOutcome.Response(
        status, List.of(new BasicHeader("content-encoding", coding)), body, body.length);
  }

  private static byte[] gzip(int length) throws IOException {
    ByteArrayOutputStream coded = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(coded)) {
      gzip.write(new byte[length]);
    }
    return coded.toByteArray();
  }

  private CallOutcome outcome() throws Exception {
    return result.get(20, TimeUnit.SECONDS);
  }

  @Test
  void whenAResponseIsNotCodedThenItIsTheOutcomeAtOnce() {
    CallOutcome plain = new CallOutcome.Response(200, List.of(), new byte[] {1}, 1);
    reception.complete((CallOutcome.Response) plain);

    assertThat(result).isCompletedWithValue(plain);
    assertThat(reception.isOver()).isTrue();
  }

  @Test
  void whenACodedResponseHasNoBodyThenThereIsNothingToDecode() {
    CallOutcome.Response empty = response(200, new byte[0], "gzip");
    reception.complete(empty);

    assertThat(result).isCompletedWithValue(empty);
  }

  /** More than 64 KiB of a coded body are held only when there is memory for it. */
  @ParameterizedTest
  @ValueSource(ints = {1, 64 * 1024, 64 * 1024 + 1, LIMIT})
  void whenACodedBodyIsWithinTheLimitThenItIsDecoded(int length) throws Exception {
    reception.complete(response(201, gzip(length), "gzip"));

    assertThat(outcome())
        .isInstanceOfSatisfying(
            CallOutcome.Response.class,
            decoded -> {
              assertThat(decoded.status()).isEqualTo(201);
              assertThat(decoded.length()).isEqualTo(length);
            });
    assertThat(budget.isUnused()).isTrue();
  }

  @Test
  void whenACodedBodyIsLongerThanTheLimitThenItIsTooLarge() throws Exception {
    reception.complete(response(200, gzip(LIMIT + 1), "gzip"));

    assertThat(outcome()).isEqualTo(new CallOutcome.TooLarge(LIMIT));
    assertThat(budget.isUnused()).isTrue();
  }

  @Test
  void whenTheBodyIsCodedTwiceThenBothAreUndone() throws Exception {
    ByteArrayOutputStream twice = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(twice)) {
      gzip.write(gzip(5));
    }
    reception.complete(response(200, twice.toByteArray(), "gzip, x-gzip"));

    assertThat(((CallOutcome.Response) outcome()).length()).isEqualTo(5);
  }

  /** A status says more than a body that nobody can read. */
  @ParameterizedTest
  @CsvSource({"200, gzip", "399, br", "400, gzip", "503, br"})
  void whenABodyCannotBeDecodedThenTheStatusOfAFailureIsLeft(int status, String coding)
      throws Exception {
    reception.complete(response(status, new byte[] {1, 2, 3}, coding));

    if (status < 400) {
      assertThat(outcome()).isInstanceOf(CallOutcome.BadResponse.class);
    } else {
      assertThat(outcome())
          .isInstanceOfSatisfying(
              CallOutcome.Response.class,
              bare -> {
                assertThat(bare.status()).isEqualTo(status);
                assertThat(bare.length()).isZero();
              });
    }
  }

  @Test
  void whenTheClientIsClosedThenACodedResponseIsGivenUp() throws Exception {
    decoders.close();
    reception.complete(response(200, gzip(5), "gzip"));

    assertThat(outcome())
        .isInstanceOfSatisfying(
            CallOutcome.Failed.class, failed -> assertThat(failed.isOfThisNode()).isTrue());
  }

  @Test
  void whenThereIsMemoryThenTheStepIsTakenAndTheMemoryGivenBackAtTheEnd() {
    AtomicBoolean taken = new AtomicBoolean();
    reception.reserve(100, () -> taken.set(true));
    assertThat(taken).isTrue();
    assertThat(budget.isUnused()).isFalse();
    result.cancel(false);

    assertThat(budget.isUnused()).isTrue();
  }

  @Test
  void whenThereIsNoMemoryThenTheStepWaitsAndIsNotTakenAfterTheEnd() {
    ParsingBudget.Permit others = budget.received(1_000_000, "other");
    AtomicBoolean taken = new AtomicBoolean();
    reception.reserve(100, () -> taken.set(true));
    assertThat(taken).isFalse();
    result.cancel(false);
    others.close();

    assertThat(taken).isFalse();
    assertThat(budget.isUnused()).isTrue();
  }

  @Test
  void whenAStepWaitsThenItIsTakenAsSoonAsOthersGiveMemoryBack() {
    ParsingBudget.Permit others = budget.received(1_000_000, "other");
    AtomicBoolean taken = new AtomicBoolean();
    reception.reserve(100, () -> taken.set(true));
    others.close();

    assertThat(taken).isTrue();
    assertThat(result).isNotDone();
  }

  @Test
  void whenAStepFailsThenThatIsTheOutcome() {
    reception.reserve(
        1,
        () -> {
          throw new IOException("gone");
        });

    assertThat(result.getNow(null)).isInstanceOf(CallOutcome.ConnectionFailed.class);
    assertThat(budget.isUnused()).isTrue();
  }
}
