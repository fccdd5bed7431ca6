package io.restconnector.spring;

import io.restconnector.InvalidSettingsException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Tells what to mend. Comes before Spring Boot's own analyzers, which print values. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class InvalidSettingsFailureAnalyzer
    extends AbstractFailureAnalyzer<InvalidSettingsException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, InvalidSettingsException cause) {
    return new FailureAnalysis(
        "The REST connector cannot start with its settings: " + cause.getMessage(),
        "Correct the property that is named, or remove it. Where it takes the name of a secret or of"
            + " an SSL bundle, define one of that name under rest-connector.secrets or"
            + " spring.ssl.bundle.",
        cause);
  }
}
