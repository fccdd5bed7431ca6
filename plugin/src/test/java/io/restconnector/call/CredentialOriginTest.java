package io.restconnector.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.RestConnectorConfigurator;
import io.restconnector.RestConnectorSettings;
import io.restconnector.call.internal.ErrorCode;
import io.restconnector.call.internal.Inputs;
import io.restconnector.call.internal.InvalidInputException;
import io.restconnector.call.internal.RequestReader;
import io.restconnector.call.internal.RestAction;
import io.restconnector.fixtures.PlainEngines;
import io.restconnector.fixtures.RawServer;
import io.restconnector.http.AccessSettings;
import io.restconnector.http.AuthenticationSettings;
import io.restconnector.http.HttpSettings;
import io.restconnector.http.ProxySettings;
import io.restconnector.spi.RestRequest;
import io.restconnector.spi.Secret;
import java.util.List;
import java.util.Map;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a credential may go, as the author of restUrl would like it to. */
class CredentialOriginTest {

  private static final String NOT_THERE = "may not be sent to the scheme, host and port";

  @ParameterizedTest
  @CsvSource({
    // a host: https on its default port
    "crm.example.com, https://crm.example.com/x, true",
    "crm.example.com, https://CRM.Example.COM:443/x, true",
    "crm.example.com, HTTPS://crm.example.com, true",
    "crm.example.com, https://crm.example.com:/x, true",
    "crm.example.com, https://crm.example.com:00443/x, true",
    "CRM.example.com, https://crm.example.com?a=b, true",
    "crm.example.com, http://crm.example.com/x, false",
    "crm.example.com, http://crm.example.com:443/x, false",
    "crm.example.com, HTTP://crm.example.com/x, false",
    "crm.example.com, https://crm.example.com:8443/x, false",
    "crm.example.com, https://crm.example.com:80/x, false",
    "crm.example.com, https://crm.example.com./x, false",
    "crm.example.com, https://crm.example.com.evil.org/x, false",
    "crm.example.com, https://evil-crm.example.com/x, false",
    "crm.example.com, https://example.com/x, false",
    "crm.example.com, https://evil.org/crm.example.com, false",
    "crm.example.com, https://evil.org?crm.example.com, false",
    "crm.example.com, https://evil.org/@crm.example.com, false",
    "crm.example.com, https://evil.org#@crm.example.com/, false",
    "crm.example.com, https://crm.example.com@evil.org/, refused",
    "crm.example.com, https://crm.example.com:443@evil.org/, refused",
    "crm.example.com, https://evil.org@crm.example.com/, refused",
    "crm.example.com, https://evil.org\\@crm.example.com/, refused",
    "crm.example.com, https://crm.example.com\\.evil.org/, refused",
    "crm.example.com, https://crm.example.com%2eevil.org/, refused",
    "crm.example.com, https:crm.example.com/, refused",
    "crm.example.com, https:///crm.example.com/, refused",
    "crm.example.com, //crm.example.com/, refused",
    "crm.example.com, https://crm.example.com:99999/, refused",
    "crm_2.example.com, https://crm_2.example.com/, true",
    "crm_2.example.com, https://crm_2.example.com:8443/, false",
    "crm_2.example.com, http://crm_2.example.com/, false",
    "xn--bcher-kva.example, https://xn--bcher-kva.example/, true",
    "xn--bcher-kva.example, https://bucher.example/, false",
    // all below a host
    "*.example.org, https://a.example.org/, true",
    "*.example.org, https://a.b.Example.org/, true",
    "*.example.org, https://example.org/, false",
    "*.example.org, https://badexample.org/, false",
    "*.example.org, http://a.example.org/, false",
    "*.example.org, https://a.example.org:8443/, false",
    "*.example.org:8443, https://a.example.org:8443/, true",
    // a host with its port: https
    "crm.example.com:8443, https://crm.example.com:8443/x, true",
    "crm.example.com:8443, https://crm.example.com/x, false",
    "crm.example.com:8443, http://crm.example.com:8443/x, false",
    "crm.example.com:80, http://crm.example.com/x, false",
    "crm.example.com:443, https://crm.example.com/x, true",
    // an origin
    "http://inventory:8080, http://inventory:8080/x, true",
    "http://inventory:8080, http://INVENTORY:8080/x, true",
    "HTTP://Inventory:8080, http://inventory:8080/x, true",
    "http://inventory:8080, https://inventory:8080/x, false",
    "http://inventory:8080, http://inventory/x, false",
    "http://inventory:8080, http://inventory:8081/x, false",
    "http://inventory:8080, http://a.inventory:8080/x, false",
    "http://inventory, http://inventory:80/x, true",
    "http://inventory, https://inventory/x, false",
    "https://crm.example.com, https://crm.example.com/x, true",
    "https://crm.example.com, http://crm.example.com/x, false",
    "https://crm.example.com:8443, https://crm.example.com:8443/x, true",
    "https://crm.example.com:8443, https://crm.example.com/x, false",
    // addresses
    "::1, https://[::1]/, true",
    "[::1], https://[0:0:0:0:0:0:0:1]:443/, true",
    "2001:DB8::7, https://[2001:db8:0::7]/, true",
    "::1, http://[::1]/, false",
    "::1, https://[::2]/, false",
    "[::1]:8443, https://[::1]:8443/, true",
    "[::1]:8443, https://[::1]/, false",
    "http://[::1]:8080, http://[::1]:8080/, true",
    "127.0.0.1, https://127.0.0.1/, true",
    "127.0.0.1, http://127.0.0.1/, false",
    "127.0.0.1, https://2130706433/, false",
    "127.0.0.1, https://0177.0.0.1/, false",
    "127.0.0.1, https://[::ffff:127.0.0.1]/, false",
    "http://127.0.0.1:8080, http://127.0.0.1:8080/, true",
    // none given: https anywhere, http to loopback
    ", https://crm.example.com/x, true",
    ", https://crm.example.com:8443/x, true",
    ", http://crm.example.com/x, false",
    ", http://10.0.0.1/x, false",
    ", http://0.0.0.0/x, false",
    ", http://inventory:8080/x, false",
    ", http://localhost:8080/x, true",
    ", http://LOCALHOST/x, true",
    ", http://127.0.0.1:8080/x, true",
    ", http://127.9.9.9/x, true",
    ", http://[::1]:8080/x, true",
    ", http://[0:0:0:0:0:0:0:1]/x, true",
    ", http://localhost./x, false",
    ", http://localhost.evil.org/x, false",
    ", http://127.0.0.1.evil.org/x, false",
    ", http://127.1/x, false",
    ", http://0177.0.0.1/x, false",
    ", http://2130706433/x, false",
    ", http://[::ffff:127.0.0.1]/x, false",
    ", http://[::127.0.0.1]/x, false",
    ", http://localhost@evil.org/x, refused",
  })
  void whenACallNamesAnAuthenticationThenItGoesOnlyWhereItBelongs(
      String hosts, String url, String allowed) throws Exception {
    AuthenticationSettings bearer = AuthenticationSettings.bearer("s");
    AccessSettings access =
        access(hosts == null ? bearer : bearer.withHosts(List.of("other.example", hosts)));

    if (allowed.equals("true")) {
      assertThat(read(access, url).authentication()).isEqualTo("crm");
    } else {
      String message = allowed.equals("false") ? NOT_THERE : "restUrl";
      assertThatThrownBy(() -> read(access, url))
          .isInstanceOfSatisfying(
              InvalidInputException.class,
              invalid -> assertThat(invalid.code()).isEqualTo(ErrorCode.INVALID_INPUT))
          .hasMessageContaining(message);
    }
  }

