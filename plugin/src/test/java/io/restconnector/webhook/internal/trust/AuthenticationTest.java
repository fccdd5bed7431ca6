package io.restconnector.webhook.internal.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.spi.Secret;
import io.restconnector.spi.SignatureScheme;
import io.restconnector.spi.SignedRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthenticationTest {

  private static final Map<String, Secret> SECRETS =
      Map.of(
          "first", Secret.of("open sesame"),
          "second", Secret.of("Öffne dich"),
          "empty", Secret.of(""));
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
    Authentication basic = new BasicCredentials("Aladdin", BOTH);

    assertThat(isValid(basic, request("authorization", value))).isEqualTo(valid);
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
    Authentication bearer = new BearerToken(List.of("second", "first", "empty"));

    assertThat(isValid(bearer, request("authorization", value))).isEqualTo(valid);
  }

  @ParameterizedTest
  @CsvSource({"open sesame, true", "open sesamE, false", "'', false"})
  void whenCredentialsAreAKeyThenItMustFit(String value, boolean valid) {
    Authentication key = new ApiKey("x-api-key", List.of("empty", "first"));

    assertThat(isValid(key, request("x-api-key", value))).isEqualTo(valid);
  }

  @Test
  void whenHeaderIsMissingOrThereTwiceThenRequestIsNotValid() {
    Authentication key = new ApiKey("x-api-key", BOTH);

    assertThat(isValid(key, request("authorization", "open sesame"))).isFalse();
    assertThat(isValid(key, request("x-api-key", "open sesame", "open sesame"))).isFalse();
  }

  @Test
  void whenSecretIsUnknownThenRequestIsNotValid() {
    Authentication bearer = new BearerToken(List.of("gone"));

    assertThat(isValid(bearer, request("authorization", "Bearer null"))).isFalse();
    assertThat(isValid(bearer, request("authorization", "Bearer "))).isFalse();
  }

  private static boolean isValid(Authentication authentication, SignedRequest request) {
    return authentication.verify(request, SECRETS::get) instanceof SignatureScheme.Valid;
  }

  private static SignedRequest request(String header, String... values) {
    return new SignedRequest(
        "POST",
        "http://localhost/path",
        Map.of(header, List.of(values)),
        new byte[0],
        Instant.EPOCH);
  }
}
