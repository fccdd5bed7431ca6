package io.restconnector.webhook.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.spi.WebhookOutcome.Kind;
import java.io.EOFException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The answers of requests that are not what they must be. */
class RefusedExceptionTest {

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(RefusedException.badRequest("d"), Kind.BAD_REQUEST, 400, Map.of()),
        Arguments.of(
            RefusedException.unauthorized(true),
            Kind.UNAUTHORIZED,
            401,
            Map.of("WWW-Authenticate", "Basic realm=\"webhooks\"")),
        Arguments.of(
            RefusedException.unauthorized(false),
            Kind.UNAUTHORIZED,
            401,
            Map.of("WWW-Authenticate", "Webhook")),
        Arguments.of(RefusedException.tooLarge(5), Kind.TOO_LARGE, 413, Map.of()),
        Arguments.of(
            RefusedException.unsupportedCoding(),
            Kind.BAD_REQUEST,
            415,
            Map.of("Accept-Encoding", "gzip, deflate")),
        Arguments.of(RefusedException.timedOut(), Kind.TIMED_OUT, 408, Map.of()),
        Arguments.of(RefusedException.busy(), Kind.UNAVAILABLE, 503, Map.of("Retry-After", "1")),
        Arguments.of(
            RefusedException.unavailable("d"), Kind.UNAVAILABLE, 503, Map.of("Retry-After", "1")),
        Arguments.of(RefusedException.lostRace(), Kind.LOST_RACE, 503, Map.of("Retry-After", "1")),
        Arguments.of(
            RefusedException.unread(new SocketTimeoutException()), Kind.TIMED_OUT, 408, Map.of()),
        Arguments.of(
            RefusedException.unread(new TimeoutException()), Kind.TIMED_OUT, 408, Map.of()),
        Arguments.of(
            RefusedException.unread(new EOFException("x")), Kind.BAD_REQUEST, 400, Map.of()));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void whenARequestIsRefusedThenItsAnswerSaysWhy(
      RefusedException refused, Kind kind, int status, Map<String, String> headers) {
    WebhookResponse answer = refused.response();

    assertThat(answer.kind()).isEqualTo(kind);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.headers()).isEqualTo(headers);
    assertThat(answer.problem()).isEqualTo(refused.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"PT0S, 1", "PT0.001S, 1", "PT1S, 1", "PT1.001S, 2", "PT59.999S, 60", "PT1H, 3600"})
  void whenThereWereTooManyThenTheNextMayComeAfterWholeSeconds(Duration wait, String seconds) {
    WebhookResponse answer = RefusedException.tooManyRequests(wait).response();

    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.headers()).isEqualTo(Map.of("Retry-After", seconds));
  }

  @Test
  void whenAFunctionHasRefusedTheRequestThenItIsFoundInWhateverIsAroundIt() {
    RefusedException refused = RefusedException.badRequest("d");

    assertThat(RefusedException.causeOf(refused)).isSameAs(refused);
    assertThat(
            RefusedException.causeOf(
                new IllegalStateException(new ExecutionException("x", refused))))
        .isSameAs(refused);
    assertThat(RefusedException.causeOf(new IllegalStateException(new EOFException()))).isNull();
  }

  @Test
  void whenABodyIsUnreadThenNothingOfTheFailureIsTold() {
    assertThat(RefusedException.unread(new EOFException("of the container")))
        .hasMessage("The body is cut short or badly framed.");
  }
}
