package io.restconnector.webhook.internal.trust;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.spi.SignedRequest;
import io.restconnector.webhook.internal.trust.HmacForm.UnfitClaimException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates of what senders sign. */
class SignedContentTest {

  private static final String FORM = "application/x-www-form-urlencoded";

  private static SignedRequest request(String url, String type, String body) {
    return new SignedRequest(
        "POST", url, Map.of("content-type", List.of(type)), body.getBytes(UTF_8), Instant.EPOCH);
  }

  private static String of(String template, SignedRequest request) throws UnfitClaimException {
    return SignedContent.parse(template).of(request, "12", "id-1").stream()
        .map(piece -> new String(piece, UTF_8))
        .collect(Collectors.joining());
  }

  @ParameterizedTest
  @CsvSource({
    "${body}, b=2&a=1&b=3&b=2",
    "v0:${timestamp}:${body}, v0:12:b=2&a=1&b=3&b=2",
    "${id}.${timestamp}.x, id-1.12.x",
    "${method} ${url}, POST https://h/p%2Fq?x=%3A%20",
    "${decodedUrl}, https://h/p/q?x=:%20",
    "${sortedParams}, a1b2b3",
    "$${body}}, $b=2&a=1&b=3&b=2}",
    "plain, plain"
  })
  void whenATemplateIsFilledThenItIsWhatTheSenderSigned(String template, String signed)
      throws Exception {
    assertThat(of(template, request("https://h/p%2Fq?x=%3A%20", FORM, "b=2&a=1&b=3&b=2")))
        .isEqualTo(signed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"${other}", "${body", "${}", "${Body}", "a${body}${"})
  void whenATemplateHasAnotherNameThenItIsRefused(String template) {
    assertThatThrownBy(() -> SignedContent.parse(template))
        .isInstanceOf(SignedContent.UnknownNameException.class);
  }

  @Test
  void whenANameIsInATemplateThenItHasIt() {
    SignedContent content = SignedContent.parse("id ${body}");
    assertThat(content.has("body")).isTrue();
    assertThat(content.has("id")).isFalse();
  }

  @Test
  void whenTheBodyIsNoFormThenItsHashIsInTheUrlOnce() throws Exception {
    String hash = "bodySHA256=44136FA355B3678A1146AD16F7E8649E94FB4FC21FE77E8310C060F61CAAFF8A";
    String url = "https://h/p?" + hash;
    assertThat(of("${sortedParams}", request(url, "application/json", "{}"))).isEmpty();
    assertThat(of("${sortedParams}", request("https://h/p", "application/json", ""))).isEmpty();
    for (String wrong :
        List.of("https://h/p", url + "&" + hash, url + "0", "https://h/p?x" + hash)) {
      assertThatThrownBy(() -> of("${sortedParams}", request(wrong, "application/json", "{}")))
          .isInstanceOf(UnfitClaimException.class);
    }
  }

  @Test
  void whenTheFormIsMalformedThenNothingIsSigned() {
    assertThatThrownBy(() -> of("${sortedParams}", request("https://h/", FORM, "a=%zz")))
        .isInstanceOf(UnfitClaimException.class);
  }
}
