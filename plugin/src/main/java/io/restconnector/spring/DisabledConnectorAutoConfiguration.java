package io.restconnector.spring;

import io.restconnector.NoRestConnector;
import org.flowable.spring.SpringProcessEngineConfiguration;
import org.flowable.spring.boot.EngineConfigurationConfigurer;
import org.flowable.spring.boot.ProcessEngineAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Keeps the engine from discovering the connector where the application has turned it off. */
@AutoConfiguration(before = ProcessEngineAutoConfiguration.class)
@ConditionalOnClass({SpringProcessEngineConfiguration.class, EngineConfigurationConfigurer.class})
@ConditionalOnSwitch(value = "rest-connector.enabled", on = false)
public final class DisabledConnectorAutoConfiguration {

  @Bean
  EngineConfigurationConfigurer<SpringProcessEngineConfiguration> noRestConnectorConfigurer() {
    return engine -> engine.addConfigurator(new NoRestConnector());
  }
}
