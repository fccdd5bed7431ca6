package io.restconnector.http.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.fixtures.ProxyServer;
import io.restconnector.fixtures.RawServer;
import io.restconnector.fixtures.TestCertificates;
import io.restconnector.fixtures.TestRequests;
import io.restconnector.http.AccessSettings;
import io.restconnector.http.AuthenticationSettings;
import io.restconnector.http.HttpSettings;
import io.restconnector.http.ProxySettings;
import io.restconnector.http.SslContexts;
import io.restconnector.http.internal.RestClient;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import io.restconnector.spi.Secret;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Servers that all have a certificate of the trusted authority. One whose certificate is not of the
 * host in the URL gets nothing, and its twin with the right certificate is answered to.
 */
class VerifiedTlsTest {

  private static final String TOKEN = "{\"access_token\": \"0-Token\"}";
  private static final Secret PASSWORD = Secret.of("changeit");

  private static final Map<String, SSLContext> IDENTITIES = new HashMap<>();
  private static TestCertificates certificates;
  private static Path clientKeys;

  /** Where trust comes from, and which way the call takes. */
  enum Way {
    JVM,
    PKCS12_FOR_ALL,
    PEM_FOR_ALL,
    PKCS12_OF_THE_AUTHENTICATION,
    PEM_OF_THE_AUTHENTICATION,
    WITH_A_CLIENT_CERTIFICATE,
    /** A trust manager of the application that lets every certificate pass. */
    TRUSTING_EVERYBODY,
    THROUGH_A_PROXY_WITH_THE_JVM,
    THROUGH_A_PROXY_WITH_A_BUNDLE,
    TOKEN_ENDPOINT_WITH_THE_JVM,
    TOKEN_ENDPOINT_WITH_A_BUNDLE_FOR_ALL,
    TOKEN_ENDPOINT_WITH_A_BUNDLE_OF_THE_AUTHENTICATION,
    TOKEN_ENDPOINT_THROUGH_A_PROXY
  }

  @BeforeAll
  static void trustTheAuthority(@TempDir Path directory) throws Exception {
    certificates = new TestCertificates(directory);
    clientKeys = certificates.clientKeyStore();
    System.setProperty("javax.net.ssl.trustStore", certificates.trustStore().toString());
    System.setProperty("javax.net.ssl.trustStorePassword", "changeit");
  }

  @AfterAll
  static void clear() {
    IDENTITIES.clear();
    System.clearProperty("javax.net.ssl.trustStore");
    System.clearProperty("javax.net.ssl.trustStorePassword");
  }

  /** Host of the URL; common name and other names of an impostor; those of its twin. */
  static Stream<Arguments> names() {
    String host = "api.example.com";
    return Stream.of(
        Arguments.of(host, "x", "dns:other.example", "x", "dns:api.example.com"),
        Arguments.of(host, "x", "ip:127.0.0.1", "x", "dns:*.example.com"),
        Arguments.of(host, "x", "dns:example.com", "x", "dns:API.Example.COM"),
        Arguments.of(host, "x", "dns:api.example.com.evil.org", "x", "dns:api.example.com"),
        Arguments.of(host, host, "dns:other.example", host, "dns:api.example.com"),
        Arguments.of(host, host, "ip:127.0.0.1", host, "dns:other.example,dns:api.example.com"),
        Arguments.of(host, host, "", "x", "dns:api.example.com"),
        Arguments.of(host, "x", "uri:https://api.example.com", "x", "dns:api.example.com"),
        Arguments.of("a.b.example.com", "x", "dns:*.example.com", "x", "dns:a.b.example.com"),
        Arguments.of("example.com", "x", "dns:*.example.com", "x", "dns:example.com"),
        Arguments.of("evil-api.example.com", "x", "dns:api.example.com", "x", "dns:*.example.com"),
        Arguments.of("a_b.example.com", "x", "dns:api.example.com", "x", "dns:*.example.com"),
        Arguments.of("inventory", "inventory", "dns:*", "x", "dns:inventory"),
        Arguments.of(
            "xn--bcher-kva.example", "x", "dns:bcher.example", "x", "dns:xn--bcher-kva.example"),
        Arguments.of(host, "x", "dns:a*.example.com", "x", "dns:a_i.example,dns:*.example.com"),
        Arguments.of(host, "x", "dns:api.*.com", "x", "dns:api.example.com"),
        Arguments.of(host, "x", "dns:*.*.com", "x", "dns:api.example.com"),
        Arguments.of(host, "x", "dns:*", "x", "dns:api.example.com"),
        Arguments.of(host, "x", "dns:api.example.com\0.evil.org", "x", "dns:api.example.com"),
        Arguments.of("127.0.0.1", "127.0.0.1", "dns:127.0.0.1", "x", "ip:127.0.0.1"),
        Arguments.of("127.0.0.1", "127.0.0.1", "dns:*.0.0.1", "x", "ip:127.0.0.1"),
        Arguments.of("127.0.0.1", "127.0.0.1", "", "x", "ip:127.0.0.1"),
        Arguments.of("127.0.0.2", "x", "ip:127.0.0.1", "x", "ip:127.0.0.2"),
        Arguments.of("[::1]", "::1", "ip:127.0.0.1", "x", "ip:::1"),
        Arguments.of("[::2]", "x", "ip:::1", "x", "ip:0:0:0:0:0:0:0:2"));
  }

