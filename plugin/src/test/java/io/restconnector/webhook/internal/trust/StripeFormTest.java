package io.restconnector.webhook.internal.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.spi.SignedRequest;
import io.restconnector.webhook.internal.trust.HmacForm.UnfitClaimException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The elements of Stripe's header. */
class StripeFormTest {

  private static final StripeForm FORM = new StripeForm("stripe-signature");

  private static HmacForm.Claim claim(String value) throws UnfitClaimException {
    return FORM.claim(
        new SignedRequest(
            "POST",
            "https://h/",
            Map.of("stripe-signature", List.of(value)),
            "b".getBytes(StandardCharsets.UTF_8),
            Instant.EPOCH));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "t=12,v1=ab            | ab",
        "v1=ab,t=12            | ab",
        "t=12,v1=ab,v1=cd      | ab/cd",
        "t=12,v0=ef,v1=ab      | ab",
        "t=12,v11=ef,v1=ab     | ab"
      })
  void whenTheHeaderHasElementsThenThoseOfTheVersionAreSignatures(String value, String signatures)
      throws Exception {
    HmacForm.Claim claim = claim(value);
    assertThat(claim.signatures()).containsExactly(signatures.split("/"));
    assertThat(claim.timestamp()).isEqualTo(new Timestamp(Instant.ofEpochSecond(12)));
    assertThat(claim.content().stream().map(String::new)).containsExactly("12.", "b");
    assertThat(claim.id()).isNull();
  }

  @Test
  void whenNoElementIsOfTheVersionThenThereIsNoSignature() throws Exception {
    assertThat(claim("t=12,v0=ab").signatures()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1=ab", "t=12,t=12,v1=ab", "t=12,t=13,v1=ab"})
  void whenThereIsNotOneTimestampThenTheClaimIsUnfit(String value) {
    assertThatThrownBy(() -> claim(value))
        .isInstanceOf(UnfitClaimException.class)
        .hasMessage("header stripe-signature does not hold one timestamp");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "t=12, v1=ab", "t=12,v1=AB", "t=12,v1=", "t=12,v1=ab,", "t=12;v1=ab"})
  void whenTheHeaderIsWrittenInAnotherWayThenTheClaimIsUnfit(String value) {
    assertThatThrownBy(() -> claim(value))
        .isInstanceOf(UnfitClaimException.class)
        .hasMessage("header stripe-signature is not written as Stripe writes it");
  }

  @Test
  void whenTheTimestampIsNoNumberThenTheClaimIsUnfit() {
    assertThatThrownBy(() -> claim("t=1a,v1=ab"))
        .isInstanceOf(UnfitClaimException.class)
        .hasMessage("the timestamp is no number of seconds");
  }
}
