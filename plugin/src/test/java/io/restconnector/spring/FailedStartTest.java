package io.restconnector.spring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.restconnector.RestConnectorSettings;
import io.restconnector.fixtures.LoggedEvents;
import io.restconnector.http.internal.RestClient;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Applications that do not start, and all that they print, at DEBUG. */
@ExtendWith(OutputCaptureExtension.class)
class FailedStartTest {

  /** Both are configured as secrets. */
  private static final String SECRET = "0-Known-Secret";

  private static final String PIN = "98765432";
  private static final String P = "rest-connector.";

  private static LoggedEvents log;

  @BeforeAll
  static void listen() {
    System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
    log = LoggedEvents.of(Logger.ROOT_LOGGER_NAME).at(Level.DEBUG);
  }

  @AfterAll
  static void stopListening() {
    log.close();
    System.clearProperty("org.springframework.boot.logging.LoggingSystem");
  }

  /** What stands there, with S for a secret and N for one of digits; what is said of it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "authentications.a.type=S | authentications.a.type is not one of basic, bearer, api-key",
        "authentications.a.type=bearer authentications.a.secret=S"
            + " | authentications.a.secret is not the name of a secret",
        "authentications.a.type=bearer authentications.a.secret=N"
            + " | authentications.a.secret is not the name of a secret",
        "authentications.a.type=basic authentications.a.secret=crm authentications.a.username=a:S"
            + " | authentications.a: authentication: username is missing, or holds a colon",
        "authentications.a.type=api-key authentications.a.secret=crm authentications.a.header=X:S"
            + " | authentications.a: authentication: header is no HTTP token",
        "authentications.a.type=client-credentials authentications.a.secret=crm"
            + " authentications.a.client-id=i authentications.a.token-endpoint=https://i:S@idp/"
            + " | authentications.a: authentication: token-endpoint is not an absolute",
        "authentications.a.type=client-credentials authentications.a.secret=crm"
            + " authentications.a.client-id=i authentications.a.token-endpoint=^:S"
            + " | authentications.a.token-endpoint is not a URL",
        "authentications.a.type=client-credentials authentications.a.secret=crm"
            + " authentications.a.client-id=i authentications.a.token-endpoint=S"
            + " | authentications.a: authentication: token-endpoint is not an absolute",
        "authentications.a.type=bearer authentications.a.secret=crm"
            + " authentications.a.hosts=https://ann:S@crm.example.com | hosts[0] is neither a host",
        "authentications.a.type=bearer authentications.a.secret=crm"
            + " authentications.a.hosts[0]=crm.example.com authentications.a.hosts[1]=S!"
            + " | hosts[1] is neither a host",
        "authentications.a.ssl-bundle=S | authentications.a.ssl-bundle is not the name of an SSL",
        "authentications.a=S | authentications.a is no property",
        "authentications=S | authentications is no property",
        "secrets=S | secrets is no property",
        "secrets.other=S${rest-connector.secrets.other} | secrets.other has a placeholder that cannot be resolved",
        "secret.crm=S | nearest one is rest-connector.secrets.crm",
        "password=S | password is no property",
        "ssl-bundle=S | ssl-bundle is not the name of an SSL bundle",
        "proxy=http://ann:S@proxy:3128 | proxy is no property",
        "proxy.host=http://ann:S@proxy proxy.port=1 | proxy: proxy wants a host",
        "proxy.host=ann:S@proxy proxy.port=1 | proxy: proxy wants a host",
        "proxy.host=proxy proxy.port=S | proxy.port is not an integer",
        "proxy.host=proxy proxy.port=N | proxy: proxy wants a host, and a port from 1 to 65535",
        "proxy.host=proxy proxy.port=1 proxy.username=a proxy.password-secret=S"
            + " | proxy.password-secret is not the name of a secret",
        "proxy.host=proxy proxy.port=1 proxy.username=ann:S proxy.password-secret=crm"
            + " | proxy username holds a colon",
        "proxy.host=proxy proxy.port=1 proxy.no-proxy=ann:S@host | no-proxy[0] is not a host",
        "egress.mode=S | egress.mode is not one of standard, strict, listed",
        "egress.allow=https://ann:S@host | egress.allow[0] is not a host",
        "egress.deny=10.0.0.0/8,S! | egress.deny[1] is not a host",
        "shares=S | shares is no property",
        "shares.a=S | shares.a is no property",
        "shares.a.max-in-flight=1 | shares.a: share: hosts is missing",
        "shares.a.hosts=h | shares.a: share: it has neither max-in-flight nor requests-per-second",
        "shares.a.hosts=https://ann:S@h shares.a.max-in-flight=1 | hosts[0] is neither a host",
        "shares.a.hosts=h shares.a.max-in-flight=S | shares.a.max-in-flight is not an integer",
        "shares.a.hosts=h shares.a.max-in-flight=-N | shares.a: share: max-in-flight is out of range",
        "shares.a.hosts=h shares.a.requests-per-second=S"
            + " | shares.a.requests-per-second is not a number",
        "shares.a.hosts=h shares.a.requests-per-second=-N"
            + " | shares.a: share: requests-per-second is out of range",
        "shares.a.hosts=h shares.a.rate=N | shares.a.rate is no property",
        "shares.a.hosts=h,H:443 shares.a.max-in-flight=1 | shares.a.hosts has an entry twice",
        "shares.a.hosts=h shares.a.max-in-flight=1"
            + " shares.b.hosts=x,https://h shares.b.max-in-flight=1"
            + " | shares.b.hosts has an entry that shares.a.hosts has, too",
        "default-timeout=S | default-timeout is not a duration such as 30s",
        "default-timeout=N000 | default-timeout is out of range, wanted 1 ms to 24 h",
        "max-response-size=S | max-response-size is not a size such as 10MB",
        "max-response-size=N00000 | max-response-size is out of range",
        "max-connections=S | max-connections is not an integer",
        "max-connections=-N | max-connections or max-connections-per-host is out of range",
        "follow-redirects=S | follow-redirects is not true or false",
        "connection-time-to-live=0s | connection-time-to-live is out of range",
        "redirect-drop-headers=a:S | redirect-drop-headers[0] is no name of a header",
        "proxy.system=true proxy.host=S | proxy: system is for the JVM's proxy",
        "idempotency-key=S | idempotency-key is not true or false",
        "retry.max-attempts=N | retry.max-attempts is out of range",
        "retry.backoff=N000 | retry.backoff is out of range",
        "worker.max-in-flight=-N | worker.max-in-flight is out of range",
        "worker.lock-duration=-N | worker.lock-duration is out of range",
        "worker.poll-interval=-N | worker.poll-interval is out of range",
        "worker.enabled=S | worker.enabled is not true or false",
        "webhooks.path=S | webhooks.path is no such path",
        "webhooks.max-body-size=N000000 | webhooks.max-body-size is out of range",
        "event-not-match-status=S | event-not-match-status is not an integer",
        "event-not-match-status=N | event-not-match-status is out of range",
        "circuit-breaker.failure-rate-threshold=S | failure-rate-threshold is not a number",
        "circuit-breaker.failure-rate-threshold=N | failureRateThreshold",
        "circuit-breaker.sliding-window-size=-N | slidingWindowSize",
        "circuit-breaker.minimum-number-of-calls=-N | minimumNumberOfCalls",
        "circuit-breaker.wait-duration-in-open-state=-N | waitDurationInOpenState",
        "circuit-breaker.slow-call-duration-threshold=-N | slowCallDurationThreshold",
        "circuit-breaker.slow-call-rate-threshold=N | slowCallRateThreshold",
        "circuit-breaker.permitted-number-of-calls-in-half-open-state=-N | permittedNumberOfCalls",
        "authentications.a.type=bearer authentications.a.secret=crm authentications.a.host=S"
            + " | rest-connector.authentications.a.host is no property of the REST connector, the"
            + " nearest one is rest-connector.authentications.a.hosts",
      })
  void whenASecretStandsInTheWrongPlaceThenNothingThatIsPrintedShowsIt(
      String slips, String said, CapturedOutput output) {
    log.clear();
    List<String> arguments = new ArrayList<>();
    arguments.add("--" + P + "secrets.crm=" + SECRET);
    arguments.add("--" + P + "secrets.crm.pin=" + PIN);
    for (String slip : slips.split(" ", -1)) {
      String value = slip.substring(slip.indexOf('=') + 1);
      arguments.add("--" + P + slip.replace(value, value.replace("S", SECRET).replace("N", PIN)));
    }
    String printed = start(arguments);

    assertThat(printed).contains(said.strip());
    assertThat(printed + output).doesNotContain(SECRET, PIN, "27H26M", "1143D");
  }

  private static String start(List<String> arguments) {
    StringWriter printed = new StringWriter();
    try (ConfigurableApplicationContext started =
        new SpringApplicationBuilder(Application.class)
            .web(WebApplicationType.NONE)
            .bannerMode(Banner.Mode.OFF)
            .run(arguments.toArray(String[]::new))) {
      throw new AssertionError("started: " + started);
    } catch (RuntimeException failed) {
      failed.printStackTrace(new PrintWriter(printed, true));
    }
    return printed + log.text();
  }

  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration({RestConnectorAutoConfiguration.class, SslAutoConfiguration.class})
  static class Application {
    /** The rest of the start that reads the settings. */
    @Bean
    RestClient client(RestConnectorSettings settings) {
      return new RestClient(settings.http());
    }
  }
}
