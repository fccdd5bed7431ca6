package io.restconnector.extension;

import static io.restconnector.extension.ExtendedEngine.SECRET;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.InvalidSettingsException;
import io.restconnector.RestConnectorSettings;
import io.restconnector.call.CallEngine;
import io.restconnector.call.internal.RestAction;
import io.restconnector.fixtures.RawServer;
import io.restconnector.http.AuthenticationSettings;
import io.restconnector.spi.CallAuthentication;
import io.restconnector.spi.CallAuthentication.Authenticator;
import io.restconnector.spi.CallAuthentication.Credentials;
import io.restconnector.spi.CallAuthentication.Result;
import io.restconnector.spi.Deadline;
import io.restconnector.spi.RestRequest;
import io.restconnector.spi.Secret;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CallAuthenticationTest {

  private static final Clock VECTORS_TIME =
      Clock.fixed(Instant.parse("2015-08-30T12:36:00Z"), ZoneOffset.UTC);
  private static final String OK = RawServer.response("200 OK", "");

  /** As of the configuration of the published test suite. */
  private record VectorSettings() implements CallAuthentication.Settings {
    @Override
    public String name() {
      return "aws";
    }

    @Override
    public Secret secret() {
      return Secret.of("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
    }

    @Override
    public Map<String, String> properties() {
      return Map.of("access-key-id", "AKIDEXAMPLE", "region", "us-east-1", "service", "service");
    }
  }

  /** The cases of the test suite of AWS that an HTTP client can send as they are. */
  static Stream<Arguments> vectors() {
    return Stream.of(
        Arguments.of(
            "get-header-key-duplicate",
            "GET /",
            "My-Header1:value2|My-Header1:value2|My-Header1:value1",
            "",
            "host;my-header1;x-amz-date",
            "c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea"),
        Arguments.of(
            "get-header-value-order",
            "GET /",
            "My-Header1:value4|My-Header1:value1|My-Header1:value3|My-Header1:value2",
            "",
            "host;my-header1;x-amz-date",
            "08c7e5a9acfcfeb3ab6b2185e75ce8b1deb5e634ec47601a50643f830c755c01"),
        Arguments.of(
            "get-header-value-trim",
            "GET /",
            "My-Header1: value1|My-Header2: \"a   b   c\"",
            "",
            "host;my-header1;my-header2;x-amz-date",
            "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736"),
        Arguments.of(
            "get-unreserved",
            "GET /-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
            "",
            "",
            "host;x-amz-date",
            "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f"),
        Arguments.of(
            "get-utf8",
            "GET /ሴ",
            "",
            "",
            "host;x-amz-date",
            "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85"),
        Arguments.of(
            "get-vanilla-empty-query-key",
            "GET /?Param1=value1",
            "",
            "",
            "host;x-amz-date",
            "a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb"),
        Arguments.of(
            "get-vanilla-query-order-key-case",
            "GET /?Param2=value2&Param1=value1",
            "",
            "",
            "host;x-amz-date",
            "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"),
        Arguments.of(
            "get-vanilla-query-order-key",
            "GET /?Param1=value2&Param1=Value1",
            "",
            "",
            "host;x-amz-date",
            "eedbc4e291e521cf13422ffca22be7d2eb8146eecf653089df300a15b2382bd1"),
        Arguments.of(
            "get-vanilla-query-order-value",
            "GET /?Param1=value2&Param1=value1",
            "",
            "",
            "host;x-amz-date",
            "5772eed61e12b33fae39ee5e7012498b51d56abc0abb7c60486157bd471c4694"),
        Arguments.of(
            "get-vanilla-query-unreserved",
            "GET /?-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz=-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
            "",
            "",
            "host;x-amz-date",
            "9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197"),
        Arguments.of(
            "get-vanilla-query",
            "GET /",
            "",
            "",
            "host;x-amz-date",
            "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
        Arguments.of(
            "get-vanilla",
            "GET /",
            "",
            "",
            "host;x-amz-date",
            "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
        Arguments.of(
            "get-relative-relative",
            "GET /example1/example2/../..",
            "",
            "",
            "host;x-amz-date",
            "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
        Arguments.of(
            "get-relative",
            "GET /example/..",
            "",
            "",
            "host;x-amz-date",
            "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
        Arguments.of(
            "get-slash-dot-slash",
            "GET /./",
            "",
            "",
            "host;x-amz-date",
            "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
        Arguments.of(
            "get-slash-pointless-dot",
            "GET /./example",
            "",
            "",
            "host;x-amz-date",
            "ef75d96142cf21edca26f06005da7988e4f8dc83a165a80865db7089db637ec5"),
        Arguments.of(
            "get-slash",
            "GET //",
            "",
            "",
            "host;x-amz-date",
            "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
        Arguments.of(
            "get-slashes",
            "GET //example//",
            "",
            "",
            "host;x-amz-date",
            "9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84"),
        Arguments.of(
            "post-header-key-case",
            "POST /",
            "",
            "",
            "host;x-amz-date",
            "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"),
        Arguments.of(
            "post-header-key-sort",
            "POST /",
            "My-Header1:value1",
            "",
            "host;my-header1;x-amz-date",
            "c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c"),
        Arguments.of(
            "post-header-value-case",
            "POST /",
            "My-Header1:VALUE1",
            "",
            "host;my-header1;x-amz-date",
            "cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d"),
        Arguments.of(
            "post-vanilla-empty-query-value",
            "POST /?Param1=value1",
            "",
            "",
            "host;x-amz-date",
            "28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11"),
        Arguments.of(
            "post-vanilla-query",
            "POST /?Param1=value1",
            "",
            "",
            "host;x-amz-date",
            "28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11"),
        Arguments.of(
            "post-vanilla",
            "POST /",
            "",
            "",
            "host;x-amz-date",
            "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"),
        Arguments.of(
            "post-x-www-form-urlencoded-parameters",
            "POST /",
            "Content-Type:application/x-www-form-urlencoded; charset=utf8",
            "Param1=value1",
            "content-type;host;x-amz-date",
            "1a72ec8f64bd914b0e42e42607c7fbce7fb2c7465f63e3092b3b0d39fa77a6fe"),
        Arguments.of(
            "post-x-www-form-urlencoded",
            "POST /",
            "Content-Type:application/x-www-form-urlencoded",
            "Param1=value1",
            "content-type;host;x-amz-date",
            "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a"),
        Arguments.of(
            "encoded-space",
            "GET /example%20space/",
            "",
            "",
            "host;x-amz-date",
            "446b817944c553435b35e813c261ff4e161fff982d1bacdef1c87f6785dd1662"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void whenARequestOfTheTestSuiteIsSignedThenTheSignatureIsThePublishedOne(
      String name, String line, String fields, String body, String signed, String signature)
      throws Exception {
    String[] parts = line.split(" ", 2);
    List<Header> headers = new ArrayList<>();
    for (String field : fields.isEmpty() ? new String[0] : fields.split("\\|", -1)) {
      headers.add(new BasicHeader(field.split(":", 2)[0], field.split(":", 2)[1]));
    }
    RestRequest request =
        new RestRequest(
            parts[0],
            URI.create("https://example.amazonaws.com" + parts[1]),
            headers,
            body.isEmpty() ? null : body.getBytes(UTF_8),
            Duration.ofSeconds(1),
            false);
    Result result =
        new AwsSignature(VECTORS_TIME)
            .configure(new VectorSettings())
            .authenticate(request, Deadline.after(Duration.ofSeconds(1)))
            .get();

    assertThat(((Credentials) result).headers().get("Authorization").reveal())
        .isEqualTo(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
                + " SignedHeaders="
                + signed
                + ", Signature="
                + signature);
  }

  @Test
  void whenATypeOfTheApplicationIsNamedThenItSignsEachAttempt() throws Exception {
    AuthenticationSettings aws =
        AuthenticationSettings.custom(
            "aws-sigv4",
            "key",
            Map.of("access-key-id", "AKID", "region", "us-east-1", "service", "execute-api"));
    try (RawServer server = busyOnce();
        CallEngine engine =
            ExtendedEngine.start(
                builder ->
                    builder
                        .settings(ExtendedEngine.settings(aws))
                        .authentication(new AwsSignature(Clock.systemUTC())))) {
      engine.deploy("p", CallEngine.byExpression(RestAction.PUT));
      CallEngine.Outcome outcome =
          engine.run(
              "p",
              Map.of(
                  "restUrl",
                  server.url("/orders/1"),
                  "requestPayload",
                  Map.of("amount", 1),
                  "maxAttempts",
                  2,
                  "retryBackoff",
                  1,
                  "authentication",
                  "a"));

      assertThat(outcome.code()).isEqualTo("none");
      assertThat(server.requests())
          .hasSize(2)
          .allSatisfy(
              request ->
                  assertThat(request)
                      .contains("SignedHeaders=content-type;host;x-amz-date, Signature=")
                      .containsPattern("(?m)^X-Amz-Date: \\d{8}T\\d{6}Z"));
    }
  }

  private static RawServer busyOnce() throws Exception {
    AtomicInteger answered = new AtomicInteger();
    return RawServer.start(
        RawServer.replying(
            request -> answered.getAndIncrement() == 0 ? RawServer.response("503 Busy", "") : OK));
  }

  private static CallAuthentication named(String type, Authenticator authenticator) {
    return new CallAuthentication() {
      @Override
      public String type() {
        return type;
      }

      @Override
      public Authenticator configure(Settings settings) {
        return authenticator;
      }
    };
  }

  private static final RestConnectorSettings VAULT =
      ExtendedEngine.settings(AuthenticationSettings.custom("vault", null, Map.of()));

  @Test
  void whenTheServerRefusesTheCredentialsThenOthersAreTriedOnce() throws Exception {
    AtomicInteger version = new AtomicInteger();
    Authenticator renewing =
        new Authenticator() {
          @Override
          public CompletableFuture<Result> authenticate(RestRequest request, Deadline deadline) {
            return CompletableFuture.completedFuture(
                Credentials.authorization("Vault v" + version.get()));
          }

          @Override
          public boolean refused(Credentials credentials) {
            version.incrementAndGet();
            return true;
          }
        };
    try (RawServer server =
            RawServer.start(
                RawServer.replying(
                    request ->
                        request.contains("Vault v1") ? OK : RawServer.response("401 No", "")));
        CallEngine engine =
            ExtendedEngine.start(
                builder -> builder.settings(VAULT).authentication(named("vault", renewing)))) {
      engine.deploy("p", CallEngine.byExpression(RestAction.GET));
      Map<String, Object> call = Map.of("restUrl", server.url("/"), "authentication", "a");
      assertThat(engine.run("p", call).code()).isEqualTo("none");
      assertThat(server.requests()).hasSize(2);
      version.set(5);
      assertThat(engine.run("p", call).code()).isEqualTo("UNAUTHORIZED");
      assertThat(server.requests()).hasSize(4);
    }
  }

  static Stream<Authenticator> faults() {
    return Stream.of(
        (request, deadline) -> {
          throw new IllegalStateException(SECRET);
        },
        (request, deadline) -> null,
        (request, deadline) -> CompletableFuture.completedFuture(null),
        (request, deadline) -> CompletableFuture.failedFuture(new AssertionError(SECRET)),
        (request, deadline) -> new CompletableFuture<>());
  }

  @ParameterizedTest
  @MethodSource("faults")
  void whenAnAuthenticationFailsThenTheCallIsNotSentAndNoSecretIsTold(Authenticator faulty)
      throws Exception {
    try (RawServer server = RawServer.answering(OK);
        CallEngine engine =
            ExtendedEngine.start(
                builder -> builder.settings(VAULT).authentication(named("vault", faulty)))) {
      engine.deploy("p", CallEngine.byExpression(RestAction.GET));
      CallEngine.Outcome outcome =
          engine.run(
              "p", Map.of("restUrl", server.url("/"), "authentication", "a", "timeout", 300));

      assertThat(outcome.error())
          .containsAnyOf(
              "was not sent, authentication 'a' gave no credentials",
              "it waited for the credentials of authentication 'a'")
          .doesNotContain(SECRET);
      assertThat(server.accepted()).isZero();
    }
  }

  @Test
  void whenNobodyHasTheTypeThenTheStartFailsAndNamesThoseThatThereAre() {
    assertThatThrownBy(
            () ->
                ExtendedEngine.start(
                    builder ->
                        builder
                            .settings(
                                ExtendedEngine.settings(
                                    AuthenticationSettings.custom(SECRET, null, Map.of())))
                            .authentication(named("vault", (request, deadline) -> null))))
        .hasStackTraceContaining(InvalidSettingsException.class.getName())
        .hasStackTraceContaining(
            "authentications.a.type is not one of basic, bearer, api-key, client-credentials, vault")
        .satisfies(failure -> assertThat(failure.toString()).doesNotContain(SECRET));
  }

  @Test
  void whenARedirectLeadsAwayThenTheCredentialsDoNotGoAlong() throws Exception {
    Authenticator twoHeaders =
        (request, deadline) ->
            CompletableFuture.completedFuture(
                Credentials.headers(
                    Map.of("X-Plain-Name", Secret.of(SECRET), "X-Other", Secret.of(SECRET))));
    try (RawServer target = RawServer.answering(OK);
        RawServer server =
            RawServer.answering(
                RawServer.response("302 Found\r\nLocation: " + target.url("/to"), ""));
        CallEngine engine =
            ExtendedEngine.start(
                builder -> builder.settings(VAULT).authentication(named("vault", twoHeaders)))) {
      engine.deploy("p", CallEngine.byExpression(RestAction.GET));
      engine.run("p", Map.of("restUrl", server.url("/"), "authentication", "a"));

      assertThat(server.requests().get(0)).contains("X-Plain-Name: " + SECRET);
      assertThat(target.requests()).hasSize(1);
      assertThat(target.requests().get(0)).doesNotContain(SECRET);
    }
  }
}
