package io.restconnector.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restconnector.RestConnectorSettings;
import io.restconnector.fixtures.RawServer;
import io.restconnector.fixtures.TestCertificates;
import io.restconnector.http.internal.RestClient;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import io.restconnector.spi.RetrySettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** SSL bundles of Spring Boot as the connector uses them. */
class SslBundleTest {

  /** Answers to one request of a connection. */
  private static final String ONCE = RawServer.response("200 OK\r\nConnection: close", "ok");

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  RestConnectorAutoConfiguration.class, SslAutoConfiguration.class))
          .withPropertyValues(
              "rest-connector.secrets.crm=s3cret",
              "rest-connector.authentications.crm.type=bearer",
              "rest-connector.authentications.crm.secret=crm");

  @ParameterizedTest
  @ValueSource(strings = {"rest-connector", "rest-connector.authentications.crm"})
  void whenTheCertificateIsOfAnotherHostThenABundleChangesNothing(
      String owner, @TempDir Path directory) throws Exception {
    TestCertificates certificates = new TestCertificates(directory);
    SSLContext other = certificates.ofOtherHost();
    SSLContext valid = certificates.valid();
    for (String bundle :
        List.of(
            "spring.ssl.bundle.pem.partner.truststore.certificate=file:"
                + certificates.authorityPem(),
            "spring.ssl.bundle.jks.partner.truststore.location=file:"
                + certificates.trustStore())) {
      runner
          .withPropertyValues(bundle, owner + ".ssl-bundle=partner")
          .withPropertyValues(bundle.replaceFirst("jks(.*)location=.*", "jks$1password=changeit"))
          .run(
              context -> {
                try (RestClient client = client(context.getBean(RestConnectorSettings.class))) {
                  assertThat(call(client, other)).isInstanceOf(CallOutcome.BadResponse.class);
                  assertThat(call(client, valid)).hasToString("Response[200]");
                }
              });
    }
  }

  @Test
  void whenABundleIsReloadedThenItCountsForNewConnections(@TempDir Path directory)
      throws Exception {
    TestCertificates before =
        new TestCertificates(Files.createDirectory(directory.resolve("before")));
    TestCertificates after =
        new TestCertificates(Files.createDirectory(directory.resolve("after")));
    Path watched = directory.resolve("authority.pem");
    Files.copy(before.authorityPem(), watched);
    runner
        .withPropertyValues(
            "spring.ssl.bundle.watch.file.quiet-period=10ms",
            "spring.ssl.bundle.pem.partner.reload-on-update=true",
            "spring.ssl.bundle.pem.partner.truststore.certificate=file:" + watched,
            "rest-connector.authentications.crm.ssl-bundle=partner")
        .run(
            context -> {
              SSLContext renewed = after.valid();
              try (RestClient client = client(context.getBean(RestConnectorSettings.class));
                  RawServer old = RawServer.startTls(before.valid(), RawServer.always(ONCE))) {
                assertThat(call(client, old)).hasToString("Response[200]");
                assertThat(call(client, renewed)).isInstanceOf(CallOutcome.BadResponse.class);

                Files.move(after.authorityPem(), watched, StandardCopyOption.REPLACE_EXISTING);

                await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                        () -> assertThat(call(client, renewed)).hasToString("Response[200]"));
                // Nor is the TLS session resumed that was made with the old trust.
                assertThat(call(client, old)).isInstanceOf(CallOutcome.BadResponse.class);
              }
            });
  }

  private static RestClient client(RestConnectorSettings settings) {
    return new RestClient(settings.http());
  }

  private static CallOutcome call(RestClient client, SSLContext identity) throws Exception {
    try (RawServer server = RawServer.startTls(identity, RawServer.always(ONCE))) {
      CallOutcome outcome = call(client, server);
      if (!(outcome instanceof CallOutcome.Response)) {
        assertThat(server.requests()).isEmpty();
      }
      return outcome;
    }
  }

  @SuppressWarnings("NullAway") // on JDK 17 it does not see from a class file that body may be null
  private static CallOutcome call(RestClient client, RawServer server) throws Exception {
    return client
        .send(
            new RestRequest(
                "GET",
                URI.create(server.url("/")),
                List.of(),
                null,
                Duration.ofSeconds(10),
                false,
                "crm",
                RetrySettings.defaults()))
        .get(10, TimeUnit.SECONDS);
  }
}
