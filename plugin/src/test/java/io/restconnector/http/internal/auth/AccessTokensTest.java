package io.restconnector.http.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.http.AuthenticationSettings;
import io.restconnector.spi.CallOutcome;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long an access token is kept. */
class AccessTokensTest {

  private final SteppedClock clock = new SteppedClock();
  private int fetched;
  private String expiresIn = "3600";

  @ParameterizedTest
  @CsvSource({
    "3600, 3569, 1",
    "3600, 3570, 2",
    "'\"3600\"', 3570, 2",
    "40, 19, 1",
    "40, 20, 2",
    "0, 0, 2",
    "null, 99999999, 1",
    "-1, 99999999, 1",
    "1e300, 99999999, 1",
  })
  void whenTimePassesThenTheTokenIsKeptUntilShortlyBeforeItEnds(
      String announced, long seconds, int wanted) {
    expiresIn = announced;
    AccessTokens tokens = tokens();
    tokens.get().join();
    clock.now = clock.now.plusSeconds(seconds);
    tokens.get().join();

    assertThat(fetched).isEqualTo(wanted);
  }

  @Test
  void whenAnOlderTokenIsRefusedThenTheNewerOneStays() {
    AccessTokens tokens = tokens();
    AccessTokens.Token first = (AccessTokens.Token) tokens.get().join();
    tokens.refused(first.credentials());
    AccessTokens.Answer second = tokens.get().join();
    tokens.refused(first.credentials());

    assertThat(tokens.get().join()).isSameAs(second).isNotSameAs(first);
    assertThat(fetched).isEqualTo(2);
    assertThat(first.toString()).doesNotContain("t1");
  }

  private AccessTokens tokens() {
    AuthenticationSettings settings =
        AuthenticationSettings.clientCredentials(URI.create("http://idp/"), "id", "s", null);
    return new AccessTokens(
        new FixedSettings(settings),
        Duration.ofSeconds(1),
        (name, request, client) -> {
          fetched++;
          byte[] body =
              "{\"access_token\": \"t%d\", \"expires_in\": %s}"
                  .formatted(fetched, expiresIn)
                  .getBytes(StandardCharsets.UTF_8);
          return CompletableFuture.completedFuture(
              new CallOutcome.Response(200, List.of(), body, body.length));
        },
        new TokenFetches(),
        clock);
  }

  private static final class SteppedClock extends Clock {
    private Instant now = Instant.EPOCH;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
