package io.restconnector;

import io.restconnector.http.HttpSettings;
import io.restconnector.webhook.WebhookSettings;

/**
 * Everything that can be set. A null component stands for its default, as a binder leaves what is
 * not configured.
 *
 * @param http the HTTP client
 * @param webhooks the webhook endpoint
 */
public record RestConnectorSettings(HttpSettings http, WebhookSettings webhooks) {

  public RestConnectorSettings {
    http = http == null ? HttpSettings.defaults() : http;
    webhooks = webhooks == null ? WebhookSettings.defaults() : webhooks;
  }

  /** Every setting at its default. */
  public static RestConnectorSettings defaults() {
    return new RestConnectorSettings(HttpSettings.defaults(), WebhookSettings.defaults());
  }

  public RestConnectorSettings withHttp(HttpSettings value) {
    return new RestConnectorSettings(value, webhooks);
  }

  public RestConnectorSettings withWebhooks(WebhookSettings value) {
    return new RestConnectorSettings(http, value);
  }
}
