package io.restconnector.spring;

import io.restconnector.InvalidSettingsException;
import io.restconnector.RestConnectorBuilder;
import io.restconnector.RestConnectorConfigurator;
import io.restconnector.RestConnectorSettings;
import io.restconnector.aps.RestCallDelegate;
import io.restconnector.call.DeleteDelegate;
import io.restconnector.call.GetDelegate;
import io.restconnector.call.HeadDelegate;
import io.restconnector.call.OptionsDelegate;
import io.restconnector.call.PatchDelegate;
import io.restconnector.call.PostDelegate;
import io.restconnector.call.PutDelegate;
import io.restconnector.call.TraceDelegate;
import io.restconnector.call.internal.RestCalls;
import io.restconnector.http.internal.auth.Authentications;
import io.restconnector.httptask.internal.ConnectorHttpClient;
import io.restconnector.spi.CallAuthentication;
import io.restconnector.spi.CallInterceptor;
import io.restconnector.spi.HttpClientCustomizer;
import io.restconnector.spi.SecretSource;
import io.restconnector.spi.SignatureScheme;
import io.restconnector.spi.WebhookListener;
import java.util.stream.Stream;
import org.flowable.http.common.api.client.FlowableHttpClient;
import org.flowable.http.common.impl.HttpClientConfig;
import org.flowable.spring.SpringProcessEngineConfiguration;
import org.flowable.spring.boot.EngineConfigurationConfigurer;
import org.flowable.spring.boot.FlowableHttpProperties;
import org.flowable.spring.boot.ProcessEngineAutoConfiguration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindHandlerAdvisor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Gives the process engine of a Spring Boot application the REST connector, with the settings under
 * {@code rest-connector}. A {@link RestConnectorSettings} or {@link RestConnectorConfigurator} bean
 * of the application, or a bean with the name of one here, takes the place of the one here. Where
 * the application has several of a kind, it adds a configurator to each of its engines.
 */
@AutoConfiguration(before = ProcessEngineAutoConfiguration.class)
@ConditionalOnClass({SpringProcessEngineConfiguration.class, EngineConfigurationConfigurer.class})
@ConditionalOnSwitch("rest-connector.enabled")
public final class RestConnectorAutoConfiguration {

  /** The settings of the properties. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnMissingBean(RestConnectorSettings.class)
  @EnableConfigurationProperties(RestConnectorProperties.class)
  static class Settings {

    private static final String NOT_MATCH_STATUS = "EVENT_NOT_MATCH_STATUS";

    @Bean
    static ConfigurationPropertiesBindHandlerAdvisor restConnectorBindHandlerAdvisor(
        Environment environment) {
      return parent -> new ValuelessBindHandler(parent, environment);
    }

    @Bean
    RestConnectorSettings restConnectorSettings(
        RestConnectorProperties properties,
        Environment environment,
        ObjectProvider<SslBundles> bundles,
        ObjectProvider<CallAuthentication> authentications) {
      RestConnectorSettings settings = properties.toSettings(statusOf(environment));
      checkTypes(settings, authentications.stream());
      SslBundles known = bundles.getIfAvailable();
      return known == null ? settings : NamedBundles.resolve(settings, known);
    }

    /** Before anything starts: the type of each authentication exists. */
    private static void checkTypes(
        RestConnectorSettings settings, Stream<CallAuthentication> added) {
      try {
        Authentications.checkTypes(
            settings.http().access().authentications(),
            added.map(CallAuthentication::type).toList());
      } catch (IllegalArgumentException unknown) {
        throw new InvalidSettingsException(
            RestConnectorProperties.PREFIX + "." + unknown.getMessage());
      }
    }

