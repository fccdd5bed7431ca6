package io.restconnector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a key travels. */
class ApiKeySettingsTest {

  @ParameterizedTest
  @CsvSource({
    "X-Key, api_key, key, api-key wants either header or query-parameter",
    ", , key, api-key wants either header or query-parameter",
    "X Key, , key, header is no HTTP token",
    "'', , key, header is no HTTP token",
    "X-Key, , , secret is missing: the name of one of the secrets",
  })
  @SuppressWarnings("NullAway") // a binder may leave them out
  void whenSomethingIsMissingOrWrongThenTheMessageNamesIt(
      @Nullable String header, @Nullable String parameter, @Nullable String secret, String said) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AuthenticationSettings.apiKey(header, parameter, secret))
        .withMessage("authentication: " + said);
  }

  @Test
  void whenTheKeyTravelsInAHeaderThenThatIsItsCarrier() {
    AuthenticationSettings key = AuthenticationSettings.apiKeyHeader("X-Key!", "key");

    assertThat(key.carrier()).isEqualTo("X-Key!");
    assertThat(key.properties()).isEqualTo(Map.of("header", "X-Key!"));
    assertThat(key.isCarriedIn(URI.create("https://a.test/?header=1&X-Key!=2"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.test/?a=b&api%5Fkey=1, true",
    "https://a.test/?api_key, true",
    "https://a.test/?api_keys=1, false",
    "https://a.test/api_key, false",
  })
  void whenTheKeyTravelsInTheQueryThenAUrlMayHaveItAlready(URI url, boolean isThere) {
    AuthenticationSettings key = AuthenticationSettings.apiKeyQuery("api_key", "key");

    assertThat(key.isCarriedIn(url)).isEqualTo(isThere);
    assertThat(key.carrier()).isNull();
    assertThat(key.properties()).isEqualTo(Map.of("query-parameter", "api_key"));
  }

  @Test
  void whenTheReachIsAnotherThenTheKeyIsTheSame() {
    AuthenticationSettings key = AuthenticationSettings.apiKeyHeader("X-Key", "key");

    assertThat(key.withHosts(List.of("a.test")).withSslBundle("partner"))
        .isEqualTo(
            new ApiKeySettings(
                "X-Key", null, "key", new AuthenticationReach(List.of("a.test"), "partner")));
    assertThat(key.type()).isEqualTo("api-key");
  }
}
