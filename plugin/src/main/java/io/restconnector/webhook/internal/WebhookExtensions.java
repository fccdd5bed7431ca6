package io.restconnector.webhook.internal;

import io.restconnector.spi.SignatureScheme;
import io.restconnector.spi.WebhookListener;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the application adds to its webhooks, each kind in its order.
 *
 * @param schemes beside the built-in ones
 * @param listeners of the outcomes of requests
 * @param observer sees requests before the listeners do; null for none
 */
public record WebhookExtensions(
    List<SignatureScheme> schemes,
    List<WebhookListener> listeners,
    @Nullable RequestObserver observer) {

  public WebhookExtensions {
    schemes = List.copyOf(schemes);
    listeners = List.copyOf(listeners);
  }

  /** The same with an observer. */
  public WebhookExtensions withObserver(@Nullable RequestObserver value) {
    return new WebhookExtensions(schemes, listeners, value);
  }

  /** The listeners of early events: the journal, too. */
  List<WebhookListener> ofEarlyEvents() {
    return observer == null
        ? listeners
        : Stream.concat(Stream.of(observer), listeners.stream()).toList();
  }

  /** Nothing is added. */
  public static WebhookExtensions none() {
    return new WebhookExtensions(List.of(), List.of(), null);
  }
}
