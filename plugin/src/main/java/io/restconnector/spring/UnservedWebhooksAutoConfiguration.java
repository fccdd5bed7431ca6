package io.restconnector.spring;

import org.flowable.eventregistry.spring.SpringEventRegistryEngineConfiguration;
import org.flowable.spring.boot.EngineConfigurationConfigurer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/** Where the application serves no servlets, and so has no webhook endpoint. */
@AutoConfiguration(
    beforeName = "org.flowable.spring.boot.eventregistry.EventRegistryAutoConfiguration")
@ConditionalOnClass({
  SpringEventRegistryEngineConfiguration.class,
  EngineConfigurationConfigurer.class
})
@ConditionalOnSwitch({"rest-connector.enabled", "rest-connector.webhooks.enabled"})
@Conditional(UnservedWebhooksAutoConfiguration.NoServlets.class)
public final class UnservedWebhooksAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean(name = "restConnectorUnservedWebhooks")
  EngineConfigurationConfigurer<SpringEventRegistryEngineConfiguration>
      restConnectorUnservedWebhooks() {
    return registry -> registry.addChannelModelProcessor(new UnservedWebhooks());
  }

  static final class NoServlets extends NoneNestedConditions {

    NoServlets() {
      super(ConfigurationPhase.REGISTER_BEAN);
    }

    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    static final class Servlets {}
  }
}
