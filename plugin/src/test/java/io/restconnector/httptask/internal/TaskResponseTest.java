package io.restconnector.httptask.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.content.internal.LoggedFailure;
import io.restconnector.fixtures.TestRequests;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.core5.http.message.BasicHeader;
import org.flowable.common.engine.api.FlowableException;
import org.flowable.http.common.api.HttpResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TaskResponseTest {

  private static final RestRequest GET = TestRequests.get("https://h/x?secret=1");

  private static CallOutcome.Response response(int status, @Nullable String type, byte... bytes) {
    return new CallOutcome.Response(
        status,
        type == null ? List.of() : List.of(new BasicHeader("Content-Type", type)),
        bytes,
        bytes.length);
  }

  private static HttpResponse of(RestRequest request, CallOutcome outcome) throws IOException {
    return TaskResponse.of(request, outcome, UnaryOperator.identity());
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new CallOutcome.TimedOut(Duration.ofMillis(5)), SocketTimeoutException.class),
        connect(new UnknownHostException(), UnknownHostException.class),
        connect(new UnresolvedAddressException(), UnknownHostException.class),
        connect(new ConnectException(), HttpHostConnectException.class),
        connect(new IOException(), SocketException.class),
        bad(new SSLHandshakeException(""), SSLHandshakeException.class),
        bad(new SSLPeerUnverifiedException(""), SSLPeerUnverifiedException.class),
        bad(new SSLException(""), SSLException.class),
        bad(new IllegalStateException(), IOException.class),
        Arguments.of(new CallOutcome.BadResponse("failed", null), IOException.class),
        Arguments.of(new CallOutcome.TooLarge(5), FlowableException.class),
        Arguments.of(new CallOutcome.EgressDenied("h"), FlowableException.class),
        Arguments.of(
            new CallOutcome.RetriesExhausted(2, new CallOutcome.TimedOut(Duration.ofMillis(5))),
            SocketTimeoutException.class));
  }

  private static Arguments connect(Exception cause, Class<?> type) {
    return Arguments.of(new CallOutcome.ConnectionFailed("failed", LoggedFailure.of(cause)), type);
  }

  private static Arguments bad(Exception cause, Class<?> type) {
    return Arguments.of(new CallOutcome.BadResponse("failed", LoggedFailure.of(cause)), type);
  }

  @ParameterizedTest
  @MethodSource("failures")
  void whenThereIsNoResponseThenTheExceptionIsOfTheKindOfFlowablesClient(
      CallOutcome outcome, Class<?> type) {
    assertThatThrownBy(() -> of(GET, outcome))
        .isExactlyInstanceOf(type)
        .hasMessageStartingWith("GET https://h/x ")
        .hasMessageNotContaining("secret");
  }

  @Test
  void whenAUrlHasASecretThenTheMessageHasWhatMayBeShown() {
    CallOutcome late = new CallOutcome.TimedOut(Duration.ofMillis(5));

    assertThatThrownBy(() -> TaskResponse.of(GET, late, url -> "hidden"))
        .hasMessage("GET hidden did not end within 5 ms");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"200, OK", "404, Not Found", "599, -", "99, -", "600, -"})
  void whenThereIsAStatusThenItsReasonIsInEnglish(int status, @Nullable String reason)
      throws Exception {
    HttpResponse response = of(GET, response(status, null));

    assertThat(response.getStatusCode()).isEqualTo(status);
    assertThat(response.getReason()).isEqualTo(reason);
    assertThat(response.getProtocol()).isEqualTo("HTTP/1.1");
    assertThat(response.getHttpHeaders()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      value = {
        "-                              | \ufffd",
        "text/plain                     | \ufffd",
        "text/plain; charset=ISO-8859-1 | \u00e4",
        "no type                        | \ufffd",
      })
  void whenATypeNamesNoCharsetThenItIsThatOfFlowablesClient(@Nullable String type, String text)
      throws Exception {
    HttpResponse response = of(GET, response(200, type, (byte) 0xe4));

    assertThat(response.getBody()).isEqualTo(text);
    assertThat(response.getBodyBytes()).containsExactly(0xe4);
  }

  @Test
  void whenHeadersRepeatThenAllTheirValuesAreThere() throws Exception {
    CallOutcome.Response response =
        new CallOutcome.Response(
            200,
            List.of(new BasicHeader("A", "1"), new BasicHeader("A", "2")),
            "xyz".getBytes(StandardCharsets.UTF_8),
            2);
    HttpResponse told = of(GET, response);

    assertThat(told.getHttpHeaders().get("A")).containsExactly("1", "2");
    assertThat(told.getBody()).isEqualTo("xy");
  }

  @ParameterizedTest
  @CsvSource({"HEAD, 200", "GET, 204", "GET, 304"})
  void whenAResponseHasNoBodyThenNoneIsTold(String method, int status) throws Exception {
    HttpResponse response =
        of(TestRequests.request(method, "https://h", List.of(), null), response(status, null));

    assertThat(response.getBody()).isNull();
    assertThat(response.getBodyBytes()).isNull();
    assertThat(of(GET, response(200, null)).getBody()).isEmpty();
  }

  @Test
  void whenAResponseIsToldThenItIsReleasedThoughItWasRetried() throws Exception {
    AtomicInteger released = new AtomicInteger();
    CallOutcome.Response response = response(503, null).onRelease(released::incrementAndGet);

    for (CallOutcome each :
        Arrays.asList(response, new CallOutcome.RetriesExhausted(2, response))) {
      assertThat(of(GET, each).getStatusCode()).isEqualTo(503);
    }
    assertThat(released).hasValue(2);
  }
}
