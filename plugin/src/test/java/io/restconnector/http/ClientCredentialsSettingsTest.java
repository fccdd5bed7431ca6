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
import org.junit.jupiter.params.provider.ValueSource;

/** The client of an authorization server. */
class ClientCredentialsSettingsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"https://idp.example/token", "http://my_idp:8080/", "https://idp.example?a=b"})
  void whenTheEndpointIsAbsoluteThenItIsTaken(URI endpoint) {
    assertThat(AuthenticationSettings.clientCredentials(endpoint, "me", "key", null).properties())
        .isEqualTo(Map.of("token-endpoint", endpoint.toString(), "client-id", "me"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/token",
        "idp.example/token",
        "ftp://idp.example/",
        "https:/token",
        "https://ann:geheim@idp.example/",
        "mailto:a@b.c",
      })
  void whenTheEndpointIsNoUrlOfAServerThenItIsRefusedAndNotQuoted(URI endpoint) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AuthenticationSettings.clientCredentials(endpoint, "me", "key", null))
        .withMessage(
            "authentication: token-endpoint is not an absolute http or https URL without user"
                + " info");
  }

  @ParameterizedTest
  @CsvSource({
    ", me, key, token-endpoint is not",
    "https://idp.example, , key, client-id is missing",
    "https://idp.example, me, , secret is missing",
  })
  @SuppressWarnings("NullAway") // a binder may leave them out
  void whenSomethingIsMissingThenItIsNamed(
      @Nullable URI endpoint, @Nullable String client, @Nullable String secret, String said) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AuthenticationSettings.clientCredentials(endpoint, client, secret, "s"))
        .withMessageContaining("authentication: " + said);
  }

  @Test
  void whenTheReachIsAnotherThenTheClientIsTheSame() {
    URI endpoint = URI.create("https://idp.example");
    AuthenticationSettings client =
        AuthenticationSettings.clientCredentials(endpoint, "me", "key", "a b")
            .withHosts(List.of("a.test"));

    assertThat(client)
        .isEqualTo(
            new ClientCredentialsSettings(
                endpoint, "me", "key", "a b", new AuthenticationReach(List.of("a.test"), null)));
    assertThat(client.properties()).containsEntry("scope", "a b");
    assertThat(client.type()).isEqualTo("client-credentials");
    assertThat(client.carrier()).isEqualTo("Authorization");
  }
}
