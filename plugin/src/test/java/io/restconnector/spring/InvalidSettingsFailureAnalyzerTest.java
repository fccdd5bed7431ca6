package io.restconnector.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.restconnector.fixtures.LoggedEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Configuration;

/** What a user reads of an application with an engine that does not start. */
class InvalidSettingsFailureAnalyzerTest {

  private static final String SECRET = "0-Known-Secret";

  private final LoggedEvents log = LoggedEvents.of(Logger.ROOT_LOGGER_NAME);

  @BeforeEach
  void listen() {
    System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
  }

  @AfterEach
  void stopListening() {
    log.close();
    System.clearProperty("org.springframework.boot.logging.LoggingSystem");
  }

  /** With S for what nothing may print. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max-connection=S | max-connection is no property of the REST connector, the nearest one is",
        "max-connections=S | rest-connector.max-connections is not an integer",
        "default-timeout=25h | default-timeout is out of range, wanted 1 ms to 24 h",
        "enabled=S | rest-connector.enabled is not true or false",
        "webhooks.enabled=S | rest-connector.webhooks.enabled is not true or false",
        "authentications.a.type=bearer authentications.a.secret=S"
            + " | authentications.a.secret is not the name of a secret under rest-connector.secrets",
        "proxy.host=p proxy.port=1 proxy.username=u proxy.password-secret=S"
            + " | proxy.password-secret is not the name of a secret under rest-connector.secrets",
        "secrets.a= authentications.a.type=bearer authentications.a.secret=a"
            + " | authentications.a.secret names a secret that is empty",
        "ssl-bundle=S | rest-connector.ssl-bundle is not the name of an SSL bundle",
        "event-not-match-status=700 | event-not-match-status is out of range",
        "circuit-breaker.failure-rate-threshold=700 | failureRateThreshold",
      })
  void whenAnApplicationDoesNotStartThenItIsToldWhatToMend(String slips, String said) {
    List<String> arguments = new ArrayList<>();
    arguments.add("--spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID());
    for (String slip : slips.split(" ", -1)) {
      arguments.add("--rest-connector." + slip.replaceFirst("=S$", "=" + SECRET));
    }

    assertThat(
            catchThrowable(
                () ->
                    new SpringApplicationBuilder(Application.class)
                        .web(WebApplicationType.SERVLET)
                        .bannerMode(Banner.Mode.OFF)
                        .run(arguments.toArray(String[]::new))
                        .close()))
        .isNotNull();
    assertThat(String.join("\n", log.messages()))
        .contains("APPLICATION FAILED TO START")
        .containsPattern("The REST connector cannot start with its settings: .*" + said.strip())
        .contains("Correct the property that is named")
        .doesNotContain(SECRET);
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {}
}
