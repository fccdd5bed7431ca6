package io.restconnector.http.internal.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.content.internal.ParsingBudget;
import io.restconnector.content.internal.ResponseTooLargeException;
import io.restconnector.fixtures.TestRequests;
import io.restconnector.http.internal.body.Decoders;
import io.restconnector.http.internal.chain.Attempt;
import io.restconnector.http.internal.chain.CallContext;
import io.restconnector.http.internal.chain.Identity;
import io.restconnector.http.internal.chain.SendPermit;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.impl.BasicEntityDetails;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A response, piece by piece, as HttpClient hands it over. */
class BoundedResponseConsumerTest {

  private static final int LIMIT = 100;

  private final ParsingBudget budget = new ParsingBudget(100_000);
  private final CompletableFuture<CallOutcome> result = new CompletableFuture<>();
  private final RestRequest request = TestRequests.get("http://a.test/");
  private final CallContext call = new CallContext(request, SendPermit.ALWAYS, new Object());
  private final Attempt attempt = call.attempt(request);
  private final BoundedResponseConsumer consumer =
      new BoundedResponseConsumer(
          new Reception(request, result, LIMIT, new Decoders(), budget, new Object()));
  private final List<CallOutcome.Response> completed = new ArrayList<>();

  private void head(@Nullable EntityDetails entity, String... headers) throws Exception {
    BasicHttpResponse response = new BasicHttpResponse(201);
    for (String header : headers) {
      int equals = header.indexOf('=');
      response.addHeader(header.substring(0, equals), header.substring(equals + 1));
    }
    HttpClientContext context = HttpClientContext.create();
    new HopState(Identity.anonymous(""), call, attempt).enter(context);
    consumer.consumeResponse(
        response,
        entity,
        context,
        new FutureCallback<>() {
          @Override
          public void completed(CallOutcome.Response outcome) {
            completed.add(outcome);
          }

          @Override
          public void failed(Exception cause) {
            throw new AssertionError(cause);
          }

          @Override
          public void cancelled() {
            throw new AssertionError();
          }
        });
  }

  private static EntityDetails body(long length) {
    return new BasicEntityDetails(length, null);
  }

  private void data(String text) throws Exception {
    consumer.consume(ByteBuffer.wrap(text.getBytes(US_ASCII)));
  }

  private String text(CallOutcome.Response response) {
    return new String(Arrays.copyOf(response.buffer(), response.length()), US_ASCII);
  }

  @Test
  void whenThereIsNoBodyThenTheResponseIsCompleteWhenItsConnectionIsFree() throws Exception {
    head(null, "X-B=1", "x-a=2", "X-B=3");
    consumer.streamEnd(null);
    assertThat(attempt.answeredAt()).isNotZero();
    assertThat(completed).isEmpty();
    consumer.releaseResources();

    assertThat(completed).hasSize(1);
    assertThat(completed.get(0).status()).isEqualTo(201);
    assertThat(completed.get(0).length()).isZero();
    assertThat(completed.get(0).headers())
        .extracting(Header::toString)
        .containsExactly("X-B: 1", "x-a: 2", "X-B: 3");
  }

  @ParameterizedTest
  @CsvSource({"-1", "5", "100"})
  void whenABodyComesInPiecesThenTheyArePutTogether(long announced) throws Exception {
    head(body(announced));
    data("ab");
    data("");
    data("cde");
    consumer.streamEnd(null);
    consumer.releaseResources();

    assertThat(completed).extracting(this::text).containsExactly("abcde");
  }

  @Test
  void whenTheStreamEndsTooEarlyThenThereIsNoResponse() throws Exception {
    head(body(5));
    data("ab");
    consumer.releaseResources();

    assertThat(completed).isEmpty();
  }

  @Test
  void whenABodyIsAsLongAsTheLimitThenItIsTakenAndAByteMoreIsNot() throws Exception {
    head(body(-1));
    data("a".repeat(LIMIT));

    assertThatThrownBy(() -> data("b")).isInstanceOf(ResponseTooLargeException.class);
  }

  @Test
  void whenMoreIsAnnouncedThanTheLimitThenNothingIsRead() throws Exception {
    head(body(LIMIT));
    assertThatThrownBy(() -> head(body(LIMIT + 1))).isInstanceOf(ResponseTooLargeException.class);
  }

  @ParameterizedTest
  @CsvSource({"262143, false", "262144, true"})
  void whenTheHeadIsLargeThenItIsRefused(int length, boolean isTooLarge) throws Exception {
    String header = "X=" + "a".repeat(length);

    if (isTooLarge) {
      assertThatThrownBy(() -> head(null, header)).isInstanceOf(MessageConstraintException.class);
    } else {
      head(null, header);
    }
  }

  @Test
  void whenNobodyWaitsAnyMoreThenReadingEnds() throws Exception {
    head(body(-1));
    result.cancel(false);

    assertThatThrownBy(() -> data("a")).isInstanceOf(InterruptedIOException.class);
  }

  /** As much again as is there, and no more than may come. */
  @ParameterizedTest
  @CsvSource({"-1, 0, 1", "-1, 10, 10", "-1, 60, 41", "12, 10, 2", "50, 10, 10"})
  void whenThereIsMemoryThenMoreMayCome(long announced, int received, int more) throws Exception {
    head(body(announced));
    data("a".repeat(received));
    List<Integer> capacity = new ArrayList<>();
    consumer.updateCapacity(capacity::add);

    assertThat(capacity).containsExactly(more);
  }

  @Test
  void whenThereIsNoMemoryThenItIsAskedForOnceAndNothingMoreComesUntilThen() throws Exception {
    ParsingBudget.Permit others = budget.received(25_000, "other");
    head(body(-1));
    data("ab");
    List<Integer> capacity = new ArrayList<>();
    consumer.updateCapacity(capacity::add);
    consumer.updateCapacity(capacity::add);
    assertThat(capacity).isEmpty();
    others.close();
    assertThat(capacity).containsExactly(2);

    data("cd");
    consumer.updateCapacity(capacity::add);
    assertThat(capacity).containsExactly(2, 4);
  }

  @Test
  void whenThereIsNoBodyThenNoMemoryIsAskedFor() throws Exception {
    head(null);
    data("ignored");
    consumer.updateCapacity(more -> assertThat(more).isNull());

    assertThat(budget.isUnused()).isTrue();
  }
}
