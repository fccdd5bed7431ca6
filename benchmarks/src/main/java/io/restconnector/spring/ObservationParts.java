package io.restconnector.spring;

import io.micrometer.observation.ObservationRegistry;
import io.restconnector.spi.CallInterceptor;

/** What the auto-configuration keeps to itself, for a benchmark without Spring Boot. */
public final class ObservationParts {

  private ObservationParts() {}

  /** The interceptor of an application with this registry. */
  public static CallInterceptor interceptor(ObservationRegistry observations) {
    return new RestConnectorObservations(observations);
  }
}
