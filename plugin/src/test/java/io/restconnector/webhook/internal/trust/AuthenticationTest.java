package io.restconnector.webhook.internal.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.webhook.internal.request.WebhookRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthenticationTest {

  private static final Map<String, String> SECRETS =
      Map.of("first", "open sesame", "second", "Öffne dich", "empty", "");
  private static final List<String> BOTH = List.of("first", "second");

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # RFC 7617 §2: the example of the RFC is Aladdin:open sesame
          Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==, true
          basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==, true
          Basic QWxhZGRpbjrDlmZmbmUgZGljaA==, true
          Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ, false
          Basic QWxhZGRpbjpvcGVuIHNlc2FtZR==, false
          Basic YWxhZGRpbjpvcGVuIHNlc2FtZQ==, false
          Basic QWxhZGRpbjo=, false
          Basic, false
          Bearer QWxhZGRpbjpvcGVuIHNlc2FtZQ==, false
          QWxhZGRpbjpvcGVuIHNlc2FtZQ==, false
          """)
  void whenCredentialsAreBasicThenUserAndPasswordMustFit(String value, boolean valid) {
    Authentication basic = Authentication.basic("Aladdin", BOTH);

    assertThat(basic.isValid(request("authorization", value), SECRETS::get)).isEqualTo(valid);
  }

  @ParameterizedTest
  @CsvSource({
    "Bearer open sesame, true",
    "bearer open sesame, true",
    "Bearer open sesam, false",
    "Bearer open sesame2, false",
    "Bearer Open sesame, false",
    "'Bearer  open sesame', false",
    "Basic open sesame, false",
    "open sesame, false",
    "Bearer, false",
    "'Bearer ', false"
  })
  void whenCredentialsAreATokenThenItMustFit(String value, boolean valid) {
    Authentication bearer = Authentication.bearer(List.of("second", "first", "empty"));

    assertThat(bearer.isValid(request("authorization", value), SECRETS::get)).isEqualTo(valid);
  }

  @ParameterizedTest
  @CsvSource({"open sesame, true", "open sesamE, false", "'', false"})
  void whenCredentialsAreAKeyThenItMustFit(String value, boolean valid) {
    Authentication key = Authentication.apiKey("X-Api-Key", List.of("empty", "first"));

    assertThat(key.isValid(request("x-api-key", value), SECRETS::get)).isEqualTo(valid);
  }

  @Test
  void whenHeaderIsMissingOrThereTwiceThenRequestIsNotValid() {
    Authentication key = Authentication.apiKey("X-Api-Key", BOTH);

    assertThat(key.isValid(request("authorization", "open sesame"), SECRETS::get)).isFalse();
    assertThat(
            key.isValid(
                new WebhookRequest(
                    "POST",
                    "path",
                    null,
                    Map.of("x-api-key", List.of("open sesame", "open sesame"))),
                SECRETS::get))
        .isFalse();
  }

  @Test
  void whenSecretIsUnknownThenRequestIsNotValid() {
    Authentication bearer = Authentication.bearer(List.of("gone"));

    assertThat(bearer.isValid(request("authorization", "Bearer null"), SECRETS::get)).isFalse();
    assertThat(bearer.isValid(request("authorization", "Bearer "), SECRETS::get)).isFalse();
  }

  private static WebhookRequest request(String header, String value) {
    return new WebhookRequest("POST", "path", null, Map.of(header, List.of(value)));
  }
}
