package io.restconnector.http.internal.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.restconnector.call.internal.CallResult;
import io.restconnector.call.internal.ErrorCode;
import io.restconnector.call.internal.RestAction;
import io.restconnector.fixtures.RawServer;
import io.restconnector.fixtures.SlowServer;
import io.restconnector.fixtures.TestRequests;
import io.restconnector.http.AccessSettings;
import io.restconnector.http.CircuitBreakerSettings;
import io.restconnector.http.HttpSettings;
import io.restconnector.http.ShareSettings;
import io.restconnector.http.internal.Extensions;
import io.restconnector.http.internal.RestClient;
import io.restconnector.http.internal.share.Share;
import io.restconnector.spi.CallInterceptor;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import io.restconnector.spi.RetrySettings;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls whose hosts have a share. */
class SharedCallTest {

  private static final String OK = RawServer.response("200 OK", "ok");

  private static RestClient client(String origin, int maxInFlight, Extensions extensions) {
    return client(
        origin,
        maxInFlight,
        new CircuitBreakerSettings(50f, 2, 2, Duration.ofMinutes(1), 1, null, null),
        extensions);
  }

  private static RestClient client(
      String origin, int maxInFlight, CircuitBreakerSettings breaker, Extensions extensions) {
    return new RestClient(
        HttpSettings.defaults()
            .withMaxResponseSize(1000)
            .withCircuitBreaker(breaker)
            .withAccess(
                AccessSettings.defaults()
                    .withShares(Map.of("partner", share(maxInFlight, origin)))),
        extensions);
  }

  private static ShareSettings share(int maxInFlight, String... hosts) {
    return new ShareSettings(List.of(hosts), maxInFlight, null);
  }

  private static Share share(RestClient client) {
    return client.shares().all().get(0);
  }

  private static CallOutcome outcome(CompletableFuture<CallOutcome> call) throws Exception {
    return call.get(20, TimeUnit.SECONDS);
  }

  private static Extensions with(CallInterceptor... interceptors) {
    return new Extensions(List.of(interceptors), List.of(), List.of(), List.of());
  }

  private static CallInterceptor aroundAttempts(CallInterceptor interceptor) {
    return new CallInterceptor() {
      @Override
      public Around around() {
        return Around.ATTEMPT;
      }

      @Override
      public CompletableFuture<CallOutcome> intercept(Chain chain) {
        return interceptor.intercept(chain);
      }
    };
  }

