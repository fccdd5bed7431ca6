package io.restconnector.webhook.internal.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.spi.SignedRequest;
import io.restconnector.webhook.internal.trust.HmacForm.UnfitClaimException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The three headers of Standard Webhooks, and keys in base64. */
class StandardWebhooksFormTest {

  private static HmacForm.Claim claim(StandardWebhooksForm form, String... namesAndValues)
      throws UnfitClaimException {
    Map<String, List<String>> headers = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.put(namesAndValues[i], List.of(namesAndValues[i + 1]));
    }
    return form.claim(
        new SignedRequest(
            "POST", "https://h/", headers, "b".getBytes(StandardCharsets.UTF_8), Instant.EPOCH));
  }

  private static HmacForm.Claim standard(String id, String signatures) throws UnfitClaimException {
    return claim(
        StandardWebhooksForm.STANDARD,
        "webhook-id",
        id,
        "webhook-timestamp",
        "12",
        "webhook-signature",
        signatures);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "v1,ab=              | ab=",
        "v1,ab v1,c/+_-      | ab;c/+_-",
        "v1a,ab v1,cd        | cd",
        "v2,ab v1,cd v1x,ef  | cd"
      })
  void whenThereAreSeveralVersionsThenThoseOfTheFirstAreSignatures(String header, String signatures)
      throws Exception {
    HmacForm.Claim claim = standard("msg_1", header);
    assertThat(claim.signatures()).containsExactly(signatures.split(";"));
    assertThat(claim.id()).isEqualTo("msg_1");
    assertThat(claim.timestamp()).isEqualTo(new Timestamp(Instant.ofEpochSecond(12)));
    assertThat(claim.content().stream().map(String::new)).containsExactly("msg_1.12.", "b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "v1", "v1,", "V1,ab", "v1,ab  v1,cd", "v1,ab ", " v1,ab", "v1,a*"})
  void whenTheSignaturesAreWrittenInAnotherWayThenTheClaimIsUnfit(String signatures) {
    assertThatThrownBy(() -> standard("msg_1", signatures))
        .isInstanceOf(UnfitClaimException.class)
        .hasMessage("header webhook-signature is not written as Standard Webhooks wants it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a.b", "ä"})
  void whenTheIdCouldEndInTwoPlacesThenTheClaimIsUnfit(String id) {
    assertThatThrownBy(() -> standard(id, "v1,ab"))
        .isInstanceOf(UnfitClaimException.class)
        .hasMessage("header webhook-id is no id");
  }

  @Test
  void whenTheFirstSetOfHeadersHasNoSignatureThenTheOtherCountsForAllThree() throws Exception {
    String[] svix = {
      "svix-id", "s", "svix-timestamp", "1", "svix-signature", "v1,ab", "webhook-id", "w"
    };
    assertThat(claim(StandardWebhooksForm.STANDARD, svix).id()).isEqualTo("s");
    assertThat(claim(StandardWebhooksForm.SVIX, svix).id()).isEqualTo("s");
    assertThatThrownBy(() -> claim(StandardWebhooksForm.STANDARD))
        .hasMessage("header webhook-id is missing");
    assertThatThrownBy(
            () ->
                claim(
                    StandardWebhooksForm.SVIX,
                    "webhook-id",
                    "w",
                    "webhook-timestamp",
                    "1",
                    "webhook-signature",
                    "v1,ab"))
        .hasMessage("header svix-id is missing");
    assertThat(StandardWebhooksForm.STANDARD.headers())
        .containsExactly(
            "webhook-id",
            "webhook-timestamp",
            "webhook-signature",
            "svix-id",
            "svix-timestamp",
            "svix-signature");
  }

  @Test
  void whenASecretIsBase64ThenTheKeyIsWhatItEncodes() {
    assertThat(StandardWebhooksForm.SVIX.key("whsec_Zm9v")).asString().isEqualTo("foo");
    assertThat(StandardWebhooksForm.SVIX.key("Zm9v")).asString().isEqualTo("foo");
    assertThat(StandardWebhooksForm.SVIX.key("Zm9v!")).isNull();
    assertThat(StandardWebhooksForm.SVIX.hasId()).isTrue();
  }
}
