package io.restconnector.webhook.internal.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.spi.Secret;
import io.restconnector.spi.SignatureScheme;
import io.restconnector.spi.SignatureScheme.Invalid;
import io.restconnector.spi.SignatureScheme.Valid;
import io.restconnector.spi.SignedRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One good signature by one of the secrets is enough, and nothing less is. */
class HmacVerifierTest {

  private static final Instant SIGNED = Instant.ofEpochSecond(1_700_000_000);
  private static final byte[] BODY = "body".getBytes(StandardCharsets.UTF_8);
  private static final HmacVerifier GITHUB = new HmacVerifier(HeaderForm.GITHUB);
  private static final HmacVerifier STANDARD = new HmacVerifier(StandardWebhooksForm.STANDARD);
  private static final Secret FIRST = Secret.of("whsec_Zmlyc3Q=");
  private static final Secret SECOND = Secret.of("whsec_c2Vjb25k");

  private static String signature(String key) {
    return "v1,"
        + Hmac.SHA256_BASE64.of(
            key.getBytes(StandardCharsets.UTF_8),
            ("id." + SIGNED.getEpochSecond() + ".body").getBytes(StandardCharsets.UTF_8));
  }

  private static SignatureScheme.Verdict verify(
      String signatures, Duration age, List<Secret> secrets) {
    return STANDARD.verify(
        new SignedRequest(
            "POST",
            "https://h/",
            Map.of(
                "webhook-id", List.of("id"),
                "webhook-timestamp", List.of(String.valueOf(SIGNED.getEpochSecond())),
                "webhook-signature", List.of(signatures)),
            BODY,
            SIGNED.plus(age)),
        secrets);
  }

  @Test
  void whenAnySignatureIsThatOfAnySecretThenTheRequestIsValidAndNamesItsDelivery() {
    for (List<Secret> secrets : List.of(List.of(FIRST, SECOND), List.of(SECOND, FIRST))) {
      for (String signatures :
          List.of(
              signature("first"),
              signature("other") + " " + signature("first"),
              signature("first") + " " + signature("other"))) {
        assertThat(verify(signatures, Duration.ZERO, secrets)).isEqualTo(new Valid("id"));
      }
    }
  }

  @Test
  void whenNoSignatureIsOfASecretThenTheRequestIsNotValid() {
    List<Secret> both = List.of(FIRST, SECOND);
    assertThat(verify(signature("third"), Duration.ZERO, both))
        .isEqualTo(new Invalid("no secret matches"));
    assertThat(verify(signature("first"), Duration.ZERO, List.of()))
        .isEqualTo(new Invalid("no secret matches"));
    // Of another version alone: there is nothing to compare.
    assertThat(verify("v2,AAAA", Duration.ZERO, both)).isEqualTo(new Invalid("no secret matches"));
    // The same bits, written in another way.
    assertThat(verify(signature("first").replaceAll("=+$", ""), Duration.ZERO, both))
        .isEqualTo(new Invalid("no secret matches"));
  }

  @Test
  void whenTheSignatureIsGoodButOldThenTheRequestIsNotValid() {
    assertThat(verify(signature("first"), Duration.ofSeconds(301), List.of(FIRST)))
        .isEqualTo(new Invalid("the timestamp is 301 s old, and 300 s are tolerated"));
  }

  @Test
  void whenAHeaderIsMissingThenTheReasonNamesIt() {
    assertThat(
            GITHUB.verify(
                new SignedRequest("POST", "https://h/", Map.of(), BODY, SIGNED), List.of(FIRST)))
        .isEqualTo(new Invalid("header x-hub-signature-256 is missing"));
  }

  @ParameterizedTest
  @CsvSource({
    "key!,         true,  false",
    "'',           false, false",
    "'a\u0007b',   false, false",
    "whsec_Zm9v,   true,  true",
    "Zm9v,         true,  true",
    "whsec_,       true,  false",
    "whsec_!,      true,  false"
  })
  void whenASecretIsNoKeyOfTheFormThenItIsNotAccepted(
      String secret, boolean isAccepted, boolean isAcceptedAsBase64) {
    assertThat(GITHUB.accepts(Secret.of(secret))).isEqualTo(isAccepted);
    assertThat(STANDARD.accepts(Secret.of(secret))).isEqualTo(isAcceptedAsBase64);
  }

  @Test
  void whenASecretIsNoKeyThenItIsPassedOverForOthers() {
    List<Secret> secrets = new ArrayList<>(List.of(Secret.of("whsec_!"), Secret.of("whsec_")));
    assertThat(verify(signature("first"), Duration.ZERO, secrets))
        .isEqualTo(new Invalid("no secret matches"));
    secrets.add(FIRST);
    assertThat(verify(signature("first"), Duration.ZERO, secrets)).isEqualTo(new Valid("id"));
  }

  @Test
  void whenAFormHasAnIdThenItNamesDeliveries() {
    assertThat(Stream.of(STANDARD, GITHUB).map(HmacVerifier::namesDeliveries))
        .containsExactly(true, false);
  }

  @Test
  void whenTheKeyIsTextThenItsBytesAreTheKeyAndNotWhatItEncodes() {
    String encoded = Base64.getEncoder().encodeToString("k".getBytes(StandardCharsets.UTF_8));
    SignedRequest request =
        new SignedRequest(
            "POST",
            "https://h/",
            Map.of(
                "x-hub-signature-256",
                List.of(
                    "sha256="
                        + Hmac.SHA256_HEX.of(encoded.getBytes(StandardCharsets.UTF_8), BODY))),
            BODY,
            SIGNED);
    assertThat(GITHUB.verify(request, List.of(Secret.of(encoded)))).isEqualTo(new Valid(null));
    assertThat(GITHUB.verify(request, List.of(Secret.of("k"))))
        .isEqualTo(new Invalid("no secret matches"));
  }
}