  @Test
  void whenManyCallsAreMadeThenNoMoreThanTheShareAreUnderWayAndAllAreMade() throws Exception {
    try (SlowServer server = SlowServer.start();
        RestClient client = client(server.url(""), 3, Extensions.none())) {
      List<CompletableFuture<CallOutcome>> calls = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        calls.add(client.send(TestRequests.get(server.url("/delay/5/" + i))));
      }
      for (CompletableFuture<CallOutcome> each : calls) {
        assertThat(outcome(each)).isInstanceOf(CallOutcome.Response.class);
      }
      assertThat(server.seen()).hasSize(40);
      assertThat(server.mostOpen()).isLessThanOrEqualTo(3);
      assertThat(share(client).state()).isEqualTo(new Share.State(0, 0, Duration.ZERO));
    }
  }

  @Test
  void whenACallFindsNoPlaceInTimeThenItSaysSoAndNoBreakerCountsIt() throws Exception {
    try (SlowServer server = SlowServer.start();
        RestClient client = client(server.url(""), 1, Extensions.none())) {
      CompletableFuture<CallOutcome> first = client.send(TestRequests.get(server.url("/hold")));
      await().until(() -> server.open() == 1);
      RestRequest late =
          TestRequests.guarded(
              TestRequests.within(
                  Duration.ofMillis(50), TestRequests.get(server.url("/late?a=b"))));
      for (int i = 0; i < 5; i++) {
        CallOutcome outcome = outcome(client.send(late));
        CallResult result = CallResult.of(RestAction.GET, late, outcome);

        assertThat(outcome.isOfThisNode()).isTrue();
        assertThat(outcome.isOriginFailure()).isFalse();
        assertThat(result.error()).isEqualTo(ErrorCode.REQUEST_TIMEOUT);
        assertThat(Objects.toString(result.outputs().get("restError")))
            .endsWith("/late did not end within 50 ms, it waited for a place in share 'partner'");
      }
      assertThat(client.breakers().states().values()).doesNotContain("OPEN");
      assertThat(server.seen()).hasSize(1);
      assertThat(share(client).state()).isEqualTo(new Share.State(1, 0, Duration.ZERO));
      server.releaseAll();
      outcome(first);
      assertThat(share(client).state()).isEqualTo(new Share.State(0, 0, Duration.ZERO));
    }
  }

  /** A call and what is done to it. */
  private interface Step {
    void take(RestClient client, RawServer server) throws Exception;
  }

  private static Step sent(String path) {
    return (client, server) -> outcome(client.send(TestRequests.get(server.url(path))));
  }

  private static Arguments leaves(String what, Step step) {
    return arguments(what, Extensions.none(), step);
  }

  private static Arguments leaves(String what, CallInterceptor interceptor) {
    return arguments(what, with(aroundAttempts(interceptor)), sent("/ok"));
  }

  static Stream<Arguments> outcomes() {
    RetrySettings three =
        RetrySettings.defaults().withMaxAttempts(3).withBackoff(Duration.ofMillis(1));
    return Stream.of(
        leaves("a success", sent("/ok")),
        leaves("an error", sent("/500")),
        leaves("what is no HTTP", sent("/garbage")),
        leaves("a response that is too large", sent("/large")),
        leaves("a connection that is reset", sent("/reset")),
        leaves("a redirect", sent("/redirect")),
        leaves(
            "a timeout",
            (client, server) ->
                outcome(
                    client.send(
                        TestRequests.within(
                            Duration.ofMillis(100), TestRequests.get(server.url("/hang")))))),
        leaves(
            "a call that is cancelled",
            (client, server) -> {
              CompletableFuture<CallOutcome> call =
                  client.send(TestRequests.get(server.url("/hang")));
              await().until(() -> !server.requests().isEmpty());
              call.cancel(false);
            }),
        leaves(
            "calls that are cancelled while they wait",
            (client, server) -> {
              List<CompletableFuture<CallOutcome>> calls = new ArrayList<>();
              for (int i = 0; i < 10; i++) {
                calls.add(client.send(TestRequests.get(server.url("/hang"))));
              }
              for (int i = 9; i >= 0; i--) {
                calls.get(i).cancel(false);
              }
            }),
        leaves(
            "retries",
            (client, server) ->
                outcome(
                    client.send(
                        TestRequests.retried(three, TestRequests.get(server.url("/503")))))),
        leaves(
            "an open circuit",
            (client, server) -> {
              for (int i = 0; i < 4; i++) {
                outcome(client.send(TestRequests.guarded(TestRequests.get(server.url("/500")))));
              }
            }),
        leaves(
            "an unknown authentication",
            (client, server) ->
                outcome(client.send(TestRequests.as("none", TestRequests.get(server.url("/ok")))))),
        leaves(
            "an interceptor that throws",
            chain -> {
              throw new IllegalStateException();
            }),
        leaves("an interceptor that gives null", chain -> nothing()),
        leaves(
            "an interceptor that fails",
            chain -> CompletableFuture.failedFuture(new IllegalStateException())),
        leaves(
            "an interceptor that answers",
            chain ->
                CompletableFuture.completedFuture(
                    new CallOutcome.Response(200, List.of(), new byte[0], 0))),
        leaves(
            "an interceptor that sends twice",
            chain ->
                chain.proceed(chain.request()).thenCompose(one -> chain.proceed(chain.request()))));
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T nothing() {
    return null;
  }

  private static void serve(RawServer.Peer peer) throws Exception {
    for (String request = peer.readRequest().orElse("");
        !request.isEmpty();
        request = peer.readRequest().orElse("")) {
      switch (request.split(" ", 3)[1]) {
        case "/500" -> peer.send(RawServer.response("500 No", ""));
        case "/503" -> peer.send(RawServer.response("503 No", ""));
        case "/garbage" -> peer.send("no HTTP at all\r\n\r\n");
        case "/large" -> peer.send(RawServer.response("200 OK", "x".repeat(2000)));
        case "/redirect" ->
            peer.send("HTTP/1.1 302 Found\r\nLocation: /ok\r\nContent-Length: 0\r\n\r\n");
        case "/reset" -> {
          peer.reset();
          return;
        }
        case "/hang" -> {}
        default -> peer.send(OK);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("outcomes")
  void whateverBecomesOfACallThenItGivesItsPlaceBack(String what, Extensions extensions, Step step)
      throws Exception {
    try (RawServer server = RawServer.start(SharedCallTest::serve);
        RestClient client = client(server.url(""), 1, extensions)) {
      for (int i = 0; i < 2; i++) {
        step.take(client, server);
      }
      assertThat(share(client).state()).isEqualTo(new Share.State(0, 0, Duration.ZERO));
    }
  }

  @Test
  void whenTheClientIsClosedThenEveryPlaceIsGivenBackAndNobodyWaits() throws Exception {
    try (SlowServer server = SlowServer.start()) {
      RestClient client = client(server.url(""), 1, Extensions.none());
      List<CompletableFuture<CallOutcome>> calls = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        calls.add(client.send(TestRequests.get(server.url("/hold"))));
      }
      client.close();
      for (CompletableFuture<CallOutcome> each : calls) {
        assertThat(outcome(each)).isInstanceOf(CallOutcome.Failed.class);
      }
      assertThat(share(client).state()).isEqualTo(new Share.State(0, 0, Duration.ZERO));
    }
  }

  @Test
  void whenManyCallsWaitForAHostWhoseCircuitIsOpenThenNoStackGrows() throws Exception {
    try (RawServer server = RawServer.answering(RawServer.response("500 No", ""));
        RestClient client = client(server.url(""), 1, Extensions.none())) {
      List<CompletableFuture<CallOutcome>> calls = new ArrayList<>();
      for (int i = 0; i < 20_000; i++) {
        calls.add(
            client.send(
                TestRequests.within(
                    Duration.ofMinutes(1),
                    TestRequests.guarded(TestRequests.get(server.url("/"))))));
      }
      CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
      assertThat(outcome(calls.get(19_999))).isInstanceOf(CallOutcome.CircuitOpen.class);
    }
  }

  @Test
  void whenTheCircuitIsOpenThenACallDoesNotWaitForItsPlace() throws Exception {
    try (RawServer server = RawServer.start(SharedCallTest::serve);
        RestClient client = client(server.url(""), 1, Extensions.none())) {
      for (int i = 0; i < 2; i++) {
        outcome(client.send(TestRequests.guarded(TestRequests.get(server.url("/500")))));
      }
      CompletableFuture<CallOutcome> hangs = client.send(TestRequests.get(server.url("/hang")));

      assertThat(client.send(TestRequests.guarded(TestRequests.get(server.url("/ok")))))
          .isCompletedWithValueMatching(CallOutcome.CircuitOpen.class::isInstance);
      assertThat(share(client).state()).isEqualTo(new Share.State(1, 0, Duration.ZERO));
      hangs.cancel(false);
      assertThat(share(client).state()).isEqualTo(new Share.State(0, 0, Duration.ZERO));
    }
  }

  @Test
  void whenTheCircuitHasBeenOpenForLongEnoughThenATrialWaitsForItsPlaceAndIsMade()
      throws Exception {
    CircuitBreakerSettings brief =
        new CircuitBreakerSettings(
            50f, 2, 2, Duration.ofMillis(10), 1, null, null, Duration.ofMinutes(5));
    try (RawServer server = RawServer.start(SharedCallTest::serve);
        RestClient client = client(server.url(""), 1, brief, Extensions.none())) {
      for (int i = 0; i < 2; i++) {
        outcome(client.send(TestRequests.guarded(TestRequests.get(server.url("/500")))));
      }
      CompletableFuture<CallOutcome> hangs = client.send(TestRequests.get(server.url("/hang")));
      RestRequest patient =
          TestRequests.guarded(
              TestRequests.within(Duration.ofMinutes(1), TestRequests.get(server.url("/ok"))));
      CompletableFuture<CallOutcome> trial =
          await().until(() -> client.send(patient), call -> !call.isDone());
      hangs.cancel(false);

      assertThat(outcome(trial)).isInstanceOf(CallOutcome.Response.class);
      assertThat(client.breakers().states().values()).containsExactly("CLOSED");
    }
  }

  private static String in(Duration time) {
    return DateTimeFormatter.RFC_1123_DATE_TIME
        .withLocale(Locale.ENGLISH)
        .format(Instant.now().plus(time).atOffset(ZoneOffset.UTC));
  }

  static Stream<Arguments> answers() {
    return Stream.of(
        arguments("429 Slow Down", "60", true),
        arguments("503 Busy", "60", true),
        arguments("429 Slow Down", "9999999999", true), // more seconds than milliseconds can tell
        arguments("503 Busy", "9".repeat(40), true),
        arguments("429 Slow Down", in(Duration.ofMinutes(1)), true),
        arguments("503 Busy", in(Duration.ofMinutes(1)), true),
        arguments("429 Slow Down", in(Duration.ofMinutes(-1)), false),
        arguments("429 Slow Down", "0", false),
        arguments("429 Slow Down", "soon", false),
        arguments("429 Slow Down", null, false),
        arguments("500 No", "60", false),
        arguments("502 No", "60", false),
        arguments("403 No", "60", false),
        arguments("200 OK", "60", false),
        arguments("301 Moved", "60", false));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void whenAServerWantsNoMoreRequestsThenItsShareIsStoppedUntilThen(
      String status, @Nullable String retryAfter, boolean isStopped) throws Exception {
    String answer =
        "HTTP/1.1 %s\r\n%sContent-Length: 0\r\n\r\n"
            .formatted(status, retryAfter == null ? "" : "Retry-After: " + retryAfter + "\r\n");
    try (RawServer server = RawServer.start(RawServer.replying(request -> answer));
        RawServer other = RawServer.start(RawServer.replying(request -> OK));
        RestClient client = client(server.url(""), 5, Extensions.none())) {
      outcome(client.send(TestRequests.get(server.url("/"))));
      CompletableFuture<CallOutcome> next = client.send(TestRequests.get(server.url("/next")));

      if (isStopped) {
        assertThat(share(client).state().stopped()).isGreaterThan(Duration.ofSeconds(30));
        assertThat(outcome(client.send(TestRequests.get(other.url("/")))))
            .isInstanceOf(CallOutcome.Response.class);
        assertThat(next).isNotDone();
        assertThat(server.requests()).hasSize(1);
      } else {
        assertThat(outcome(next)).isInstanceOf(CallOutcome.Response.class);
      }
    }
  }

  @Test
  void whenTheTaskAsksForNoSuchRetryThenTheShareIsStoppedAllTheSame() throws Exception {
    String busy = "HTTP/1.1 429 No\r\nRetry-After: 3600\r\nContent-Length: 0\r\n\r\n";
    try (RawServer server = RawServer.start(RawServer.replying(request -> busy));
        RestClient client = client(server.url(""), 5, Extensions.none())) {
      outcome(
          client.send(
              TestRequests.retried(
                  RetrySettings.defaults().withMaxAttempts(3), TestRequests.get(server.url("/")))));

      assertThat(server.requests()).hasSize(1);
      assertThat(share(client).state().stopped()).isGreaterThan(Duration.ofMinutes(50));
    }
  }

  @Test
  void whenTheStopIsOverThenTheNextAttemptIsMade() throws Exception {
    String busy = "HTTP/1.1 503 No\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n";
    List<Long> times = new ArrayList<>();
    try (RawServer server =
            RawServer.start(
                RawServer.replying(
                    request -> {
                      synchronized (times) {
                        times.add(System.nanoTime());
                        return times.size() == 1 ? busy : OK;
                      }
                    }));
        RestClient client = client(server.url(""), 5, Extensions.none())) {
      outcome(client.send(TestRequests.get(server.url("/"))));
      outcome(client.send(TestRequests.get(server.url("/"))));

      assertThat(Duration.ofNanos(times.get(1) - times.get(0)))
          .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.example.com/x, host",
    "https://API.EXAMPLE.COM:443/x, host",
    "https://api.example.com./x, host",
    "https://www.example.com/x, all",
    "https://www.example.com.:443/x, all",
    "https://a.deep.example.com/x, deep",
    "https://api.example.com:8443/x, port",
    "http://api.example.com/x, ",
    "http://inventory:8080/x, clear",
    "https://example.com/x, "
  })
  void whenSeveralSharesTakeInAUrlThenTheMostSpecificHostsCount(String url, @Nullable String name) {
    ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    Share share =
        new Shares(
                Map.of(
                    "all", share(1, "*.example.com"),
                    "host", share(1, "api.example.com"),
                    "deep", share(1, "*.deep.example.com"),
                    "port", share(1, "api.example.com:8443"),
                    "clear", share(1, "http://inventory:8080")),
                timer)
            .of(URI.create(url));
    timer.shutdownNow();

    assertThat(share == null ? null : share.name()).isEqualTo(name);
  }
}
