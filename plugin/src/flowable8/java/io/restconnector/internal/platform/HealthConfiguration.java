package io.restconnector.internal.platform;

import java.util.Map;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.Bean;

/** The health of the connector, where the application has Actuator. */
public abstract class HealthConfiguration {

  /** What the application must have. */
  public static final String INDICATOR =
      "org.springframework.boot.health.contributor.HealthIndicator";

  /**
   * How the connector is.
   *
   * @param code one of Spring Boot's, such as {@code UP}
   */
  public record State(String code, Map<String, Object> details) {}

  @Bean
  @ConditionalOnMissingBean(name = "restConnectorHealthIndicator")
  @ConditionalOnEnabledHealthIndicator("rest-connector")
  HealthIndicator restConnectorHealthIndicator() {
    return () -> {
      State state = state();
      return Health.status(new Status(state.code())).withDetails(state.details()).build();
    };
  }

  /** The state now. */
  protected abstract State state();
}
