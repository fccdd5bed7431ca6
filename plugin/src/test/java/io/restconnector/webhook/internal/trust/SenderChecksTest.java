package io.restconnector.webhook.internal.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.spi.Secret;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether this node has the secrets of a trigger, and which headers they come in. */
class SenderChecksTest {

  private static final Map<String, Secret> SECRETS =
      Map.of("good", Secret.of("Zm9v"), "empty", Secret.of(""), "text", Secret.of("no base64!"));

  private static SenderChecks checks(@Nullable String signature, @Nullable String authentication) {
    return new SenderChecks(
        signature == null
            ? null
            : new Signature(
                new HmacVerifier(StandardWebhooksForm.SVIX),
                List.of(signature.split("\\+")),
                Set.of("svix-signature")),
        authentication == null ? null : new ApiKey("x-key", List.of(authentication.split("\\+"))),
        null,
        null);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-,          -,          -",
        "good,       good,       -",
        "good+empty, good,       signature.secret",
        "none,       good,       signature.secret",
        "text,       good,       signature.secret",
        "good,       text,       -",
        "good,       good+none,  authentication.secret",
        "-,          empty,      authentication.secret",
        "none,       none,       signature.secret"
      })
  void whenASecretCannotBeUsedThenItsPropertyIsNamed(
      @Nullable String signature, @Nullable String authentication, @Nullable String property) {
    assertThat(checks(signature, authentication).propertyWithoutKey(SECRETS::get))
        .isEqualTo(property);
  }

  @Test
  void whenSendersProveWhoTheyAreThenTheirHeadersAreKnown() {
    assertThat(checks(null, null).headers()).isEmpty();
    assertThat(checks("good", null).headers()).containsExactly("svix-signature");
    assertThat(checks(null, "good").headers()).containsExactly("x-key");
    assertThat(checks("good", "good").headers()).containsExactly("svix-signature", "x-key");
  }

  @Test
  void whenTheAuthenticationIsBasicThenThatIsKnown() {
    assertThat(checks("good", "good").takesBasicCredentials()).isFalse();
    assertThat(
            new SenderChecks(null, new BasicCredentials("u", List.of("good")), null, null)
                .takesBasicCredentials())
        .isTrue();
  }
}