  @ParameterizedTest
  @MethodSource("names")
  void whenTheCertificateIsOfAnotherHostThenNothingIsSent(
      String host, String commonName, String names, String twinName, String twinNames)
      throws Exception {
    for (Way way : List.of(Way.JVM, Way.TRUSTING_EVERYBODY)) {
      refused(way, host, identity(commonName, names));
      answered(way, host, identity(twinName, twinNames));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whenACallGoesAnyWayThenTheNameIsVerified(Way way) throws Exception {
    refused(way, "api.example.com", identity("api.example.com", "dns:other.example"));
    answered(way, "api.example.com", identity("x", "dns:api.example.com"));
    refused(way, "127.0.0.1", identity("127.0.0.1", "dns:api.example.com"));
    answered(way, "127.0.0.1", identity("x", "ip:127.0.0.1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void whenARedirectLeavesTlsThenTheCredentialStays(String method) throws Exception {
    try (RawServer clear = RawServer.answering(RawServer.response("200 OK", ""))) {
      String away = RawServer.response("307 Temporary Redirect\r\nLocation: " + clear.url("/"), "");
      AccessSettings access =
          AccessSettings.defaults()
              .withSecrets(Map.of("s", Secret.of("s3cret")))
              .withAuthentications(Map.of("crm", AuthenticationSettings.bearer("s")));
      try (RawServer server =
              RawServer.startTls(identity("x", "ip:127.0.0.1"), RawServer.always(away));
          RestClient client = new RestClient(HttpSettings.defaults().withAccess(access))) {
        RestRequest request = TestRequests.request(method, server.url("/"), List.of(), null);
        assertThat(client.send(TestRequests.as("crm", request)).get(10, TimeUnit.SECONDS))
            .hasToString("Response[200]");
        assertThat(server.requests().get(0)).contains("s3cret");
        assertThat(clear.requests().get(0)).doesNotContain("s3cret");
      }
    }
  }

  private static void refused(Way way, String host, SSLContext identity) throws Exception {
    try (RawServer server = server(identity)) {
      CallOutcome outcome = call(way, host, server);

      assertThat(server.requests()).as("%s %s", way, host).isEmpty();
      assertThat(outcome instanceof CallOutcome.TokenUnavailable none ? none.outcome() : outcome)
          .as("%s %s", way, host)
          .isInstanceOf(CallOutcome.BadResponse.class);
    }
  }

  private static void answered(Way way, String host, SSLContext identity) throws Exception {
    try (RawServer server = server(identity)) {
      assertThat(call(way, host, server)).as("%s %s", way, host).hasToString("Response[200]");
      assertThat(server.requests()).isNotEmpty();
      assertThat(server.requests().get(0)).contains("\r\nAuthorization: ");
    }
  }

  private static RawServer server(SSLContext identity) throws Exception {
    return RawServer.startTls(identity, RawServer.always(RawServer.response("200 OK", TOKEN)));
  }

  private static SSLContext identity(String commonName, String names) throws Exception {
    String key = commonName + " " + names;
    SSLContext known = IDENTITIES.get(key);
    if (known == null) {
      known = certificates.named(commonName, names);
      IDENTITIES.put(key, known);
    }
    return known;
  }

  /** Every host is on 127.0.0.1. */
  private static CallOutcome call(Way way, String host, RawServer server) throws Exception {
    DnsResolver loopback =
        new DnsResolver() {
          @Override
          public InetAddress[] resolve(String name) throws UnknownHostException {
            return InetAddress.getAllByName("127.0.0.1");
          }

          @Override
          public String resolveCanonicalHostname(String name) {
            return name;
          }
        };
    String url = "https://" + host + ":" + server.port() + "/";
    boolean forToken = way.name().startsWith("TOKEN");
    AuthenticationSettings crm =
        forToken
            ? AuthenticationSettings.clientCredentials(URI.create(url), "id", "s", null)
            : AuthenticationSettings.bearer("s");
    AccessSettings access =
        AccessSettings.defaults()
            .withSecrets(Map.of("s", Secret.of("s3cret")))
            .withSslContexts(Map.of("partner", context(way)));
    if (way.name().endsWith("OF_THE_AUTHENTICATION")) {
      crm = crm.withSslBundle("partner");
    } else if (!way.name().endsWith("JVM")) {
      access = access.withSslBundle("partner");
    }
    access = access.withAuthentications(Map.of("crm", crm));
    try (ProxyServer proxy = new ProxyServer("", "127.0.0.1");
        RawServer resource = RawServer.answering(RawServer.response("200 OK", ""))) {
      if (way.name().contains("PROXY")) {
        access = access.withProxy(ProxySettings.of("localhost", proxy.port()));
      }
      HttpSettings settings = HttpSettings.defaults().withAccess(access);
      try (RestClient client = new RestClient(settings, loopback)) {
        RestRequest request = TestRequests.get(forToken ? resource.url("/") : url);
        return client.send(TestRequests.as("crm", request)).get(10, TimeUnit.SECONDS);
      }
    }
  }

  private static SSLContext context(Way way) throws Exception {
    if (way == Way.TRUSTING_EVERYBODY) {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Everybody()}, null);
      return context;
    }
    if (way == Way.WITH_A_CLIENT_CERTIFICATE) {
      return SslContexts.pkcs12(clientKeys, certificates.trustStore(), PASSWORD);
    }
    return way.name().startsWith("PEM")
        ? SslContexts.pem(null, null, certificates.authorityPem())
        : SslContexts.pkcs12(null, certificates.trustStore(), PASSWORD);
  }

  private static final class Everybody extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