    private static @Nullable Integer statusOf(Environment environment) {
      try {
        return environment.getProperty(NOT_MATCH_STATUS, Integer.class);
      } catch (RuntimeException quotesTheValue) {
        throw new InvalidSettingsException(NOT_MATCH_STATUS + " is no status, wanted 200 to 599");
      }
    }
  }

  @Bean
  @ConditionalOnMissingBean
  @ConditionalOnSingleCandidate(RestConnectorSettings.class)
  RestConnectorConfigurator restConnectorConfigurator(
      RestConnectorSettings settings,
      ObjectProvider<CallInterceptor> interceptors,
      ObjectProvider<HttpClientCustomizer> customizers,
      ObjectProvider<CallAuthentication> authentications,
      ObjectProvider<SecretSource> secretSources,
      ObjectProvider<SignatureScheme> signatureSchemes,
      ObjectProvider<WebhookListener> webhookListeners) {
    RestConnectorBuilder builder = RestConnectorConfigurator.builder().settings(settings);
    interceptors.orderedStream().forEach(builder::interceptor);
    customizers.orderedStream().forEach(builder::httpClient);
    authentications.orderedStream().forEach(builder::authentication);
    secretSources.orderedStream().forEach(builder::secretSource);
    signatureSchemes.orderedStream().forEach(builder::signatureScheme);
    webhookListeners.orderedStream().forEach(builder::webhookListener);
    return builder.build();
  }

  @Bean
  @ConditionalOnMissingBean(name = "restConnectorEngineConfigurer")
  @ConditionalOnSingleCandidate(RestConnectorConfigurator.class)
  EngineConfigurationConfigurer<SpringProcessEngineConfiguration> restConnectorEngineConfigurer(
      RestConnectorConfigurator configurator) {
    return engine -> {
      configurator.letWorkerWait();
      engine.addConfigurator(configurator);
    };
  }

  /** Each engine of the application takes it for its http tasks, that of CMMN too. */
  @Bean
  @ConditionalOnMissingBean
  @ConditionalOnSingleCandidate(RestConnectorConfigurator.class)
  @ConditionalOnProperty("rest-connector.http-tasks.enabled")
  FlowableHttpClient restConnectorHttpTaskClient(
      RestConnectorConfigurator connector,
      RestConnectorSettings settings,
      ObjectProvider<FlowableHttpProperties> properties) {
    FlowableHttpProperties http = properties.getIfAvailable(FlowableHttpProperties::new);
    HttpClientConfig config = new HttpClientConfig();
    config.setSocketTimeout((int) http.getSocketTimeout().toMillis());
    config.setRequestRetryLimit(http.getRequestRetryLimit());
    config.setDisableCertVerify(http.isDisableCertVerify());
    return new ConnectorHttpClient(
        settings.httpTasks(), config, () -> connector.unwrap(RestCalls.class));
  }

  /** Drains while all that an application's processes may need is still there. */
  @Bean
  @ConditionalOnMissingBean(name = "restConnectorWorkerLifecycle")
  @ConditionalOnSingleCandidate(RestConnectorConfigurator.class)
  SmartLifecycle restConnectorWorkerLifecycle(
      RestConnectorConfigurator connector, ApplicationContext context) {
    return new WorkerLifecycle(connector, context);
  }

  @Bean
  @ConditionalOnMissingBean(name = "restGet")
  GetDelegate restGet() {
    return new GetDelegate();
  }

  @Bean
  @ConditionalOnMissingBean(name = "restHead")
  HeadDelegate restHead() {
    return new HeadDelegate();
  }

  @Bean
  @ConditionalOnMissingBean(name = "restPost")
  PostDelegate restPost() {
    return new PostDelegate();
  }

  @Bean
  @ConditionalOnMissingBean(name = "restPut")
  PutDelegate restPut() {
    return new PutDelegate();
  }

  @Bean
  @ConditionalOnMissingBean(name = "restPatch")
  PatchDelegate restPatch() {
    return new PatchDelegate();
  }

  @Bean
  @ConditionalOnMissingBean(name = "restDelete")
  DeleteDelegate restDelete() {
    return new DeleteDelegate();
  }

  @Bean
  @ConditionalOnMissingBean(name = "restOptions")
  OptionsDelegate restOptions() {
    return new OptionsDelegate();
  }

  @Bean
  @ConditionalOnMissingBean(name = "restTrace")
  TraceDelegate restTrace() {
    return new TraceDelegate();
  }

  @Bean(RestCallDelegate.BEAN_NAME)
  @ConditionalOnMissingBean(name = RestCallDelegate.BEAN_NAME)
  RestCallDelegate restCallDelegate() {
    return new RestCallDelegate();
  }
}
