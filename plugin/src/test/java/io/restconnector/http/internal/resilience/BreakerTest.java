package io.restconnector.http.internal.resilience;

import static io.restconnector.fixtures.TestRequests.get;
import static io.restconnector.fixtures.TestRequests.guarded;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.restconnector.fixtures.RawServer;
import io.restconnector.http.CircuitBreakerSettings;
import io.restconnector.http.HttpSettings;
import io.restconnector.http.internal.RestClient;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BreakerTest {

  private final RestClient client =
      new RestClient(
          HttpSettings.defaults()
              .withCircuitBreaker(
                  new CircuitBreakerSettings(50f, 4, 10, Duration.ofMinutes(5), 2, null, null)));

  @AfterEach
  void close() {
    client.close();
  }

  private CallOutcome call(RestRequest request) throws Exception {
    return client.send(request).get(10, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @CsvSource({"200, 0", "304, 0", "404, 0", "429, 0", "500, 1", "503, 1", "599, 1"})
  void whenStatusIs5xxThenItCountsAsFailure(int status, int failures) throws Exception {
    try (RawServer server = RawServer.answering(RawServer.response(status + " X", ""))) {
      RestRequest request = guarded(get(server.url("/")));
      call(request);
      CircuitBreaker.Metrics metrics = client.breakers().of(request.origin()).getMetrics();
      assertThat(metrics.getNumberOfFailedCalls()).isEqualTo(failures);
      assertThat(metrics.getNumberOfBufferedCalls()).isEqualTo(1);
    }
  }

  @Test
  void whenHalfOfTheCallsFailThenNothingMoreIsSentToTheOrigin() throws Exception {
    try (RawServer server =
        RawServer.start(
            RawServer.replying(
                request ->
                    RawServer.response(
                        request.startsWith("GET /bad") ? "500 Bad" : "200 OK", "")))) {
      for (int i = 0; i < 2; i++) {
        call(guarded(get(server.url("/good"))));
        call(guarded(get(server.url("/bad?" + i))));
      }
      assertThat(call(guarded(get(server.url("/good")))))
          .isEqualTo(new CallOutcome.CircuitOpen("http://127.0.0.1:" + server.port()));
      assertThat(server.requests()).hasSize(4);
      assertThat(call(get(server.url("/good")))).isInstanceOf(CallOutcome.Response.class);
    }
  }

  @Test
  void whenTrialCallsSucceedThenCircuitCloses() throws Exception {
    try (RawServer server = RawServer.answering(RawServer.response("200 OK", ""))) {
      RestRequest request = guarded(get(server.url("/")));
      CircuitBreaker breaker = client.breakers().of(request.origin());
      breaker.transitionToOpenState();
      assertThat(call(request)).isInstanceOf(CallOutcome.CircuitOpen.class);
      breaker.transitionToHalfOpenState();
      call(request);
      assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.HALF_OPEN);
      call(request);
      assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.CLOSED);
    }
  }

  @Test
  void whenCircuitsAreMoreThanTheBoundThenLeastRecentlyUsedGoesFirst() {
    CircuitBreakers breakers = new CircuitBreakers(CircuitBreakerSettings.defaults());
    CircuitBreaker kept = breakers.of("kept");
    CircuitBreaker dropped = breakers.of("dropped");
    for (int i = 0; i < CircuitBreakers.MAX_BREAKERS - 1; i++) {
      assertThat(breakers.of("kept")).isSameAs(kept);
      breakers.of("other" + i);
    }
    assertThat(breakers.size()).isEqualTo(CircuitBreakers.MAX_BREAKERS);
    assertThat(breakers.of("kept")).isSameAs(kept);
    assertThat(breakers.of("dropped")).isNotSameAs(dropped);
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP://Example.ORG/a, http://example.org:80",
    "https://example.org?x, https://example.org:443",
    "https://example.org:8443/, https://example.org:8443",
    "http://[::1]/, http://[::1]:80",
    "http://[::1]:81/, http://[::1]:81"
  })
  void whenOriginIsTheSameThenSoIsTheBreaker(String url, String origin) {
    assertThat(get(url).origin()).isEqualTo(origin);
  }
}
