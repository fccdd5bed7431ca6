package io.restconnector.http.internal.chain;

import static io.restconnector.fixtures.TestRequests.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.restconnector.spi.CallOutcome;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The values of the meters' tag, which dashboards know. */
class OutcomeTagTest {

  private static final CallOutcome LATE = new CallOutcome.TimedOut(Duration.ofSeconds(1));

  static Stream<Arguments> outcomes() {
    Exception cause = new Exception();
    return Stream.of(
        arguments(new CallOutcome.Response(204, List.of(), new byte[0], 0), "2xx"),
        arguments(new CallOutcome.Response(503, List.of(), new byte[0], 0), "5xx"),
        arguments(LATE, "TimedOut"),
        arguments(new CallOutcome.CircuitOpen("https://a"), "CircuitOpen"),
        arguments(new CallOutcome.ConnectionFailed("x", cause), "ConnectionFailed"),
        arguments(new CallOutcome.BadResponse("x", cause), "BadResponse"),
        arguments(
            new CallOutcome.TokenUnavailable("a", get("http://a/"), LATE), "NotAuthenticated"),
        arguments(new CallOutcome.TooLarge(1), "TooLarge"),
        arguments(new CallOutcome.EgressDenied("a"), "Blocked"),
        arguments(new CallOutcome.RetriesExhausted(2, LATE), "GivenUp"),
        arguments(new CallOutcome.Failed(cause), "Failed"));
  }

  @ParameterizedTest
  @MethodSource("outcomes")
  void whenACallEndsThenItsTagIsOneOfTheDocumentedValues(CallOutcome outcome, String tag) {
    assertThat(OutcomeTag.of(outcome)).isEqualTo(tag);
  }
}
