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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signatures in one header, maybe several in it. */
class HeaderFormTest {

  private static HeaderForm form(String prefix, @Nullable String separator, boolean anyCase) {
    return new HeaderForm(
        "x-sig",
        Hmac.SHA256_HEX,
        prefix,
        separator,
        anyCase,
        null,
        Timestamp.Unit.S,
        null,
        SignedContent.BODY);
  }

  private static SignedRequest request(Map<String, String> headers) {
    Map<String, List<String>> lists = new HashMap<>();
    headers.forEach((name, value) -> lists.put(name, List.of(value)));
    return new SignedRequest(
        "POST", "https://h/", lists, "b".getBytes(StandardCharsets.UTF_8), Instant.EPOCH);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "null",
      quoteCharacter = '`',
      value = {
        "null | false | v=        | v=ab            | ab",
        "null | false | v=        | v=AB            | AB",
        "null | true  | v=        | v=AB            | ab",
        "null | false | ``        | ` ab `          | ` ab `",
        "null | false | v=        | v=a, v=b        | a, v=b",
        ",    | false | v=        | v=a,v=b         | a/b",
        ",    | false | v=        | ` v=a , v=b `   | a/b",
        ",    | false | v=        | w=x,v=b,w=y     | b",
        ",    | false | v=        | v=a,            | a",
        "::   | false | v=        | v=a::v=b        | a/b",
        ",    | false | v=        | v=a::v=b        | a::v=b"
      })
  void whenAHeaderHasSignaturesThenThoseWithThePrefixAreTaken(
      @Nullable String separator, boolean anyCase, String prefix, String value, String signatures)
      throws Exception {
    assertThat(form(prefix, separator, anyCase).claim(request(Map.of("x-sig", value))).signatures())
        .containsExactly(signatures.split("/"));
  }

  @ParameterizedTest
  @CsvSource({"V=ab", "ab", "' v=ab'", "''"})
  void whenNoSignatureHasThePrefixThenTheClaimIsUnfit(String value) {
    assertThatThrownBy(() -> form("v=", null, false).claim(request(Map.of("x-sig", value))))
        .isInstanceOf(UnfitClaimException.class)
        .hasMessage("header x-sig has no signature with the prefix");
  }

  @Test
  void whenThereAreATimestampAndAnIdThenBothAreWantedAndSigned() throws Exception {
    HeaderForm form =
        new HeaderForm(
            "x-sig",
            Hmac.SHA256_HEX,
            "",
            null,
            false,
            "x-time",
            Timestamp.Unit.MS,
            "x-id",
            SignedContent.parse("${id}|${timestamp}|${body}"));

    HmacForm.Claim claim =
        form.claim(request(Map.of("x-sig", "s", "x-time", "1500", "x-id", "i-1")));

    assertThat(claim.timestamp()).isEqualTo(new Timestamp(Instant.ofEpochMilli(1500)));
    assertThat(claim.content().stream().map(String::new)).containsSequence("i-1", "|", "1500");
    // Not the id by which a delivery is known again: nobody has said that it is unique.
    assertThat(claim.id()).isNull();
    assertThat(form.headers()).containsExactly("x-sig", "x-time", "x-id");
    assertThatThrownBy(() -> form.claim(request(Map.of("x-sig", "s", "x-id", "i-1"))))
        .hasMessage("header x-time is missing");
    assertThatThrownBy(() -> form.claim(request(Map.of("x-sig", "s", "x-time", "1500"))))
        .hasMessage("header x-id is missing");
    assertThatThrownBy(
            () -> form.claim(request(Map.of("x-sig", "s", "x-time", "1.5", "x-id", "i-1"))))
        .hasMessage("the timestamp is no number of milliseconds");
  }

  @Test
  void whenAFormHasNoTimestampThenItReadsOneHeaderAndClaimsNone() throws Exception {
    assertThat(HeaderForm.GITHUB.headers()).containsExactly("x-hub-signature-256");
    assertThat(
            HeaderForm.GITHUB
                .claim(request(Map.of("x-hub-signature-256", "sha256=ab")))
                .timestamp())
        .isNull();
  }
}
