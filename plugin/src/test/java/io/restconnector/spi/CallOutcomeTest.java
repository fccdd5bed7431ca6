package io.restconnector.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.restconnector.fixtures.TestRequests;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.hc.core5.http.message.BasicHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whose failure an outcome is, and what is held of it. */
class CallOutcomeTest {

  private static CallOutcome.Response response(int status) {
    return new CallOutcome.Response(status, List.of(), new byte[] {1, 2, 3}, 2);
  }

  static Stream<Arguments> kinds() {
    Exception cause = new IllegalStateException("cause");
    CallOutcome.TimedOut late = new CallOutcome.TimedOut(Duration.ofSeconds(1));
    CallOutcome refused = new CallOutcome.ConnectionFailed("refused", cause);
    CallOutcome.TokenUnavailable noToken =
        new CallOutcome.TokenUnavailable("crm", TestRequests.get("http://idp/"), refused);
    return Stream.of(
        arguments(response(200), false, false, null),
        arguments(response(499), false, false, null),
        arguments(response(500), true, false, null),
        arguments(late, true, false, null),
        arguments(late.waitingFor("a place"), false, true, null),
        arguments(new CallOutcome.CircuitOpen("http://a:80"), false, false, null),
        arguments(refused, true, false, cause),
        arguments(new CallOutcome.BadResponse("TLS", cause), true, false, cause),
        arguments(new CallOutcome.BadResponse("no HTTP", null), true, false, null),
        arguments(noToken, false, true, cause),
        arguments(new CallOutcome.TooLarge(5), false, false, null),
        arguments(new CallOutcome.EgressDenied("a"), false, true, null),
        arguments(new CallOutcome.Failed("any", cause), false, false, cause),
        arguments(new CallOutcome.Failed("closed", cause, true), false, true, cause),
        arguments(new CallOutcome.RetriesExhausted(2, refused), true, false, cause),
        arguments(new CallOutcome.RetriesExhausted(2, response(429)), false, false, null));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void whenACallEndsThenItIsKnownWhoseFailureThatIs(
      CallOutcome outcome, boolean ofOrigin, boolean ofThisNode, Throwable cause) {
    assertThat(outcome.isOriginFailure()).isEqualTo(ofOrigin);
    assertThat(outcome.isOfThisNode()).isEqualTo(ofThisNode);
    assertThat(outcome.cause()).isEqualTo(cause);
  }

  @Test
  void whenAResponseIsReleasedThenItsActionRuns() {
    AtomicInteger released = new AtomicInteger();
    CallOutcome.Response response = response(200).onRelease(released::incrementAndGet);
    response.withoutBody().release();
    new CallOutcome.RetriesExhausted(2, response(503))
        .onRelease(released::incrementAndGet)
        .release();
    response(200).release();

    assertThat(released).hasValue(2);
  }

  @Test
  void whenAnOutcomeHoldsNothingThenThereIsNothingToRelease() {
    CallOutcome outcome = new CallOutcome.TooLarge(1);

    assertThat(outcome.onRelease(() -> {})).isSameAs(outcome);
    outcome.release();
  }

  @Test
  void whenAHeaderIsThereThenItsFirstValueIsFoundInAnyCase() {
    CallOutcome.Response response =
        new CallOutcome.Response(
            200,
            List.of(
                new BasicHeader("X-A", "0"),
                new BasicHeader("Retry-After", "1"),
                new BasicHeader("retry-after", "2")),
            new byte[0],
            0);

    assertThat(response.header("RETRY-AFTER")).isEqualTo("1");
    assertThat(response.header("Retry")).isNull();
  }

  @Test
  void whenABodyIsReplacedThenTheRestStays() {
    CallOutcome.Response other = response(404).withBody(new byte[] {9}, 1);

    assertThat(other.status()).isEqualTo(404);
    assertThat(other.buffer()).containsExactly(9);
    assertThat(other.length()).isEqualTo(1);
    assertThat(other.withoutBody().length()).isZero();
  }

  /** What a server has chosen may be secret. */
  @Test
  void whenAnOutcomeIsPrintedThenItQuotesNoServer() {
    assertThat(
            new CallOutcome.Response(
                200,
                List.of(new BasicHeader("a", "geheim")),
                "geheim".getBytes(StandardCharsets.US_ASCII),
                6))
        .hasToString("Response[200]");
    assertThat(new CallOutcome.EgressDenied("geheim.example")).hasToString("EgressDenied");
  }

  @Test
  void whenTheReasonOfAMissingTokenIsUnknownThenThereIsNone() {
    assertThat(
            new CallOutcome.TokenUnavailable(
                    "crm", TestRequests.get("http://idp/"), new CallOutcome.TooLarge(1))
                .reason())
        .isNull();
  }
}
