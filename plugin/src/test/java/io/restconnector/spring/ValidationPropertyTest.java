package io.restconnector.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.RestConnectorSettings;
import io.restconnector.model.Validation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What a new deployment is told, as a property. */
class ValidationPropertyTest {

  private final ApplicationContextRunner application =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  RestConnectorAutoConfiguration.class, SslAutoConfiguration.class));

  @ParameterizedTest
  @CsvSource({"fail, FAIL", "warn, WARN", "off, OFF", "WARN, WARN", "Off, OFF"})
  void whenItIsSetThenTheSettingsHaveIt(String value, Validation validation) {
    application
        .withPropertyValues("rest-connector.validation=" + value)
        .run(
            context ->
                assertThat(context.getBean(RestConnectorSettings.class).validation())
                    .isEqualTo(validation));
  }

  @Test
  void whenItIsNotSetThenAWrongDeploymentFails() {
    application.run(
        context ->
            assertThat(context.getBean(RestConnectorSettings.class).validation())
                .isEqualTo(Validation.FAIL));
  }

  @Test
  void whenItIsNoneOfThemThenTheStartFailsWithThoseThatAre() {
    application
        .withPropertyValues("rest-connector.validation=strict")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .rootCause()
                    .hasMessageContaining("rest-connector.validation")
                    .hasMessageContaining("fail, warn, off"));
  }
}