  @Test
  void whenAProxyTakesTheCallsToThisMachineThenTheyAreNotOfThisMachine() throws Exception {
    String url = "http://localhost:8080/";
    ProxySettings proxy = ProxySettings.of("proxy.example", 3128);
    AccessSettings access = access(AuthenticationSettings.bearer("s"));

    assertThatThrownBy(() -> read(access.withProxy(proxy), url)).hasMessageContaining(NOT_THERE);
    ProxySettings others = proxy.withNoProxy(List.of("localhost"));
    assertThat(read(access.withProxy(others), url).authentication()).isEqualTo("crm");
    AuthenticationSettings told =
        AuthenticationSettings.bearer("s").withHosts(List.of("http://localhost:8080"));
    assertThat(read(access(told).withProxy(proxy), url).authentication()).isEqualTo("crm");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "*.",
        ".example.com",
        "example.com.",
        "a..b",
        " crm.example.com",
        "https://",
        "https://*.example.com",
        "https://crm.example.com/",
        "https://crm.example.com/api",
        "https://ann:0-Secret@crm.example.com",
        "ann:0-Secret@crm.example.com",
        "crm.example.com/0-Secret",
        "ftp://crm.example.com",
        "crm.example.com:0",
        "crm.example.com:65536",
        "crm.example.com:https",
        "crm.example.com:",
        "[crm.example.com]",
        "[::1",
        "::1]",
        ":::",
        "[::1]:0",
        "fe80::1%eth0",
        "bücher.example",
        "a.*.example.com",
        "**.example.com",
      })
  void whenAnEntryIsNoneThenTheStartFailsAndDoesNotQuoteIt(String entry) {
    AuthenticationSettings bearer = AuthenticationSettings.bearer("s");

    assertThatThrownBy(() -> bearer.withHosts(List.of("crm.example.com", entry)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("hosts[1] is neither")
        .hasMessageNotContaining("0-Secret");
  }

  @Test
  void whenADelegateOrAWorkerCallsElsewhereThenInvalidInputAndNothingIsSent() throws Exception {
    String ok = RawServer.response("200 OK", "{}");
    try (RawServer home = RawServer.answering(ok);
        RawServer other = RawServer.answering(ok);
        CallEngine engine = engine("http://127.0.0.1:" + home.port())) {
      for (String binding :
          List.of(
              CallEngine.byExpression(RestAction.GET),
              CallEngine.byClass(RestAction.GET),
              CallEngine.byTopic(RestAction.GET))) {
        engine.deploy("p", binding);
        assertThat(engine.run("p", inputs(home.url("/"))).code()).isEqualTo("none");
        CallEngine.Outcome away = engine.run("p", inputs(other.url("/")));
        assertThat(away.code()).isEqualTo("INVALID_INPUT");
        assertThat(away.error()).contains("authentication 'crm'", NOT_THERE);
      }
      assertThat(other.accepted()).isZero();
      assertThat(home.requests())
          .hasSize(3)
          .allSatisfy(request -> assertThat(request).contains("Authorization: Bearer s3cret"));
    }
  }

  private static CallEngine engine(String origin) {
    AccessSettings access =
        access(AuthenticationSettings.bearer("s").withHosts(List.of(origin)))
            .withSecrets(Map.of("s", Secret.of("s3cret")));
    ProcessEngineConfigurationImpl configuration = PlainEngines.withoutHistory();
    configuration.setAsyncExecutorActivate(true);
    configuration.addConfigurator(
        new RestConnectorConfigurator(
            RestConnectorSettings.defaults().withHttp(HttpSettings.defaults().withAccess(access))));
    return CallEngine.start(configuration);
  }

  private static Map<String, Object> inputs(String url) {
    return Map.of("restUrl", url, "authentication", "crm");
  }

  private static AccessSettings access(AuthenticationSettings crm) {
    return AccessSettings.defaults().withAuthentications(Map.of("crm", crm));
  }

  private static RestRequest read(AccessSettings access, String url) throws InvalidInputException {
    Map<String, Object> inputs = inputs(url);
    return new RequestReader(HttpSettings.defaults().withAccess(access))
        .read(RestAction.GET, new Inputs(name -> new Inputs.Input(inputs.get(name), null)));
  }
}
