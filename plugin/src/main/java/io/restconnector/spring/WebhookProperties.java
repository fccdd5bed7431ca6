package io.restconnector.spring;

import io.restconnector.webhook.WebhookSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Webhook endpoint of the REST connector.
 *
 * @param enabled Whether the webhook endpoint is registered as a servlet.
 * @param path Path of the webhook endpoint.
 * @param maxBodySize Largest body of a webhook request.
 * @param bodyTimeout Time for the whole body of a webhook request to arrive, and as long for memory
 *     to parse it, 1 ms to 24 h.
 * @param publicUrl Origin and context path under which senders know this application, where they
 *     sign the URL.
 * @param maxEarlyEvents How many events that came early are kept at once, by all nodes together.
 */
record WebhookProperties(
    @DefaultValue("true") boolean enabled,
    @DefaultValue("/rest-connector/events") String path,
    @DefaultValue("1MB") DataSize maxBodySize,
    @DefaultValue("10s") Duration bodyTimeout,
    @Nullable String publicUrl,
    @DefaultValue("100000") int maxEarlyEvents) {

  @SuppressWarnings("NullAway") // null stands for the default
  WebhookSettings toSettings(@Nullable Integer eventNotMatchStatus) {
    return new WebhookSettings(
        path, maxBodySize.toBytes(), bodyTimeout, eventNotMatchStatus, publicUrl, maxEarlyEvents);
  }
}
