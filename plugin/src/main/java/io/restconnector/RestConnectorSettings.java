package io.restconnector;

import io.restconnector.http.HttpSettings;

/**
 * Everything that can be set. A null component stands for its default, as a binder leaves what is
 * not configured.
 *
 * @param http the HTTP client
 */
public record RestConnectorSettings(HttpSettings http) {

  public RestConnectorSettings {
    http = http == null ? HttpSettings.defaults() : http;
  }

  /** Every setting at its default. */
  public static RestConnectorSettings defaults() {
    return new RestConnectorSettings(HttpSettings.defaults());
  }

  public RestConnectorSettings withHttp(HttpSettings value) {
    return new RestConnectorSettings(value);
  }
}
