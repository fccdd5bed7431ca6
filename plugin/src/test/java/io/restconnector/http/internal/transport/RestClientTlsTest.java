package io.restconnector.http.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.fixtures.RawServer;
import io.restconnector.fixtures.TestCertificates;
import io.restconnector.fixtures.TestRequests;
import io.restconnector.http.HttpSettings;
import io.restconnector.http.internal.RestClient;
import io.restconnector.spi.CallOutcome;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestClientTlsTest {

  private static TestCertificates certificates;
  private static RestClient client;

  @BeforeAll
  static void trustTheAuthority(@TempDir Path directory) throws Exception {
    certificates = new TestCertificates(directory);
    System.setProperty("javax.net.ssl.trustStore", certificates.trustStore().toString());
    System.setProperty("javax.net.ssl.trustStorePassword", "changeit");
    client = new RestClient(HttpSettings.defaults());
  }

  @AfterAll
  static void close() {
    client.close();
    System.clearProperty("javax.net.ssl.trustStore");
    System.clearProperty("javax.net.ssl.trustStorePassword");
  }

  @Test
  void whenCertificateIsValidThenResponse() throws Exception {
    assertThat(call(certificates.valid())).isInstanceOf(CallOutcome.Response.class);
  }

  @Test
  void whenAuthorityIsUnknownThenBadResponse() throws Exception {
    assertThat(call(certificates.ofUnknownAuthority())).isInstanceOf(CallOutcome.BadResponse.class);
  }

  @Test
  void whenCertificateHasExpiredThenBadResponse() throws Exception {
    assertThat(call(certificates.expired())).isInstanceOf(CallOutcome.BadResponse.class);
  }

  @Test
  void whenCertificateIsOfOtherHostThenBadResponse() throws Exception {
    assertThat(call(certificates.ofOtherHost())).isInstanceOf(CallOutcome.BadResponse.class);
  }

  private static CallOutcome call(SSLContext tls) throws Exception {
    String ok = RawServer.response("200 OK", "ok");
    try (RawServer server = RawServer.startTls(tls, RawServer.always(ok))) {
      return client.send(TestRequests.get(server.url("/"))).get(10, TimeUnit.SECONDS);
    }
  }
}
