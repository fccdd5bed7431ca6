package io.restconnector.demo;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Where the webhooks of this application are: {@code ${callbacks.url}} in the processes. */
@Component
public class Callbacks {

  private final String path;
  private final Environment environment;

  Callbacks(
      @Value("${rest-connector.webhooks.path:/rest-connector/events}") String path,
      Environment environment) {
    this.path = path;
    this.environment = environment;
  }

  public String getUrl() {
    return getRoot() + path;
  }

  String getRoot() {
    return "http://127.0.0.1:" + environment.getProperty("local.server.port", "0");
  }
}
