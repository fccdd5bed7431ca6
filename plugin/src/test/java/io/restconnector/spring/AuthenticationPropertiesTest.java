package io.restconnector.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.restconnector.InvalidSettingsException;
import io.restconnector.http.AuthenticationSettings;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each type with its properties, in any spelling. */
class AuthenticationPropertiesTest {

  private static final URI ENDPOINT = URI.create("https://idp.test/");

  private static AuthenticationProperties properties(
      @Nullable String type, @Nullable String header, @Nullable String parameter) {
    return new AuthenticationProperties(
        type,
        "key",
        "ann",
        header,
        parameter,
        ENDPOINT,
        "me",
        "a b",
        Map.of("region", "eu"),
        List.of("a.test"),
        "partner");
  }

  static Stream<Arguments> types() {
    return Stream.of(
        arguments("basic", null, null, AuthenticationSettings.basic("ann", "key")),
        arguments("BASIC", null, null, AuthenticationSettings.basic("ann", "key")),
        arguments("bearer", null, null, AuthenticationSettings.bearer("key")),
        arguments("api-key", "X-K", null, AuthenticationSettings.apiKeyHeader("X-K", "key")),
        arguments("API_KEY", null, "k", AuthenticationSettings.apiKeyQuery("k", "key")),
        arguments(
            "clientCredentials",
            null,
            null,
            AuthenticationSettings.clientCredentials(ENDPOINT, "me", "key", "a b")),
        arguments(
            "aws-sigv4",
            null,
            null,
            AuthenticationSettings.custom("aws-sigv4", "key", Map.of("region", "eu"))),
        arguments(null, null, null, AuthenticationSettings.clientCertificate("partner")));
  }

  @ParameterizedTest
  @MethodSource("types")
  void whenATypeIsGivenThenItHasItsPropertiesAndTheReach(
      @Nullable String type,
      @Nullable String header,
      @Nullable String parameter,
      AuthenticationSettings settings) {
    assertThat(properties(type, header, parameter).toSettings("rest-connector.authentications.a"))
        .isEqualTo(settings.withHosts(List.of("a.test")).withSslBundle("partner"));
  }

  @Test
  void whenATypeOfTheApplicationHasNoPropertiesThenThereAreNone() {
    assertThat(
            new AuthenticationProperties(
                    "own", null, null, null, null, null, null, null, null, null, null)
                .toSettings("p"))
        .isEqualTo(AuthenticationSettings.custom("own", null, Map.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "basic, secret is missing",
    "bearer, secret is missing",
    "api-key, secret is missing",
    "client-credentials, secret is missing",
  })
  void whenSomethingIsMissingThenTheMessageBeginsWithTheProperty(String type, String missing) {
    AuthenticationProperties little =
        new AuthenticationProperties(
            type, null, null, null, null, null, null, null, null, null, null);

    assertThatThrownBy(() -> little.toSettings("rest-connector.authentications.crm"))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageStartingWith("rest-connector.authentications.crm: ")
        .hasMessageContaining(missing)
        .hasNoCause();
  }
}
