package io.restconnector.console;

import io.restconnector.RestConnectorSettings;
import jakarta.servlet.Servlet;
import org.flowable.engine.ProcessEngine;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;

/** Serves the console where the application wants it. */
@AutoConfiguration(
    afterName = {
      "io.restconnector.spring.RestConnectorAutoConfiguration",
      "org.flowable.spring.boot.ProcessEngineServicesAutoConfiguration"
    })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({Servlet.class, ServletRegistrationBean.class, ProcessEngine.class})
@ConditionalOnBooleanProperty("rest-connector.console.enabled")
@ConditionalOnSingleCandidate(RestConnectorSettings.class)
public final class ConsoleAutoConfiguration {

  private static final String PATH = "/rest-connector/console";

  /** With several engines, only the application knows which of them the console is for. */
  @Bean
  @ConditionalOnSingleCandidate(ProcessEngine.class)
  @ConditionalOnMissingBean(name = "restConnectorConsole")
  ServletRegistrationBean<ConsoleServlet> restConnectorConsole(ProcessEngine engine) {
    ServletRegistrationBean<ConsoleServlet> registration =
        new ServletRegistrationBean<>(new ConsoleServlet(new ConsoleApi(engine)), PATH + "/*");
    registration.setName("restConnectorConsole");
    return registration;
  }
}
