package io.restconnector.spring;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.observation.ObservationRegistry;
import io.restconnector.RestConnectorConfigurator;
import io.restconnector.call.internal.RestCalls;
import io.restconnector.worker.internal.RestWorker;
import org.flowable.engine.ProcessEngine;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What an operator sees of the connector. */
@AutoConfiguration(
    after = RestConnectorAutoConfiguration.class,
    afterName =
        "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnSwitch("rest-connector.enabled")
@ConditionalOnSingleCandidate(RestConnectorConfigurator.class)
public final class RestConnectorOperationsAutoConfiguration {

  /** Meters, where the application has Micrometer. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(MeterBinder.class)
  static class Meters {
    @Bean
    @ConditionalOnMissingBean(name = "restConnectorMeters")
    RestConnectorMeters restConnectorMeters(ObjectProvider<RestConnectorConfigurator> connector) {
      return new RestConnectorMeters(connector::getObject);
    }
  }

  /** Observations, where the application has a registry for them. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(ObservationRegistry.class)
  @ConditionalOnBean(ObservationRegistry.class)
  static class Observations {
    @Bean
    @ConditionalOnMissingBean(name = "restConnectorObservations")
    RestConnectorObservations restConnectorObservations(ObservationRegistry registry) {
      return new RestConnectorObservations(registry);
    }
  }

  /** An endpoint, where the application has Actuator. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(Endpoint.class)
  static class JournalEndpoint {
    @Bean
    @ConditionalOnMissingBean(name = "restConnectorEndpoint")
    RestConnectorEndpoint restConnectorEndpoint(ObjectProvider<ProcessEngine> engine) {
      return new RestConnectorEndpoint(engine::getObject);
    }
  }

  /** Health, where the application has Actuator. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(HealthIndicator.class)
  static class WorkerHealth {
    @Bean
    @ConditionalOnMissingBean(name = "restConnectorHealthIndicator")
    @ConditionalOnEnabledHealthIndicator("rest-connector")
    HealthIndicator restConnectorHealthIndicator(RestConnectorConfigurator connector) {
      return () -> health(connector.unwrap(RestCalls.class), connector.unwrap(RestWorker.class));
    }

    private static Health health(@Nullable RestCalls calls, @Nullable RestWorker worker) {
      boolean sends = calls != null && calls.client().isAlive();
      if (worker == null) {
        return (calls == null || sends ? Health.unknown() : Health.down()).build();
      }
      RestWorker.Status status = worker.status();
      return (status.reachesJobs() && sends ? Health.up() : Health.down())
          .withDetail("sends", sends)
          .withDetail("takesJobs", status.takesJobs())
          .withDetail("inFlight", status.inFlight())
          .withDetail("queueAge", status.queueAge().toString())
          .build();
    }
  }
}
