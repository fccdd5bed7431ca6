package io.restconnector.spring;

import io.restconnector.RestConnectorSettings;
import io.restconnector.webhook.WebhookServlet;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import org.flowable.engine.ProcessEngine;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/** Serves the webhook triggers where the application is a servlet web application. */
@AutoConfiguration(
    after = RestConnectorAutoConfiguration.class,
    afterName = "org.flowable.spring.boot.ProcessEngineServicesAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({Servlet.class, ServletRegistrationBean.class, ProcessEngine.class})
@ConditionalOnSwitch({"rest-connector.enabled", "rest-connector.webhooks.enabled"})
@ConditionalOnSingleCandidate(RestConnectorSettings.class)
public final class WebhookServletConfiguration {

  /** With several engines, only the application knows which of them takes a request. */
  @Bean
  @ConditionalOnSingleCandidate(ProcessEngine.class)
  @ConditionalOnMissingBean(
      value = WebhookServlet.class,
      name = "restConnectorWebhooks",
      parameterizedContainer = ServletRegistrationBean.class)
  ServletRegistrationBean<WebhookServlet> restConnectorWebhooks(
      ProcessEngine engine, RestConnectorSettings settings) {
    ServletRegistrationBean<WebhookServlet> registration =
        new ServletRegistrationBean<>(
            new WebhookServlet(engine), settings.webhooks().path() + "/*");
    registration.setName("restConnectorWebhooks");
    return registration;
  }

  /** Else filters of the application read forms, and nothing would be left of the body. */
  @Bean
  @ConditionalOnMissingBean(name = "restConnectorWebhookForms")
  FilterRegistrationBean<Filter> restConnectorWebhookForms(RestConnectorSettings settings) {
    FilterRegistrationBean<Filter> registration =
        new FilterRegistrationBean<>(
            (request, response, chain) ->
                chain.doFilter(new UnreadForm((HttpServletRequest) request), response));
    registration.addUrlPatterns(settings.webhooks().path() + "/*");
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    registration.setName("restConnectorWebhookForms");
    return registration;
  }
}
