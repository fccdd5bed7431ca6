package io.restconnector.http.internal.auth;

import io.restconnector.content.internal.JsonValues;
import io.restconnector.http.internal.chain.Credential;
import io.restconnector.http.internal.chain.OutcomeTag;
import io.restconnector.spi.CallAuthentication.Authenticator;
import io.restconnector.spi.CallAuthentication.Credentials;
import io.restconnector.spi.CallAuthentication.Result;
import io.restconnector.spi.CallAuthentication.Settings;
import io.restconnector.spi.CallAuthentication.Unavailable;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.Deadline;
import io.restconnector.spi.RestRequest;
import io.restconnector.spi.Secret;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.message.BasicHeader;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The access token of one client (RFC 6749 §4.4): fetched when it is needed, by one request however
 * many calls need it, and kept until shortly before it ends.
 */
final class AccessTokens implements Authenticator {

  private static final JsonMapper JSON = JsonMapper.shared();

  /** A token is not used in the last part of its life, as a call needs time to get there. */
  private static final Duration MARGIN = Duration.ofSeconds(30);

  /** The answer of the authorization server. */
  sealed interface Answer {}

  /**
   * @param end from when on it is not used; null where the server named none: until it is refused
   */
  record Token(Credentials credentials, @Nullable Instant end) implements Answer {}

  record NoToken(CallOutcome.TokenUnavailable outcome) implements Answer {}

  private final String authentication;
  private final RestRequest request;
  private final Settings settings;
  private final TokenSender sender;
  private final TokenFetches fetches;
  private final Clock clock;
  private @Nullable CompletableFuture<Answer> current;

  AccessTokens(
      Settings settings, Duration timeout, TokenSender sender, TokenFetches fetches, Clock clock) {
    this.authentication = settings.name();
    this.settings = settings;
    this.sender = sender;
    this.fetches = fetches;
    this.clock = clock;
    String names = settings.properties().get("scope");
    String scope = names == null ? "" : "&scope=" + form(names);
    List<Header> headers =
        List.of(
            new BasicHeader("Content-Type", "application/x-www-form-urlencoded"),
            new BasicHeader("Accept", "application/json"));
    request =
        new RestRequest(
            "POST",
            URI.create(settings.property("token-endpoint")),
            headers,
            ("grant_type=client_credentials" + scope).getBytes(StandardCharsets.US_ASCII),
            timeout,
            false);
  }

  /** RFC 6749 §2.3.1 wants id and secret encoded so before they are joined. */
  private static String form(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public CompletableFuture<Result> authenticate(RestRequest ignored, Deadline deadline) {
    return get()
        .thenApply(
            answer ->
                answer instanceof Token token
                    ? token.credentials()
                    : new Unavailable(((NoToken) answer).outcome()));
  }

  /** The current credential of the client. Its secret may have changed. */
  private Credential client() {
    Secret secret = Secret.of(form(settings.secret().reveal()));
    return new Credential(
        HttpHeaders.AUTHORIZATION,
        Credential.basic(form(settings.property("client-id")), secret),
        false);
  }

  /** The token, or why there is none. Cancelling this does not end what others wait for. */
  synchronized CompletableFuture<Answer> get() {
    CompletableFuture<Answer> answer = current;
    if (answer == null || isOver(answer)) {
      Instant start = clock.instant();
      answer =
          sender
              .send(authentication, request, client())
              .thenApply(outcome -> readOnce(outcome, start))
              .exceptionally(failed -> noToken(new CallOutcome.Failed(failed)))
              .thenApply(this::counted);
      current = answer;
    }
    return answer.copy();
  }

  private boolean isOver(CompletableFuture<Answer> answer) {
    if (!answer.isDone()) {
      return false;
    }
    return answer.isCompletedExceptionally()
        || !(answer.join() instanceof Token token)
        || (token.end() != null && !clock.instant().isBefore(token.end()));
  }

  /** Drops the refused token, but not a newer one. */
  @SuppressWarnings("ReferenceEquality") // each answer of the token endpoint is another token
  @Override
  public synchronized boolean refused(Credentials credentials) {
    if (current != null
        && current.getNow(null) instanceof Token token
        && token.credentials().equals(credentials)) {
      current = null;
    }
    return true;
  }

  private Answer counted(Answer answer) {
    String outcome =
        answer instanceof NoToken none ? OutcomeTag.of(none.outcome().outcome()) : "2xx";
    fetches.add(new TokenFetches.Kind(authentication, outcome));
    return answer;
  }

  private Answer readOnce(CallOutcome outcome, Instant start) {
    try {
      return read(outcome, start);
    } finally {
      outcome.release();
    }
  }

  private Answer read(CallOutcome outcome, Instant start) {
    if (!(outcome instanceof CallOutcome.Response response)) {
      return noToken(outcome);
    }
    if (response.status() >= 400) {
      // Without its body, or each call that waits would parse it.
      return new NoToken(
          new CallOutcome.TokenUnavailable(
              authentication, request, response.withoutBody(), TokenError.of(response)));
    }
    if (response.status() != 200) {
      return nonsense("answered " + response.status());
    }
    JsonNode body;
    try {
      body = JSON.readTree(response.buffer(), 0, response.length());
    } catch (JacksonException notJson) { // its message may quote the body
      return nonsense("answered with no JSON");
    }
    JsonNode token = body.path("access_token");
    if (!token.isString() || !token.asString("").matches("[\\x21-\\x7e]+")) {
      return nonsense("answered with no access_token");
    }
    if (!"bearer"
        .equalsIgnoreCase(JsonValues.orMissing(body.path("token_type")).asString("bearer"))) {
      return nonsense("answered with a token_type other than Bearer");
    }
    return new Token(
        Credentials.authorization("Bearer " + token.asString("")),
        end(start, body.path("expires_in")));
  }

  private static @Nullable Instant end(Instant start, JsonNode expiresIn) {
    long seconds = JsonValues.orMissing(expiresIn).asLong(-1);
    if (seconds < 0) {
      return null;
    }
    Duration life = Duration.ofSeconds(Math.min(seconds, Integer.MAX_VALUE));
    Duration half = life.dividedBy(2);
    return start.plus(half.compareTo(MARGIN) < 0 ? half : life.minus(MARGIN));
  }

  private NoToken nonsense(String what) {
    return noToken(new CallOutcome.BadResponse(what, null));
  }

  private NoToken noToken(CallOutcome outcome) {
    return new NoToken(without(outcome));
  }

  /** The outcome of a call without a token. */
  CallOutcome.TokenUnavailable without(CallOutcome outcome) {
    return new CallOutcome.TokenUnavailable(authentication, request, outcome);
  }
}
