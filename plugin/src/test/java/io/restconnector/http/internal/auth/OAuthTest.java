package io.restconnector.http.internal.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.restconnector.call.internal.CallResult;
import io.restconnector.call.internal.ErrorCode;
import io.restconnector.call.internal.RestAction;
import io.restconnector.content.internal.ParsingBudget;
import io.restconnector.fixtures.LoggedEvents;
import io.restconnector.fixtures.RawServer;
import io.restconnector.fixtures.TestRequests;
import io.restconnector.http.AccessSettings;
import io.restconnector.http.AuthenticationSettings;
import io.restconnector.http.HttpSettings;
import io.restconnector.http.internal.RestClient;
import io.restconnector.http.internal.chain.CallChain;
import io.restconnector.http.internal.chain.CallContext;
import io.restconnector.http.internal.chain.Identity;
import io.restconnector.http.internal.chain.SendPermit;
import io.restconnector.spi.CallAuthentication.Authenticator;
import io.restconnector.spi.CallInterceptor;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import io.restconnector.spi.RetrySettings;
import io.restconnector.spi.Secret;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OAuthTest {

  private static final AuthenticationSettings CLIENT =
      AuthenticationSettings.clientCredentials(URI.create("http://127.0.0.1/"), "id", "s", null);

  private static final String OK = RawServer.response("200 OK", "ok");
  private static final String UNAUTHORIZED = RawServer.response("401 Unauthorized", "");

  @Test
  void whenACallNeedsATokenThenItIsFetchedAsTheStandardSays() throws Exception {
    try (RawServer endpoint = RawServer.answering(token("t1", ", \"expires_in\": 3600"));
        RawServer resource = RawServer.answering(OK);
        RestClient client = client(endpoint.url("/token"))) {
      assertThat(call(client, resource.url("/"))).isInstanceOf(CallOutcome.Response.class);

      assertThat(endpoint.requests().get(0))
          .startsWith("POST /token HTTP/1.1\r\n")
          .contains("\r\nContent-Type: application/x-www-form-urlencoded\r\n")
          .contains("\r\nAuthorization: Basic bXklM0FpZDpzM2NyZXQlMkIlMkY=\r\n")
          .endsWith("\r\n\r\ngrant_type=client_credentials&scope=a+b");
      assertThat(resource.requests().get(0)).contains("\r\nAuthorization: Bearer t1\r\n");
    }
  }

  @Test
  void whenManyCallsNeedATokenThenItIsFetchedOnce() throws Exception {
    CountDownLatch allAreWaiting = new CountDownLatch(1);
    try (RawServer endpoint =
            RawServer.start(
                peer -> {
                  peer.readRequest();
                  allAreWaiting.await();
                  peer.send(token("t1", ""));
                });
        RawServer resource = RawServer.answering(OK);
        RestClient client = client(endpoint.url("/token"))) {
      List<CompletableFuture<CallOutcome>> calls =
          IntStream.range(0, 200)
              .parallel()
              .mapToObj(i -> client.send(authenticated(resource.url("/"))))
              .toList();
      allAreWaiting.countDown();

      for (CompletableFuture<CallOutcome> call : calls) {
        assertThat(call.get(20, TimeUnit.SECONDS)).isInstanceOf(CallOutcome.Response.class);
      }
      assertThat(endpoint.requests()).hasSize(1);
      assertThat(resource.requests()).hasSize(200);
    }
  }

  @Test
  void whenTheResourceRefusesAnOldTokenThenManyCallsShareANewOne() throws Exception {
    try (RawServer endpoint = RawServer.start(RawServer.replying(new Counting()));
        RawServer resource =
            RawServer.start(
                RawServer.replying(
                    request -> request.contains("Bearer t1\r\n") ? UNAUTHORIZED : OK));
        RestClient client = client(endpoint.url("/token"))) {
      List<CompletableFuture<CallOutcome>> calls =
          Stream.generate(() -> client.send(authenticated(resource.url("/")))).limit(50).toList();

      for (CompletableFuture<CallOutcome> call : calls) {
        assertThat(call.get(20, TimeUnit.SECONDS)).hasToString("Response[200]");
      }
      assertThat(endpoint.requests()).hasSize(2);
    }
  }

  @Test
  void whenTheResourceRefusesEveryTokenThenTheCallEndsAfterTheSecond() throws Exception {
    try (RawServer endpoint = RawServer.start(RawServer.replying(new Counting()));
        RawServer resource = RawServer.answering(UNAUTHORIZED);
        RestClient client = client(endpoint.url("/token"))) {
      assertThat(call(client, resource.url("/"))).hasToString("Response[401]");

      assertThat(resource.requests()).hasSize(2);
      assertThat(endpoint.requests()).hasSize(2);
    }
  }

  @Test
  void whenARefusedCallWaitsForANewTokenThenItHoldsNoBody() throws Exception {
    RestRequest request = authenticated("http://127.0.0.1/");
    String first = "{\"access_token\": \"t1\"}";
    Iterator<CompletableFuture<CallOutcome>> answers =
        List.<CompletableFuture<CallOutcome>>of(
                CompletableFuture.completedFuture(
                    new CallOutcome.Response(
                        200, List.of(), first.getBytes(UTF_8), first.length())),
                new CompletableFuture<>())
            .iterator();
    Authenticator tokens =
        new ClientCredentialsAuthentication(
                request.timeout(),
                (name, sent, client) -> answers.next(),
                new TokenFetches(),
                Clock.systemUTC())
            .configure(new FixedSettings(CLIENT));
    List<WeakReference<byte[]>> bodies = new CopyOnWriteArrayList<>();
    CallInterceptor refusing =
        chain -> {
          byte[] body = new byte[1_000_000];
          bodies.add(new WeakReference<>(body));
          CallChain.of(chain).identity().shown(true);
          return CompletableFuture.completedFuture(
              new CallOutcome.Response(401, List.of(), body, body.length));
        };
    CallInterceptor authenticating =
        chain ->
            new AuthenticatedCall(
                    CallChain.of(chain),
                    new ConfiguredAuthentication("crm", CLIENT, tokens, ""),
                    new ShownCredentials())
                .start();
    CompletableFuture<CallOutcome> call =
        CallChain.start(
            List.of(authenticating, refusing),
            request,
            Identity.anonymous(""),
            new CallContext(request, SendPermit.ALWAYS, new Object()));

    await()
        .until(
            () -> {
              System.gc();
              return bodies.get(0).get() == null;
            });
    assertThat(call).isNotDone();
  }

  @Test
  void whenThoseWhoWaitForATokenHoldAllMemoryToParseInThenTheyGetIt() throws Exception {
    try (RawServer endpoint = RawServer.answering(token("t1", ""));
        RawServer resource = RawServer.answering(OK);
        RestClient client = client(endpoint.url("/token"))) {
      Object transaction = new Object();
      ParsingBudget budget = client.budget();
      assertThat(budget.request(1000, transaction)).isDone();
      for (int length : List.of(1000, 1)) {
        CompletableFuture<ParsingBudget.Permit> one;
        do {
          one = budget.request(length, new Object());
        } while (one.isDone());
        one.cancel(false);
      }

      RestRequest request = authenticated(resource.url("/"));
      assertThat(
              client.sendToParse(request, SendPermit.ALWAYS, transaction).get(20, TimeUnit.SECONDS))
          .hasToString("Response[200]");
    }
  }

  @Test
  void whenAnotherOriginRefusesTheCallThenTheTokenIsKept() throws Exception {
    try (RawServer endpoint = RawServer.start(RawServer.replying(new Counting()));
        RawServer other = RawServer.answering(UNAUTHORIZED);
        RawServer resource =
            RawServer.answering(
                RawServer.response("302 Found\r\nLocation: " + other.url("/"), ""));
        RestClient client = client(endpoint.url("/token"))) {
      assertThat(call(client, resource.url("/"))).hasToString("Response[401]");

      assertThat(endpoint.requests()).hasSize(1);
      assertThat(other.requests()).singleElement().asString().doesNotContain("Bearer");
    }
  }

  static Stream<Arguments> failures() {
    String moved = "302 Found\r\nLocation: http://127.0.0.1:1/";
    return Stream.of(
        Arguments.of(RawServer.response("400 Bad Request", "{}"), ErrorCode.UNAUTHORIZED),
        Arguments.of(RawServer.response("401 Unauthorized", ""), ErrorCode.UNAUTHORIZED),
        Arguments.of(RawServer.response("403 Forbidden", ""), ErrorCode.UNAUTHORIZED),
        Arguments.of(RawServer.response("407 Who", ""), ErrorCode.PROXY_AUTHENTICATION_REQUIRED),
        Arguments.of(RawServer.response("429 Slow down", ""), ErrorCode.SERVICE_UNAVAILABLE),
        Arguments.of(RawServer.response("500 Oops", ""), ErrorCode.SERVICE_UNAVAILABLE),
        Arguments.of(RawServer.response("503 Later", ""), ErrorCode.SERVICE_UNAVAILABLE),
        Arguments.of(RawServer.response(moved, ""), ErrorCode.BAD_GATEWAY),
        Arguments.of(RawServer.response("204 No Content", ""), ErrorCode.BAD_GATEWAY),
        Arguments.of(RawServer.response("200 OK", ""), ErrorCode.BAD_GATEWAY),
        Arguments.of(RawServer.response("200 OK", "<html>"), ErrorCode.BAD_GATEWAY),
        Arguments.of(RawServer.response("200 OK", "[]"), ErrorCode.BAD_GATEWAY),
        Arguments.of(RawServer.response("200 OK", "{}"), ErrorCode.BAD_GATEWAY),
        Arguments.of(
            RawServer.response("200 OK", "{\"access_token\": \"a\\r\\nX: b\"}"),
            ErrorCode.BAD_GATEWAY),
        Arguments.of(
            RawServer.response("200 OK", "{\"access_token\": \"a\", \"token_type\": \"mac\"}"),
            ErrorCode.BAD_GATEWAY),
        Arguments.of("this is not HTTP\r\n\r\n", ErrorCode.BAD_GATEWAY));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void whenTheEndpointGivesNoTokenThenTheCallFailsWithADocumentedCode(String answer, ErrorCode code)
      throws Exception {
    try (RawServer endpoint =
            RawServer.start(
                peer -> {
                  peer.readRequest();
                  peer.send(answer);
                  peer.finish();
                });
        RawServer resource = RawServer.answering(OK);
        RestClient client = client(endpoint.url("/token"))) {
      RestRequest request = authenticated(resource.url("/"));
      CallResult result = result(request, client.send(request).get(10, TimeUnit.SECONDS));

      assertThat(result.error()).isEqualTo(code);
      assertThat(result.message()).contains("'crm'", "/token").doesNotContain("s3cret");
      assertThat(resource.requests()).isEmpty();
      assertThat(endpoint.requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'error':'invalid_client'} | answered 400 invalid_client",
        "{'error':'invalid_scope','error_description':'s3cret'} | answered 400 invalid_scope",
        "{'error':'invalid_request'} | answered 400 invalid_request",
        "{'error':'invalid_grant'} | answered 400 invalid_grant",
        "{'error':'unauthorized_client'} | answered 400 unauthorized_client",
        "{'error':'unsupported_grant_type'} | answered 400 unsupported_grant_type",
        "{'error':'s3cret'} | answered 400",
        "{'error':'invalid_client s3cret'} | answered 400",
        "{'error':{'code':'invalid_client'}} | answered 400",
        "['invalid_client'] | answered 400",
        "invalid_client | answered 400",
        "'' | answered 400"
      })
  void whenTheEndpointRefusesThenTheMessageHasTheRegisteredWordAndNothingElse(
      String body, String told) throws Exception {
    String refusal =
        RawServer.response("400 Bad Request", body == null ? "" : body.replace('\'', '"'));
    try (RawServer endpoint = RawServer.answering(refusal);
        RestClient client = client(endpoint.url("/token"))) {
      RestRequest request = authenticated("http://127.0.0.1:1/");
      CallResult result = result(request, client.send(request).get(10, TimeUnit.SECONDS));

      assertThat(result.error()).isEqualTo(ErrorCode.UNAUTHORIZED);
      assertThat(result.message()).endsWith(told).doesNotContain("s3cret");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "429 Slow, 3",
    "503 Later, 3",
    "502 Bad, 3",
    "504 Late, 3",
    "400 No, 1",
    "500 Oops, 1"
  })
  void whenTheEndpointIsBusyThenTheTokenIsAskedForAgainAsTheRetriesSay(String status, int attempts)
      throws Exception {
    AtomicInteger asked = new AtomicInteger();
    String busy = RawServer.response(status, "");
    try (RawServer endpoint =
            RawServer.start(
                RawServer.replying(
                    request -> asked.incrementAndGet() < 3 ? busy : token("t1", "")));
        RawServer resource = RawServer.answering(OK);
        RestClient client = client(endpoint.url("/token"))) {
      RestRequest plain = authenticated(resource.url("/"));
      RestRequest post =
          new RestRequest(
              "POST",
              plain.uri(),
              plain.headers(),
              new byte[] {'x'},
              plain.timeout(),
              false,
              plain.authentication(),
              RetrySettings.defaults().withMaxAttempts(3).withBackoff(Duration.ofMillis(1)));
      CallOutcome outcome = client.send(post).get(10, TimeUnit.SECONDS);

      assertThat(endpoint.requests()).hasSize(attempts);
      assertThat(resource.requests()).hasSize(attempts == 3 ? 1 : 0);
      assertThat(outcome instanceof CallOutcome.Response).isEqualTo(attempts == 3);
    }
  }

  @Test
  void whenTheEndpointIsDownThenServiceUnavailable() throws Exception {
    RawServer endpoint = RawServer.answering(OK);
    endpoint.close();
    try (RestClient client = client(endpoint.url("/token"))) {
      RestRequest request = authenticated("http://127.0.0.1:1/");

      assertThat(result(request, client.send(request).get(10, TimeUnit.SECONDS)).error())
          .isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
    }
  }

  @Test
  void whenTheEndpointIsSlowThenTheCallEndsAtItsDeadlineAndOthersGoOn() throws Exception {
    CountDownLatch late = new CountDownLatch(1);
    try (RawServer endpoint =
            RawServer.start(
                peer -> {
                  peer.readRequest();
                  late.await();
                  peer.send(token("t1", ""));
                });
        RawServer resource = RawServer.answering(OK);
        RestClient client = client(endpoint.url("/token"))) {
      RestRequest hasty =
          TestRequests.within(Duration.ofMillis(100), authenticated(resource.url("/")));
      CompletableFuture<CallOutcome> hastyCall = client.send(hasty);
      CompletableFuture<CallOutcome> patientCall = client.send(authenticated(resource.url("/")));

      CallResult result = result(hasty, hastyCall.get(10, TimeUnit.SECONDS));
      assertThat(result.error()).isEqualTo(ErrorCode.REQUEST_TIMEOUT);
      late.countDown();
      assertThat(patientCall.get(10, TimeUnit.SECONDS)).hasToString("Response[200]");
      assertThat(endpoint.requests()).hasSize(1);
      assertThat(resource.requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"http://127.0.0.1:1/0-Path, 1", "https://127.0.0.1:1/0-Path, 0"})
  void whenATokenEndpointIsNotHttpsThenOneWarningTellsOfIt(String endpoint, int warnings) {
    LoggedEvents log = LoggedEvents.of(ClientCredentialsAuthentication.class);
    try (log) {
      client(endpoint).close();
    }
    assertThat(log.events())
        .hasSize(warnings)
        .allSatisfy(
            event -> {
              assertThat(event.getLevel()).isEqualTo(Level.WARN);
              assertThat(event.getFormattedMessage())
                  .contains("'crm' is not https")
                  .doesNotContain("0-Path", "s3cret", "my:id");
            });
  }

  @Test
  void whenTheClientIsClosedThenACallThatWaitsForATokenEnds() throws Exception {
    CompletableFuture<CallOutcome> call;
    try (RawServer endpoint = RawServer.start(RawServer.Peer::awaitClose)) {
      try (RestClient client = client(endpoint.url("/token"))) {
        call = client.send(authenticated("http://127.0.0.1:1/"));
      }
      assertThat(call.get(10, TimeUnit.SECONDS)).isInstanceOf(CallOutcome.TokenUnavailable.class);
    }
  }

  @Test
  void whenThereIsNoTokenThenTheBreakerOfTheResourceDoesNotCountIt() throws Exception {
    try (RawServer endpoint = RawServer.answering(RawServer.response("500 Oops", ""));
        RestClient client = client(endpoint.url("/token"))) {
      RestRequest request = TestRequests.guarded(authenticated("http://127.0.0.1:1/"));
      for (int i = 0; i < 20; i++) {
        client.send(request).get(10, TimeUnit.SECONDS);
      }

      assertThat(client.breakers().of(request.origin()).getMetrics().getNumberOfBufferedCalls())
          .isZero();
    }
  }

  @Test
  void whenTheTokenIsLateThenTheBreakerOfTheResourceDoesNotCountIt() throws Exception {
    try (RawServer endpoint = RawServer.start(RawServer.Peer::awaitClose);
        RestClient client = client(endpoint.url("/token"))) {
      RestRequest request =
          TestRequests.within(
              Duration.ofMillis(100), TestRequests.guarded(authenticated("http://127.0.0.1:1/")));

      CallResult result = result(request, client.send(request).get(10, TimeUnit.SECONDS));

      assertThat(result.error()).isEqualTo(ErrorCode.REQUEST_TIMEOUT);
      assertThat(result.message()).contains("'crm'", "/token");
      assertThat(client.breakers().of(request.origin()).getMetrics().getNumberOfBufferedCalls())
          .isZero();
    }
  }

  /** A new token each time: t1, t2 … */
  private static final class Counting implements UnaryOperator<String> {
    private final AtomicInteger count = new AtomicInteger();

    @Override
    public String apply(String request) {
      return token("t" + count.incrementAndGet(), "");
    }
  }

  private static String token(String token, String more) {
    return RawServer.response(
        "200 OK\r\nContent-Type: application/json",
        "{\"access_token\": \"%s\", \"token_type\": \"bearer\"%s}".formatted(token, more));
  }

  private static RestClient client(String endpoint) {
    return new RestClient(
        HttpSettings.defaults()
            .withAccess(
                AccessSettings.defaults()
                    .withSecrets(Map.of("s", Secret.of("s3cret+/")))
                    .withAuthentications(
                        Map.of(
                            "crm",
                            AuthenticationSettings.clientCredentials(
                                URI.create(endpoint), "my:id", "s", "a b")))));
  }

  private static RestRequest authenticated(String url) {
    return TestRequests.as("crm", TestRequests.get(url));
  }

  private static CallOutcome call(RestClient client, String url) throws Exception {
    return client.send(authenticated(url)).get(10, TimeUnit.SECONDS);
  }

  private static CallResult result(RestRequest request, CallOutcome outcome) {
    return CallResult.of(RestAction.GET, request, outcome);
  }
}
