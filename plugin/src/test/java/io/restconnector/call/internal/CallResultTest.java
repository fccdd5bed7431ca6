package io.restconnector.call.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.restconnector.fixtures.TestRequests;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;
import org.flowable.engine.delegate.BpmnError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class CallResultTest {

  private static final RestRequest REQUEST = TestRequests.get("https://h/x?secret=1");
  private static final RestRequest TOKEN = TestRequests.get("https://t/token");

  private static IOException cause() {
    return new IOException("of the peer");
  }

  private static CallOutcome.Response response(int status, String type, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return new CallOutcome.Response(
        status, List.of(new BasicHeader("Content-Type", type)), bytes, bytes.length);
  }

  private static CallResult of(CallOutcome outcome) {
    return CallResult.of(RestAction.GET, REQUEST, outcome);
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(
            new CallOutcome.TimedOut(Duration.ofMillis(50)),
            ErrorCode.REQUEST_TIMEOUT,
            "did not end within 50 ms"),
        Arguments.of(
            new CallOutcome.TimedOut(Duration.ofMillis(50), "a connection"),
            ErrorCode.REQUEST_TIMEOUT,
            "did not end within 50 ms, it waited for a connection"),
        Arguments.of(
            new CallOutcome.CircuitOpen("https://h:443"),
            ErrorCode.SERVICE_UNAVAILABLE,
            "was not sent, the circuit of https://h:443 is open"),
        Arguments.of(
            new CallOutcome.ConnectionFailed("could not connect", cause()),
            ErrorCode.SERVICE_UNAVAILABLE,
            "could not connect"),
        Arguments.of(
            new CallOutcome.BadResponse("got no HTTP", cause()),
            ErrorCode.BAD_GATEWAY,
            "got no HTTP"),
        Arguments.of(
            new CallOutcome.TooLarge(7),
            ErrorCode.UNKNOWN_ERROR,
            "got a response larger than 7 bytes"),
        Arguments.of(
            new CallOutcome.EgressDenied("H"),
            ErrorCode.INVALID_INPUT,
            "was stopped, calls to H are denied"),
        Arguments.of(
            new CallOutcome.EgressDenied("other"),
            ErrorCode.INVALID_INPUT,
            "was stopped, it was redirected to a host to which calls are denied"),
        Arguments.of(new CallOutcome.Failed("failed", cause()), ErrorCode.UNKNOWN_ERROR, "failed"),
        Arguments.of(
            new CallOutcome.RetriesExhausted(3, response(503, "text/plain", "")),
            ErrorCode.SERVICE_UNAVAILABLE,
            "answered 503 (attempt 3)"),
        Arguments.of(
            new CallOutcome.TokenUnavailable(
                "crm", TOKEN, new CallOutcome.TimedOut(Duration.ofMillis(5))),
            ErrorCode.REQUEST_TIMEOUT,
            "has no access token of authentication 'crm', GET https://t/token did not end within 5 ms"),
        Arguments.of(
            new CallOutcome.TokenUnavailable(
                "crm", TOKEN, response(400, "text/plain", ""), "for a reason"),
            ErrorCode.UNAUTHORIZED,
            "has no access token of authentication 'crm', GET https://t/token answered 400 for a reason"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void whenACallFailsThenItsErrorSaysHow(CallOutcome outcome, ErrorCode code, String what) {
    CallResult result = of(outcome);

    assertThat(result.error()).isEqualTo(code);
    assertThat(result.code()).isEqualTo(code.name());
    assertThat(result.message()).isEqualTo("GET https://h/x " + what);
    assertThat(result.cause()).isEqualTo(outcome.cause());
    assertThat(result.outputs()).containsEntry("restError", result.message());
    assertThat(result.asError().getErrorCode()).isEqualTo(code.name());
    assertThat(result.asError().getMessage()).isEqualTo(result.message());
  }

  @ParameterizedTest
  @CsvSource({
    "400, UNAUTHORIZED",
    "407, PROXY_AUTHENTICATION_REQUIRED",
    "429, SERVICE_UNAVAILABLE",
    "499, UNAUTHORIZED",
    "500, SERVICE_UNAVAILABLE"
  })
  void whenATokenIsRefusedThenTheClientIsUnauthorizedButNotWhereTheEndpointIsBusy(
      int status, ErrorCode code) {
    assertThat(
            of(new CallOutcome.TokenUnavailable("crm", TOKEN, response(status, "text/plain", "")))
                .error())
        .isEqualTo(code);
  }

  @ParameterizedTest
  @EnumSource
  void whenAnActionIsAnsweredThenTheOutputsAreItsOwn(RestAction action) {
    CallResult result =
        CallResult.of(action, REQUEST, response(399, "application/json", "{\"a\":1.25}"));

    assertThat(result.outputs().keySet()).isEqualTo(action.outputs());
    assertThat(result.outputs()).containsEntry("restStatus", 399).containsEntry("restError", null);
    assertThat(result.error()).isNull();
    assertThat(result.code()).isNull();
    assertThat(result.message()).isNull();
    if (action == RestAction.TRACE) {
      assertThat(result.outputs()).containsEntry("restResult", "{\"a\":1.25}");
    } else if (action.hasResult()) {
      assertThat(result.outputs().get("restResult")).hasToString("{\"a\":1.25}");
    }
  }

  @Test
  void whenATraceHasNoBodyThenThereIsNoResult() {
    assertThat(
            CallResult.of(RestAction.TRACE, REQUEST, response(200, "message/http", "")).outputs())
        .contains(entry("restResult", null), entry("restStatus", 200));
  }

  @Test
  void whenABodyCannotBeReadThenItIsAnUnknownErrorWithoutOutputs() {
    CallResult result = of(unreadable(200));

    assertThat(result.error()).isEqualTo(ErrorCode.UNKNOWN_ERROR);
    assertThat(result.message())
        .isEqualTo("GET https://h/x got a response that this JVM cannot take in");
    assertThat(result.cause()).isNotNull();
    assertThat(result.outputs()).containsEntry("restStatus", null);
  }

  @Test
  void whenTheBodyOfAnErrorCannotBeReadThenTheStatusSaysMore() {
    CallResult result = of(unreadable(404));

    assertThat(result.error()).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(result.message()).isEqualTo("GET https://h/x answered 404");
    assertThat(result.outputs()).containsEntry("restStatus", 404).containsEntry("restResult", null);
  }

  /** Without the bytes that it says it has. */
  private static CallOutcome.Response unreadable(int status) {
    CallOutcome.Response text = response(status, "text/plain", "x");
    return text.withBody(text.buffer(), 2);
  }

  @Test
  void whenAHeaderIsThereMoreThanOnceThenItsValuesAreAnArrayInTheirOrder() {
    List<Header> headers =
        List.of(
            new BasicHeader("A", "1"),
            new BasicHeader("B", null),
            new BasicHeader("a", "2"),
            new BasicHeader("A", "3"));

    assertThat(
            of(new CallOutcome.Response(204, headers, new byte[0], 0))
                .outputs()
                .get("restResponseHeaders"))
        .isEqualTo(JsonMapper.shared().readTree("{\"a\":[\"1\",\"2\",\"3\"],\"b\":\"\"}"));
  }

  @Test
  void whenInputsAreInvalidThenTheMessageNamesTheActivityInOneLine() {
    CallResult result =
        CallResult.of(
            RestAction.POST,
            "pay",
            new InvalidInputException(ErrorCode.MISSING_INPUT, "restUrl is\nmissing"));

    assertThat(result.error()).isEqualTo(ErrorCode.MISSING_INPUT);
    assertThat(result.message())
        .isEqualTo("POST of activity 'pay' was not sent: restUrl is missing");
    assertThat(result.outputs())
        .contains(entry("restResult", null), entry("restError", result.message()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"MINE", "NOT_FOUND"})
  void whenTheApplicationRaisedAnErrorThenItIsPassedOn(String code) {
    BpmnError raised = new BpmnError(code, "in two\nlines");
    CallResult result = CallResult.of(Map.of("a", 1), raised);

    assertThat(result.code()).isEqualTo(code);
    assertThat(result.asError()).isSameAs(raised);
    assertThat(result.error()).isEqualTo(ErrorCode.UNKNOWN_ERROR);
    assertThat(result.message()).isEqualTo("in two lines");
    assertThat(result.outputs()).containsOnly(entry("a", 1));
  }

  @Test
  void whenAResultCannotBeWrittenThenItsErrorIsThatAndItsOutputsStay() {
    CallResult result = of(response(200, "text/plain", "x")).unwritable("what\nis wrong");

    assertThat(result.error()).isEqualTo(ErrorCode.UNKNOWN_ERROR);
    assertThat(result.message()).isEqualTo("what is wrong");
    assertThat(result.cause()).isNull();
    assertThat(result.outputs()).containsEntry("restResult", "x");
  }

  @Test
  void whenOutputsAreReplacedThenTheErrorStays() {
    CallResult result = of(new CallOutcome.ConnectionFailed("failed", cause()));

    assertThat(result.withOutputs(Map.of("b", 2)))
        .isEqualTo(
            new CallResult(Map.of("b", 2), result.error(), result.message(), result.cause()));
  }
}
