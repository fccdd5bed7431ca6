package io.restconnector.extension;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restconnector.call.CallEngine;
import io.restconnector.call.internal.RestAction;
import io.restconnector.fixtures.RawServer;
import io.restconnector.http.AuthenticationSettings;
import io.restconnector.spi.CallInterceptor;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.CallSource;
import io.restconnector.spi.RestRequest;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.hc.core5.http.message.BasicHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class CallInterceptorTest {

  private static final String BODY = "{\"name\":\"Ann\"}";

  private static CallEngine engine(CallInterceptor... interceptors) {
    return ExtendedEngine.start(
        builder -> {
          List.of(interceptors).forEach(builder::interceptor);
          return builder;
        });
  }

  private static CompletableFuture<CallOutcome> answer(String body) {
    byte[] bytes = body.getBytes(UTF_8);
    return CompletableFuture.completedFuture(
        new CallOutcome.Response(
            200,
            List.of(new BasicHeader("Content-Type", "application/json")),
            bytes,
            bytes.length));
  }

  // tag::cache[]
  /** Keeps what GET requests were answered. */
  record Cache(Map<URI, CallOutcome.Response> answers) implements CallInterceptor {

    @Override
    public CompletableFuture<CallOutcome> intercept(Chain chain) {
      RestRequest request = chain.request();
      CallOutcome known = request.method().equals("GET") ? answers.get(request.uri()) : null;
      if (known != null) {
        return CompletableFuture.completedFuture(known);
      }
      return chain
          .proceed(request)
          .thenApply(
              outcome -> {
                if (outcome instanceof CallOutcome.Response response && response.status() == 200) {
                  answers.put(request.uri(), response);
                }
                return outcome;
              });
    }
  }

  // end::cache[]

  @ParameterizedTest
  @EnumSource(CallSource.Kind.class)
  void whenAnInterceptorAnswersThenNothingIsSentAndItKnowsWhoCalls(CallSource.Kind kind) {
    List<CallSource> sources = Collections.synchronizedList(new ArrayList<>());
    String binding =
        kind == CallSource.Kind.DELEGATE
            ? CallEngine.byExpression(RestAction.GET)
            : CallEngine.byTopic(RestAction.GET);
    try (CallEngine engine =
        engine(
            chain -> {
              sources.add(chain.source());
              return answer(BODY);
            })) {
      CallEngine.Outcome outcome =
          engine
              .deploy("p", binding)
              .run("p", Map.of("restUrl", "http://no-such-host.invalid/reserve"));

      assertThat(outcome.get("restStatus")).isEqualTo(200);
      assertThat(outcome.get("restResult")).hasToString(BODY);
      assertThat(sources).hasSize(1);
      CallSource source = sources.get(0);
      assertThat(source.kind()).isEqualTo(kind);
      assertThat(source.processDefinitionKey()).isEqualTo("p");
      assertThat(source.processDefinitionId()).startsWith("p:1:");
      assertThat(source.processInstanceId()).isEqualTo(outcome.instance());
      assertThat(source.activityId()).isEqualTo("call");
      assertThat(source.tenantId()).isNull();
    }
  }

  @Test
  void whenACacheStandsAroundCallsThenTheSecondCallIsAnsweredFromIt() throws Exception {
    try (RawServer server =
            RawServer.answering(
                RawServer.response("200 OK\r\nContent-Type: application/json", BODY));
        CallEngine engine = engine(new Cache(new ConcurrentHashMap<>()))) {
      engine.deploy("p", CallEngine.byExpression(RestAction.GET));
      for (int call = 0; call < 3; call++) {
        assertThat(engine.run("p", Map.of("restUrl", server.url("/"))).get("restResult"))
            .hasToString(BODY);
      }
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void whenSeveralInterceptorsStandAroundCallsThenTheFirstIsOutermost() {
    List<String> seen = Collections.synchronizedList(new ArrayList<>());
    try (CallEngine engine = engine(seen("a", seen), seen("b", seen), chain -> answer(BODY))) {
      engine.deploy("p", CallEngine.byExpression(RestAction.GET));
      engine.run("p", Map.of("restUrl", "http://no-such-host.invalid/"));
      assertThat(seen).containsExactly("a asked", "b asked", "b answered", "a answered");
    }
  }

  private static CallInterceptor seen(String name, List<String> seen) {
    return chain -> {
      seen.add(name + " asked");
      return chain
          .proceed(chain.request())
          .thenApply(
              outcome -> {
                seen.add(name + " answered");
                return outcome;
              });
    };
  }

  /** Each is a fault of an application's interceptor. */
  static Stream<CallInterceptor> faults() {
    return Stream.of(
        chain -> {
          throw new IllegalStateException("s3cret");
        },
        chain -> {
          throw new AssertionError("s3cret");
        },
        chain -> null,
        chain -> chain.proceed(null),
        chain -> CompletableFuture.completedFuture(null),
        chain -> CompletableFuture.failedFuture(new IllegalStateException("s3cret")),
        chain -> {
          CompletableFuture<CallOutcome> cancelled = new CompletableFuture<>();
          cancelled.cancel(false);
          return cancelled;
        });
  }

  @ParameterizedTest
  @MethodSource("faults")
  void whenAnInterceptorFailsThenTheCallEndsWithItsErrorAndTellsNoSecret(CallInterceptor faulty) {
    try (CallEngine engine = engine(faulty)) {
      engine.deploy("p", CallEngine.byExpression(RestAction.GET));
      CallEngine.Outcome outcome = engine.run("p", Map.of("restUrl", "http://127.0.0.1:1/"));
      assertThat(outcome.code()).isEqualTo("UNKNOWN_ERROR");
      assertThat(outcome.error())
          .endsWith("failed in an interceptor of the application")
          .doesNotContain("s3cret");
    }
  }

  @Test
  void whenAnInterceptorNeverAnswersThenTheCallEndsAtItsDeadlineAndItsConnectionIsClosed()
      throws Exception {
    try (RawServer server =
            RawServer.start(
                peer -> {
                  peer.readRequest();
                  peer.awaitClose();
                });
        CallEngine engine =
            engine(
                chain -> {
                  chain.proceed(chain.request());
                  return new CompletableFuture<>();
                })) {
      engine.deploy("p", CallEngine.byExpression(RestAction.GET));
      CallEngine.Outcome outcome =
          engine.run("p", Map.of("restUrl", server.url("/"), "timeout", 300));
      assertThat(outcome.code()).isEqualTo("REQUEST_TIMEOUT");
      assertThat(outcome.error()).endsWith("did not end within 300 ms");
      await().until(() -> server.accepted() == 1 && server.open() == 0);
    }
  }

  /** Of each attempt, with what is sent. */
  private record Attempts(List<RestRequest> seen) implements CallInterceptor {
    @Override
    public Around around() {
      return Around.ATTEMPT;
    }

    @Override
    public CompletableFuture<CallOutcome> intercept(Chain chain) {
      seen.add(chain.request());
      return chain.proceed(
          chain.request().withHeader(new BasicHeader("X-Attempt", String.valueOf(seen.size()))));
    }
  }

  @Test
  void whenAnInterceptorStandsAroundAttemptsThenItSeesEachWithTheHeadersThatAreSent()
      throws Exception {
    List<RestRequest> attempts = Collections.synchronizedList(new ArrayList<>());
    List<String> calls = Collections.synchronizedList(new ArrayList<>());
    try (RawServer server =
            RawServer.start(
                RawServer.replying(
                    request ->
                        request.contains("X-Attempt: 3")
                            ? RawServer.response("200 OK", "")
                            : RawServer.response("503 Busy", "")));
        CallEngine engine =
            ExtendedEngine.start(
                builder ->
                    builder
                        .settings(ExtendedEngine.settings(AuthenticationSettings.bearer("key")))
                        .interceptor(new Attempts(attempts))
                        .interceptor(seen("call", calls)))) {
      engine.deploy("p", CallEngine.byExpression(RestAction.GET));
      CallEngine.Outcome outcome =
          engine.run(
              "p",
              Map.of(
                  "restUrl",
                  server.url("/"),
                  "authentication",
                  "a",
                  "maxAttempts",
                  5,
                  "retryBackoff",
                  1));

      assertThat(outcome.get("restStatus")).isEqualTo(200);
      assertThat(calls).containsExactly("call asked", "call answered");
      assertThat(server.requests()).hasSize(3);
      assertThat(attempts)
          .hasSize(3)
          .allSatisfy(
              request -> {
                assertThat(request.headers())
                    .anySatisfy(
                        header ->
                            assertThat(header.getValue())
                                .isEqualTo("Bearer " + ExtendedEngine.SECRET));
                assertThat(request + " " + request.headers()).doesNotContain(ExtendedEngine.SECRET);
              });
    }
  }

  @ParameterizedTest
  @EnumSource(CallInterceptor.Around.class)
  void whenAnInterceptorMovesARequestAwayThenItsCredentialsDoNotGoThere(
      CallInterceptor.Around around) throws Exception {
    try (RawServer server = RawServer.answering(RawServer.response("200 OK", ""));
        RawServer other = RawServer.answering(RawServer.response("200 OK", ""))) {
      CallInterceptor moving =
          new CallInterceptor() {
            @Override
            public Around around() {
              return around;
            }

            @Override
            public CompletableFuture<CallOutcome> intercept(Chain chain) {
              return chain.proceed(chain.request().withUri(URI.create(other.url("/"))));
            }
          };
      AuthenticationSettings forServerOnly =
          AuthenticationSettings.bearer("key").withHosts(List.of(server.url("")));
      try (CallEngine engine =
          ExtendedEngine.start(
              builder ->
                  builder.settings(ExtendedEngine.settings(forServerOnly)).interceptor(moving))) {
        engine.deploy("p", CallEngine.byExpression(RestAction.GET));
        CallEngine.Outcome outcome =
            engine.run("p", Map.of("restUrl", server.url("/"), "authentication", "a"));

        assertThat(outcome.code()).isEqualTo("UNKNOWN_ERROR");
        assertThat(outcome.error()).contains("was not sent");
        assertThat(other.accepted()).isZero();
      }
    }
  }

  /** Each makes a request of it that HTTP does not have. */
  static Stream<UnaryOperator<RestRequest>> unsendable() {
    return Stream.of(
        request ->
            request.withUri(
                URI.create("http://user:s3cret@127.0.0.1:" + request.uri().getPort() + "/")),
        request -> request.withHeader(new BasicHeader("Content-Length", "5")),
        request -> request.withHeader(new BasicHeader("Transfer-Encoding", "chunked")));
  }

  @ParameterizedTest
  @MethodSource("unsendable")
  void whenAnInterceptorMakesARequestThatCannotBeSentThenItIsNotTheResponseThatIsWrong(
      UnaryOperator<RestRequest> change) throws Exception {
    try (RawServer server = RawServer.answering(RawServer.response("200 OK", ""));
        CallEngine engine = engine(chain -> chain.proceed(change.apply(chain.request())))) {
      engine.deploy("p", CallEngine.byExpression(RestAction.POST));
      CallEngine.Outcome outcome =
          engine.run("p", Map.of("restUrl", server.url("/"), "requestPayload", "{}"));

      assertThat(outcome.code()).isEqualTo("UNKNOWN_ERROR");
      assertThat(outcome.error())
          .contains("was not sent, as the application gave it user info")
          .doesNotContain("s3cret");
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void whenTwoObserversStandAroundCallsThenBothSeeHowEachEnded() {
    List<String> one = Collections.synchronizedList(new ArrayList<>());
    List<String> two = Collections.synchronizedList(new ArrayList<>());
    try (CallEngine engine = engine(outcomes(one), outcomes(two))) {
      engine.deploy("p", CallEngine.byExpression(RestAction.GET));
      engine.run("p", Map.of("restUrl", "http://127.0.0.1:1/"));

      assertThat(one).containsExactly("ConnectionFailed").isEqualTo(two);
    }
  }

  private static CallInterceptor outcomes(List<String> names) {
    return chain ->
        chain
            .proceed(chain.request())
            .whenComplete((outcome, none) -> names.add(outcome.getClass().getSimpleName()));
  }

  @Test
  void whenTheEngineIsClosedThenACallInAnInterceptorThatNeverAnswersEnds() throws Exception {
    CompletableFuture<Void> asked = new CompletableFuture<>();
    CallEngine engine =
        engine(
            chain -> {
              asked.complete(null);
              return new CompletableFuture<>();
            });
    engine.deploy("p", CallEngine.byExpression(RestAction.GET));
    CompletableFuture<?> call =
        CompletableFuture.runAsync(
            () -> engine.run("p", Map.of("restUrl", "http://127.0.0.1:1/", "timeout", 60_000)));
    asked.get(10, TimeUnit.SECONDS);
    engine.close();

    assertThat(call).failsWithin(Duration.ofSeconds(20));
  }
}
