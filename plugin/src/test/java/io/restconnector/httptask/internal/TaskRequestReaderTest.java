package io.restconnector.httptask.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.restconnector.http.HttpSettings;
import io.restconnector.httptask.HostAuthentication;
import io.restconnector.httptask.HttpTaskSettings;
import io.restconnector.spi.RestRequest;
import io.restconnector.spi.RetrySettings;
import java.time.Duration;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.flowable.common.engine.api.FlowableException;
import org.flowable.http.common.api.HttpHeaders;
import org.flowable.http.common.api.HttpRequest;
import org.flowable.http.common.impl.HttpClientConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskRequestReaderTest {

  private final HttpClientConfig config = new HttpClientConfig();
  private final HttpRequest task = new HttpRequest();

  TaskRequestReaderTest() {
    task.setMethod("GET");
    task.setUrl("https://h/x");
  }

  private RestRequest read(HttpTaskSettings settings) {
    return new TaskRequestReader(settings, config).read(task);
  }

  private RestRequest read() {
    return read(HttpTaskSettings.defaults());
  }

  private static List<String> lines(RestRequest request) {
    return request.headers().stream().map(Header::toString).toList();
  }

  @Test
  void whenATaskSaysNothingThenItsRequestIsThatOfFlowablesClient() {
    RestRequest request = read();

    assertThat(request.method()).isEqualTo("GET");
    assertThat(request.uri()).hasToString("https://h/x");
    assertThat(lines(request)).containsExactly("Accept: */*");
    assertThat(request.body()).isNull();
    assertThat(request.authentication()).isNull();
    assertThat(request.circuitBreaker()).isFalse();
    assertThat(read(HttpTaskSettings.defaults().withCircuitBreaker(true)).circuitBreaker())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRACE", "CONNECT", "get"})
  void whenAMethodIsNotOfFlowablesClientThenItIsRefused(String method) {
    task.setMethod(method);

    assertThatExceptionOfType(FlowableException.class)
        .isThrownBy(this::read)
        .withMessage(
            method
                + " HTTP method not supported, wanted GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS");
  }

  @Test
  void whenAUrlHasBlanksAndPlusSignsThenTheyAreEncoded() {
    task.setUrl("https://h/a b?c=d+e");

    assertThat(read().uri()).hasToString("https://h/a%20b?c=d%2Be");
  }

  @Test
  void whenAUrlIsNoneThenThePlaceIsSaidAndNotTheUrl() {
    task.setUrl("https://h/{secret}");

    assertThatExceptionOfType(FlowableException.class)
        .isThrownBy(this::read)
        .withMessage("Invalid requestUrl of an http task: character 10 cannot stand in a URL")
        .withNoCause();
  }

  @Test
  void whenHeadersAreGivenThenTheyAreSentWithTheSecureOnesAndInPlaceOfOurs() {
    HttpHeaders headers = new HttpHeaders();
    headers.add("accept", "text/csv");
    headers.add("content-type", "a/b");
    headers.add("A", "1");
    headers.add("A", "2");
    HttpHeaders secure = new HttpHeaders();
    secure.add("B", "3");
    task.setHttpHeaders(headers);
    task.setSecureHttpHeaders(secure);
    task.setMethod("POST");
    task.setBody("x");

    assertThat(lines(read()))
        .containsExactlyInAnyOrder("accept: text/csv", "content-type: a/b", "A: 1", "A: 2", "B: 3");
    assertThat(read().body()).containsExactly('x');
  }

  @Test
  void whenThereIsABodyThenItsTypeIsSent() {
    task.setMethod("POST");
    task.setBody("x");
    task.setBodyEncoding("UTF-8");

    assertThat(lines(read()))
        .containsExactly("Content-Type: text/plain; charset=UTF-8", "Accept: */*");
  }

  @ParameterizedTest
  @CsvSource({
    "7, 5000, 7",
    "0, 5000, 5000",
    "0, 0, 86400000",
    "-1, 5000, 86400000",
    "86400000, 1, 86400000",
    "86400001, 1, 86400000"
  })
  void whenATimeoutIsGivenThenItIsTheDeadlineWithinOurLimit(int own, int socket, long millis) {
    task.setTimeout(own);
    config.setSocketTimeout(socket);

    assertThat(read().timeout()).isEqualTo(Duration.ofMillis(millis));
    assertThat(HttpSettings.MAX_TIMEOUT).isEqualTo(Duration.ofDays(1));
  }

  @ParameterizedTest
  @CsvSource({"-5, 1", "0, 1", "2, 3", "99, MAX"})
  void whenRetriesAreGivenThenTheAttemptsAreOneMoreWithoutABackoff(int retries, String attempts) {
    config.setRequestRetryLimit(retries);
    RetrySettings retry = read().retry();

    assertThat(retry.maxAttempts())
        .isEqualTo(
            attempts.equals("MAX") ? RetrySettings.MAX_ATTEMPTS : Integer.parseInt(attempts));
    assertThat(retry.backoff()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "https://a.example.com/x, first",
        "https://b.example.com/x, any",
        "https://other/x, -",
        "http://a.example.com/x, -"
      })
  void whenAHostHasAnAuthenticationThenTheFirstThatReachesItGoes(
      String url, @Nullable String authentication) {
    task.setUrl(url);

    assertThat(read(authentications()).authentication()).isEqualTo(authentication);
  }

  private static HttpTaskSettings authentications() {
    return HttpTaskSettings.defaults()
        .withAuthentications(
            List.of(
                new HostAuthentication(List.of("a.example.com"), "first"),
                new HostAuthentication(List.of("*.example.com"), "any")));
  }

  @Test
  void whenATaskAuthorizesItselfThenNoAuthenticationGoes() {
    HttpHeaders headers = new HttpHeaders();
    headers.add("authorization", "mine");
    task.setSecureHttpHeaders(headers);
    task.setUrl("https://a.example.com/x");

    assertThat(read(authentications()).authentication()).isNull();
  }
}
