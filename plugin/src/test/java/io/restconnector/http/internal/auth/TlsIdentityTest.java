package io.restconnector.http.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.fixtures.RawServer;
import io.restconnector.fixtures.TestCertificates;
import io.restconnector.fixtures.TestRequests;
import io.restconnector.http.AccessSettings;
import io.restconnector.http.AuthenticationSettings;
import io.restconnector.http.HttpSettings;
import io.restconnector.http.SslContexts;
import io.restconnector.http.internal.RestClient;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import io.restconnector.spi.Secret;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server that demands a client certificate of the authority. */
class TlsIdentityTest {

  private static final Secret PASSWORD = Secret.of("changeit");
  private static final String OK = RawServer.response("200 OK", "ok");

  private static TestCertificates certificates;
  private static SSLContext serverSide;
  private static Path trustStore;
  private static Path keyStore;
  private static RawServer server;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    certificates = new TestCertificates(directory);
    serverSide = certificates.validAndTrusting();
    trustStore = certificates.trustStore();
    keyStore = certificates.clientKeyStore();
    server = RawServer.startMutualTls(serverSide, RawServer.always(OK));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PKCS12", "PEM"})
  void whenAllCallsHaveTheCertificateThenResponse(String form) throws Exception {
    SSLContext identity =
        form.equals("PEM")
            ? SslContexts.pem(
                certificates.clientCertificatePem(),
                certificates.clientKeyPem(),
                certificates.authorityPem())
            : SslContexts.pkcs12(keyStore, trustStore, PASSWORD);
    AccessSettings access =
        AccessSettings.defaults()
            .withSslContexts(Map.of("partner", identity))
            .withSslBundle("partner");
    try (RestClient client = client(access)) {
      assertThat(call(client, TestRequests.get(server.url("/")))).hasToString("Response[200]");
    }
  }

  @Test
  void whenNoCallHasACertificateThenBadResponse() throws Exception {
    AccessSettings access =
        AccessSettings.defaults()
            .withSslContexts(Map.of("partner", SslContexts.pkcs12(null, trustStore, PASSWORD)))
            .withSslBundle("partner");
    try (RestClient client = client(access)) {
      assertThat(call(client, TestRequests.get(server.url("/"))))
          .isInstanceOfAny(CallOutcome.BadResponse.class, CallOutcome.ConnectionFailed.class);
    }
  }

  @Test
  void whenTheAuthorityIsNotTrustedThenBadResponse() throws Exception {
    AccessSettings access =
        AccessSettings.defaults()
            .withSslContexts(Map.of("partner", SslContexts.pkcs12(keyStore, null, PASSWORD)))
            .withSslBundle("partner");
    try (RestClient client = client(access)) {
      assertThat(call(client, TestRequests.get(server.url("/"))))
          .isInstanceOf(CallOutcome.BadResponse.class);
    }
  }

  @Test
  void whenAnAuthenticationHasTheCertificateThenOtherCallsDoNotGoOverItsConnections()
      throws Exception {
    try (RestClient client = client(perAuthentication())) {
      RestRequest request = TestRequests.get(server.url("/"));
      assertThat(call(client, TestRequests.as("partner", request))).hasToString("Response[200]");

      assertThat(call(client, request))
          .isInstanceOfAny(CallOutcome.BadResponse.class, CallOutcome.ConnectionFailed.class);
      assertThat(call(client, TestRequests.as("partner", request))).hasToString("Response[200]");
    }
  }

  @Test
  void whenARedirectLeadsToAnotherOriginThenTheCertificateIsNotTakenThere() throws Exception {
    String away = RawServer.response("302 Found\r\nLocation: " + server.url("/"), "");
    try (RawServer origin = RawServer.startMutualTls(serverSide, RawServer.always(away));
        RestClient client = client(perAuthentication())) {
      assertThat(call(client, TestRequests.as("partner", TestRequests.get(origin.url("/")))))
          .hasToString("Response[302]");
    }
  }

  private static AccessSettings perAuthentication() throws Exception {
    return AccessSettings.defaults()
        .withSslContexts(
            Map.of(
                "partner", SslContexts.pkcs12(keyStore, trustStore, PASSWORD),
                "all", SslContexts.pkcs12(null, trustStore, PASSWORD)))
        .withSslBundle("all")
        .withAuthentications(
            Map.of("partner", AuthenticationSettings.clientCertificate("partner")));
  }

  private static RestClient client(AccessSettings access) {
    return new RestClient(HttpSettings.defaults().withAccess(access));
  }

  private static CallOutcome call(RestClient client, RestRequest request) throws Exception {
    return client.send(request).get(10, TimeUnit.SECONDS);
  }
}
