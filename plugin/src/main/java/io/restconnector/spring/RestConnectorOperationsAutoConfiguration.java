package io.restconnector.spring;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.observation.ObservationRegistry;
import io.restconnector.RestConnectorConfigurator;
import io.restconnector.call.internal.RestCalls;
import io.restconnector.internal.platform.HealthConfiguration;
import io.restconnector.worker.internal.RestWorker;
import java.util.LinkedHashMap;
import java.util.Map;
import org.flowable.engine.ProcessEngine;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What an operator sees of the connector. */
@AutoConfiguration(
    after = RestConnectorAutoConfiguration.class,
    afterName = {
      "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration",
      "org.springframework.boot.actuate.autoconfigure.observation.ObservationAutoConfiguration"
    })
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
  @ConditionalOnClass(name = HealthConfiguration.INDICATOR)
  static class WorkerHealth extends HealthConfiguration {

    private final RestConnectorConfigurator connector;

    WorkerHealth(RestConnectorConfigurator connector) {
      this.connector = connector;
    }

    @Override
    protected State state() {
      RestCalls calls = connector.unwrap(RestCalls.class);
      RestWorker worker = connector.unwrap(RestWorker.class);
      boolean sends = calls != null && calls.client().isAlive();
      if (worker == null) {
        return new State(calls == null || sends ? "UNKNOWN" : "DOWN", Map.of());
      }
      RestWorker.Status status = worker.status();
      Map<String, Object> details = new LinkedHashMap<>();
      details.put("sends", sends);
      details.put("takesJobs", status.takesJobs());
      details.put("inFlight", status.inFlight());
      details.put("queueAge", status.queueAge().toString());
      return new State(status.reachesJobs() && sends ? "UP" : "DOWN", details);
    }
  }
}
