package io.restconnector.internal.platform;

import java.util.Map;
import org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The health of the connector, where the application has Actuator. */
public abstract class HealthConfiguration {

  /** What the application must have. */
  public static final String INDICATOR = "org.springframework.boot.actuate.health.HealthIndicator";

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
