package io.restconnector.http.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.call.internal.CallResult;
import io.restconnector.call.internal.ErrorCode;
import io.restconnector.call.internal.RestAction;
import io.restconnector.fixtures.ProxyServer;
import io.restconnector.fixtures.RawServer;
import io.restconnector.fixtures.TestCertificates;
import io.restconnector.fixtures.TestRequests;
import io.restconnector.http.AccessSettings;
import io.restconnector.http.AuthenticationSettings;
import io.restconnector.http.HttpSettings;
import io.restconnector.http.JvmProxy;
import io.restconnector.http.OutboundProxy;
import io.restconnector.http.ProxySettings;
import io.restconnector.http.SslContexts;
import io.restconnector.http.internal.RestClient;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import io.restconnector.spi.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.http.HttpHost;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyTest {

  private static final String OK = RawServer.response("200 OK", "ok");
  private static final String ANN = "Basic YW5uOnMzY3JldA==";

  private static TestCertificates certificates;
  private static SSLContext serverSide;

  @BeforeAll
  static void makeCertificates(@TempDir Path directory) throws Exception {
    certificates = new TestCertificates(directory);
    serverSide = certificates.valid();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whenThereIsAProxyThenCallsGoThroughItAndItsCredentialsGoNoFurther(boolean tls)
      throws Exception {
    try (ProxyServer proxy = new ProxyServer(ANN);
        RawServer server = server(tls);
        RestClient client = client(settings(proxy).withCredentials("ann", "p"))) {
      assertThat(call(client, server.url("/a?b=c"))).hasToString("Response[200]");

      assertThat(proxy.heads())
          .singleElement()
          .asString()
          .containsOnlyOnce("\r\nProxy-Authorization: " + ANN)
          .startsWith(
              tls
                  ? "CONNECT 127.0.0.1:" + server.port() + " HTTP/1.1\r\n"
                  : "GET " + server.url("/a?b=c") + " HTTP/1.1\r\n");
      assertThat(server.requests())
          .singleElement()
          .asString()
          .startsWith("GET /a?b=c HTTP/1.1\r\n")
          .doesNotContainIgnoringCase("proxy-");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whenTheProxyRefusesTheCredentialsThenProxyAuthenticationRequired(boolean tls)
      throws Exception {
    try (ProxyServer proxy = new ProxyServer("Basic other");
        RawServer server = server(tls);
        RestClient anonymous = client(settings(proxy));
        RestClient known = client(settings(proxy).withCredentials("ann", "p"))) {
      for (RestClient client : List.of(anonymous, known)) {
        RestRequest request = TestRequests.get(server.url("/"));
        CallOutcome outcome = client.send(request).get(10, TimeUnit.SECONDS);

        assertThat(outcome).hasToString("Response[407]");
        assertThat(CallResult.of(RestAction.GET, request, outcome).error())
            .isEqualTo(ErrorCode.PROXY_AUTHENTICATION_REQUIRED);
      }
      assertThat(server.accepted()).isZero();
    }
  }

  @Test
  void whenAHostIsCalledDirectlyThenNeitherItNorTheProxySeesTheCredentials() throws Exception {
    try (ProxyServer proxy = new ProxyServer(ANN);
        RawServer server = RawServer.answering(OK);
        RestClient client =
            client(
                settings(proxy)
                    .withCredentials("ann", "p")
                    .withNoProxy(List.of("*.example.com", "127.0.0.1")))) {
      assertThat(call(client, server.url("/"))).hasToString("Response[200]");

      assertThat(proxy.heads()).isEmpty();
      assertThat(server.requests()).singleElement().asString().doesNotContainIgnoringCase("proxy-");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"302 Found", "303 See Other"})
  void whenARedirectLeavesTheProxyThenItsCredentialsStay(String status) throws Exception {
    try (ProxyServer proxy = new ProxyServer(ANN);
        RawServer direct = RawServer.answering(OK);
        RawServer proxied =
            RawServer.answering(
                RawServer.response(
                    status
                        + "\r\nConnection: close\r\nLocation: http://localhost:"
                        + direct.port()
                        + "/",
                    ""));
        RestClient client =
            client(settings(proxy).withCredentials("ann", "p").withNoProxy(List.of("localhost")))) {
      RestRequest post = TestRequests.request("POST", proxied.url("/"), List.of(), new byte[0]);
      assertThat(client.send(post).get(10, TimeUnit.SECONDS)).hasToString("Response[200]");

      assertThat(direct.requests().get(0)).doesNotContainIgnoringCase("proxy-");
    }
  }

  @Test
  void whenTheProxyRedirectsATunnelThenItIsNotFollowed() throws Exception {
    try (RawServer trap = RawServer.answering(OK);
        RawServer proxy =
            RawServer.answering(RawServer.response("302 Found\r\nLocation: " + trap.url("/"), ""));
        RestClient client = client(ProxySettings.of("127.0.0.1", proxy.port()))) {
      assertThat(call(client, "https://api.example.com/")).hasToString("Response[302]");

      assertThat(trap.accepted()).isZero();
      assertThat(proxy.requests()).hasSize(1);
    }
  }

  @Test
  void whenTheProxyRefusesATunnelThenACredentialIsNotRefreshedNorShown() throws Exception {
    try (RawServer proxy = RawServer.answering(RawServer.response("401 Unauthorized", ""));
        RestClient client = client(ProxySettings.of("127.0.0.1", proxy.port()))) {
      RestRequest request = TestRequests.as("crm", TestRequests.get("https://api.example.com/"));
      assertThat(client.send(request).get(10, TimeUnit.SECONDS)).hasToString("Response[401]");

      assertThat(proxy.requests()).singleElement().asString().doesNotContain("Authorization");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whenTheJvmNamesAProxyThenCallsOfItsSchemeGoThroughIt(boolean tls) throws Exception {
    try (ProxyServer proxy = new ProxyServer("");
        RawServer server = server(tls)) {
      HttpHost host = new HttpHost("http", "127.0.0.1", proxy.port());
      for (String scheme : List.of("http", "https")) {
        boolean isTaken = scheme.equals(tls ? "https" : "http");
        try (RestClient client = client(new JvmProxy(Map.of(scheme, host), List.of("127.1.*")))) {
          assertThat(call(client, server.url("/"))).hasToString("Response[200]");
          assertThat(proxy.heads().size()).isEqualTo(isTaken || !tls ? 1 : 0);
        }
      }
      assertThat(server.accepted()).isEqualTo(2);
      assertThat(proxy.heads()).hasSize(1);
      try (RestClient direct =
          client(new JvmProxy(Map.of("http", host, "https", host), List.of("127.*")))) {
        assertThat(call(direct, server.url("/"))).hasToString("Response[200]");
        assertThat(proxy.heads()).hasSize(1);
      }
    }
  }

  @Test
  void whenTheProxyIsDownThenConnectionFailed() throws Exception {
    ProxyServer proxy = new ProxyServer("");
    proxy.close();
    try (RestClient client = client(settings(proxy))) {
      assertThat(call(client, "https://127.0.0.1:1/"))
          .isInstanceOf(CallOutcome.ConnectionFailed.class);
    }
  }

  private static RawServer server(boolean tls) throws Exception {
    return tls ? RawServer.startTls(serverSide, RawServer.always(OK)) : RawServer.answering(OK);
  }

  private static ProxySettings settings(ProxyServer proxy) {
    return ProxySettings.of("127.0.0.1", proxy.port());
  }

  private static RestClient client(OutboundProxy proxy) throws Exception {
    AccessSettings access =
        AccessSettings.defaults()
            .withSecrets(Map.of("p", Secret.of("s3cret")))
            .withAuthentications(Map.of("crm", AuthenticationSettings.bearer("p")))
            .withSslContexts(
                Map.of(
                    "tests",
                    SslContexts.pkcs12(null, certificates.trustStore(), Secret.of("changeit"))))
            .withSslBundle("tests")
            .withProxy(proxy);
    return new RestClient(HttpSettings.defaults().withAccess(access));
  }

  private static CallOutcome call(RestClient client, String url) throws Exception {
    return client.send(TestRequests.get(url)).get(10, TimeUnit.SECONDS);
  }
}
