package io.restconnector.http.internal.egress;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.call.internal.CallResult;
import io.restconnector.call.internal.ErrorCode;
import io.restconnector.call.internal.RestAction;
import io.restconnector.fixtures.ProxyServer;
import io.restconnector.fixtures.RawServer;
import io.restconnector.fixtures.TestRequests;
import io.restconnector.http.AccessSettings;
import io.restconnector.http.AuthenticationSettings;
import io.restconnector.http.EgressSettings;
import io.restconnector.http.HttpSettings;
import io.restconnector.http.ProxySettings;
import io.restconnector.http.internal.RestClient;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import io.restconnector.spi.Secret;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A proxy in between, or a token endpoint before the call: the guard decides there too. */
class EgressProxyTest {

  private static final String OK = RawServer.response("200 OK", "ok");
  private static final EgressSettings STRICT =
      EgressSettings.defaults().withMode(EgressSettings.Mode.STRICT);

  private static RestClient client(EgressSettings egress, AccessSettings access) {
    return new RestClient(
        HttpSettings.defaults().withEgress(egress).withAccess(access),
        new SystemDefaultDnsResolver() {
          @Override
          public InetAddress[] resolve(String host) throws UnknownHostException {
            return switch (host) {
              case "inner.test" -> new InetAddress[] {AddressRange.of("10.0.0.1").network()};
              case "both.test" ->
                  new InetAddress[] {
                    AddressRange.of("1.1.1.1").network(), AddressRange.of("127.0.0.1").network()
                  };
              default -> super.resolve(host);
            };
          }
        });
  }

  private static AccessSettings through(ProxyServer proxy, String... noProxy) {
    return AccessSettings.defaults()
        .withProxy(ProxySettings.of("127.0.0.1", proxy.port()).withNoProxy(List.of(noProxy)));
  }

  private static CallOutcome call(RestClient client, String url) throws Exception {
    return client.send(TestRequests.get(url)).get(10, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://inner.test/",
        "https://inner.test/",
        "http://both.test/",
        "https://both.test/",
        "http://localhost/",
        "http://127.0.0.1/",
        "https://127.0.0.1/",
        "http://127.0.0.2/",
        "http://2130706433/",
        "http://0177.0.0.1/",
        "https://0x7f.1/",
        "http://169.254.169.254/latest",
        "https://169.254.169.254/latest",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "https://[fd00:ec2::254]/"
      })
  void whenAProxyIsInBetweenThenTheTargetIsDenied(String url) throws Exception {
    try (ProxyServer proxy = new ProxyServer("none");
        RestClient client = client(STRICT, through(proxy))) {
      assertThat(call(client, url)).isInstanceOf(CallOutcome.EgressDenied.class);
      assertThat(proxy.heads()).isEmpty();
    }
  }

  @Test
  void whenTheProxyIsItselfTheTargetThenItIsDeniedWithoutAProxyToo() throws Exception {
    try (ProxyServer proxy = new ProxyServer("none");
        RestClient client = client(STRICT, through(proxy, "127.0.0.1"))) {
      assertThat(call(client, "http://127.0.0.1:" + proxy.port() + "/"))
          .isInstanceOf(CallOutcome.EgressDenied.class);
      assertThat(proxy.heads()).isEmpty();
    }
  }

  @Test
  void whenTheTargetIsAllowedThenTheProxyNeedNotBe() throws Exception {
    try (ProxyServer proxy = new ProxyServer("none");
        RawServer server = RawServer.answering(OK);
        RestClient client = client(STRICT.withAllow(List.of("localhost")), through(proxy))) {
      // The proxy wants other credentials: its refusal shows that the call got to it.
      assertThat(call(client, "http://localhost:" + server.port() + "/"))
          .hasToString("Response[407]");
      assertThat(proxy.heads()).hasSize(1);
    }
  }

  @Test
  void whenAHostIsCalledPastTheProxyThenItIsDecidedOn() throws Exception {
    try (ProxyServer proxy = new ProxyServer("none");
        RestClient client = client(STRICT, through(proxy, "localhost"))) {
      assertThat(call(client, "http://localhost/")).isInstanceOf(CallOutcome.EgressDenied.class);
    }
  }

  @Test
  void whenATokenEndpointIsDeniedThenNothingIsSentToIt() throws Exception {
    try (RawServer server = RawServer.answering(OK)) {
      AccessSettings access =
          AccessSettings.defaults()
              .withSecrets(Map.of("crm", Secret.of("s")))
              .withAuthentications(
                  Map.of(
                      "crm",
                      AuthenticationSettings.clientCredentials(
                          URI.create(server.url("/token")), "id", "crm", null)));
      try (RestClient client = client(STRICT, access)) {
        RestRequest request = TestRequests.as("crm", TestRequests.get("http://1.1.1.1/"));
        CallOutcome outcome = client.send(request).get(10, TimeUnit.SECONDS);

        assertThat(CallResult.of(RestAction.GET, request, outcome).error())
            .isEqualTo(ErrorCode.INVALID_INPUT);
        assertThat(server.accepted()).isZero();
      }
    }
  }
}
