package io.restconnector.webhook.internal;

import io.restconnector.spi.SignatureScheme;
import io.restconnector.spi.WebhookListener;
import java.util.List;

/**
 * What the application adds to its webhooks, each kind in its order.
 *
 * @param schemes beside the built-in ones
 * @param listeners of the outcomes of requests
 */
public record WebhookExtensions(List<SignatureScheme> schemes, List<WebhookListener> listeners) {

  public WebhookExtensions {
    schemes = List.copyOf(schemes);
    listeners = List.copyOf(listeners);
  }

  /** Nothing is added. */
  public static WebhookExtensions none() {
    return new WebhookExtensions(List.of(), List.of());
  }
}
