package io.restconnector.spring;

import io.restconnector.RestConnectorSettings;
import io.restconnector.webhook.WebhookServlet;
import jakarta.servlet.Servlet;
import org.flowable.engine.ProcessEngine;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;

/** Serves the webhook triggers where the application is a servlet web application. */
@AutoConfiguration(
    after = RestConnectorAutoConfiguration.class,
    afterName = "org.flowable.spring.boot.ProcessEngineServicesAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({Servlet.class, ServletRegistrationBean.class, ProcessEngine.class})
@ConditionalOnBean({ProcessEngine.class, RestConnectorSettings.class})
public final class WebhookServletConfiguration {

  @Bean
  @ConditionalOnMissingBean(name = "restConnectorWebhooks")
  ServletRegistrationBean<WebhookServlet> restConnectorWebhooks(
      ProcessEngine engine, RestConnectorSettings settings) {
    ServletRegistrationBean<WebhookServlet> registration =
        new ServletRegistrationBean<>(
            new WebhookServlet(engine), settings.webhooks().path() + "/*");
    registration.setName("restConnectorWebhooks");
    return registration;
  }
}
