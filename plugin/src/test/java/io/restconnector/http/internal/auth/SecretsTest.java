package io.restconnector.http.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.restconnector.fixtures.LoggedEvents;
import io.restconnector.http.AccessSettings;
import io.restconnector.spi.Secret;
import io.restconnector.spi.SecretSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is asked for a secret, and what is said where nobody has it. */
class SecretsTest {

  private static final AccessSettings ACCESS =
      AccessSettings.defaults()
          .withSecrets(
              Map.of(
                  "both",
                  Secret.of("configured"),
                  "own",
                  Secret.of("own"),
                  "bad",
                  Secret.of("a\n")));

  private static SecretSource source(String name, String value) {
    return asked -> asked.equals(name) ? Secret.of(value) : null;
  }

  private static Secrets secrets(SecretSource... sources) {
    return new Secrets(List.of(sources), ACCESS);
  }

  @ParameterizedTest
  @CsvSource({"both, first", "own, own", "later, second", "none, "})
  void whenSeveralHaveASecretThenTheFirstSourceWinsAndTheSettingsAreLast(
      String name, @Nullable String value) {
    Secret found =
        secrets(source("both", "first"), source("both", "second"), source("later", "second"))
            .find(name);

    assertThat(found == null ? null : found.reveal()).isEqualTo(value);
  }

  @Test
  void whenASourceFailsThenTheNextIsAskedAndItsMessageIsNotLogged() {
    try (LoggedEvents log = LoggedEvents.of(Secrets.class).alone()) {
      Secrets secrets =
          secrets(
              name -> {
                throw new IllegalStateException("geheim");
              },
              name -> {
                throw new StackOverflowError("geheim");
              },
              source("both", "third"));

      assertThat(secrets.get("secret", "both").reveal()).isEqualTo("third");
      assertThat(log.text())
          .contains("java.lang.IllegalStateException", "java.lang.StackOverflowError")
          .doesNotContain("geheim");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"geheim", ""})
  void whenNobodyHasTheSecretThenTheMessageNamesTheSettingAndNotTheName(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> secrets().get("proxy.password-secret", name))
        .withMessage(
            "proxy.password-secret is not the name of a secret under rest-connector.secrets");
  }

  @Test
  void whenNoSecretIsNamedThenTheMessageNamesTheSetting() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> secrets().get("secret", null))
        .withMessageStartingWith("secret is not the name of a secret");
  }

  @Test
  void whenASecretCannotBeSentThenTheMessageSaysSo() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> secrets().get("secret", "bad"))
        .withMessage("secret names a secret that is empty or holds a control character");
  }
}
