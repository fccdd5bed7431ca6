package io.restconnector.demo;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Where the webhooks of this application are: {@code ${callbacks.url}} in the processes. */
@Component
public class Callbacks {

  private final String path;
  private volatile int port;

  Callbacks(@Value("${rest-connector.webhooks.path:/rest-connector/events}") String path) {
    this.path = path;
  }

  @EventListener
  void listening(WebServerInitializedEvent event) {
    port = event.getWebServer().getPort();
  }

  public String getUrl() {
    return getRoot() + path;
  }

  String getRoot() {
    return "http://127.0.0.1:" + port;
  }
}
