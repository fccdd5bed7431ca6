package io.restconnector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.restconnector.spi.Secret;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What refers to what. Shares are ShareSettingsTest's. */
class AccessSettingsTest {

  private static final Map<String, AuthenticationSettings> CRM =
      Map.of("crm", AuthenticationSettings.bearer("key"));

  @Test
  @SuppressWarnings("NullAway") // a binder leaves out what is not configured
  void whenNothingIsGivenThenThereIsNothing() {
    assertThat(new AccessSettings(null, null, null, null, null, null, null))
        .isEqualTo(AccessSettings.defaults());
  }

  @Test
  void whenAMapChangesLaterThenThatDoesNotCount() {
    Map<String, Secret> secrets = new HashMap<>();
    AccessSettings access = AccessSettings.defaults().withSecrets(secrets);
    secrets.put("late", Secret.of("s"));

    assertThat(access.secrets()).isEmpty();
  }

  @Test
  void whenOneSettingIsChangedThenTheOthersStay() throws Exception {
    ProxySettings proxy = ProxySettings.of("proxy", 1);
    Map<String, Secret> secrets = Map.of("key", Secret.of("s"));
    Map<String, SSLContext> contexts = Map.of("partner", SSLContext.getDefault());
    Map<String, EndpointSettings> endpoints = Map.of("aps", new EndpointSettings("http://a"));
    Map<String, ShareSettings> shares = Map.of("a", new ShareSettings(List.of("h"), 1, null));

    AccessSettings first =
        AccessSettings.defaults()
            .withShares(shares)
            .withEndpoints(endpoints)
            .withSslContexts(contexts)
            .withProxy(proxy)
            .withSslBundle("partner")
            .withAuthentications(CRM)
            .withSecrets(secrets);
    AccessSettings second =
        AccessSettings.defaults()
            .withSecrets(secrets)
            .withAuthentications(CRM)
            .withSslBundle("partner")
            .withProxy(proxy)
            .withSslContexts(contexts)
            .withEndpoints(endpoints)
            .withShares(shares);

    assertThat(first)
        .isEqualTo(second)
        .isEqualTo(new AccessSettings(secrets, CRM, "partner", proxy, contexts, endpoints, shares));
  }

  @Test
  void whenAnEndpointNamesNoAuthenticationThatIsThereThenItIsNamed() {
    AccessSettings access =
        AccessSettings.defaults()
            .withAuthentications(CRM)
            .withEndpoints(
                Map.of(
                    "with", new EndpointSettings("http://a", "crm", Map.of()),
                    "without", new EndpointSettings("http://a")));
    access.checkEndpoints();

    assertThatIllegalArgumentException()
        .isThrownBy(access.withAuthentications(Map.of())::checkEndpoints)
        .withMessage(
            "endpoints[with].authentication names no authentication under authentications");
  }

  @ParameterizedTest
  @CsvSource({
    "http://far.example/, true",
    "http://localhost/, false",
    "https://localhost/, false",
    "mailto:a@b.c, false",
  })
  void whenAHostIsExceptedThenTheProxyDoesNotTakeItsCalls(URI url, boolean isTaken) {
    AccessSettings access = AccessSettings.defaults();

    assertThat(access.isTakenByProxy(url)).isFalse();
    assertThat(
            access
                .withProxy(ProxySettings.of("proxy", 1).withNoProxy(List.of("localhost")))
                .isTakenByProxy(url))
        .isEqualTo(isTaken);
  }

  @Test
  void whenABundleIsNotThereThenTheMessageNamesTheSettingAndNotTheName() throws Exception {
    SSLContext context = SSLContext.getDefault();
    AccessSettings access = AccessSettings.defaults().withSslContexts(Map.of("partner", context));

    assertThat(access.sslContext("ssl-bundle", "partner")).isSameAs(context);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> access.sslContext("ssl-bundle", "geheim"))
        .withMessage("ssl-bundle is not the name of an SSL bundle");
  }
}
