package io.restconnector.http.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.fixtures.TestRequests;
import io.restconnector.spi.RestRequest;
import java.util.Base64;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

  private static final String SECRET = "p\u00e4ss w\"r/d+1";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "p\u00e4ss w\"r/d+1",
        "P\u00c4SS W\"R/D+1",
        "p%C3%A4ss%20w%22r%2Fd%2B1",
        "p%c3%a4ss%20w%22r%2fd%2b1",
        "p%C3%A4ss+w%22r%2Fd%2B1",
        "p\u00e4ss w\\\"r/d+1",
        "%70\u00e4ss%20w%22r/d%2B1",
        "p%C3%A4ss w%22r%2Fd+1",
        "p%c3%A4ss+w\"r/d%2b1",
        "p%25C3%25A4ss%2520w%2522r%252Fd%252B1",
        "p%C3%A4ss%2520w\"r%25252Fd%2B1",
        "p%E4ss%20w%22r%2Fd%2B1",
        "p\\u00e4ss w\\u0022r\\/d\\u002B1",
        "p\\u00e4ss%20w\\\"r/d+1",
        "p&#228;ss w&quot;r/d+1",
        "p&#xe4;ss w&amp;quot;r/d&#x2b;1",
      })
  void whenASecretIsWrittenInAnotherWayThenItIsReplaced(String form) {
    Redaction redaction = new Redaction().add(SECRET);

    assertThat(redaction.excerpt("no " + form + " here", 200)).isEqualTo("no *** here");
  }

  /** What is left is as it came, whatever else is escaped. */
  @ParameterizedTest
  @CsvSource({
    "%20a=%70%C3%A4%20&b=100%, %20a=%70%C3%A4%20&b=100%",
    "x%2Fkey-1%2Fy, x%2F***%2Fy",
    "%6bey-1%6Bey%2D1, ******",
    "%256Bey-1%25, ***%25",
    "k%C3%A4key-1, k%C3%A4***",
    "%C3%A4%E4key-1, %C3%A4%E4***",
    "key-%zz, key-%zz",
    "%F0%9F%98%80key-1%F0%9F%98%80, %F0%9F%98%80***%F0%9F%98%80",
  })
  void whenSomeOfATextIsEscapedThenOnlyTheSecretIsReplaced(String text, String masked) {
    assertThat(new Redaction().add("key-1").mask(text, 200)).isEqualTo(masked);
  }

  @Test
  void whenASecretIsInBase64ThenItIsReplaced() {
    String plain = Base64.getEncoder().encodeToString(SECRET.getBytes(UTF_8));
    String pair = Base64.getEncoder().encodeToString(("ann:" + SECRET).getBytes(UTF_8));
    Redaction redaction = new Redaction().add(SECRET).addHeaderValue("Basic " + pair);

    assertThat(redaction.excerpt(plain + " and " + pair, 200))
        .doesNotContain(plain.substring(0, 8), pair.substring(0, 8));
  }

  @ParameterizedTest
  @CsvSource({
    "Authorization, Bearer abc.def, abc.def",
    "Authorization, Basic YW5uOmdlaGVpbQ==, geheim",
    "Authorization, Basic YW5uOmdlaGVpbQ==, YW5uOmdlaGVpbQ",
    "Cookie, a=b; session=geheim1, geheim1",
    "X-Api-Key, k3, k3",
    "Ocp-Apim-Subscription-Key, geheim2, geheim2",
    "PRIVATE-TOKEN, geheim3, geheim3",
    "X-Amz-Signature, geheim4, geheim4",
    "Authorization, 'Digest username=\"ann\", response=\"geheim5\"', geheim5",
  })
  void whenARequestHasACredentialThenItIsReplaced(String name, String value, String echoed) {
    assertThat(of("http://a.test/", name, value).excerpt("got " + echoed, 200))
        .isEqualTo("got ***");
  }

  @ParameterizedTest
  @CsvSource({
    "http://a.test/?api_key=k1, k1",
    "http://a.test/?q=long-enough, long-enough",
    "http://a.test/?x=1&sig=a%2Fb, a/b",
    "http://a.test/?x=1&sig=a%2Fb, a%2fb",
    "http://a.test/?token=a+b, a b",
  })
  void whenTheQueryHasACredentialThenItIsReplaced(String url, String echoed) {
    assertThat(of(url, "Accept", "text/plain").excerpt("got " + echoed, 200)).isEqualTo("got ***");
  }

  @Test
  void whenAFormHasACredentialThenItIsReplaced() {
    RestRequest request =
        TestRequests.request(
            "POST",
            "http://a.test/",
            List.of(new BasicHeader("Content-Type", "application/x-www-form-urlencoded")),
            "client_secret=a%26b&page=2".getBytes(UTF_8));

    assertThat(new Redaction().addRequest(request).excerpt("a&b of page=2", 200))
        .isEqualTo("*** of page=2");
  }

  @ParameterizedTest
  @CsvSource({
    "Content-Type, text/plain",
    "Accept, text/plain",
    "X-Tenant, acme",
    "Idempotency-Key, i-1"
  })
  void whenAHeaderIsNoCredentialThenItsValueStays(String name, String value) {
    assertThat(of("http://a.test/?page=2", name, value).excerpt(value + " page=2", 200))
        .isEqualTo(value + " page=2");
  }

  @Test
  void whenTextIsLongThenItsBeginningIsLeftAndNoPartOfASecret() {
    Redaction redaction = new Redaction().add("0123456789");

    assertThat(redaction.excerpt("a".repeat(195) + "0123456789", 200))
        .isEqualTo("a".repeat(195) + "***");
    assertThat(redaction.excerpt("a".repeat(199) + "0123456789", 200)).isEqualTo("a".repeat(199));
    assertThat(redaction.excerpt("\ud83d\ude00".repeat(150), 199)).hasSize(198);
  }

  @Test
  void whenTextHasControlsThenItIsOneLineWithoutThem() {
    assertThat(new Redaction().excerpt("\u0000a\r\n b\u0085c\u2028d\u202ee\u200bf\t", 200))
        .isEqualTo("a  b c def");
  }

  private static Redaction of(String url, String name, String value) {
    List<Header> headers = List.of(new BasicHeader(name, value));
    return new Redaction().addRequest(TestRequests.request("GET", url, headers, null));
  }
}
