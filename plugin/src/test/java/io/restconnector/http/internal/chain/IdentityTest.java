package io.restconnector.http.internal.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.fixtures.TestRequests;
import io.restconnector.http.internal.chain.Identity.Redirects;
import io.restconnector.spi.CallAuthentication.Credentials;
import io.restconnector.spi.RestRequest;
import io.restconnector.spi.Secret;
import java.util.List;
import java.util.Map;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who a request is sent as. */
class IdentityTest {

  private static final Credential HEADER = new Credential("X-Key", Secret.of("h"), false);
  private static final Credential QUERY = new Credential("x-b", Secret.of("q"), true);

  private static Identity identity(String url) {
    return Identity.of(
        List.of(HEADER, QUERY), TestRequests.get(url), Redirects.SAME_ORIGIN, "partner");
  }

  @Test
  void whenItIsAddedThenItsHeadersAreInPlaceOfTheirNamesakesAndNothingElseChanges() {
    Header kept = new BasicHeader("X-B", "kept");
    RestRequest request =
        TestRequests.request(
            "GET",
            "http://a.test/?x=1",
            List.of(new BasicHeader("x-KEY", "old"), kept, new BasicHeader("X-Key", "older")),
            null);

    RestRequest sent = identity("http://a.test/").addTo(request);
    assertThat(sent.headers()).hasSize(2).contains(kept);
    assertThat(sent.headers().get(1).getName()).isEqualTo("X-Key");
    assertThat(sent.headers().get(1).getValue()).isEqualTo("h");
    assertThat(sent.uri()).isEqualTo(request.uri());
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.test/other?x, true",
    "https://A.test:443/, true",
    "https://a.test:8443/, false",
    "http://a.test/, false",
    "https://b.test/, false",
  })
  void whenItHasCredentialsThenItIsForOneOrigin(String url, boolean isFor) {
    assertThat(identity("https://a.test/").isFor(TestRequests.get(url))).isEqualTo(isFor);
    assertThat(Identity.anonymous("partner").isFor(TestRequests.get(url))).isTrue();
  }

  @Test
  void whenItIsAnonymousThenItAddsNothingAndLimitsNothing() {
    Identity anonymous = Identity.anonymous("partner");
    RestRequest request = TestRequests.get("http://a.test/");

    assertThat(anonymous.addTo(request)).isEqualTo(request);
    assertThat(anonymous.redirects()).isEqualTo(Redirects.ALL);
    assertThat(anonymous.sslBundle()).isEqualTo("partner");
    assertThat(anonymous.values()).isEmpty();
  }

  @Test
  void whenAnAuthenticationGivesCredentialsThenEachKnowsWhereItTravels() {
    Credentials given =
        new Credentials(Map.of("X-Key", Secret.of("h")), Map.of("x-b", Secret.of("q")));

    assertThat(Identity.credentials(given)).containsExactly(HEADER, QUERY);
    assertThat(identity("http://a.test/").values()).containsExactly(Secret.of("h"), Secret.of("q"));
  }

  @Test
  void whenAServerWasShownItThenThatIsKnownUntilAnotherWasNot() {
    Identity identity = identity("http://a.test/");
    assertThat(identity.wasShown()).isFalse();
    identity.shown(true);
    assertThat(identity.wasShown()).isTrue();
    identity.shown(false);
    assertThat(identity.wasShown()).isFalse();
  }
}
