package io.restconnector.http.internal.auth;

import io.restconnector.http.AuthenticationSettings;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import io.restconnector.spi.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
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
public final class AccessTokens {

  private static final JsonMapper JSON = JsonMapper.shared();

  /** A token is not used in the last part of its life, as a call needs time to get there. */
  private static final Duration MARGIN = Duration.ofSeconds(30);

  /** What the authorization server had to say. */
  sealed interface Answer {}

  /**
   * @param end from when on it is not used; null where the server named none: until it is refused
   */
  record Token(Credential credential, @Nullable Instant end) implements Answer {}

  record NoToken(CallOutcome.NotAuthenticated outcome) implements Answer {}

  /** Sends a token request; the outcome comes on a thread that may take a while with it. */
  @FunctionalInterface
  public interface Sender {
    CompletableFuture<CallOutcome> send(RestRequest request, Credential client);
  }

  private final String authentication;
  private final RestRequest request;
  private final Credential client;
  private final Sender sender;
  private final Clock clock;
  private @Nullable CompletableFuture<Answer> current;

  /** The token before, with which calls may still be under way. */
  private @Nullable CompletableFuture<Answer> previous;

  AccessTokens(
      String authentication,
      AuthenticationSettings settings,
      Secret clientSecret,
      Duration timeout,
      Sender sender,
      Clock clock) {
    this.authentication = authentication;
    this.sender = sender;
    this.clock = clock;
    String id = Objects.requireNonNull(settings.clientId());
    client =
        Credential.basic(
            HttpHeaders.AUTHORIZATION, form(id), Secret.of(form(clientSecret.reveal())));
    String scope = settings.scope() == null ? "" : "&scope=" + form(settings.scope());
    List<Header> headers =
        List.of(
            new BasicHeader("Content-Type", "application/x-www-form-urlencoded"),
            new BasicHeader("Accept", "application/json"));
    request =
        new RestRequest(
            "POST",
            Objects.requireNonNull(settings.tokenEndpoint()),
            headers,
            ("grant_type=client_credentials" + scope).getBytes(StandardCharsets.US_ASCII),
            timeout,
            false);
  }

  /** RFC 6749 §2.3.1 wants id and secret encoded so before they are joined. */
  private static String form(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** The token, or why there is none. Cancelling this does not end what others wait for. */
  synchronized CompletableFuture<Answer> get() {
    CompletableFuture<Answer> answer = current;
    if (answer == null || isOver(answer)) {
      Instant start = clock.instant();
      answer =
          sender
              .send(request, client)
              .thenApply(outcome -> readOnce(outcome, start))
              .exceptionally(failed -> noToken(new CallOutcome.Failed(failed)));
      previous = current == null ? previous : current;
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

  /** The resource refused the token; a newer one stays. */
  synchronized void refused(Token token) {
    if (current != null && current.getNow(null) == token) {
      previous = current;
      current = null;
    }
  }

  private Answer readOnce(CallOutcome outcome, Instant start) {
    try {
      return read(outcome, start);
    } finally {
      outcome.release();
    }
  }

  /** What servers were shown: that of the client, and tokens that calls under way may have. */
  synchronized List<Credential> shown() {
    List<Credential> shown = new ArrayList<>(List.of(client));
    for (CompletableFuture<Answer> answer : Arrays.asList(current, previous)) {
      if (answer != null
          && answer.isDone()
          && !answer.isCompletedExceptionally()
          && answer.join() instanceof Token token) {
        shown.add(token.credential());
      }
    }
    return shown;
  }

  private Answer read(CallOutcome outcome, Instant start) {
    if (!(outcome instanceof CallOutcome.Response response)) {
      return noToken(outcome);
    }
    if (response.status() >= 400) {
      return noToken(response.withoutBody()); // or each call that waits would parse it
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
    if (!token.isString() || !token.asString().matches("[\\x21-\\x7e]+")) {
      return nonsense("answered with no access_token");
    }
    if (!"bearer".equalsIgnoreCase(body.path("token_type").asString("bearer"))) {
      return nonsense("answered with a token_type other than Bearer");
    }
    return new Token(
        Credential.bearer(Secret.of(token.asString())), end(start, body.path("expires_in")));
  }

  private static @Nullable Instant end(Instant start, JsonNode expiresIn) {
    long seconds = expiresIn.asLong(-1);
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

  /** What a call without a token comes to. */
  CallOutcome.NotAuthenticated without(CallOutcome outcome) {
    return new CallOutcome.NotAuthenticated(authentication, request, outcome);
  }
}
